/** @import { Camera } from "./camera.js" */
/** @typedef {{ left: number, top: number, right: number, bottom: number }} Box  In pixels. */

const SHEET = { width: 500, height: 420 }; // of a sheet, in its pixels; the legend stands beside it
const TITLE_PX = 52; // of it, for the title
const LEGEND_PX = 420; // of it, for the longest legend
const AROUND_PX = 12;

/** Tells the style for print where the region is on the map, so that a sheet shows it and no more. */
export class Paper {
  /**
   * @param {L.Map} map
   * @param {Camera} camera
   */
  constructor(map, camera) {
    this.map = map;
    this.camera = camera;
    map.on("moveend resize", () => this.note());
  }

  note() {
    if (!this.camera.bounds) return;
    const [southWest, northEast] = this.camera.bounds.map((corner) => this.map.latLngToContainerPoint(corner));
    const size = this.map.getSize();
    const { left, top, right, bottom } = inSight(
      { left: southWest.x, top: northEast.y, right: northEast.x, bottom: southWest.y },
      { width: size.x, height: size.y },
    );
    const scale = Math.min(SHEET.width / (right - left), SHEET.height / (bottom - top));
    const from = this.map.containerPointToLayerPoint([left, top]);
    const to = this.map.containerPointToLayerPoint([right, bottom]);
    const corners = [[from.x, from.y], [to.x, from.y], [to.x, to.y], [from.x, to.y]];
    const { style } = this.map.getContainer();
    // A map that shrank with its sheet would be fitted anew, and drawn too late.
    style.setProperty("--paper-map-width", `${size.x}px`);
    style.setProperty("--paper-map-height", `${size.y}px`);
    style.setProperty("--paper-scale", String(scale));
    style.setProperty("--paper-shift", `${-scale * left}px ${TITLE_PX - scale * top}px`);
    style.setProperty("--paper-part", `polygon(${corners.map(([x, y]) => `${x}px ${y}px`).join(",")})`);
    const height = TITLE_PX + Math.max(LEGEND_PX, Math.ceil(scale * (bottom - top)));
    const frame = /** @type {HTMLElement | null} */ (window.frameElement);
    frame?.style.setProperty("--paper-height", `${height}px`);
  }
}

/**
 * @param {Box} region
 * @param {{ width: number, height: number }} map
 * @returns {Box} The part of the map that shows the region; all of it where none is in sight.
 */
export function inSight(region, { width, height }) {
  const left = Math.max(0, region.left - AROUND_PX);
  const top = Math.max(0, region.top - AROUND_PX);
  const right = Math.min(width, region.right + AROUND_PX);
  const bottom = Math.min(height, region.bottom + AROUND_PX);
  return left < right && top < bottom ? { left, top, right, bottom } : { left: 0, top: 0, right: width, bottom: height };
}
