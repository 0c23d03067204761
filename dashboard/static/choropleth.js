/* The choropleth inside the folium map: mounted once, then only told what to show.
 *
 * PetaKim.mount(map, config)  is part of the map's main script, which never changes.
 * PetaKim.show(view)          comes with every change of filter, level or region.
 *
 * config  {tiles, shapes, colours, marks}: addresses of the tileset and of the fallback's GeoJSON,
 *         and whether the tileset marks regions on small islands
 * view    see dashboard/map_view.py, which writes it
 */
(function () {
  "use strict";

  const LEVELS = ["provinsi", "kabupaten_kota", "kecamatan", "desa"];
  const DIGITS = { provinsi: 2, kabupaten_kota: 4, kecamatan: 6, desa: 10 };
  const SOURCE = "wilayah";
  const MARKS = "pulau"; // the layer of marks of regions on small islands, of all levels
  const NEAR = 8; // Leaflet's zoom from which all of the country's desa are drawn; see view.far
  const CHOSEN = "#b5179e";
  const MARK_REACH = 3; // pixels

  /** Figures and fill of every region that is not plain zero: id -> {fill, kim, served, ...}. */
  function decode(classes) {
    const regions = new Map();
    for (const { fill, ids, kim, served, value, category, notes } of classes) {
      rising(ids).forEach((id, i) => {
        regions.set(id, {
          fill, category, kim: kim?.[i] ?? null, served: served?.[i] ?? null, value: value?.[i] ?? null,
          note: notes?.[i],
        });
      });
    }
    return regions;
  }

  /** Ids rise, so only their steps are sent. */
  function rising(steps) {
    let id = 0;
    return steps.map((step) => (id += step));
  }

  /** A picture of slanting lines that fits to itself on all sides: one line each `gap` pixels. */
  function stripes(gap) {
    const data = new Uint8Array(gap * gap * 4);
    for (let y = 0; y < gap; y++) {
      for (let x = 0; x < gap; x++) {
        if ((x + y) % gap < 2) data.set([40, 30, 30, 190], 4 * (y * gap + x));
      }
    }
    return { width: gap, height: gap, data };
  }

  /** First and last feature id of `level` inside the region `within` (digits; empty: all). */
  function idRange(level, within) {
    const scale = 10 ** (DIGITS[level] - within.length);
    if (!within) return [scale / 10, scale - 1];
    return [Number(within) * scale, (Number(within) + 1) * scale - 1];
  }

  function levelOf(id) {
    return LEVELS.find((level) => DIGITS[level] === String(id).length);
  }

  /** The levels that a view draws, each with the zooms (MapLibre's) at which it does. */
  function drawnLevels(view) {
    if (!view.far) return [[view.level, {}]];
    return [[view.far.level, { maxzoom: NEAR - 1 }], [view.level, { minzoom: NEAR - 1 }]];
  }

  /** Borders drown the fill when zoomed far out, so the finer ones fade in. Below `minzoom`, where
   *  nothing of them would be seen, MapLibre does not even read them. */
  const BORDER = {
    provinsi: { color: "#4a5560", width: 0.9, opacity: ["interpolate", ["linear"], ["zoom"], 2, 0.55, 6, 0.9] },
    kabupaten_kota: { color: "#5f6b76", width: 0.6, opacity: ["interpolate", ["linear"], ["zoom"], 3, 0.15, 6, 0.7] },
    kecamatan: { color: "#77828c", width: 0.5, opacity: ["interpolate", ["linear"], ["zoom"], 6, 0, 8.5, 0.6], minzoom: 6 },
    desa: { color: "#8a949d", width: 0.4, opacity: ["interpolate", ["linear"], ["zoom"], 8, 0, 10.5, 0.6], minzoom: 8 },
  };

  /** A style layer of the regions of one level whose ids are in a range. */
  function layer(kind, type, level, [first, last], paint, zooms = {}) {
    return {
      id: `${kind}-${level}`,
      type,
      source: SOURCE,
      "source-layer": kind === "mark" ? MARKS : level,
      filter: ["all", [">=", ["id"], first], ["<=", ["id"], last]],
      paint,
      ...zooms,
    };
  }

  /** The layers of a view's level and region. What is not drawn is left out, not hidden: a hidden
   *  layer would have MapLibre read the desa of every tile only to draw none of them. */
  function viewLayers(view, { colours, marks }) {
    const depth = LEVELS.indexOf(view.level);
    const drawn = drawnLevels(view);
    const fillColor = ["to-color", ["coalesce", ["feature-state", "fill"], colours.zero]];
    const hovered = ["boolean", ["feature-state", "hover"], false];
    const fills = drawn.map(([level, zooms]) =>
      layer("fill", "fill", level, idRange(level, view.within), {
        "fill-color": fillColor, "fill-opacity": ["case", hovered, 0.7, 1],
      }, zooms)
    );
    const bordered = LEVELS.slice(0, depth + 1).filter(
      (level) => level === "provinsi" || DIGITS[level] > view.within.length
    );
    const borders = bordered.reverse().map((level) => {
      const { color, width, opacity, minzoom } = BORDER[level];
      const within = level === "provinsi" ? "" : view.within;
      return layer("border", "line", level, idRange(level, within), {
        "line-color": color, "line-width": width, "line-opacity": opacity,
      }, minzoom ? { minzoom } : {});
    });
    const small = (marks ? drawn : []).map(([level, zooms]) =>
      layer("mark", "circle", level, idRange(level, view.within), {
        "circle-color": fillColor, "circle-radius": ["case", hovered, 4, 2.5],
        "circle-stroke-color": BORDER.provinsi.color, "circle-stroke-width": 0.75,
      }, zooms)
    );
    const chosen = layer("chosen", "line", view.level, [-1, -1], {
      "line-color": CHOSEN, "line-width": 2.5,
    }, drawn.at(-1)[1]);
    return [...fills, ...borders, ...small, chosen];
  }

  /** Draws with MapLibre GL: geometry comes as tiles, figures as feature state. */
  class VectorPainter {
    constructor(map, config, colours) {
      Object.assign(this, { map, config, colours, hovered: null });
      maplibregl.addProtocol("pmtiles", new pmtiles.Protocol().tile);
    }

    /** Made with the first view, so that no tile is read for another place or level before. */
    start(view) {
      this.layers = viewLayers(view, this.config);
      const style = {
        version: 8,
        sources: {
          [SOURCE]: { type: "vector", url: `pmtiles://${new URL(this.config.tiles, location.origin)}` },
        },
        layers: [
          { id: "sea", type: "background", paint: { "background-color": this.colours.sea } },
          layer("land", "fill", "provinsi", idRange("provinsi", ""), {
            "fill-color": this.colours.land,
          }),
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
      for (const sourceLayer of [view.level, view.far?.level, MARKS].filter(Boolean)) {
        this.gl.removeFeatureState({ source: SOURCE, sourceLayer });
      }
      for (const [id, region] of regions) this.setState(id, { fill: region.fill });
      this.hatch(view);
      this.hovered = null;
      this.gl.setFilter(`chosen-${view.level}`, ["==", ["id"], view.chosen ?? -1]);
      return new Promise((resolve) => {
        this.gl.once("idle", resolve);
        this.gl.triggerRepaint();
      });
    }

    /** Lay lines over the classes that ask for them, below the borders. A pattern cannot come from
     *  feature state, so such a class is a layer of its own. */
    hatch(view) {
      for (const id of this.hatched ?? []) this.gl.removeLayer(id);
      const borders = this.layers.find(({ type }) => type === "line").id;
      this.hatched = drawnLevels(view).flatMap(([level, zooms]) => {
        const { classes } = level === view.level ? view : view.far;
        return classes.filter((one) => one.hatch).map(({ hatch, ids }) => {
          const image = `stripes-${hatch}`;
          if (!this.gl.hasImage(image)) this.gl.addImage(image, stripes(hatch));
          const paint = { "fill-pattern": image };
          const one = layer(`hatch-${hatch}`, "fill", level, idRange(level, view.within), paint, zooms);
          one.filter = ["match", ["id"], rising(ids), true, false];
          this.gl.addLayer(one, borders);
          return one.id;
        });
      });
    }

    /** Show another level or region; this lays tiles out anew, a filter does not. */
    reframe(view) {
      for (const { id } of this.layers) this.gl.removeLayer(id);
      this.layers = viewLayers(view, this.config);
      for (const one of this.layers) this.gl.addLayer(one);
    }

    setState(id, state) {
      for (const sourceLayer of [levelOf(id), MARKS]) {
        this.gl.setFeatureState({ source: SOURCE, sourceLayer, id }, state);
      }
    }

    /** The region under a Leaflet mouse event: {id, properties}, or null. Marks are easy to miss, so
     *  one close by counts. */
    regionAt(event) {
      if (!this.gl) return null;
      const { x, y } = this.gl.project([event.latlng.lng, event.latlng.lat]);
      const find = (kind, where) => {
        const drawn = this.layers.map((one) => one.id).filter((id) => this.gl.getLayer(id));
        const layers = drawn.filter((id) => id.startsWith(kind));
        return this.gl.queryRenderedFeatures(where, { layers })[0] ?? null;
      };
      const close = [[x - MARK_REACH, y - MARK_REACH], [x + MARK_REACH, y + MARK_REACH]];
      return find("mark-", close) ?? find("fill-", [x, y]);
    }

    highlight(region) {
      const id = region ? region.id : null;
      if (id === this.hovered) return;
      if (this.hovered !== null) this.setState(this.hovered, { hover: false });
      if (id !== null) this.setState(id, { hover: true });
      this.hovered = id;
    }
  }

  /** The level in sight: far out it can be another than the view's. */
  function shownLevel(view, map) {
    return view.far && map.getZoom() < NEAR ? view.far.level : view.level;
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
      const level = shownLevel(view, this.map);
      const scope = `${level}/${view.within || "id"}`;
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
      this.plan = new PetaKimPlan(map);
      this.tooltip = L.tooltip({ className: "peta-kim-tooltip", offset: [12, 0] });
      this.regions = new Map();
      this.queue = Promise.resolve();
      map.on("mousemove", (event) => this.hover(event));
      map.on("mouseout", () => this.leave());
      map.on("click", (event) => this.aim(event));
      map.on("zoomend", () => this.zoomed());
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
      this.regions = decode([...view.classes, ...(view.far?.classes ?? [])]);
      this.element.setAttribute("aria-label", view.words.map);
      this.map.attributionControl.setPrefix(view.words.attribution);
      const frame = JSON.stringify(view.bounds);
      if (frame !== this.frame) {
        this.frame = frame;
        this.map.fitBounds(view.bounds, { animate: false, padding: [12, 12] });
      }
      this.points.show(view.points, view.words).catch((error) => this.fail(view, error));
      this.announce();
      this.plan.show(view.plan);
      await this.painter.paint(view, this.regions);
      delete this.element.dataset.waiting;
      Object.assign(this.element.dataset, { level: view.level, within: view.within });
      this.element.dataset.paints = Number(this.element.dataset.paints) + 1;
    }

    /** Say which level is in sight where it is not the one that was asked for. */
    announce() {
      const shown = shownLevel(this.view, this.map);
      this.element.dataset.shown = shown;
      if (shown === this.view.level) delete this.element.dataset.notice;
      else this.element.dataset.notice = this.view.far.notice;
    }

    /** MapLibre changes the level by itself; the canvas has to be given other shapes. */
    zoomed() {
      if (!this.view?.far) return;
      const before = this.element.dataset.shown;
      this.announce();
      if (this.painter instanceof CanvasPainter && before !== this.element.dataset.shown) {
        this.show(this.view);
      }
    }

    /** A click beside a small island that hits its mark is a click on the island. */
    aim(event) {
      const { lat, lng } = this.painter.regionAt(event)?.properties ?? {};
      if (lat !== undefined) Object.assign(event.latlng, { lat, lng });
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
        const region = this.painter.regionAt(event);
        this.painter.highlight(region);
        this.element.style.cursor = region ? "pointer" : "";
        if (!region) return this.tooltip.remove();
        this.tooltip.setLatLng(event.latlng).setContent(this.describe(region)).addTo(this.map);
      });
    }

    leave() {
      this.tooltip.remove();
      if (this.view) this.painter.highlight(null);
    }

    describe({ id, properties }) {
      const { words, lang, measure } = this.view;
      const write = (value) => new Intl.NumberFormat(lang).format(value);
      const parents = [properties.kecamatan, properties.kabupaten_kota, properties.provinsi];
      const { kim, served, value, category, note } = this.regions.get(id) ?? { kim: 0, served: 0, value: null };
      const texts = [properties.nama, parents.filter(Boolean).join(", ")];
      if (note) {
        texts.push(note);
      } else if (kim === null) {
        texts.push(words.noData);
      } else {
        if (category) texts.push(measure.categories[category]);
        if (value !== null) {
          const { style, decimals: maximumFractionDigits } = measure;
          const written = new Intl.NumberFormat(lang, { style, maximumFractionDigits }).format(value);
          texts.push(`${measure.title}: ${written}`);
        }
        texts.push(kim ? `${write(kim)} KIM` : words.none);
        if (words.served && levelOf(id) !== "desa") {
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
