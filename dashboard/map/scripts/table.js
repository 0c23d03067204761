/** @import { PaintedClass } from "./contract.js" */

/**
 * What is known of a region: its class, and its place in it.
 *
 * @typedef {object} Figures
 * @property {string} fill
 * @property {string[]} say
 * @property {number[][]} columns  Of the whole class.
 * @property {number} position
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
 * @returns {Map<number, Figures>} Of every region that stands in a class, by feature id.
 */
export function decode(classes) {
  const regions = new Map();
  for (const { fill, ids, say, figures: columns } of classes) {
    rising(ids).forEach((id, position) => regions.set(id, { fill, say, columns, position }));
  }
  return regions;
}
