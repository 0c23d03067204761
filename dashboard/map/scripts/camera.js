/** @import { Config, Corners, View } from "./contract.js" */

const FOOT_PX = 40; // where scale and sources stand
const SEA = 0.3; // of the country's size, on every side of it
const SOUTH = 1.4; // more of it there: a map that has room shows the land above its legend
const MARGIN_PX = 12;
const MARGIN_OF_PETAK_PX = 60; // above and below: its squares reach into the corners, where buttons and title are

/**
 * Moves only when it is asked to look elsewhere, so that a filter leaves the reader's zoom alone; but a
 * map that has not been moved stays fitted when its frame grows or shrinks. It never gets far into the empty sea.
 */
export class Camera {
  /**
   * @param {L.Map} map
   * @param {Config} config
   */
  constructor(map, config) {
    this.map = map;
    this.config = config;
    this.margin = MARGIN_PX;
    this.frame = "";
    this.isFitted = false;
    /** @type {Corners | null} */
    this.bounds = null;
    map.on("dragstart zoomstart", () => (this.isFitted = false));
    map.on("resize", () => {
      if (this.isFitted) this.showWhole();
    });
  }

  /** @param {View} view */
  look({ bounds, petak }) {
    const frame = JSON.stringify(bounds);
    if (frame === this.frame) return;
    this.frame = frame;
    this.bounds = bounds;
    this.margin = petak ? MARGIN_OF_PETAK_PX : MARGIN_PX;
    const [[south, west], [north, east]] = (petak ? this.config.petak : this.config).extent;
    const [tall, wide] = [SEA * (north - south), SEA * (east - west)];
    this.map.setMaxBounds([[south - SOUTH * tall, west - wide], [north + tall, east + wide]]);
    this.showWhole();
  }

  showWhole() {
    if (!this.bounds) return;
    this.map.fitBounds(this.bounds, {
      animate: false,
      paddingTopLeft: [MARGIN_PX, this.margin],
      paddingBottomRight: [MARGIN_PX, this.margin + FOOT_PX],
    });
    this.isFitted = true;
  }
}
