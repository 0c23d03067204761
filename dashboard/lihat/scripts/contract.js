/**
 * What the server tells the light view: `dashboard/lihat/answer.py` and `dashboard/lihat/page.py`. Only types
 * stand here, so no browser gets this file.
 *
 * @typedef {object} Choice  A view that can be chosen.
 * @property {string} label
 * @property {string} query  Of its address.
 * @property {boolean} chosen
 * @property {string} [group]  Which of many stand together.
 *
 * @typedef {{ label: string, options: Choice[] }} Choices
 *
 * @typedef {object} Table
 * @property {string} caption
 * @property {string[]} heads
 * @property {string[][]} rows  Code of a region, its name, and its figures as text.
 * @property {string} more  What is not in it.
 *
 * @typedef {object} Answer  All that is shown of a view.
 * @property {string} lang
 * @property {string} title
 * @property {string} about  What is counted, and how new and how exact it is.
 * @property {string[]} notices  What the link said that cannot be used.
 * @property {Choice[]} path  From Indonesia down to the region.
 * @property {Choices[]} choices
 * @property {Choice[]} languages
 * @property {string} sentence
 * @property {string[][]} figures  Each a value and the lines below it.
 * @property {Table} table
 * @property {import("../../map/scripts/contract.js").View} map
 * @property {string} full  Address of the same view in the full app.
 *
 * @typedef {Record<"offline" | "failed" | "again" | "controls" | "path" | "full" | "app" | "search" | "search_failed" | "language", string>} Words
 *
 * @typedef {object} Told  What the page is told once.
 * @property {string} answers  Address of answers; the query of a view is added.
 * @property {string} search
 * @property {string} parameter  Of the search, for the question.
 * @property {number} longest  Characters of a question.
 * @property {string} worker  Address of the service worker.
 * @property {string} scope  What it serves.
 * @property {Record<string, Words>} words  By language.
 * @property {L.MapOptions} options  Of the map.
 * @property {import("../../map/scripts/contract.js").Config} map
 */
export {};
