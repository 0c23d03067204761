import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";

import { Lapse } from "../scripts/lapse.js";
import { FakeElement, fakeDocument, provide } from "./page.js";
import { counts, inTime } from "./views.js";

const MALANG_DESA = { one: 350707, many: 350711, most: 350708 };
const { moments, fills } = inTime.lapse ?? assert.fail();

let isStill = false;
/** @type {any} */
let lapse;
/** @type {[fills: Map<number, string>, unreported: number[] | null][]} */
let turns;

provide({
  document: fakeDocument,
  matchMedia: () => ({ matches: isStill }),
  L: { DomEvent: { disableClickPropagation: () => ({ disableScrollPropagation() {} }) } },
});

beforeEach(() => {
  isStill = false;
  turns = [];
  const map = { getContainer: () => new FakeElement("div") };
  lapse = new Lapse(/** @type {any} */ (map), (...told) => turns.push(told));
});

/** @param {number} to */
function slide(to) {
  lapse.slider.value = String(to);
  lapse.slider.oninput();
}

test("a view without one shows none, and it begins at the day of the view, with its figures", () => {
  lapse.show(counts);
  assert.ok(lapse.box.hidden);
  lapse.show(inTime);
  assert.ok(!lapse.box.hidden);
  assert.deepEqual([lapse.slider.max, lapse.slider.value], ["2", "2"]);
  assert.equal(lapse.label.textContent, moments[2].label);
  assert.equal(lapse.past(MALANG_DESA.most), null);
  assert.equal(turns.length, 0);
});

test("only regions of another class are coloured anew, and a screen reader is told day and figures", () => {
  lapse.show(inTime);
  slide(1);
  const [[changed, unreported]] = turns;
  assert.deepEqual([...changed.keys()].sort(), [MALANG_DESA.one, MALANG_DESA.most, MALANG_DESA.many].sort());
  assert.equal(changed.get(MALANG_DESA.most), fills[2]);
  assert.equal(unreported, null);
  assert.equal(lapse.slider.attributes["aria-valuetext"], moments[1].said);
  assert.deepEqual(lapse.past(MALANG_DESA.most), { label: moments[1].label, fill: fills[2] });
  assert.equal(lapse.counts().get(fills[2]), moments[1].counts[2]);
});

test("who had not reported then is told, and again who has", () => {
  lapse.show(inTime);
  slide(0);
  assert.equal(turns[0][1]?.length, 33, "all kecamatan of the kabupaten");
  slide(1);
  assert.deepEqual(turns[1][1], []);
});

test("it plays from the beginning to the day of the view, and stops there or when asked", () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  lapse.show(inTime);
  lapse.button.onclick();
  assert.equal(lapse.at, 0);
  assert.equal(lapse.button.attributes["aria-label"], inTime.lapse?.words.stop);
  for (const at of [1, 2, 2]) {
    mock.timers.tick(900);
    assert.equal(lapse.at, at);
  }
  assert.equal(lapse.timer, undefined);
  lapse.button.onclick();
  mock.timers.tick(900);
  lapse.button.onclick();
  mock.timers.tick(9000);
  assert.equal(lapse.at, 1);
  mock.timers.reset();
});

test("who prefers less motion has the slider and nothing that plays", () => {
  isStill = true;
  lapse.show(inTime);
  assert.ok(lapse.button.hidden);
  slide(0);
  assert.equal(lapse.label.textContent, moments[0].label);
});
