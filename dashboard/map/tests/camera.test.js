import assert from "node:assert/strict";
import { test } from "node:test";

import { Camera } from "../scripts/camera.js";
import { provide } from "./page.js";
import { config, counts, desa, petak } from "./views.js";

test("the camera moves where it is sent, and a filter leaves the reader's zoom alone", () => {
  /** @type {unknown[]} */
  const moves = [];
  /** @type {unknown} */
  let kept = null;
  const map = {
    fitBounds: (/** @type {unknown} */ bounds) => moves.push(bounds),
    setMaxBounds: (/** @type {unknown} */ bounds) => (kept = bounds),
    on() {},
  };
  provide({ L: { latLngBounds: (/** @type {unknown} */ bounds) => ({ pad: () => bounds }) } });
  const camera = new Camera(/** @type {any} */ (map), config);
  const elsewhere = /** @type {typeof counts.bounds} */ ([[-11, 95], [6, 141]]);
  for (const bounds of [counts.bounds, structuredClone(desa.bounds), elsewhere, counts.bounds]) camera.look({ ...counts, bounds });
  assert.deepEqual(moves, [counts.bounds, elsewhere, counts.bounds]);
  assert.deepEqual(kept, config.extent);
  camera.look(petak);
  assert.deepEqual(kept, config.petak.extent);
});

test("bounds are latitude and longitude, south-west first", () => {
  const [[south, west], [north, east]] = counts.bounds;
  assert.ok(south < north && west < east && Math.abs(south) < 12 && west > 90);
});
