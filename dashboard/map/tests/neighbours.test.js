import assert from "node:assert/strict";
import { test } from "node:test";

import { nearest, nearestTowards } from "../scripts/neighbours.js";

/** @type {Record<string, [lng: number, lat: number]>} */
const PROVINSI = {
  Banten: [106.1, -6.5], Jakarta: [106.8, -6.2], "Jawa Barat": [107.6, -6.9], "Jawa Tengah": [110.2, -7.2],
  Yogyakarta: [110.4, -7.9], "Jawa Timur": [112.6, -7.7], Bali: [115.1, -8.4],
};
const spots = Object.entries(PROVINSI).map(([name, [lng, lat]]) => ({ name, x: 10 * lng, y: -10 * lat }));

/** @param {string} name */
function spot(name) {
  const named = spots.find((known) => known.name === name);
  if (!named) throw new Error(name);
  return named;
}

/**
 * @param {string} from
 * @param {[number, number]} towards
 */
const beside = (from, towards) => nearestTowards(spot(from), spots, towards)?.name;

test("the arrow to the right goes east along Java, to what lies ahead before what is closer and below", () => {
  const east = ["Banten"];
  for (let next = beside("Banten", [1, 0]); next; next = beside(next, [1, 0])) east.push(next);
  assert.deepEqual(east, ["Banten", "Jakarta", "Jawa Barat", "Jawa Tengah", "Jawa Timur", "Bali"]);
});

test("up is north, down is south", () => {
  assert.equal(beside("Jawa Tengah", [0, 1]), "Yogyakarta");
  assert.equal(beside("Yogyakarta", [0, -1]), "Jawa Tengah");
});

test("where nothing lies ahead, what is on that side is meant all the same; past the last there is nothing", () => {
  assert.equal(beside("Banten", [0, -1]), "Jakarta");
  assert.equal(beside("Banten", [-1, 0]), undefined);
  assert.equal(beside("Bali", [1, 0]), undefined);
});

test("one begins at what is nearest, and at nothing where there is nothing", () => {
  assert.equal(nearest({ x: 1100, y: 73 }, spots)?.name, "Jawa Tengah");
  assert.equal(nearest({ x: 0, y: 0 }, []), undefined);
});

test("arrows lead from any region to any other", () => {
  for (const from of Object.keys(PROVINSI)) {
    const reached = new Set([from]);
    for (const name of reached) { // which grows on the way
      const arrows = /** @type {[number, number][]} */ ([[1, 0], [-1, 0], [0, 1], [0, -1]]);
      for (const towards of arrows) reached.add(beside(name, towards) ?? name);
    }
    assert.equal(reached.size, spots.length, from);
  }
});
