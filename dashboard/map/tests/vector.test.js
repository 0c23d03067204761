import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { Levels } from "../scripts/levels.js";
import { decode } from "../scripts/table.js";
import { VectorPainter } from "../scripts/vector.js";
import { FakeGl, provide } from "./page.js";
import { config, counts, countsAgain, desa, distance, inTime, nationalDesa, petak, petakDesa, quality } from "./views.js";

/** @import { View } from "../scripts/contract.js" */

/** @type {FakeGl} */
let gl;
/** @type {VectorPainter} */
let painter;

provide({
  location: { origin: "http://127.0.0.1:8501" },
  maplibregl: { addProtocol() {} },
  pmtiles: { Protocol: class {} },
  L: {
    maplibreGL({ style = { layers: [] } }) {
      gl = new FakeGl(style);
      return { addTo: () => ({ getMaplibreMap: () => gl }) };
    },
  },
});

beforeEach(() => {
  painter = new VectorPainter(/** @type {any} */ ({}), config, new Levels(config.digits));
});

/** @param {View} view */
async function paint(view) {
  await painter.paint(view, decode([...view.classes, ...(view.far?.classes ?? [])]));
}

/** @returns {Record<string, unknown>} The fill of each feature, by source, layer and id. */
function fills() {
  return Object.fromEntries([...gl.states].map(([key, { fill }]) => [key, fill]));
}

test("a class is the state of its regions, and of their marks", async () => {
  await paint(counts);
  const [, low, middle, high] = counts.classes.map(({ fill }) => fill);
  assert.deepEqual(fills(), {
    "kecamatan/kecamatan/350707": low, "kecamatan/pulau/350707": low,
    "kecamatan/kecamatan/350711": middle, "kecamatan/pulau/350711": middle,
    "kecamatan/kecamatan/350708": high, "kecamatan/pulau/350708": high,
  });
});

test("zero is the colour of a region without a state", async () => {
  await paint(counts);
  assert.equal(counts.classes[0].fill, config.colours.zero);
  assert.ok(!("kecamatan/kecamatan/350701" in fills()));
});

test("a filter changes states and no layer: what has left its class is plain again", async () => {
  await paint(counts);
  const { layers } = gl;
  await paint(countsAgain);
  assert.deepEqual(gl.layers, layers);
  assert.deepEqual(Object.keys(fills()).sort(), [
    "kecamatan/kecamatan/350711", "kecamatan/pulau/350711",
  ]);
  assert.equal(gl.repaints, 2);
});

test("another level or region has layers of its own, and none of the former stay", async () => {
  await paint(counts);
  await paint(desa);
  assert.deepEqual(gl.layers, ["sea", "land-provinsi", "fill-desa", "border-desa", "border-provinsi", "mark-desa", "chosen-desa", "outline-0-desa", "outline-1-desa"]);
  assert.deepEqual(gl.filters["chosen-desa"], ["==", ["id"], 3507082001]);
});

test("a view from afar paints both its levels", async () => {
  await paint(nationalDesa);
  assert.ok("kecamatan/kecamatan/350711" in fills());
  assert.ok("desa/desa/3507112001" in fills());
});

test("lines lie over the fills and below the borders, and go with their view", async () => {
  await paint(quality);
  assert.deepEqual(gl.layers.slice(2, 6), ["fill-provinsi", "hatch-12-provinsi", "hatch-6-provinsi", "border-provinsi"]);
  assert.deepEqual([...gl.images], ["stripes-12", "stripes-6"]);
  await paint(distance);
  assert.ok(!gl.layers.some((id) => id.startsWith("hatch")));
  await paint(quality);
  assert.ok(gl.layers.includes("hatch-6-provinsi"));
});

test("without marks in the tileset no state is set for them", async () => {
  painter = new VectorPainter(/** @type {any} */ ({}), { ...config, marks: null }, new Levels(config.digits));
  await paint(counts);
  assert.ok(Object.keys(fills()).every((key) => key.startsWith("kecamatan/kecamatan/")));
});

test("Petak and back: figures are the state of the drawn squares, and tiles are asked for once", async () => {
  await paint(counts);
  const geographic = gl.layers;
  await paint(petak);
  assert.deepEqual(Object.keys(gl.sources), ["provinsi", "kabupaten_kota", "kecamatan", "petak-kecamatan"]);
  const [, low, middle, high] = petak.classes.map(({ fill }) => fill);
  const squares = Object.fromEntries(Object.entries(fills()).filter(([key]) => key.startsWith("petak")));
  assert.deepEqual(squares, {
    "petak-kecamatan/kecamatan/350707": low, "petak-kecamatan/kecamatan/350711": middle, "petak-kecamatan/kecamatan/350708": high,
  });
  await paint(counts);
  await paint(petak);
  await paint(counts);
  assert.deepEqual(gl.layers, geographic);
  assert.equal(Object.keys(gl.sources).length, 4);
});

