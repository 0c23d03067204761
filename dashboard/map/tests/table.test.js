import assert from "node:assert/strict";
import { test } from "node:test";

import { decode, rising } from "../scripts/table.js";
import { clusters, counts, desa, distance, quality } from "./views.js";

test("ids come as steps from one to the next", () => {
  assert.deepEqual(rising([350708, 20, 1]), [350708, 350728, 350729]);
  assert.deepEqual(rising([]), []);
  assert.deepEqual(rising([9401012010, 1]), [9401012010, 9401012011], "more than 32 bits hold");
});

test("every region of a class has its fill and its own figures", () => {
  const figures = decode(counts.classes);
  assert.deepEqual([...figures.keys()], [350707, 350711, 350728]);
  const { fill, kim, served, value, category, note } = figures.get(350728) ?? assert.fail();
  assert.equal(fill, counts.classes[2].fill);
  assert.deepEqual([kim, served], [1031, 12]);
  assert.deepEqual([value, category, note], [null, undefined, undefined]);
});

test("a region without a KIM is not sent, and one without data has no figures", () => {
  assert.equal(decode(counts.classes).has(350708), false);
  assert.equal(decode(distance.classes).get(14)?.kim, null);
  assert.deepEqual([decode(distance.classes).get(12)?.kim, decode(distance.classes).get(12)?.value], [4, 0]);
});

test("of a desa it is not said how many are served", () => {
  assert.equal(decode(desa.classes).get(3507082001)?.served, null);
});

test("a category belongs to all regions of its class, a note to its own", () => {
  assert.equal(decode(clusters.classes).get(1103)?.category, "tinggi_tinggi");
  assert.match(decode(quality.classes).get(14)?.note ?? "", /9/);
});
