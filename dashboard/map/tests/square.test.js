import assert from "node:assert/strict";
import { test } from "node:test";

import { squareOf } from "../scripts/square.js";
import { FakeElement, fakeDocument, provide } from "./page.js";
import { HOSTILE, twoMeasures } from "./views.js";

provide({ document: fakeDocument });

const [legend] = twoMeasures.legends;

/** @returns {any} */
function drawn() {
  assert.ok(legend.square);
  return squareOf(legend.square, legend.rows, () => /** @type {any} */ (new FakeElement("button")));
}

test("each row of the square begins with its step, and the steps of the other measure stand below", () => {
  const { across, up } = legend.square ?? assert.fail();
  const words = drawn().children[1].children.map((/** @type {FakeElement} */ { tag, textContent }) =>
    tag === "button" ? "#" : textContent);
  const row = across.steps.map(() => "#");
  assert.deepEqual(words, [...up.steps.flatMap((step) => [step, ...row]), "", ...across.steps]);
});

test("a cell shows its number on its colour, and is called what it admits", () => {
  const cells = drawn().children[1].children.filter((/** @type {FakeElement} */ { tag }) => tag === "button");
  const [[fill, label, count]] = legend.rows;
  assert.equal(cells[0].style.background, fill);
  assert.equal(cells[0].attributes["aria-label"], `${label}: ${count}`);
  assert.deepEqual(cells[0].lines, [["span", count]]);
});

test("what measures are called is text", () => {
  const square = legend.square ?? assert.fail();
  const hostile = { ...square, up: { ...square.up, title: HOSTILE } };
  const [title] = /** @type {any} */ (squareOf(hostile, [], () => assert.fail())).children;
  assert.equal(title.textContent, `↑ ${HOSTILE}`);
});
