/** @import { Config, Painter, Region, RegionProperties, Shape, View } from "./contract.js" */
/** @import { Figures } from "./table.js" */
import { outerRing } from "./labels.js";
import { shownLevel } from "./sight.js";
import { hatchedFill } from "./stripes.js";

/**
 * Where the browser has no WebGL: the same view as GeoJSON on Leaflet's canvas.
 *
 * @implements {Painter}
 */
export class CanvasPainter {
  name = "CanvasPainter";
  drawsBothLevels = false;

  /**
   * @param {L.Map} map
   * @param {Config} config
   */
  constructor(map, config) {
    this.map = map;
    this.config = config;
    this.renderer = L.canvas();
    /** @type {L.GeoJSON | null} */
    this.drawn = null;
    /** @type {Region | null} */
    this.under = null;
    this.scope = "";
    /** @type {Set<string>} */
    this.emphasised = new Set();
    /** @type {number | null} */
    this.outlined = null;
    this.restyle = () => {};
    /** @type {Map<number, string>} */
    this.recoloured = new Map();
    map.getContainer().style.background = config.colours.sea;
  }

  /**
   * @param {View} view
   * @param {Map<number, Figures>} figures
   */
  async paint(view, figures) {
    const level = shownLevel(view, this.map.getZoom(), this.config.nearZoom);
    const served = view.petak ? this.config.petak.served : this.config.shapes;
    const scope = `${served}/${level}/${view.within || "id"}`;
    if (this.scope !== scope) await this.reframe(scope);
    const { zero, chosen, focused, borders } = this.config.colours;
    this.recoloured.clear();
    /** @type {Map<string, string>} */
    const lined = new Map();
    if (view.lapse) lined.set(view.lapse.fills[0], hatchedFill(view.lapse.fills[0], view.lapse.hatch));
    for (const { fill, hatch } of [...view.classes, ...(view.far?.classes ?? [])]) {
      if (hatch) lined.set(fill, hatchedFill(fill, hatch));
    }
    this.restyle = () => this.drawn?.setStyle((feature) => {
      const id = /** @type {number} */ (feature?.id);
      const isChosen = id === view.chosen;
      const fill = this.recoloured.get(id) ?? figures.get(id)?.fill ?? zero;
      return {
        fillColor: lined.get(fill) ?? fill,
        fillOpacity: !this.emphasised.size || this.emphasised.has(fill) ? 1 : 0.12,
        ...(isChosen ? { color: chosen, weight: 2.5 } : { color: borders.kecamatan, weight: 0.5 }),
        ...(id === this.outlined ? { color: focused, weight: 4 } : {}),
      };
    });
    this.restyle();
  }

  /**
   * @param {View} _
   * @param {Map<number, string>} fills
   */
  recolour(_, fills) {
    for (const [id, fill] of fills) this.recoloured.set(id, fill);
    this.restyle();
  }

  /** @param {string} scope  Where the shapes of a level and region are served. */
  async reframe(scope) {
    const reply = await fetch(`${scope}.json`);
    if (!reply.ok) throw new Error(`${reply.status} ${reply.url}`);
    const features = await reply.json();
    this.drawn?.remove();
    this.under = null;
    const shapes = L.geoJSON(features, { interactive: true, ...{ renderer: this.renderer } });
    shapes.on("mouseover", (event) => (this.under = event.propagatedFrom.feature));
    shapes.on("mouseout", () => (this.under = null));
    this.drawn = shapes.addTo(this.map);
    this.scope = scope;
  }

  /** @returns {Region | null} */
  regionAt() {
    return this.under;
  }

  async settled() {}

  /** @returns {Shape[]} */
  shapes() {
    const sight = this.map.getBounds();
    const layers = /** @type {L.Polygon[]} */ (this.drawn?.getLayers() ?? []);
    return layers.filter((layer) => sight.intersects(layer.getBounds())).map(({ feature }) => {
      const { id, properties, geometry } = /** @type {GeoJSON.Feature} */ (feature);
      return { id: Number(id), properties: /** @type {RegionProperties} */ (properties), ring: outerRing(geometry) };
    });
  }

  /** @returns {Shape[]} */
  regions() {
    return this.shapes();
  }

  highlight() {}

  /** @param {number | null} id */
  outline(id) {
    this.outlined = id;
    this.restyle();
    const layers = /** @type {L.Polygon[]} */ (this.drawn?.getLayers() ?? []);
    layers.find(({ feature }) => feature?.id === id)?.bringToFront();
  }

  /** @param {Set<string>} fills */
  emphasise(fills) {
    this.emphasised = fills;
    this.restyle();
  }
}
