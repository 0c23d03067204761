/** @import { Config, Level, MapEvent, Painter, Region, RegionProperties, Shape, View } from "./contract.js" */
/** @import { Levels } from "./levels.js" */
/** @import { Figures } from "./table.js" */
/** @import { LayerSpecification, Map as GlMap, PointLike } from "maplibre-gl" */
import { outerRing } from "./labels.js";
import { Layers, sourceOf } from "./layers.js";
import { stripes } from "./stripes.js";

const MARK_REACH_PX = 3;

/**
 * Draws with MapLibre GL: geometry comes as tiles, figures as feature state.
 *
 * @implements {Painter}
 */
export class VectorPainter {
  name = "VectorPainter";
  drawsBothLevels = true;

  /**
   * @param {L.Map} map
   * @param {Config} config
   * @param {Levels} levels
   */
  constructor(map, config, levels) {
    this.map = map;
    this.config = config;
    this.levels = levels;
    this.makes = new Layers(config, levels);
    /** @type {GlMap | null} */
    this.gl = null;
    /** @type {string | null} */
    this.marks = null;
    /** @type {LayerSpecification[]} */
    this.layers = [];
    /** @type {string[]} */
    this.hatched = [];
    /** @type {number | null} */
    this.hovered = null;
    this.scope = "";
    /** @type {(level: Level) => string} */
    this.source = (level) => level;
    /** @type {Set<string>} */
    this.emphasised = new Set();
    maplibregl.addProtocol("pmtiles", new pmtiles.Protocol().tile);
  }

  /**
   * @param {View} view
   * @param {Map<number, Figures>} figures
   */
  async paint(view, figures) {
    const gl = await this.ready(view);
    for (const level of [view.level, ...(view.far ? [view.far.level] : [])]) {
      for (const sourceLayer of this.layersOf(level)) gl.removeFeatureState({ source: this.source(level), sourceLayer });
    }
    for (const [id, { fill }] of figures) {
      if (fill !== this.config.colours.zero) this.setState(id, { fill }); // which it is without a state
    }
    this.hatch(gl, view);
    this.hovered = null;
    this.emphasise(this.emphasised);
    gl.setFilter(`chosen-${view.level}`, ["==", ["id"], view.chosen ?? -1]);
    return this.settled();
  }

  /**
   * @param {View} view
   * @param {Map<number, string>} fills
   * @param {number[] | null} unreported
   */
  recolour(view, fills, unreported) {
    for (const [id, fill] of fills) this.setState(id, { fill });
    if (!unreported || !this.gl || !view.lapse) return;
    const ids = unreported.map((id, position) => id - (unreported[position - 1] ?? 0));
    const lined = { fill: "", ids, say: [], figures: [], hatch: view.lapse.hatch };
    this.hatch(this.gl, { ...view, classes: ids.length ? [lined] : [] });
    this.emphasise(this.emphasised);
  }

  /** @returns {Promise<void>} */
  settled() {
    return new Promise((resolve) => {
      this.gl?.once("idle", () => resolve());
      this.gl?.triggerRepaint();
    });
  }

  /**
   * Made with the first view, so that no tile is read for another place or level before.
   *
   * @param {View} view
   * @returns {Promise<GlMap>} With the layers of the view's level and region.
   */
  async ready(view) {
    this.source = (level) => sourceOf(view, level);
    this.marks = view.petak ? null : this.config.marks;
    const scope = `${this.source(view.level)}/${view.level}/${view.within}`;
    if (!this.gl) {
      const style = this.makes.style(view, location.origin);
      const gl = L.maplibreGL({ style, fadeDuration: 0 }).addTo(this.map).getMaplibreMap();
      // What is drawn is said elsewhere, and not in English.
      for (const name of ["role", "aria-label"]) gl.getCanvas().removeAttribute(name);
      await new Promise((resolve) => gl.once("load", resolve));
      this.layers = this.makes.ofView(view);
      this.gl = gl; // before this, nothing can be asked of it
    } else if (this.scope !== scope) {
      this.reframe(this.gl, view);
    }
    this.scope = scope;
    return this.gl;
  }

  /**
   * Show another level or region; this lays tiles out anew, a filter does not.
   *
   * @param {GlMap} gl
   * @param {View} view
   */
  reframe(gl, view) {
    for (const { id } of this.layers) gl.removeLayer(id);
    for (const [name, source] of Object.entries(this.makes.sources(view, location.origin))) {
      if (!gl.getSource(name)) gl.addSource(name, source);
    }
    this.layers = this.makes.ofView(view);
    for (const layer of this.layers) gl.addLayer(layer);
  }

