import assert from "node:assert/strict";
import { test } from "node:test";

import { Layers } from "../scripts/layers.js";
import { Levels } from "../scripts/levels.js";
import { stripes } from "../scripts/stripes.js";
import { config, counts, desa, nationalDesa, petak, petakDesa, quality } from "./views.js";

/** @import { View } from "../scripts/contract.js" */

const layers = new Layers(config, new Levels(config.digits));
const names = (/** @type {{ id: string }[]} */ made) => made.map(({ id }) => id).filter((id) => !id.startsWith("outline-"));

test("a view has its fills, borders from fine to coarse, marks and the chosen outline", () => {
  assert.deepEqual(names(layers.ofView(counts)), [
    "land-provinsi", "fill-kecamatan", "border-kecamatan", "border-provinsi", "mark-kecamatan", "chosen-kecamatan",
  ]);
  assert.deepEqual(names(layers.ofView(desa)), [
    "land-provinsi", "fill-desa", "border-desa", "border-provinsi", "mark-desa", "chosen-desa",
  ]);
});

test("of two levels each is drawn at its zooms", () => {
  const [, far, near] = layers.ofView(nationalDesa);
  assert.deepEqual([far.id, far.maxzoom, near.id, near.minzoom], ["fill-kecamatan", 7, "fill-desa", 7]);
});

test("only regions inside the view's are drawn, but provinsi are outlined everywhere", () => {
  const [, fill, fine, coarse] = /** @type {any[]} */ (layers.ofView(counts));
  assert.deepEqual(fill.filter, ["all", [">=", ["id"], 350700], ["<=", ["id"], 350799]]);
  assert.deepEqual(fine.filter, fill.filter);
  assert.deepEqual(coarse.filter, ["all", [">=", ["id"], 10], ["<=", ["id"], 99]]);
});

test("what no class names has the colour of zero", () => {
  const [, fill] = /** @type {any[]} */ (layers.ofView(counts));
  assert.ok(JSON.stringify(fill.paint["fill-color"]).includes(config.colours.zero));
});

test("marks come from the layer that the tileset has, or not at all", () => {
  const mark = /** @type {any} */ (layers.ofView(counts).find(({ id }) => id === "mark-kecamatan"));
  assert.equal(mark["source-layer"], config.marks);
  const without = new Layers({ ...config, marks: null }, new Levels(config.digits));
  assert.ok(!names(without.ofView(counts)).includes("mark-kecamatan"));
});

test("Petak has its squares and blocks from the tileset of its level, neither marks nor land", () => {
  assert.deepEqual(names(layers.ofView(petak)), [
    "land-provinsi", "fill-kecamatan", "border-kecamatan", "border-provinsi", "chosen-kecamatan",
  ]);
  assert.deepEqual(names(layers.ofView(petakDesa)), [
    "land-provinsi", "block-kecamatan", "fill-desa", "border-desa", "border-kecamatan", "border-provinsi", "chosen-desa",
  ]);
  const sources = layers.ofView(petakDesa).map((layer) => /** @type {any} */ (layer).source);
  assert.deepEqual([...new Set(sources)], ["petak-desa"]);
  const url = `pmtiles://http://127.0.0.1${config.petak.served}/desa.pmtiles`;
  assert.deepEqual(layers.sources(petakDesa, "http://127.0.0.1"), { "petak-desa": { type: "vector", url } });
});

test("the lines between Petak's blocks are wider the coarser these are", () => {
  const widths = layers.borders(petakDesa).map((layer) => /** @type {any} */ (layer).paint["line-width"]);
  assert.deepEqual(widths, [...widths].sort((a, b) => a - b));
  assert.ok(new Set(widths).size > 1);
});

test("the chosen region is outlined, and nothing where none is", () => {
  const outlined = (/** @type {View} */ view) => layers.ofView(view).find(({ id }) => id.startsWith("chosen-"));
  assert.deepEqual(/** @type {any} */ (outlined(desa)).filter, ["==", ["id"], 3507082001]);
  assert.deepEqual(/** @type {any} */ (outlined(counts)).filter, ["==", ["id"], -1]);
});

test("where the keyboard is, a dark line within a pale one lies over all else, at each level that is drawn", () => {
  const lines = /** @type {any[]} */ (layers.ofView(nationalDesa).slice(-4));
  assert.deepEqual(lines.map(({ id }) => id), ["outline-0-kecamatan", "outline-1-kecamatan", "outline-0-desa", "outline-1-desa"]);
  const [pale, dark] = lines.map(({ paint }) => paint);
  assert.ok(pale["line-width"] > dark["line-width"]);
  assert.equal(dark["line-color"], config.colours.focused);
});

test("classes that ask for lines are layers of their own", () => {
  const hatched = layers.hatches(quality);
  assert.deepEqual(hatched.map(({ gap, layer }) => [gap, layer.id]), [[12, "hatch-12-provinsi"], [6, "hatch-6-provinsi"]]);
  assert.deepEqual(/** @type {any} */ (hatched[1].layer).filter, ["match", ["id"], [14], true, false]);
  assert.deepEqual(layers.hatches(counts), []);
});

test("the style draws sea, then land, then the view", () => {
  const style = /** @type {any} */ (layers.style(counts, "http://127.0.0.1"));
  assert.deepEqual(names(style.layers).slice(0, 3), ["sea", "land-provinsi", "fill-kecamatan"]);
  assert.equal(style.layers[0].paint["background-color"], config.colours.sea);
  assert.equal(style.sources.kecamatan.url, `pmtiles://http://127.0.0.1${config.tiles.kecamatan}`);
});

test("each layer is drawn from the tileset of its level, and no finer one is a source", () => {
  const drawn = new Set(layers.ofView(desa).map((layer) => /** @type {any} */ (layer)).map(({ id, source }) => `${id.split("-").at(-1)} ${source}`));
  assert.deepEqual([...drawn], ["provinsi provinsi", "desa desa"]);
  assert.deepEqual(Object.keys(layers.sources(counts, "http://127.0.0.1")), ["provinsi", "kabupaten_kota", "kecamatan"]);
});

test("lines fit to themselves on all sides: each row is the one above, moved by a pixel", () => {
  const { width, height, data } = stripes(6);
  const inked = (/** @type {number} */ x, /** @type {number} */ y) => data[4 * ((y % height) * width + (x % width)) + 3] > 0;
  for (let y = 0; y < 12; y++) {
    for (let x = 0; x < 12; x++) assert.equal(inked(x + 1, y), inked(x, y + 1));
  }
  assert.equal([0, 1, 2, 3, 4, 5].filter((x) => inked(x, 0)).length, 2);
});
