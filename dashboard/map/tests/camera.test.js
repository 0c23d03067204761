import assert from "node:assert/strict";
import { test } from "node:test";

import { Camera } from "../scripts/camera.js";
import { provide } from "./page.js";
import { config, counts, desa, petak } from "./views.js";

provide({ L: { latLngBounds: (/** @type {unknown} */ bounds) => bounds, point: (/** @type {number} */ x, /** @type {number} */ y) => ({ x, y }) } });

test("the camera moves where it is sent, and a filter leaves the reader's zoom alone", () => {
  /** @type {unknown[]} */
  const moves = [];
  /** @type {typeof config.extent | null} */
  let kept = null;
  const map = {
    fitBounds: (/** @type {unknown} */ bounds, /** @type {{ paddingTopLeft: number[] }} */ { paddingTopLeft }) => {
      assert.equal(kept, null, "or Leaflet slides");
      assert.ok(paddingTopLeft[1] > 40, "the title hides no land");
      moves.push(bounds);
    },
    getBoundsZoom: () => 5,
    setMaxBounds: (/** @type {typeof config.extent} */ bounds) => (kept = bounds ?? null),
    on() {},
  };
  const camera = new Camera(/** @type {any} */ (map), config, () => 40, () => 0);
  const elsewhere = /** @type {typeof counts.bounds} */ ([[-11, 95], [6, 141]]);
  for (const bounds of [counts.bounds, structuredClone(desa.bounds), elsewhere, counts.bounds]) camera.look({ ...counts, bounds });
  assert.deepEqual(moves, [counts.bounds, elsewhere, counts.bounds]);
  assert.ok(isAround(kept, config.extent) && !isAround(kept, config.petak.extent));
  camera.look(petak);
  assert.ok(isAround(kept, config.petak.extent));
});

test("the land stands beside the legend where it is as large there, else below it", () => {
  /** @type {number[]} */
  const lefts = [];
  let room = 400;
  const map = {
    fitBounds: (/** @type {unknown} */ _, /** @type {{ paddingTopLeft: number[] }} */ { paddingTopLeft: [left] }) => lefts.push(left),
    getBoundsZoom: (/** @type {unknown} */ _, /** @type {boolean} */ __, /** @type {{ x: number }} */ { x }) => (x < room ? 7 : 6.5),
    setMaxBounds() {},
    on() {},
  };
  const camera = new Camera(/** @type {any} */ (map), config, () => 40, () => 250);
  camera.look(counts);
  room = 200;
  camera.showWhole();
  assert.ok(lefts[0] > 250);
  assert.ok(lefts[1] < 50);
});

/**
 * @param {typeof config.extent | null} outer
 * @param {typeof config.extent} inner
 */
function isAround(outer, [least, most]) {
  const [[south, west], [north, east]] = outer ?? assert.fail("there are no limits");
  return south < least[0] && west < least[1] && north > most[0] && east > most[1];
}

test("bounds are latitude and longitude, south-west first", () => {
  const [[south, west], [north, east]] = counts.bounds;
  assert.ok(south < north && west < east && Math.abs(south) < 12 && west > 90);
});
