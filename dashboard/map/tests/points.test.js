import assert from "node:assert/strict";
import { test } from "node:test";

import { clusterIcon } from "../scripts/points.js";
import { fakeDocument, provide } from "./page.js";

provide({ document: fakeDocument, L: { divIcon: (/** @type {unknown} */ options) => options } });

test("a circle says how many KIM it stands for, and one of more digits is larger", () => {
  const icons = [7, 41, 1_031].map((count) => /** @type {any} */ (clusterIcon(count, "id")));
  assert.deepEqual(icons.map(({ html }) => html.textContent), ["7", "41", "1.031"]);
  assert.deepEqual(icons.map(({ iconSize: [width] }) => width), [27, 34, 55]);
});
