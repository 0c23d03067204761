/** @import { Config, Corners, View } from "./contract.js" */

const SEA = 0.3; // of the country's size, on every side of it
const SOUTH = 1.4; // more of it there: a map that has room shows the land above its legend
const MARGIN_PX = 12;
const FOOT_PX = 52; // where scale and sources stand
const MARGIN_OF_PETAK_PX = 60; // above and below: its squares reach into the corners, where switch and title are

/**
 * Moves only when it is asked to look elsewhere, so that a filter leaves the reader's zoom alone; but a
 * map that has not been moved stays fitted when its frame grows or shrinks. It never gets far into the empty sea.
 */
export class Camera {
  /**
   * @param {L.Map} map
   * @param {Config} config
   * @param {() => number} head  How high the title over the map is now, in pixels.
   * @param {() => number} beside  How wide the legend at the left is now.
   */
  constructor(map, config, head, beside) {
    this.map = map;
    this.config = config;
    this.head = head;
    this.beside = beside;
    /** @type {Corners} */
    this.limits = config.extent;
    this.isPetak = false;
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
    this.isPetak = petak;
    const [[south, west], [north, east]] = (petak ? this.config.petak : this.config).extent;
    const [tall, wide] = [SEA * (north - south), SEA * (east - west)];
    this.limits = [[south - SOUTH * tall, west - wide], [north + tall, east + wide]];
    this.showWhole();
  }

  showWhole() {
    if (!this.bounds) return;
    // Within limits Leaflet slides a map that it finds beyond them, and slides on after the map looks elsewhere.
    this.map.setMaxBounds();
    const [above, below] = this.isPetak ? [MARGIN_OF_PETAK_PX, MARGIN_OF_PETAK_PX] : [MARGIN_PX + this.head(), FOOT_PX];
    this.map.fitBounds(this.bounds, {
      animate: false,
      paddingTopLeft: [this.left(this.bounds, above + below), above],
      paddingBottomRight: [MARGIN_PX, below],
    });
    this.map.setMaxBounds(this.limits);
    this.isFitted = true;
  }

  /**
   * @param {Corners} bounds
   * @param {number} height  That is not for the land.
   * @returns {number} Where the land may begin: beside the legend, if it is as large there.
   */
  left(bounds, height) {
    const [whole, aside] = [MARGIN_PX, MARGIN_PX + this.beside()].map((left) =>
      this.map.getBoundsZoom(L.latLngBounds(bounds), false, L.point(left + MARGIN_PX, height))
    );
    return MARGIN_PX + (aside === whole ? this.beside() : 0);
  }
}
