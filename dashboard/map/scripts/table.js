/** @import { PaintedClass } from "./contract.js" */

/**
 * What is known of a region.
 *
 * @typedef {object} Figures
 * @property {string} fill
 * @property {number | null} kim  null: no data.
 * @property {number | null} served
 * @property {number | null} value
 * @property {string | undefined} category
 * @property {string | undefined} note
 */

/**
 * @param {number[]} steps  Ids rise, so only their steps are sent.
 * @returns {number[]}
 */
export function rising(steps) {
  let id = 0;
  return steps.map((step) => (id += step));
}

/**
 * @param {PaintedClass[]} classes
 * @returns {Map<number, Figures>} Of every region that is not plain zero, by feature id.
 */
export function decode(classes) {
  const regions = new Map();
  for (const { fill, ids, kim, served, value, category, notes } of classes) {
    rising(ids).forEach((id, place) => {
      regions.set(id, {
        fill,
        kim: kim?.[place] ?? null,
        served: served?.[place] ?? null,
        value: value?.[place] ?? null,
        category,
        note: notes?.[place],
      });
    });
  }
  return regions;
}
