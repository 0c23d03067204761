/* The choropleth inside the folium map: mounted once, then only told what to show.
 *
 * PetaKim.mount(map, config)  is part of the map's main script, which never changes.
 * PetaKim.show(view)          comes with every change of filter, level or region.
 *
 * config  {tiles, shapes, colours}: addresses of the tileset and of the fallback's GeoJSON
 * view    see dashboard/map_view.py, which writes it
 */
(function () {
  "use strict";

  const LEVELS = ["provinsi", "kabupaten_kota", "kecamatan", "desa"];
  const DIGITS = { provinsi: 2, kabupaten_kota: 4, kecamatan: 6, desa: 10 };
  const SOURCE = "wilayah";
  const CHOSEN = "#b5179e";

  /** Figures and fill of every region that is not plain zero: id -> {fill, kim, served}. */
  function decode(classes) {
    const regions = new Map();
    for (const { fill, ids, kim, served } of classes) {
      let id = 0;
      ids.forEach((step, i) => {
        id += step; // ids rise, so only their steps are sent
        regions.set(id, { fill, kim: kim ? kim[i] : null, served: served ? served[i] : null });
      });
    }
    return regions;
  }

  /** First and last feature id of `level` inside the region `within` (digits), or null for all. */
  function idRange(level, within) {
    if (!within) return null;
    const scale = 10 ** (DIGITS[level] - within.length);
    const first = Number(within) * scale;
    return [first, first + scale - 1];
  }

  /** Borders drown the fill when zoomed far out, so the finer ones fade in. */
  const BORDER = {
    provinsi: { color: "#4a5560", width: 0.9, opacity: ["interpolate", ["linear"], ["zoom"], 2, 0.55, 6, 0.9] },
    kabupaten_kota: { color: "#5f6b76", width: 0.6, opacity: ["interpolate", ["linear"], ["zoom"], 3, 0.15, 6, 0.7] },
    kecamatan: { color: "#77828c", width: 0.5, opacity: ["interpolate", ["linear"], ["zoom"], 6, 0, 8.5, 0.6] },
    desa: { color: "#8a949d", width: 0.4, opacity: ["interpolate", ["linear"], ["zoom"], 8, 0, 10.5, 0.6] },
  };

  /** A style layer of one level; without `range` it draws that level in the whole country. */
  function layer(kind, type, level, range, paint) {
    const [first, last] = range ?? [0, Number.MAX_SAFE_INTEGER];
    return {
      id: `${kind}-${level}`,
      type,
      source: SOURCE,
      "source-layer": level,
      filter: ["all", [">=", ["id"], first], ["<=", ["id"], last]],
      paint,
    };
  }

  /** The layers of a view's level and region. What is not drawn is left out, not hidden: a hidden
   *  layer would have MapLibre read the desa of every tile only to draw none of them. */
  function viewLayers(view, colours) {
    const depth = LEVELS.indexOf(view.level);
    const fill = layer("fill", "fill", view.level, idRange(view.level, view.within), {
      "fill-color": ["to-color", ["coalesce", ["feature-state", "fill"], colours.zero]],
      "fill-opacity": ["case", ["boolean", ["feature-state", "hover"], false], 0.7, 1],
    });
    const bordered = LEVELS.slice(0, depth + 1).filter(
      (level) => level === "provinsi" || DIGITS[level] > view.within.length
    );
    const borders = bordered.reverse().map((level) => {
      const range = level === "provinsi" ? null : idRange(level, view.within);
      const { color, width, opacity } = BORDER[level];
      return layer("border", "line", level, range, {
        "line-color": color, "line-width": width, "line-opacity": opacity,
      });
    });
    const chosen = layer("chosen", "line", view.level, [-1, -1], {
      "line-color": CHOSEN, "line-width": 2.5,
    });
    return [fill, ...borders, chosen];
  }

  /** Draws with MapLibre GL: geometry comes as tiles, figures as feature state. */
  class VectorPainter {
    constructor(map, config, colours) {
      Object.assign(this, { map, config, colours, hovered: null });
      maplibregl.addProtocol("pmtiles", new pmtiles.Protocol().tile);
    }

    /** Made with the first view, so that no tile is read for another place or level before. */
    start(view) {
      this.layers = viewLayers(view, this.colours);
      const style = {
        version: 8,
        sources: {
          [SOURCE]: { type: "vector", url: `pmtiles://${new URL(this.config.tiles, location.origin)}` },
        },
        layers: [
          { id: "sea", type: "background", paint: { "background-color": this.colours.sea } },
          layer("land", "fill", "provinsi", null, { "fill-color": this.colours.land }),
          ...this.layers,
        ],
      };
      this.gl = L.maplibreGL({ style, fadeDuration: 0 }).addTo(this.map).getMaplibreMap();
      this.loaded = new Promise((resolve) => this.gl.once("load", resolve));
    }

    async paint(view, regions) {
      const scope = `${view.level}/${view.within}`;
      if (!this.gl) this.start(view);
      await this.loaded;
      if (this.scope && this.scope !== scope) this.reframe(view);
      this.scope = scope;
      const sourceLayer = view.level;
      this.gl.removeFeatureState({ source: SOURCE, sourceLayer });
      for (const [id, region] of regions) {
        this.gl.setFeatureState({ source: SOURCE, sourceLayer, id }, { fill: region.fill });
      }
      this.hovered = null;
      this.gl.setFilter(`chosen-${view.level}`, ["==", ["id"], view.chosen ?? -1]);
      return new Promise((resolve) => {
        this.gl.once("idle", resolve);
        this.gl.triggerRepaint();
      });
    }

    /** Show another level or region; this lays tiles out anew, a filter does not. */
    reframe(view) {
      for (const { id } of this.layers) this.gl.removeLayer(id);
      this.layers = viewLayers(view, this.colours);
      for (const one of this.layers) this.gl.addLayer(one);
    }

    /** The region under a Leaflet mouse event: {id, properties}, or null. */
    regionAt(event, level) {
      if (!this.gl?.getLayer(`fill-${level}`)) return null;
      const point = this.gl.project([event.latlng.lng, event.latlng.lat]);
      return this.gl.queryRenderedFeatures(point, { layers: [`fill-${level}`] })[0] ?? null;
    }

    highlight(region, level) {
      const id = region ? region.id : null;
      if (id === this.hovered) return;
      const state = (at, hover) =>
        this.gl.setFeatureState({ source: SOURCE, sourceLayer: level, id: at }, { hover });
      if (this.hovered !== null) state(this.hovered, false);
      if (id !== null) state(id, true);
      this.hovered = id;
    }
  }

  /** Where the browser has no WebGL: the same view as GeoJSON on Leaflet's canvas. */
  class CanvasPainter {
    constructor(map, config, colours) {
      this.map = map;
      this.config = config;
      this.colours = colours;
      this.renderer = L.canvas();
      map.getContainer().style.background = colours.sea;
    }

    async paint(view, regions) {
      const scope = `${view.level}/${view.within || "id"}`;
      if (this.scope !== scope) {
        const reply = await fetch(`${this.config.shapes}/${scope}.json`);
        if (!reply.ok) throw new Error(`${reply.status} ${reply.url}`);
        const shapes = await reply.json();
        if (this.shapes) this.shapes.remove();
        this.shapes = L.geoJSON(shapes, { renderer: this.renderer, interactive: true });
        this.shapes.eachLayer((layer) => {
          layer.on("mouseover", () => (this.under = layer.feature));
          layer.on("mouseout", () => (this.under = null));
        });
        this.shapes.addTo(this.map);
        this.scope = scope;
      }
      this.shapes.setStyle((feature) => {
        const chosen = feature.id === view.chosen;
        return {
          fillColor: regions.get(feature.id)?.fill ?? this.colours.zero,
          fillOpacity: 1,
          color: chosen ? CHOSEN : "#77828c",
          weight: chosen ? 2.5 : 0.5,
        };
      });
    }

    regionAt() {
      return this.under ?? null;
    }

    highlight() {}
  }

  /** One clustered marker for each KIM, fetched by the address that names the filter. */
  class Points {
    constructor(map) {
      this.map = map;
      this.address = null;
      this.cluster = null;
    }

    async show(address, words) {
      if (address === this.address) return;
      this.address = address;
      if (this.cluster) this.cluster.remove();
      this.cluster = null;
      if (!address) return;
      const reply = await fetch(address);
      if (!reply.ok) throw new Error(`${reply.status} ${reply.url}`);
      const points = await reply.json();
      if (address !== this.address) return; // the filter changed while we waited
      this.cluster = L.markerClusterGroup({ chunkedLoading: true, showCoverageOnHover: false });
      this.cluster.addLayers(
        points.map(([lat, lng, name, place, number]) => {
          const marker = L.circleMarker([lat, lng], {
            radius: 6, color: "#ffffff", weight: 1.5, fillColor: CHOSEN, fillOpacity: 0.9,
            bubblingMouseEvents: false,
          });
          marker.bindPopup(() => lines([name, place, `${words.number} ${number}`]));
          return marker;
        })
      );
      this.map.addLayer(this.cluster);
    }
  }

  /** Text goes into the page as text: names come from other people's files. */
  function lines(texts) {
    const box = document.createElement("div");
    texts.filter(Boolean).forEach((text, i) => {
      const line = document.createElement(i ? "div" : "strong");
      line.textContent = text;
      box.append(line);
    });
    return box;
  }

  function hasWebGL() {
    const canvas = document.createElement("canvas");
    return Boolean(canvas.getContext("webgl2"));
  }

  class Choropleth {
    constructor(map, config) {
      this.map = map;
      this.element = map.getContainer();
      this.painter = new (hasWebGL() ? VectorPainter : CanvasPainter)(map, config, config.colours);
      this.points = new Points(map);
      this.tooltip = L.tooltip({ className: "peta-kim-tooltip", offset: [12, 0] });
      this.regions = new Map();
      this.queue = Promise.resolve();
      map.on("mousemove", (event) => this.hover(event));
      map.on("mouseout", () => this.leave());
      // Counted on the page that holds the frame, so that a frame loaded anew shows as a second mount.
      const page = window.parent;
      page.petaKimMounts = (page.petaKimMounts || 0) + 1;
      this.element.dataset.mounts = page.petaKimMounts;
      this.element.dataset.paints = 0;
      this.element.dataset.painter = this.painter.constructor.name;
    }

    show(view) {
      this.queue = this.queue.then(() => this.paint(view)).catch((error) => this.fail(view, error));
    }

    async paint(view) {
      this.view = view;
      this.leave();
      this.element.dataset.waiting = view.words.waiting;
      this.regions = decode(view.classes);
      this.element.setAttribute("aria-label", view.words.map);
      this.map.attributionControl.setPrefix(view.words.attribution);
      const frame = JSON.stringify(view.bounds);
      if (frame !== this.frame) {
        this.frame = frame;
        this.map.fitBounds(view.bounds, { animate: false, padding: [12, 12] });
      }
      this.points.show(view.points, view.words).catch((error) => this.fail(view, error));
      await this.painter.paint(view, this.regions);
      delete this.element.dataset.waiting;
      Object.assign(this.element.dataset, { level: view.level, within: view.within });
      this.element.dataset.paints = Number(this.element.dataset.paints) + 1;
    }

    fail(view, error) {
      console.error(error);
      delete this.element.dataset.waiting;
      this.element.dataset.error = String(error);
      this.tooltip.setLatLng(this.map.getCenter()).setContent(lines([view.words.failed]));
      this.tooltip.addTo(this.map);
    }

    hover(event) {
      if (!this.view || this.waiting) return;
      this.waiting = true;
      requestAnimationFrame(() => {
        this.waiting = false;
        const region = this.painter.regionAt(event, this.view.level);
        this.painter.highlight(region, this.view.level);
        this.element.style.cursor = region ? "pointer" : "";
        if (!region) return this.tooltip.remove();
        this.tooltip.setLatLng(event.latlng).setContent(this.describe(region)).addTo(this.map);
      });
    }

    leave() {
      this.tooltip.remove();
      if (this.view) this.painter.highlight(null, this.view.level);
    }

    describe({ id, properties }) {
      const { words, lang } = this.view;
      const write = (value) => new Intl.NumberFormat(lang).format(value);
      const parents = [properties.kecamatan, properties.kabupaten_kota, properties.provinsi];
      const { kim, served } = this.regions.get(id) ?? { kim: 0, served: 0 };
      const texts = [properties.nama, parents.filter(Boolean).join(", ")];
      if (kim === null) {
        texts.push(words.noData);
      } else {
        texts.push(kim ? `${write(kim)} KIM` : words.none);
        if (this.view.level !== "desa") {
          const share = new Intl.NumberFormat(lang, { style: "percent", maximumFractionDigits: 1 });
          texts.push(
            words.served
              .replace("{served}", write(served))
              .replace("{desa}", write(properties.jumlah_desa))
              .replace("{share}", share.format(served / properties.jumlah_desa))
          );
        }
      }
      return lines(texts);
    }
  }

  let choropleth = null;
  window.PetaKim = {
    mount: (map, config) => (choropleth = new Choropleth(map, config)),
    show: (view) => choropleth.show(view),
  };
})();