  /**
   * Lay lines over the classes that ask for them, below the borders.
   *
   * @param {GlMap} gl
   * @param {View} view
   */
  hatch(gl, view) {
    for (const id of this.hatched) gl.removeLayer(id);
    const lowestBorder = this.layers.find(({ type }) => type === "line")?.id;
    this.hatched = this.makes.hatches(view).map(({ gap, layer }) => {
      const image = `stripes-${gap}`;
      if (!gl.hasImage(image)) gl.addImage(image, stripes(gap));
      gl.addLayer(layer, lowestBorder);
      return layer.id;
    });
  }

  /**
   * Of the region and of its mark, if it may have one.
   *
   * @param {number} id
   * @param {{ fill: string } | { hover: boolean }} state
   */
  setState(id, state) {
    const level = this.levels.of(id);
    const source = this.source(level);
    for (const sourceLayer of this.layersOf(level)) this.gl?.setFeatureState({ source, sourceLayer, id }, state);
  }

  /**
   * @param {Level} level
   * @returns {string[]} The tileset's layers of its regions.
   */
  layersOf(level) {
    return this.marks ? [level, this.marks] : [level];
  }

  /**
   * Marks are easy to miss, so one close by counts.
   *
   * @param {MapEvent} event
   * @returns {Region | null}
   */
  regionAt(event) {
    const { gl } = this;
    if (!gl) return null;
    const { x, y } = gl.project([event.latlng.lng, event.latlng.lat]);
    const drawn = this.layers.map(({ id }) => id).filter((id) => gl.getLayer(id));
    /** @type {(kind: string, where: PointLike | [PointLike, PointLike]) => Region | null} */
    const find = (kind, where) => {
      const layers = drawn.filter((id) => id.startsWith(kind));
      const [region = null] = gl.queryRenderedFeatures(where, { layers });
      return /** @type {Region | null} */ (/** @type {unknown} */ (region));
    };
    const reach = MARK_REACH_PX;
    const close = find("mark-", [[x - reach, y - reach], [x + reach, y + reach]]);
    return close ?? find("fill-", [x, y]);
  }

  /**
   * In Petak the blocks right below the region are named, which tell where one is.
   *
   * @returns {Shape[]}
   */
  shapes() {
    const blocks = this.rendered("block-");
    return blocks.length ? blocks : this.rendered("fill-");
  }

  /** @returns {Shape[]} */
  regions() {
    return [...this.rendered("fill-"), ...this.rendered("mark-")];
  }

  /**
   * @param {string} kind  Of layers.
   * @returns {Shape[]} What they show in sight.
   */
  rendered(kind) {
    const layers = this.layers.map(({ id }) => id).filter((id) => id.startsWith(kind));
    if (!layers.length) return [];
    return (this.gl?.queryRenderedFeatures({ layers }) ?? []).flatMap(({ id, properties, geometry }) => {
      const ring = outerRing(geometry);
      return ring.length ? [{ id: Number(id), properties: /** @type {RegionProperties} */ (properties), ring }] : [];
    });
  }

  /** @param {number | null} id */
  outline(id) {
    for (const layer of this.layers.filter((drawn) => drawn.id.startsWith("outline-"))) {
      this.gl?.setFilter(layer.id, ["==", ["id"], id ?? -1]);
    }
  }

  /** @param {Region | null} region */
  highlight(region) {
    const id = region ? region.id : null;
    if (id === this.hovered) return;
    if (this.hovered !== null) this.setState(this.hovered, { hover: false });
    if (id !== null) this.setState(id, { hover: true });
    this.hovered = id;
  }

  /** @param {Set<string>} fills */
  emphasise(fills) {
    this.emphasised = fills;
    for (const { id, type } of this.layers) {
      if (id.startsWith("fill-")) this.gl?.setPaintProperty(id, "fill-opacity", this.makes.opacity(fills));
      if (type === "circle") this.gl?.setPaintProperty(id, "circle-opacity", this.makes.opacity(fills));
    }
    for (const id of this.hatched) this.gl?.setPaintProperty(id, "fill-opacity", this.makes.opacity(fills));
  }
}
