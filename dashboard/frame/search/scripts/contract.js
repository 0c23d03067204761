/**
 * What the server and the box tell each other.
 *
 * @typedef {object} Hit
 * @property {string} code  Of the region that it leads to.
 * @property {string} title
 * @property {string} about  What tells it from others of its name.
 *
 * @typedef {object} Answer
 * @property {Hit[]} hits  The best first.
 * @property {string} said  How many there are, or what to try.
 *
 * @typedef {object} Words  What the box says, and where it asks, in the language of the page.
 * @property {string} address
 * @property {string} parameter  Of the address, for the question.
 * @property {string} label
 * @property {string} failed
 * @property {number} longest  Characters of a question.
 */

export {};
