import assert from "node:assert/strict";
import { test } from "node:test";

import { around, isDue, spotBeside } from "./tour.js";

const LAPTOP = { width: 1366, height: 768 };
const PHONE = { width: 360, height: 740 };
const CARD = { width: 320, height: 180 };

/**
 * @param {import("./tour.js").Box} target
 * @param {import("./tour.js").Size} screen
 */
function overlap(target, screen) {
  const spot = spotBeside(target, CARD, screen);
  assert.ok(spot, "there is a spot");
  assert.ok(spot.left >= 0 && spot.top >= 0, "on the screen");
  assert.ok(spot.left + CARD.width <= screen.width && spot.top + CARD.height <= screen.height, "on the screen");
  const isBeside = spot.left >= target.right || spot.left + CARD.width <= target.left;
  const isAboveOrBelow = spot.top >= target.bottom || spot.top + CARD.height <= target.top;
  return !isBeside && !isAboveOrBelow;
}

test("the first visit is shown around once, and whoever asks again", () => {
  assert.equal(isDue(null, false), true);
  assert.equal(isDue("selesai", false), false);
  assert.equal(isDue("lagi", false), true);
});

test("a program that drives the browser is shown around only if it asks", () => {
  assert.equal(isDue(null, true), false);
  assert.equal(isDue("lagi", true), true);
});

test("the card covers nothing that it explains: the row of controls, the map, the panel, a button at the edge", () => {
  for (const target of [
    { left: 16, top: 52, right: 600, bottom: 96 },
    { left: 0, top: 106, right: 1026, bottom: 728 },
    { left: 1026, top: 106, right: 1366, bottom: 728 },
    { left: 1240, top: 4, right: 1350, bottom: 40 },
  ]) assert.equal(overlap(target, LAPTOP), false);
});

test("on a phone it stands below a map that was moved up", () => {
  assert.equal(overlap({ left: 0, top: 52, right: 360, bottom: 496 }, PHONE), false);
});

test("beside what fills the screen there is no spot", () => {
  assert.equal(spotBeside({ left: 0, top: 100, right: 360, bottom: 640 }, CARD, PHONE), null);
});

test("several targets are explained as what is around all of them", () => {
  const boxes = [{ left: 10, top: 20, right: 30, bottom: 40 }, { left: 5, top: 60, right: 25, bottom: 80 }];
  assert.deepEqual(around(boxes), { left: 5, top: 20, right: 30, bottom: 80 });
});
