import assert from "node:assert/strict";
import { test } from "node:test";

import { follower } from "./connection.js";

/** @param {import("node:test").TestContext} t */
function watched(t) {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  /** @type {boolean[]} */
  const told = [];
  return { told, follow: follower((lost) => told.push(lost), 1500) };
}

test("a connection that is lost is told, and that it is back", (t) => {
  const { told, follow } = watched(t);
  follow("CONNECTED");
  follow("PINGING_SERVER");
  follow("CONNECTING");
  t.mock.timers.tick(1500);
  assert.deepEqual(told, [true]);
  follow("CONNECTED");
  assert.deepEqual(told, [true, false]);
});

test("a server that takes over at once is not told", (t) => {
  const { told, follow } = watched(t);
  follow("CONNECTED");
  follow("PINGING_SERVER");
  t.mock.timers.tick(1000);
  follow("CONNECTED");
  t.mock.timers.tick(5000);
  assert.deepEqual(told, []);
});

test("a page that is not connected yet has lost nothing", (t) => {
  const { told, follow } = watched(t);
  follow(null);
  follow("INITIAL");
  follow("CONNECTING");
  t.mock.timers.tick(5000);
  assert.deepEqual(told, []);
});
