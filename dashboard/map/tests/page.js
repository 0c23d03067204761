/** What the scripts see of a page and of its packages, as little as the tests need. */

/** An element that keeps text apart from markup, as a browser does. */
export class FakeElement {
  /** @param {string} tag */
  constructor(tag) {
    this.tag = tag;
    this.textContent = "";
    /** @type {Record<string, string>} */
    this.dataset = {};
    /** @type {FakeElement[]} */
    this.children = [];
    /** @type {Record<string, string>} */
    this.attributes = {};
    /** @type {any} */
    this.style = {
      setProperty(/** @type {string} */ name, /** @type {string} */ value) {
        this[name] = value;
      },
    };
  }

  /**
   * @param {string} name
   * @param {string} value
   */
  setAttribute(name, value) {
    this.attributes[name] = value;
  }

  /** @param {FakeElement[]} children */
  append(...children) {
    this.children.push(...children);
  }

  /** @returns {[tag: string, text: string][]} */
  get lines() {
    return this.children.map(({ tag, textContent }) => [tag, textContent]);
  }
}

/** @param {Record<string, unknown>} globals  Put in place of a browser's. */
export function provide(globals) {
  Object.assign(globalThis, globals);
}

export const fakeDocument = { createElement: (/** @type {string} */ tag) => new FakeElement(tag) };

/** MapLibre's map: remembers layers and the state of features. */
export class FakeGl {
  /** @param {{ layers: { id: string }[], sources?: Record<string, unknown> }} style */
  constructor(style) {
    /** @type {Record<string, unknown>} */
    this.sources = { ...style.sources };
    this.layers = style.layers.map(({ id }) => id);
    /** @type {Map<string, Record<string, unknown>>} */
    this.states = new Map();
    /** @type {Record<string, unknown>} */
    this.filters = {};
    /** @type {Set<string>} */
    this.images = new Set();
    /** @type {Record<string, { id: number }[]>} */
    this.rendered = {};
    /** @type {Record<string, unknown>} */
    this.paint = {};
    this.repaints = 0;
  }

  /**
   * @param {string} id
   * @param {string} name
   * @param {unknown} value
   */
  setPaintProperty(id, name, value) {
    this.paint[`${id}.${name}`] = value;
  }

  getCanvas() {
    return { removeAttribute() {} };
  }

  /**
   * @param {string} event
   * @param {() => void} heard
   */
  once(event, heard) {
    queueMicrotask(heard);
  }

  /** @param {{ source: string, sourceLayer: string }} of */
  removeFeatureState({ source, sourceLayer }) {
    for (const key of this.states.keys()) {
      if (key.startsWith(`${source}/${sourceLayer}/`)) this.states.delete(key);
    }
  }

  /**
   * @param {{ source: string, sourceLayer: string, id: number }} of
   * @param {Record<string, unknown>} state
   */
  setFeatureState({ source, sourceLayer, id }, state) {
    const key = `${source}/${sourceLayer}/${id}`;
    this.states.set(key, { ...this.states.get(key), ...state });
  }

  /**
   * @param {{ id: string }} layer
   * @param {string} [before]
   */
  addLayer({ id }, before) {
    if (this.layers.includes(id)) throw new Error(`There is a layer ${id}`);
    const place = before === undefined ? this.layers.length : this.layers.indexOf(before);
    if (place < 0) throw new Error(`There is no layer ${before}`);
    this.layers.splice(place, 0, id);
  }

  /** @param {string} id */
  removeLayer(id) {
    if (!this.layers.includes(id)) throw new Error(`There is no layer ${id}`);
    this.layers = this.layers.filter((layer) => layer !== id);
  }

  /** @param {string} id */
  getSource(id) {
    return this.sources[id];
  }

  /**
   * @param {string} id
   * @param {unknown} source
   */
  addSource(id, source) {
    this.sources[id] = source;
  }

  /** @param {string} id */
  getLayer(id) {
    return this.layers.find((layer) => layer === id);
  }

  /**
   * @param {string} id
   * @param {unknown} filter
   */
  setFilter(id, filter) {
    this.filters[id] = filter;
  }

  /** @param {string} image */
  hasImage(image) {
    return this.images.has(image);
  }

  /** @param {string} image */
  addImage(image) {
    this.images.add(image);
  }

  triggerRepaint() {
    this.repaints++;
  }

  /** @param {[lng: number, lat: number]} place */
  project([lng, lat]) {
    return { x: lng * 10, y: lat * 10 };
  }

  /**
   * @param {unknown} where
   * @param {{ layers: string[] }} only
   */
  queryRenderedFeatures(where, { layers } = /** @type {{ layers: string[] }} */ (where)) {
    return layers.flatMap((layer) => this.rendered[layer] ?? []);
  }
}
