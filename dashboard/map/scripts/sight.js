/** @import { Level, View } from "./contract.js" */

/**
 * @param {View} view
 * @param {number} zoom  Leaflet's.
 * @param {number} nearZoom
 * @returns {Level} The level in sight: far out it can be another than the view's.
 */
export function shownLevel(view, zoom, nearZoom) {
  return view.far && zoom < nearZoom ? view.far.level : view.level;
}

/**
 * @param {View} view
 * @param {number} nearZoom  Leaflet's; MapLibre counts one less.
 * @returns {[Level, { minzoom?: number, maxzoom?: number }][]} The levels that a view draws, each
 * with the zooms (MapLibre's) at which it does.
 */
export function drawnLevels(view, nearZoom) {
  if (!view.far) return [[view.level, {}]];
  return [
    [view.far.level, { maxzoom: nearZoom - 1 }],
    [view.level, { minzoom: nearZoom - 1 }],
  ];
}
