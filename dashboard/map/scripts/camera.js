/** @import { View } from "./contract.js" */

/** Moves only when it is asked to look elsewhere, so that a filter leaves the reader's zoom alone. */
export class Camera {
  /** @param {L.Map} map */
  constructor(map) {
    this.map = map;
    this.frame = "";
  }

  /** @param {View["bounds"]} bounds */
  look(bounds) {
    const frame = JSON.stringify(bounds);
    if (frame === this.frame) return;
    this.frame = frame;
    this.map.fitBounds(bounds, { animate: false, padding: [12, 12] });
  }
}
