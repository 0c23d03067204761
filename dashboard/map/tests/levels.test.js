import assert from "node:assert/strict";
import { test } from "node:test";

import { Levels } from "../scripts/levels.js";
import { drawnLevels, shownLevel } from "../scripts/sight.js";
import { config, counts, nationalDesa } from "./views.js";

const levels = new Levels(config.digits);

test("levels go from provinsi to desa, and an id tells its level", () => {
  assert.deepEqual(levels.names, ["provinsi", "kabupaten_kota", "kecamatan", "desa"]);
  assert.equal(levels.finest, "desa");
  const ids = [35, 3507, 350708, 3507082001];
  assert.deepEqual(ids.map((id) => levels.of(id)), levels.names);
  assert.throws(() => levels.of(350), /No level has the feature id 350/);
  assert.deepEqual(levels.downTo("kabupaten_kota"), ["provinsi", "kabupaten_kota"]);
});

test("ids of a level inside a region are a range", () => {
  assert.deepEqual(levels.idRange("provinsi", ""), [10, 99]);
  assert.deepEqual(levels.idRange("desa", ""), [1000000000, 9999999999]);
  assert.deepEqual(levels.idRange("kecamatan", "3507"), [350700, 350799]);
  assert.deepEqual(levels.idRange("desa", "3507"), [3507000000, 3507999999]);
});

test("far out, another level may be in sight than the view's", () => {
  const { nearZoom } = config;
  assert.equal(shownLevel(nationalDesa, nearZoom - 0.25, nearZoom), "kecamatan");
  assert.equal(shownLevel(nationalDesa, nearZoom, nearZoom), "desa");
  assert.equal(shownLevel(counts, 3, nearZoom), "kecamatan", "where there is but one, it is that");
});

test("MapLibre counts one zoom less than Leaflet", () => {
  assert.deepEqual(drawnLevels(nationalDesa, 8), [["kecamatan", { maxzoom: 7 }], ["desa", { minzoom: 7 }]]);
  assert.deepEqual(drawnLevels(counts, 8), [["kecamatan", {}]]);
});
