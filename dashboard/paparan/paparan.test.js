import assert from "node:assert/strict";
import { test } from "node:test";

import { actionOf, placeAfter, placeOf, swipeOf } from "./paparan.js";

const bare = { ctrlKey: false, metaKey: false, altKey: false };
const pressed = (/** @type {string} */ key, onControl = false) => actionOf({ ...bare, key }, onControl);

test("arrows, page keys of a clicker, the space bar and Enter step through the slides", () => {
  for (const key of ["ArrowRight", "ArrowDown", "PageDown", " ", "Enter"]) assert.equal(pressed(key), "next");
  for (const key of ["ArrowLeft", "ArrowUp", "PageUp", "Backspace"]) assert.equal(pressed(key), "previous");
  assert.deepEqual([pressed("Home"), pressed("End")], ["first", "last"]);
});

test("letters open the presenter's window and switch theme and full screen, with Shift, too; F5 does not load anew", () => {
  const does = ["p", "P", "d", "f", "?", "F5"].map((key) => pressed(key));
  assert.deepEqual(does, ["presenter", "presenter", "theme", "fullscreen", "help", "fullscreen"]);
});

test("other keys, and those of the browser's own shortcuts, are left to the browser; none shows notes", () => {
  for (const key of ["x", "n", "Tab", "Escape"]) assert.equal(pressed(key), null);
  assert.equal(actionOf({ ...bare, key: "f", ctrlKey: true }, false), null);
  assert.equal(actionOf({ ...bare, key: "ArrowLeft", altKey: true }, false), null);
});

test("a button with the focus is pressed by its own keys, and arrows still step", () => {
  assert.deepEqual([pressed(" ", true), pressed("Enter", true), pressed("ArrowRight", true)], [null, null, "next"]);
});

test("beyond the first and the last slide one stays", () => {
  assert.deepEqual([placeAfter("next", 0, 3), placeAfter("next", 2, 3)], [1, 2]);
  assert.deepEqual([placeAfter("previous", 1, 3), placeAfter("previous", 0, 3)], [0, 0]);
  assert.deepEqual([placeAfter("first", 2, 3), placeAfter("last", 0, 3)], [0, 2]);
});

test("the address names the slide by its number", () => {
  assert.deepEqual(["", "#1", "#3", "#9", "#0", "#-4", "#x"].map((hash) => placeOf(hash, 3)), [0, 0, 2, 2, 0, 0, 0]);
});

test("a finger that goes sideways turns the slide like a page; one that scrolls, or hardly moves, does not", () => {
  assert.deepEqual([swipeOf(-120, 10), swipeOf(120, -10)], ["next", "previous"]);
  assert.deepEqual([swipeOf(-120, 90), swipeOf(10, 300), swipeOf(-20, 0)], [null, null, null]);
});
