/** @import { Words } from "./contract.js" */

const SAID_FOR_MS = 1500;

/**
 * The page scrolls as it does everywhere: the wheel is the map's with Ctrl or after a click on it, a
 * finger alone is the page's. Whoever tries is told.
 */
export class Gestures {
  /** @param {L.Map} map */
  constructor(map) {
    this.map = map;
    this.element = map.getContainer();
    /** @type {Words | null} */
    this.words = null;
    this.silence = 0;
    map.scrollWheelZoom.disable();
    map.on("click", () => map.scrollWheelZoom.enable());
    this.element.addEventListener("mouseleave", () => map.scrollWheelZoom.disable());
    this.element.addEventListener("wheel", (event) => this.turned(event), { capture: true });
    if (matchMedia("(pointer: coarse)").matches) {
      map.dragging.disable(); // two fingers move it, as they zoom
      this.element.style.touchAction = "pan-x pan-y";
      this.element.addEventListener("touchmove", (event) => this.touched(event), { passive: true });
    }
  }

  /** @param {WheelEvent} event */
  turned(event) {
    const { scrollWheelZoom } = this.map;
    if (event.ctrlKey) scrollWheelZoom.enable();
    else if (!scrollWheelZoom.enabled()) this.say("wheel");
  }

  /** @param {TouchEvent} event */
  touched(event) {
    if (event.touches.length === 1) this.say("fingers");
  }

  /** @param {"wheel" | "fingers"} what */
  say(what) {
    this.element.dataset.hint = this.words?.[what] ?? "";
    clearTimeout(this.silence);
    this.silence = window.setTimeout(() => delete this.element.dataset.hint, SAID_FOR_MS);
  }
}
