import assert from "node:assert/strict";
import { test } from "node:test";

import { asHtml, lines } from "../scripts/plain.js";
import { Plan } from "../scripts/plan.js";
import { Points } from "../scripts/points.js";
import { FakeElement, fakeDocument, provide } from "./page.js";
import { counts, desa, HOSTILE } from "./views.js";

/** A marker that keeps what it was given. */
class Marker {
  /**
   * @param {unknown} place
   * @param {any} style
   */
  constructor(place, style) {
    this.style = style;
    /** @type {any} */
    this.popup = null;
  }

  /** @param {unknown} popup */
  bindPopup(popup) {
    this.popup = popup;
    return this;
  }

  /** @param {Marker[]} layer */
  addTo(layer) {
    layer.push(this);
    return this;
  }
}

/** @type {any} */
const group = Object.assign([], { clearLayers: () => (group.length = 0), addTo: () => group });

provide({
  document: fakeDocument,
  L: {
    layerGroup: () => group,
    divIcon: (/** @type {unknown} */ icon) => icon,
    marker: (/** @type {unknown} */ place, /** @type {unknown} */ style) => new Marker(place, style),
    circleMarker: (/** @type {unknown} */ place, /** @type {unknown} */ style) => new Marker(place, style),
  },
});

/** @returns {any} */
function fakeMap() {
  const element = new FakeElement("div");
  return { getContainer: () => element };
}

test("text goes into the page as text", () => {
  const box = /** @type {any} */ (lines(["Wajak", "", HOSTILE]));
  assert.deepEqual(box.lines, [["strong", "Wajak"], ["div", HOSTILE]], "an empty line is left out");
});

test("where Leaflet wants HTML, text is escaped: an attribution is somebody's boundary file", () => {
  assert.equal(counts.words.attribution, HOSTILE);
  const html = asHtml(HOSTILE);
  assert.doesNotMatch(html, /[<>"']/);
  assert.equal(asHtml("© OpenStreetMap & \"BIG\""), "© OpenStreetMap &amp; &quot;BIG&quot;");
});

test("new KIM of a plan are numbered, the first on top, and told as text", () => {
  const map = fakeMap();
  const plan = new Plan(map);
  plan.show(desa.plan);
  assert.equal(map.getContainer().dataset.plan, "2");
  const [first, second] = group;
  assert.deepEqual([first.style.icon.html.textContent, second.style.icon.html.textContent], ["1", "2"]);
  assert.ok(first.style.zIndexOffset > second.style.zIndexOffset);
  assert.equal(first.style.title, "1. Sumberputih\n1.204 jiwa");
  assert.deepEqual(second.popup.lines, [["strong", `2. ${HOSTILE}`], ["div", HOSTILE]]);
});

test("a plan that has not changed is left alone, and an empty one clears the map", () => {
  const plan = new Plan(fakeMap());
  plan.show(desa.plan);
  const [marker] = group;
  plan.show(structuredClone(desa.plan));
  assert.equal(group[0], marker);
  plan.show([]);
  assert.equal(group.length, 0);
});

test("a KIM tells its name, its desa and its number as text", () => {
  const marker = /** @type {any} */ (
    new Points(fakeMap(), "#b5179e").marker([-8.1, 112.7, HOSTILE, "Sumberputih", "KIM-1"], desa.words)
  );
  assert.equal(marker.style.fillColor, "#b5179e");
  assert.deepEqual(marker.popup().lines, [["strong", HOSTILE], ["div", "Sumberputih"], ["div", "Nomor induk KIM-1"]]);
});
