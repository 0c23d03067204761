import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { CanvasPainter } from "../scripts/canvas.js";
import { decode } from "../scripts/table.js";
import { provide } from "./page.js";
import { config, counts, countsAgain, desa, inTime, nationalDesa, petak, unreported } from "./views.js";

/** @import { View } from "../scripts/contract.js" */

/** @type {string[]} */
let asked;
let zoom = 5;
/** @type {any} */
let shapes;
/** @type {(address: string) => { ok: boolean, status?: number, url?: string }} */
let answer;

/** Leaflet's layer of shapes: remembers how it was told to draw them. */
class FakeShapes {
  /** @type {Record<string, (event: unknown) => void>} */
  heard = {};

  addTo() {
    return this;
  }

  remove() {
    this.removed = true;
  }

  getLayers() {
    return [];
  }

  /**
   * @param {string} event
   * @param {(event: unknown) => void} listener
   */
  on(event, listener) {
    this.heard[event] = listener;
  }

  /** @param {unknown} style */
  setStyle(style) {
    this.style = style;
  }
}

provide({
  L: { canvas: () => ({}), geoJSON: () => (shapes = new FakeShapes()) },
  document: {
    createElement: () => ({
      getContext: () => ({
        createImageData: (/** @type {number} */ gap) => ({ data: new Uint8ClampedArray(4 * gap * gap) }),
        putImageData() {},
        fillRect() {},
        createPattern: () => "lines",
      }),
    }),
  },
  fetch: async (/** @type {string} */ address) => {
    asked.push(address);
    return { json: async () => ({}), ...answer(address) };
  },
});

/** @type {CanvasPainter} */
let painter;

beforeEach(() => {
  asked = [];
  answer = () => ({ ok: true });
  const map = { getContainer: () => ({ style: {} }), getZoom: () => zoom };
  painter = new CanvasPainter(/** @type {any} */ (map), config);
});

/** @param {View} view */
const paint = (view) => painter.paint(view, decode(view.classes));

test("shapes are fetched for another level or region, not for another filter", async () => {
  await paint(counts);
  await paint(countsAgain);
  await paint(desa);
  assert.deepEqual(asked, [`${config.shapes}/kecamatan/3507.json`, `${config.shapes}/desa/350708.json`]);
});

test("Petak's squares are fetched where it is served", async () => {
  await paint(petak);
  assert.deepEqual(asked, [`${config.petak.served}/kecamatan/3507.json`]);
});

test("of all of Indonesia's desa the kecamatan are fetched until one comes near", async () => {
  await paint(nationalDesa);
  zoom = 9;
  await paint(nationalDesa);
  zoom = 5;
  assert.deepEqual(asked, [`${config.shapes}/kecamatan/id.json`, `${config.shapes}/desa/id.json`]);
});

test("each shape has the fill of its class, and the chosen one its outline", async () => {
  await paint(counts);
  assert.equal(shapes.style({ id: 350708 }).fillColor, counts.classes[3].fill);
  assert.equal(shapes.style({ id: 350701 }).fillColor, config.colours.zero);
  await paint(desa);
  assert.equal(shapes.style({ id: 3507082001 }).color, config.colours.chosen);
  assert.equal(shapes.style({ id: 3507082002 }).color, config.colours.borders.kecamatan);
});

test("at another moment shapes have other fills, until another view comes", async () => {
  await paint(inTime);
  painter.recolour(inTime, new Map([[350708, "#123456"]]));
  assert.equal(shapes.style({ id: 350708 }).fillColor, "#123456");
  await paint(counts);
  assert.equal(shapes.style({ id: 350708 }).fillColor, counts.classes[3].fill);
});

test("the shape that the keyboard is at is outlined, for as long as it is there", async () => {
  await paint(desa);
  painter.outline(3507082002);
  assert.equal(shapes.style({ id: 3507082002 }).color, config.colours.focused);
  painter.outline(null);
  assert.equal(shapes.style({ id: 3507082002 }).color, config.colours.borders.kecamatan);
});

test("who has not reported has lines over the colour, which the legend picks out all the same", async () => {
  await paint(unreported);
  const [hatched] = unreported.classes.filter(({ hatch }) => hatch);
  assert.deepEqual([11, 35, 51].map((id) => shapes.style({ id }).fillColor === "lines"), [true, false, true]);
  painter.emphasise(new Set([hatched.fill]));
  assert.deepEqual([11, 35].map((id) => shapes.style({ id }).fillOpacity), [1, 0.12]);
});

test("the shape under the mouse is the region, until the mouse leaves or the shapes go", async () => {
  const feature = { id: 350707, properties: { nama: "Dampit" } };
  await paint(counts);
  shapes.heard.mouseover({ propagatedFrom: { feature } });
  assert.equal(painter.regionAt(), feature);
  shapes.heard.mouseout();
  assert.equal(painter.regionAt(), null);
  shapes.heard.mouseover({ propagatedFrom: { feature } });
  const former = shapes;
  await paint(desa);
  assert.ok(former.removed);
  assert.equal(painter.regionAt(), null);
});

test("an answer that is none is an error, and is asked for again with the next view", async () => {
  answer = (address) => ({ ok: false, status: 503, url: address });
  await assert.rejects(paint(counts), /503 .*kecamatan\/3507\.json/);
  answer = () => ({ ok: true });
  await paint(counts);
  assert.equal(asked.length, 2);
});
