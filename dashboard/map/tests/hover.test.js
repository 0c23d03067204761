import assert from "node:assert/strict";
import { test } from "node:test";

import { describe } from "../scripts/hover.js";
import { Levels } from "../scripts/levels.js";
import { number, percent } from "../scripts/numbers.js";
import { decode } from "../scripts/table.js";
import { clusters, config, counts, desa, distance, estimate, HOSTILE, numbers, quality } from "./views.js";

/** @import { RegionProperties, View } from "../scripts/contract.js" */

const levels = new Levels(config.digits);

/**
 * @param {View} view
 * @param {number} id
 * @param {RegionProperties} properties
 */
function told(view, id, properties) {
  return describe({ id, properties }, decode(view.classes).get(id), view, levels);
}

test("figures are written as Python writes them, in both languages", () => {
  assert.deepEqual(new Set(numbers.map(({ lang }) => lang)), new Set(["id", "en"]));
  for (const { style, value, decimals, lang, text } of numbers) {
    const write = style === "percent" ? percent : number;
    assert.equal(write(value, lang, decimals), text, `${value} with ${decimals} decimals in ${lang}`);
  }
});

test("a region is told by its name, those above, its KIM and its desa with one", () => {
  const properties = { nama: "Wajak", kabupaten_kota: "Kabupaten Malang", provinsi: "Jawa Timur", jumlah_desa: 1300 };
  assert.deepEqual(told(counts, 350728, properties), [
    "Wajak",
    "Kabupaten Malang, Jawa Timur",
    "1.031 KIM",
    "12 dari 1.300 desa/kelurahan ada KIM (0,9%)",
  ]);
});

test("a region that no class names has no KIM yet", () => {
  assert.deepEqual(told(counts, 350708, { nama: "Wajak", jumlah_desa: 13 }), [
    "Wajak", "Belum ada KIM", "0 dari 13 desa/kelurahan ada KIM (0,0%)",
  ]);
});

test("of a desa there is nothing more to say than its KIM", () => {
  const properties = { nama: "Sumberputih", kecamatan: "Wajak", kabupaten_kota: "Kabupaten Malang", provinsi: "Jawa Timur" };
  assert.deepEqual(told(desa, 3507082001, properties), [
    "Sumberputih", "Wajak, Kabupaten Malang, Jawa Timur", "2 KIM",
  ]);
});

test("a metric that is not made of these is told with its name, its zero, too", () => {
  assert.deepEqual(told(distance, 11, { nama: "Aceh", jumlah_desa: 10 })[1], `${distance.measure.title}: 1.012,3`);
  assert.deepEqual(told(distance, 12, { nama: "Sumatera Utara", jumlah_desa: 10 })[1], `${distance.measure.title}: 0,0`);
  assert.deepEqual(told(estimate, 11, { nama: "Aceh", jumlah_desa: 10 }).slice(1), [
    `${estimate.measure.title}: 3.10%`, "3 KIM", "2 of 10 villages have a KIM (20.0%)",
  ]);
});

test("a region without data says so and nothing else", () => {
  assert.deepEqual(told(distance, 14, { nama: "Riau", jumlah_desa: 10 }), ["Riau", "Tidak ada data"]);
});

test("a category is told in words", () => {
  const [, kind] = told(clusters, 1101, { nama: "Simeulue", jumlah_desa: 138 });
  assert.equal(kind, clusters.measure.categories.rendah_rendah);
});

test("a note takes the place of figures", () => {
  assert.deepEqual(told(quality, 14, { nama: "Riau", jumlah_desa: 10 }), ["Riau", quality.classes[2].notes?.[0]]);
  assert.deepEqual(told(quality, 13, { nama: "Sumatera Barat", jumlah_desa: 10 }), ["Sumatera Barat", quality.words.none]);
});

test("a name is taken as it is", () => {
  assert.equal(told(counts, 350708, { nama: HOSTILE, jumlah_desa: 13 })[0], HOSTILE);
});
