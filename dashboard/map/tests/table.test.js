import assert from "node:assert/strict";
import { test } from "node:test";

import { decode, rising } from "../scripts/table.js";
import { counts, desa } from "./views.js";

test("ids come as steps from one to the next", () => {
  assert.deepEqual(rising([350708, 20, 1]), [350708, 350728, 350729]);
  assert.deepEqual(rising([]), []);
  assert.deepEqual(rising([9401012010, 1]), [9401012010, 9401012011], "more than 32 bits hold");
});

test("every region of a class has its fill, and its place in the class's columns", () => {
  const figures = decode(counts.classes);
  assert.equal(figures.size, 33, "all kecamatan");
  const { fill, columns, position } = figures.get(350702) ?? assert.fail();
  assert.equal(fill, counts.classes[0].fill);
  assert.equal(position, 1);
  assert.equal(columns, counts.classes[0].figures);
});

test("of desa those without a KIM are not sent", () => {
  assert.deepEqual([...decode(desa.classes).keys()], [3507082001]);
});
