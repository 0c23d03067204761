/** @import { Level } from "./contract.js" */

/** The levels of regions, from coarse to fine, and the feature ids of each. */
export class Levels {
  /** @param {Record<Level, number>} digits  How many digits the ids of each level have. */
  constructor(digits) {
    this.digits = digits;
    this.names = /** @type {Level[]} */ (Object.keys(digits));
  }

  /** @returns {Level} */
  get finest() {
    return this.names[this.names.length - 1];
  }

  /**
   * @param {number} id
   * @returns {Level}
   */
  of(id) {
    const level = this.names.find((name) => this.digits[name] === String(id).length);
    if (!level) throw new RangeError(`No level has the feature id ${id}`);
    return level;
  }

  /**
   * @param {Level} level
   * @param {string} within  Digits of a region; empty: Indonesia.
   * @returns {[first: number, last: number]} Feature ids of `level` inside that region.
   */
  idRange(level, within) {
    const scale = 10 ** (this.digits[level] - within.length);
    if (!within) return [scale / 10, scale - 1];
    return [Number(within) * scale, (Number(within) + 1) * scale - 1];
  }

  /**
   * @param {string} within  Digits of a region; empty: Indonesia.
   * @returns {Level} The one right below that region.
   */
  below(within) {
    return this.names.find((name) => this.digits[name] > within.length) ?? this.finest;
  }

  /**
   * @param {Level} level
   * @returns {Level[]} That level and the coarser ones, which come first.
   */
  downTo(level) {
    return this.names.slice(0, this.names.indexOf(level) + 1);
  }
}
