import assert from "node:assert/strict";
import { test } from "node:test";

import { element, isDrawn, ring } from "./page.js";

test("corners come as steps on a grid, longitude first, and are latitude and longitude", () => {
  assert.deepEqual(ring([1125, -80, 10, 0, 0, 5, -10, -5], 0.1).map((corner) => corner.map((value) => Number(value.toFixed(1)))), [
    [-8, 112.5], [-8, 113.5], [-7.5, 113.5], [-8, 112.5],
  ]);
  assert.deepEqual(ring([], 0.1), []);
});

test("a region without a polygon is not drawn", () => {
  assert.equal(isDrawn(["35.07", "Malang", "#fff", "2 KIM", []]), false);
  assert.equal(isDrawn(["35.07", "Malang", "#fff", "2 KIM", [[[0, 0, 1, 1]]]]), true);
});

test("a name is put into the page as text, whatever it holds", () => {
  const made = { textContent: "" };
  Object.assign(globalThis, { document: { createElement: () => made } });
  element("span", "<img src=x onerror=alert(1)>");
  assert.deepEqual(made, { textContent: "<img src=x onerror=alert(1)>" });
});
