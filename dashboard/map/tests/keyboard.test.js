import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { Keyboard } from "../scripts/keyboard.js";
import { provide } from "./page.js";
import { country, counts } from "./views.js";

/** @import { Position, Shape } from "../scripts/contract.js" */

/** An element that hears events and may have the focus. */
class FakePart {
  constructor() {
    this.className = "";
    this.textContent = "";
    this.isUsed = false;
    /** @type {Record<string, string>} */
    this.attributes = {};
    /** @type {Record<string, (event: any) => void>} */
    this.heard = {};
  }

  /**
   * @param {string} name
   * @param {string} value
   */
  setAttribute(name, value) {
    this.attributes[name] = value;
  }

  /**
   * @param {string} event
   * @param {(event: any) => void} listener
   */
  addEventListener(event, listener) {
    this.heard[event] = listener;
  }

  matches() {
    return this.isUsed;
  }

  focus() {}

  prepend() {}

  querySelector() {
    return popup;
  }
}

provide({ document: { createElement: () => new FakePart(), hasFocus: () => true } });

/** @type {unknown} */
let popup;
/** @type {FakePart} */
let element;
/** @type {any[]} */
let clicks;
/** @type {number[]} */
let zooms;
/** @type {Shape[]} */
let regions;
/** @type {(number | null)[]} */
let outlined;
/** @type {Keyboard} */
let keyboard;

/**
 * @param {number} id
 * @param {string} nama
 * @param {number} lng  Of its middle; one degree is one pixel.
 * @param {number} lat
 * @returns {Shape}
 */
function square(id, nama, lng, lat) {
  const ring = /** @type {Position[]} */ ([[-1, -1], [1, -1], [1, 1], [-1, 1], [-1, -1]].map(([x, y]) => [lng + x, lat + y]));
  return { id, properties: { nama }, ring };
}

const PROVINSI = [square(33, "Jawa Tengah", 110, -7), square(35, "Jawa Timur", 113, -8), square(51, "Bali", 115, -8)];
const KABUPATEN = [square(3507, "Kabupaten Malang", 112, -8), square(3573, "Kota Malang", 113, -8)];

beforeEach(() => {
  [element, popup, clicks, zooms, outlined, regions] = [new FakePart(), null, [], [], [], PROVINSI];
  const map = {
    getContainer: () => element,
    on() {},
    fire: (/** @type {string} */ _, /** @type {unknown} */ event) => clicks.push(event),
    getBounds: () => ({ contains: () => true }),
    getSize: () => ({ x: 220, y: 14, divideBy: () => ({ x: 110, y: 7 }) }),
    getZoom: () => 5,
    getCenter: () => ({ lat: -7, lng: 110 }),
    latLngToContainerPoint: (/** @type {[number, number]} */ [lat, lng]) => ({ x: lng, y: -lat }),
    panInside() {},
    setZoomAround: (/** @type {unknown} */ _, /** @type {number} */ zoom) => zooms.push(zoom),
    closePopup: () => (popup = null),
  };
  const painter = { regions: () => regions, outline: (/** @type {number | null} */ id) => outlined.push(id) };
  keyboard = new Keyboard(/** @type {any} */ (map), /** @type {any} */ (painter), (target) => (target ? [target.properties.nama] : []));
  keyboard.show(country);
});

/**
 * @param {string[]} keys
 * @returns {string} What is said after the last.
 */
function press(...keys) {
  for (const key of keys) element.heard.keydown({ key, target: keyboard.stop, preventDefault() {} });
  return keyboard.spoken.textContent ?? "";
}

test("the first arrow begins in the middle, further ones go from region to region and say where", () => {
  assert.equal(press("ArrowRight"), "Jawa Tengah");
  assert.equal(press("ArrowRight", "ArrowRight"), "Bali");
  assert.equal(press("ArrowRight"), "Bali");
  assert.equal(press("ArrowLeft"), "Jawa Timur");
  assert.deepEqual(outlined.slice(-2), [51, 35]);
});

test("to come to the map changes and says nothing", () => {
  Object.assign(keyboard.stop, { isUsed: true });
  /** @type {any} */ (keyboard.stop).heard.focus({});
  assert.equal(keyboard.spoken.textContent, "");
  assert.deepEqual(clicks, []);
});

test("Enter is a click inside the region, Escape one that leads out; the same twice is told apart", () => {
  press("Enter");
  assert.deepEqual(clicks, [], "one is nowhere yet");
  press("ArrowRight", "ArrowRight", "Enter", "Enter", "Escape");
  assert.deepEqual(clicks.map(({ latlng }) => latlng), [
    { lat: -8, lng: 113, nth: 1 }, { lat: -8, lng: 113, nth: 2 }, { lat: -7, lng: 110, out: true, nth: 3 },
  ]);
});

test("of a region with a mark the mark knows the point inside it", () => {
  regions = [...PROVINSI, { id: 35, properties: { nama: "Jawa Timur", lat: -7.5, lng: 112.5 }, ring: [[112.6, -7.6]] }];
  press("ArrowRight", "ArrowRight", "Enter");
  assert.deepEqual(clicks[0].latlng, { lat: -7.5, lng: 112.5, nth: 1 });
});

test("inside a region one is told what is shown, and out of it one is where one came from", () => {
  Object.assign(keyboard.stop, { isUsed: true });
  press("ArrowRight", "ArrowRight", "Enter");
  regions = KABUPATEN;
  keyboard.show(counts);
  assert.equal(keyboard.spoken.textContent, counts.words.frame);
  assert.equal(press("ArrowRight"), "Kabupaten Malang");
  regions = PROVINSI;
  keyboard.show(country);
  assert.equal(keyboard.spoken.textContent, `${country.words.frame}. Jawa Timur`);
  assert.equal(outlined.at(-1), 35);
});

test("plus and minus zoom; keys with Ctrl and those of the legend are not ours; Escape first closes what is open", () => {
  press("+", "-", "=");
  assert.deepEqual(zooms, [6, 4, 6]);
  element.heard.keydown({ key: "-", ctrlKey: true, target: keyboard.stop });
  element.heard.keydown({ key: "Escape", target: new FakePart() });
  assert.equal(zooms.length, 3);
  popup = {};
  press("Escape");
  assert.deepEqual([popup, clicks], [null, []]);
});
