import assert from "node:assert/strict";
import { test } from "node:test";

import { classOf, describe } from "../scripts/hover.js";
import { decode } from "../scripts/table.js";
import { counts, country, desa, distance, HOSTILE, quality, unreported } from "./views.js";

/** @import { RegionProperties, View } from "../scripts/contract.js" */

/**
 * @param {View} view
 * @param {number} id
 * @param {RegionProperties} properties
 */
function told(view, id, properties) {
  return describe({ id, properties }, decode(view.classes).get(id), view);
}

test("a region is told by its name, those above, its KIM and its desa with one", () => {
  const properties = { nama: "Wajak", kabupaten_kota: "Kabupaten Malang", provinsi: "Jawa Timur" };
  assert.deepEqual(told(counts, 350708, properties), [
    "Wajak",
    "Kabupaten Malang, Jawa Timur",
    "1.031 KIM",
    "1 dari 13 desa/kelurahan ada KIM (7,69%)",
    "KIM aktif: 1 desa/kelurahan (7,69%)",
  ]);
});

test("a figure that differs within a class is the region's own", () => {
  assert.deepEqual(told(counts, 350701, { nama: "Donomulyo" }).slice(1), [
    "Belum ada KIM", "0 dari 10 desa/kelurahan ada KIM (0,00%)",
  ]);
  assert.deepEqual(told(counts, 350702, { nama: "Pagak" }).at(-1), "0 dari 8 desa/kelurahan ada KIM (0,00%)");
});

test("what is more than none never reads as none", () => {
  assert.deepEqual(told(country, 35, { nama: "Jawa Timur" }).slice(1), [
    "1,042 KIM", "8 of 8,494 villages have a KIM (0.09%)", "With an active KIM: 8 (0.09%)",
  ]);
});

test("who has not reported is told as such, and of how many the figures of the others are", () => {
  assert.deepEqual(told(unreported, 11, { nama: "Aceh" }), [
    "Aceh", "Not reported yet: its list of KIM is not in the registry",
  ]);
  assert.equal(
    told(unreported, 35, { nama: "Jawa Timur" })[2],
    "8 of 390 villages that have reported have a KIM (2.05%)",
  );
});

test("of a desa there is nothing more to say than its KIM", () => {
  const properties = { nama: "Sumberputih", kecamatan: "Wajak", kabupaten_kota: "Kabupaten Malang", provinsi: "Jawa Timur" };
  assert.deepEqual(told(desa, 3507082001, properties), [
    "Sumberputih", "Wajak, Kabupaten Malang, Jawa Timur", "1.031 KIM",
  ]);
  assert.deepEqual(told(desa, 3507082002, { nama: "Wonoayu" }), ["Wonoayu", "Belum ada KIM"]);
});

test("a metric that is not made of these is told first, its zero, too", () => {
  const title = "Jarak rata-rata ke KIM terdekat (km)";
  assert.deepEqual(told(distance, 3507082001, { nama: "" }), [`${title}: 0,0`, "1.031 KIM"]);
  assert.deepEqual(told(distance, 3507082003, { nama: "" }), [`${title}: 2,0`, "Belum ada KIM"]);
  assert.deepEqual(told(distance, 1, { nama: "" }), [`${title}: 0,0`, "Belum ada KIM"]);
});

test("other maps say other things", () => {
  assert.deepEqual(told(quality, 14, { nama: "Riau" }), ["Riau", "90.0% in doubt (9 of 10)"]);
  assert.deepEqual(told(quality, 13, { nama: "Sumatera Barat" }), ["Sumatera Barat", "No rows yet"]);
});

test("its class is what the legend of its level says of its colour; other maps have no such legend", () => {
  const [zero, , , high] = counts.classes.map(({ fill }) => fill);
  assert.deepEqual(classOf(high, "kecamatan", counts), ["Kelas: 9 – 1.031"]);
  assert.deepEqual(classOf(zero, "kecamatan", counts), ["Kelas: Nol (belum ada KIM)"]);
  assert.deepEqual(classOf(zero, "desa", counts), []);
  assert.deepEqual(classOf("#feedde", "provinsi", quality), []);
});

test("a name is taken as it is", () => {
  assert.equal(told(counts, 350708, { nama: HOSTILE })[0], HOSTILE);
});
