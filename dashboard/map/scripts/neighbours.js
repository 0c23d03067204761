/**
 * Where a region is on the screen, in pixels; y grows downwards.
 *
 * @typedef {{ x: number, y: number }} Spot
 */

/**
 * What lies rather ahead than beside is meant before all else on that side: so one comes from any region of
 * Indonesia to any other (tried with all provinsi, kabupaten and kota, and with the desa of some).
 *
 * @template {Spot} T
 * @param {Spot} from
 * @param {T[]} spots
 * @param {[x: number, y: number]} towards  A step of one pixel to the right, left, top or bottom.
 * @returns {T | undefined} The one that the arrow means; none if nothing lies on that side.
 */
export function nearestTowards(from, spots, [right, down]) {
  /** @type {(spot: Spot) => number} */
  const ahead = ({ x, y }) => (x - from.x) * right + (y - from.y) * down;
  /** @type {(spot: Spot) => number} */
  const beside = ({ x, y }) => Math.abs((x - from.x) * down + (y - from.y) * right);
  const there = spots.filter((spot) => ahead(spot) > 0);
  const straight = there.filter((spot) => beside(spot) <= ahead(spot));
  return nearest(from, straight.length ? straight : there);
}

/**
 * @template {Spot} T
 * @param {Spot} from
 * @param {T[]} spots
 * @returns {T | undefined}
 */
export function nearest(from, spots) {
  const far = spots.map(({ x, y }) => Math.hypot(x - from.x, y - from.y));
  return spots[far.indexOf(Math.min(...far))];
}