test("in Petak blocks are named; squares only where no block is right above them", async () => {
  await paint(petakDesa);
  const named = (/** @type {string} */ nama) => [{ id: 1, properties: { nama }, geometry: { type: "Polygon", coordinates: [[[0, 0], [1, 0], [0, 0]]] } }];
  gl.rendered = { "block-kecamatan": named("Wajak"), "fill-desa": named("Sumberputih"), "fill-kecamatan": named("Wajak") };
  assert.deepEqual(painter.shapes().map(({ properties }) => properties.nama), ["Wajak"]);
  await paint(petak);
  assert.deepEqual(painter.shapes().map(({ properties }) => properties.nama), ["Wajak"]);
  gl.rendered = { "block-kecamatan": named("Wajak") };
  assert.deepEqual(painter.shapes(), []);
});

test("the keyboard goes to squares, not to blocks, and to marks as well as to regions", async () => {
  const shape = (/** @type {string} */ nama, /** @type {any} */ geometry) => [{ id: 1, properties: { nama }, geometry }];
  await paint(petakDesa);
  const ring = { type: "Polygon", coordinates: [[[0, 0], [1, 0], [0, 0]]] };
  gl.rendered = { "block-kecamatan": shape("Wajak", ring), "fill-desa": shape("Sumberputih", ring) };
  assert.deepEqual(painter.regions().map(({ properties }) => properties.nama), ["Sumberputih"]);
  await paint(counts);
  gl.rendered = { "fill-kecamatan": shape("Wajak", ring), "mark-kecamatan": shape("Pulau", { type: "Point", coordinates: [3, 4] }) };
  assert.deepEqual(painter.regions().map(({ properties, ring: [corner] }) => [properties.nama, corner]), [["Wajak", [0, 0]], ["Pulau", [3, 4]]]);
});

test("the region that the keyboard is at is outlined, and when it leaves none is", async () => {
  await paint(counts);
  painter.outline(350708);
  assert.deepEqual(gl.filters["outline-1-kecamatan"], ["==", ["id"], 350708]);
  painter.outline(null);
  assert.deepEqual(gl.filters["outline-1-kecamatan"], ["==", ["id"], -1]);
});

test("the region under the mouse is highlighted, the one before no more", async () => {
  await paint(counts);
  const region = (/** @type {number} */ id) => ({ id, properties: { nama: "" } });
  painter.highlight(region(350707));
  painter.highlight(region(350711));
  const hovered = (/** @type {number} */ id) => gl.states.get(`kecamatan/kecamatan/${id}`)?.hover;
  assert.deepEqual([hovered(350707), hovered(350711)], [false, true]);
  painter.highlight(null);
  assert.equal(hovered(350711), false);
});

test("a mark close by counts before the region under the mouse", async () => {
  const event = { latlng: { lat: -8, lng: 112 } };
  assert.equal(painter.regionAt(event), null, "before the first view there is none");
  await paint(counts);
  gl.rendered = { "fill-kecamatan": [{ id: 350708 }] };
  assert.equal(painter.regionAt(event)?.id, 350708);
  gl.rendered["mark-kecamatan"] = [{ id: 350711 }];
  assert.equal(painter.regionAt(event)?.id, 350711);
});

test("of the classes asked for all stand out, zero among them; of none asked for, all do", async () => {
  await paint(counts);
  const [zero, , middle] = counts.classes.map(({ fill }) => fill);
  painter.emphasise(new Set([zero, middle]));
  const written = JSON.stringify(gl.paint["fill-kecamatan.fill-opacity"]);
  assert.ok(written.includes(JSON.stringify(["literal", [zero, middle]])));
  painter.emphasise(new Set());
  assert.ok(!JSON.stringify(gl.paint["fill-kecamatan.fill-opacity"]).includes("literal"));
});

test("at another moment regions change their colour, zero too, and who had not reported has lines", async () => {
  await paint(inTime);
  const { zero } = config.colours;
  painter.recolour(inTime, new Map([[350708, zero]]), [350707, 350708]);
  assert.equal(fills()["kecamatan/kecamatan/350708"], zero);
  assert.ok(gl.layers.includes("hatch-12-kecamatan"));
  painter.recolour(inTime, new Map(), null);
  assert.ok(gl.layers.includes("hatch-12-kecamatan"), "who has not reported is as before");
  painter.recolour(inTime, new Map(), []);
  assert.ok(!gl.layers.includes("hatch-12-kecamatan"));
});
