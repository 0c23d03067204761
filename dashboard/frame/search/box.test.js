import assert from "node:assert/strict";
import { test } from "node:test";

import { moved } from "./scripts/box.js";
import { isWriting } from "./scripts/slash.js";

test("arrows go through the hits, and from one end to the other", () => {
  assert.equal(moved("ArrowDown", 0, 3), 1);
  assert.equal(moved("ArrowDown", 2, 3), 0);
  assert.equal(moved("ArrowUp", 0, 3), 2);
  assert.equal(moved("ArrowDown", -1, 0), -1);
});

test("a slash is meant for whatever one is writing in", () => {
  const element = (/** @type {object} */ about) => /** @type {any} */ (about);
  assert.ok(isWriting(element({ tagName: "TEXTAREA" })));
  assert.ok(isWriting(element({ tagName: "INPUT" })));
  assert.ok(isWriting(element({ tagName: "DIV", isContentEditable: true })));
  assert.ok(!isWriting(element({ tagName: "BUTTON" })));
  assert.ok(!isWriting(undefined));
});
