import assert from "node:assert/strict";
import { test } from "node:test";

import { byRegion, fitting, outerRing, roomiest, wrapped } from "../scripts/labels.js";

/** @import { Position } from "../scripts/contract.js" */

/** @type {Position[]} */
const SQUARE = [[0, 0], [4, 0], [4, 4], [0, 4], [0, 0]];

test("a name stands in the middle of the widest row of its region", () => {
  assert.deepEqual(roomiest(SQUARE), { lng: 2, lat: 2, width: 4, height: 4 });
});

test("where a region is hollow its name stands on land, not in the bay", () => {
  /** @type {Position[]} */
  const bay = [[0, 0], [10, 0], [10, 10], [6, 10], [6, 1], [3, 1], [3, 10], [0, 10], [0, 0]];
  const { lng, width, height } = roomiest(bay);
  assert.deepEqual([lng, width, height], [8, 4, 0]);
});

test("in a square a name has as many lines as there is height for", () => {
  const name = "Kepulauan Bangka Belitung";
  assert.deepEqual(wrapped(name, 98, 98), ["Kepulauan", "Bangka", "Belitung"]);
  assert.deepEqual(wrapped(name, 120, 98), ["Kepulauan Bangka", "Belitung"]);
  assert.deepEqual(wrapped(name, 98, 30), ["Kepulauan", "Bangka Belitung"]);
  assert.deepEqual(wrapped(name, 98, 0), [name]);
});

test("of several polygons the one with the longest outline is named", () => {
  const islands = { type: "MultiPolygon", coordinates: [[[[9, 9], [9, 8], [8, 8], [9, 9]]], [SQUARE]] };
  assert.deepEqual(outerRing(/** @type {GeoJSON.MultiPolygon} */ (islands)), SQUARE);
  assert.deepEqual(outerRing({ type: "Point", coordinates: [1, 1] }), [[1, 1]]);
  assert.deepEqual(outerRing({ type: "LineString", coordinates: [[1, 1], [2, 2]] }), []);
});

test("a name that does not fit is left out, and so is one that would lie over that of a wider region", () => {
  const names = (/** @type {[string, number, number, number][]} */ rows) =>
    fitting(rows.map(([name, x, y, width]) => ({ lines: [name], x, y, width }))).map(({ lines }) => lines[0]);
  assert.deepEqual(names([["Jawa Timur", 0, 0, 100], ["Kepulauan Riau", 300, 0, 20]]), ["Jawa Timur"]);
  assert.deepEqual(names([["Bali", 5, 5, 60], ["Jawa Timur", 0, 0, 100], ["Aceh", 5, 40, 60]]), ["Jawa Timur", "Aceh"]);
});

test("a region of several shapes is one, with the roomiest of them and what is known from any", () => {
  const narrow = { id: 35, properties: { nama: "Jawa Timur", lat: -7.5, lng: 112.5 }, ring: /** @type {[number, number][]} */ ([[112.6, -7.6]]) };
  const [region, ...others] = byRegion([{ id: 35, properties: { nama: "Jawa Timur" }, ring: SQUARE }, narrow]);
  assert.deepEqual(others, []);
  assert.deepEqual([region.properties.lat, region.room.width], [-7.5, 4]);
});
