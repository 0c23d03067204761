import assert from "node:assert/strict";
import { test } from "node:test";

import { Together } from "../scripts/together.js";
import { provide } from "./page.js";
import { counts } from "./views.js";

/** A map that tells of every move, as Leaflet does, also of those it is sent on. */
class FakeMap {
  constructor() {
    /** @type {number[]} */
    this.centre = [0, 118];
    this.zoom = 5;
    this.moves = 0;
    this.moved = () => {};
  }

  /**
   * @param {string} event
   * @param {() => void} heard
   */
  on(event, heard) {
    assert.equal(event, "move");
    this.moved = heard;
  }

  getCenter() {
    return { lat: this.centre[0], lng: this.centre[1] };
  }

  getZoom() {
    return this.zoom;
  }

  /**
   * @param {number[]} centre
   * @param {number} zoom
   */
  setView(centre, zoom) {
    Object.assign(this, { centre, zoom, moves: this.moves + 1 });
    this.moved();
  }
}

/** @param {string[]} regions  What maps on one page show. */
function mapsOf(...regions) {
  provide({ window: { frameElement: {}, parent: new EventTarget() } });
  return regions.map((within) => {
    const map = new FakeMap();
    new Together(/** @type {any} */ (map)).show({ ...counts, within });
    return map;
  });
}

test("two maps of one region move together, whichever is moved", () => {
  const [left, right] = mapsOf("35", "35");
  left.setView([-8, 112.6], 9);
  assert.deepEqual([right.centre, right.zoom], [[-8, 112.6], 9]);
  right.setView([-7.5, 113], 8);
  assert.deepEqual([left.centre, left.zoom], [[-7.5, 113], 8]);
});

test("the map that follows sends nobody on", () => {
  const [left, right] = mapsOf("35", "35");
  left.setView([-8, 112.6], 9);
  assert.deepEqual([left.moves, right.moves], [1, 1]);
});

test("maps of two regions each keep where they look", () => {
  const [left, right] = mapsOf("35", "33");
  left.setView([-8, 112.6], 9);
  assert.deepEqual([right.centre, right.moves], [[0, 118], 0]);
});

test("a map that shows nothing yet neither leads nor follows", () => {
  provide({ window: { frameElement: {}, parent: new EventTarget() } });
  const [early, late] = [new FakeMap(), new FakeMap()];
  for (const map of [early, late]) new Together(/** @type {any} */ (map));
  early.setView([-8, 112.6], 9);
  assert.equal(late.moves, 0);
});
