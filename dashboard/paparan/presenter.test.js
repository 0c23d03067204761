import assert from "node:assert/strict";
import { test } from "node:test";

import { Stopwatch, timeOf } from "./presenter.js";

test("a talk is timed from its start, without pauses, and again from zero", () => {
  let now = 1_000;
  const stopwatch = new Stopwatch(() => now);
  const after = (/** @type {number} */ seconds) => {
    now += seconds * 1_000;
    return stopwatch.elapsed / 1_000;
  };
  assert.equal(after(60), 0); // nobody has started it
  stopwatch.turn();
  assert.equal(after(90), 90);
  stopwatch.turn();
  assert.equal(after(30), 90);
  stopwatch.turn();
  assert.equal(after(10), 100);
  stopwatch.reset();
  assert.deepEqual([stopwatch.elapsed, stopwatch.running, after(5)], [0, true, 5]);
  stopwatch.turn();
  stopwatch.reset();
  assert.deepEqual([after(5), stopwatch.running], [0, false]);
});

test("a time is written in minutes and seconds, after an hour in hours, too", () => {
  assert.deepEqual([0, 9_999, 65_000, 3_599_000, 3_600_000, 36_061_000].map(timeOf), ["0:00", "0:09", "1:05", "59:59", "1:00:00", "10:01:01"]);
});
