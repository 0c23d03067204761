/** @import { Painter, Region, View } from "./contract.js" */
/** @import { Spot } from "./neighbours.js" */
import { byRegion } from "./labels.js";
import { nearest, nearestTowards } from "./neighbours.js";

/** @type {Record<string, [x: number, y: number]>} */
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const ZOOMS = /** @type {Record<string, number>} */ ({ "+": 1, "=": 1, "-": -1 });
const PANNED = 1 / 3; // of the map, where what comes next is out of sight
const EDGE_PX = 60;

/** @typedef {Region & Spot & { latlng: { lat: number, lng: number } }} Target  A region and a point inside it. */

/**
 * @param {string} name
 * @returns {HTMLElement}
 */
function part(name) {
  const element = document.createElement("div");
  element.className = `peta-kim-${name}`;
  return element;
}

/**
 * The map by keyboard: one stop for the Tab key, arrows that go from region to region, Enter and Escape that
 * go in and out as a click does. What is told of a region is said to screen readers, too.
 */
export class Keyboard {
  /**
   * @param {L.Map} map
   * @param {Painter} painter
   * @param {(target: Target | null) => string[]} tell  Shows what is known of a region, and returns it.
   */
  constructor(map, painter, tell) {
    this.map = map;
    this.painter = painter;
    this.tell = tell;
    /** @type {View | null} */
    this.view = null;
    /** @type {number | null} */
    this.at = null;
    this.clicks = 0;
    this.stop = part("stop");
    this.keys = part("keys");
    this.spoken = part("spoken");
    this.stop.tabIndex = 0;
    this.stop.setAttribute("role", "application"); // which has screen readers pass arrows on
    this.keys.id = "peta-kim-keys";
    this.stop.setAttribute("aria-describedby", this.keys.id);
    this.spoken.setAttribute("role", "status");
    const element = map.getContainer();
    element.prepend(this.stop, this.keys, this.spoken);
    element.addEventListener("keydown", (event) => this.pressed(event));
    this.stop.addEventListener("focus", () => this.stop.matches(":focus-visible") && this.mark(this.here()));
    this.stop.addEventListener("blur", () => this.mark(null));
    map.on("click", () => this.stop.focus({ preventScroll: true }));
  }

  /**
   * Say where one is now; to be called when a view is drawn.
   *
   * @param {View} view
   */
  show(view) {
    this.view = view;
    this.stop.setAttribute("aria-label", view.words.map);
    this.keys.textContent = view.words.keys;
    const isUsed = document.hasFocus() && this.stop.matches(":focus-visible");
    const told = this.mark(isUsed ? this.here() : null);
    if (isUsed) this.say([view.words.frame, ...told]);
  }

  /** @returns {Target[]} */
  targets() {
    return byRegion(this.painter.regions()).map(({ id, properties, room }) => {
      const { lat, lng } = { ...room, ...properties }; // a mark knows a point inside its region
      const { x, y } = this.map.latLngToContainerPoint([lat, lng]);
      return { id, properties, latlng: { lat, lng }, x, y };
    });
  }

  /**
   * @param {Target[]} targets
   * @returns {Target | null} Where the keyboard is; who came out of a region is at what lies around it.
   */
  here(targets = this.at === null ? [] : this.targets()) {
    return targets.find(({ id }) => String(this.at).startsWith(String(id))) ?? null;
  }

  /** @param {KeyboardEvent} event */
  pressed(event) {
    if (event.ctrlKey || event.altKey || event.metaKey || event.shiftKey && event.key !== "+") return;
    const popup = event.key === "Escape" && this.map.getContainer().querySelector(".leaflet-popup");
    if (popup) this.map.closePopup();
    else if (event.target === this.stop && this.obey(event.key)) event.preventDefault();
  }

  /**
   * @param {string} key
   * @returns {boolean} Whether it is one of ours.
   */
  obey(key) {
    if (key in ARROWS) this.step(ARROWS[key]);
    else if (key in ZOOMS) this.zoom(ZOOMS[key]);
    else if (key === "Enter") this.enter();
    else if (key === "Escape") this.click({ ...this.map.getCenter(), out: true });
    else return false;
    return true;
  }

  /** @param {[x: number, y: number]} towards */
  async step(towards) {
    const { x, y } = this.map.getSize();
    let target = this.towards(towards);
    if (!target && this.view && !this.map.getBounds().contains(this.view.bounds)) {
      this.map.panBy([PANNED * x * towards[0], PANNED * y * towards[1]], { animate: false });
      await this.painter.settled();
      target = this.towards(towards);
    }
    if (!target) return;
    this.at = target.id;
    this.map.panInside(target.latlng, { padding: [EDGE_PX, EDGE_PX], animate: false });
    this.say(this.mark(target));
  }

  /**
   * @param {[x: number, y: number]} direction
   * @returns {Target | undefined}
   */
  towards(direction) {
    const targets = this.targets();
    const here = this.here(targets);
    return here ? nearestTowards(here, targets, direction) : nearest(this.map.getSize().divideBy(2), targets);
  }

  /** @param {number} steps */
  zoom(steps) {
    const { latlng } = this.here() ?? { latlng: this.map.getCenter() };
    this.map.setZoomAround(latlng, this.map.getZoom() + steps, { animate: false });
  }

  enter() {
    const here = this.here();
    if (here) this.click(here.latlng, here);
  }

  /**
   * A click at the same place twice is one for the page, unless they are counted.
   *
   * @param {{ lat: number, lng: number, out?: boolean }} where
   * @param {Region} [region]
   */
  click(where, region) {
    this.clicks += 1;
    this.map.fire("click", { latlng: { ...where, nth: this.clicks }, region });
  }

  /**
   * @param {Target | null} target
   * @returns {string[]} What is told of it.
   */
  mark(target) {
    this.painter.outline(target ? target.id : null);
    return this.tell(target);
  }

  /** @param {string[]} words */
  say(words) {
    this.spoken.textContent = words.join(". ");
  }
}
