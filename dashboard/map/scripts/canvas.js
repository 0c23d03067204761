/** @import { Config, Painter, Region, View } from "./contract.js" */
/** @import { Figures } from "./table.js" */
import { shownLevel } from "./sight.js";

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
    this.shapes = null;
    /** @type {Region | null} */
    this.under = null;
    this.scope = "";
    map.getContainer().style.background = config.colours.sea;
  }

  /**
   * @param {View} view
   * @param {Map<number, Figures>} figures
   */
  async paint(view, figures) {
    const level = shownLevel(view, this.map.getZoom(), this.config.nearZoom);
    const scope = `${level}/${view.within || "id"}`;
    if (this.scope !== scope) await this.reframe(scope);
    const { zero, chosen, borders } = this.config.colours;
    this.shapes?.setStyle((feature) => {
      const id = /** @type {number} */ (feature?.id);
      const isChosen = id === view.chosen;
      return {
        fillColor: figures.get(id)?.fill ?? zero,
        fillOpacity: 1,
        color: isChosen ? chosen : borders.kecamatan,
        weight: isChosen ? 2.5 : 0.5,
      };
    });
  }

  /** @param {string} scope  Level and region, as the addresses of shapes name them. */
  async reframe(scope) {
    const reply = await fetch(`${this.config.shapes}/${scope}.json`);
    if (!reply.ok) throw new Error(`${reply.status} ${reply.url}`);
    const features = await reply.json();
    this.shapes?.remove();
    this.under = null;
    const shapes = L.geoJSON(features, { interactive: true, ...{ renderer: this.renderer } });
    shapes.on("mouseover", (event) => (this.under = event.propagatedFrom.feature));
    shapes.on("mouseout", () => (this.under = null));
    this.shapes = shapes.addTo(this.map);
    this.scope = scope;
  }

  /** @returns {Region | null} */
  regionAt() {
    return this.under;
  }

  highlight() {}
}
