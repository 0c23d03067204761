import assert from "node:assert/strict";
import { test } from "node:test";

import { inSight } from "../scripts/paper.js";

const map = { width: 1300, height: 560 };

test("on paper stands the region, with a little of what is around it", () => {
  const region = { left: 400, top: 50, right: 800, bottom: 500 };
  assert.deepEqual(inSight(region, map), { left: 388, top: 38, right: 812, bottom: 512 });
});

test("of a region that the reader has come close to, the part in sight is on paper", () => {
  const region = { left: -300, top: 100, right: 5000, bottom: 4000 };
  assert.deepEqual(inSight(region, map), { left: 0, top: 88, right: 1300, bottom: 560 });
});

test("who looks elsewhere has that on paper", () => {
  const region = { left: 2000, top: 0, right: 2400, bottom: 500 };
  assert.deepEqual(inSight(region, map), { left: 0, top: 0, right: 1300, bottom: 560 });
});
