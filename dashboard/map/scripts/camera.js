/** @import { View } from "./contract.js" */

const SEA = 0.3; // of the country's size, on every side of it

/**
 * Moves only when it is asked to look elsewhere, so that a filter leaves the reader's zoom alone; but a
 * map that has not been moved stays fitted when its frame grows or shrinks. It never gets far into the empty sea.
 */
export class Camera {
  /**
   * @param {L.Map} map
   * @param {View["bounds"]} extent  Of the country.
   */
  constructor(map, extent) {
    this.map = map;
    map.setMaxBounds(L.latLngBounds(extent).pad(SEA));
    this.frame = "";
    this.isFitted = false;
    /** @type {View["bounds"] | null} */
    this.bounds = null;
    map.on("dragstart zoomstart", () => (this.isFitted = false));
    map.on("resize", () => {
      if (this.isFitted) this.showWhole();
    });
  }

  /** @param {View["bounds"]} bounds */
  look(bounds) {
    const frame = JSON.stringify(bounds);
    if (frame === this.frame) return;
    this.frame = frame;
    this.bounds = bounds;
    this.showWhole();
  }

  showWhole() {
    if (!this.bounds) return;
    this.map.fitBounds(this.bounds, { animate: false, padding: [12, 12] });
    this.isFitted = true;
  }
}
