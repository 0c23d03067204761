import assert from "node:assert/strict";
import { test } from "node:test";

import { Camera } from "../scripts/camera.js";
import { config, counts, desa, petak } from "./views.js";

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
    setMaxBounds: (/** @type {typeof config.extent} */ bounds) => (kept = bounds ?? null),
    on() {},
  };
  const camera = new Camera(/** @type {any} */ (map), config, () => 40);
  const elsewhere = /** @type {typeof counts.bounds} */ ([[-11, 95], [6, 141]]);
  for (const bounds of [counts.bounds, structuredClone(desa.bounds), elsewhere, counts.bounds]) camera.look({ ...counts, bounds });
  assert.deepEqual(moves, [counts.bounds, elsewhere, counts.bounds]);
  assert.ok(isAround(kept, config.extent) && !isAround(kept, config.petak.extent));
  camera.look(petak);
  assert.ok(isAround(kept, config.petak.extent));
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
