/** @import { Lapse as Told, LapseMoment, View } from "./contract.js" */
import { rising } from "./table.js";

const MOMENT_MS = 900;
const BASE = 36; // of the characters that stand for classes

/**
 * The time-lapse: a button that plays and a slider. Who prefers less motion has the slider alone. All moments came
 * with the view; from one to the next only regions of another class are coloured anew.
 */
export class Lapse {
  /**
   * @param {L.Map} map
   * @param {(fills: Map<number, string>, unreported: number[] | null) => void} turn  Is told which regions change, and
   * who has not reported then, where that changes.
   */
  constructor(map, turn) {
    this.turn = turn;
    /** @type {Told | null} */
    this.told = null;
    /** @type {number[]} */
    this.ids = [];
    /** @type {Map<number, number>} */
    this.places = new Map();
    this.at = 0;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer = undefined;
    this.box = document.createElement("div");
    this.box.className = "peta-kim-lapse";
    this.box.hidden = true;
    this.button = document.createElement("button");
    this.button.type = "button";
    this.slider = document.createElement("input");
    this.slider.type = "range";
    this.slider.min = "0";
    this.label = document.createElement("output");
    this.box.append(this.button, this.slider, this.label);
    map.getContainer().append(this.box);
    L.DomEvent.disableClickPropagation(this.box).disableScrollPropagation(this.box);
    this.button.onclick = () => (this.timer === undefined ? this.play() : this.stop());
    this.slider.oninput = () => {
      const at = Number(this.slider.value); // which stopping sets back
      this.stop();
      this.go(at);
    };
  }

  /** @returns {LapseMoment | undefined} The one that is shown. */
  get moment() {
    return this.told?.moments[this.at];
  }

  /** @param {View} view  Which is drawn as at its last moment. */
  show(view) {
    this.stop();
    this.told = view.lapse ?? null;
    this.box.hidden = !this.told;
    if (!this.told) return;
    const { ids, moments, words } = this.told;
    this.ids = rising(ids);
    this.places = new Map(this.ids.map((id, place) => [id, place]));
    this.at = moments.length - 1;
    this.slider.max = String(this.at);
    this.slider.setAttribute("aria-label", words.slider);
    this.button.hidden = matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.tell();
  }

  /** Say where it is, on the slider and beside it. */
  tell() {
    if (!this.told || !this.moment) return;
    const words = this.timer === undefined ? this.told.words.play : this.told.words.stop;
    this.button.textContent = this.timer === undefined ? "▶" : "⏸";
    this.button.setAttribute("aria-label", words);
    this.button.title = words;
    this.slider.value = String(this.at);
    this.slider.setAttribute("aria-valuetext", this.moment.said);
    this.label.textContent = this.moment.label;
    this.label.title = this.moment.said;
  }

  play() {
    const last = (this.told?.moments.length ?? 0) - 1;
    const next = () => {
      this.timer = setTimeout(next, MOMENT_MS);
      if (this.at >= last) this.stop();
      else this.go(this.at + 1);
    };
    if (this.at >= last) this.go(0);
    this.timer = setTimeout(next, MOMENT_MS);
    this.tell();
  }

  stop() {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.tell();
  }

  /** @param {number} at */
  go(at) {
    const before = this.moment;
    this.at = at;
    if (!this.told || !before || !this.moment) return;
    const { fills } = this.told;
    const { classes } = this.moment;
    /** @type {Map<number, string>} */
    const changed = new Map();
    let isReportedAnew = false;
    this.ids.forEach((id, place) => {
      if (classes[place] === before.classes[place]) return;
      changed.set(id, fills[parseInt(classes[place], BASE)]);
      isReportedAnew ||= classes[place] === "0" || before.classes[place] === "0";
    });
    this.tell();
    this.turn(changed, isReportedAnew ? this.ids.filter((_, place) => classes[place] === "0") : null);
  }

  /**
   * @param {number} id
   * @returns {{ label: string, fill: string } | null} What a region was at another moment than the view's own.
   */
  past(id) {
    const place = this.places.get(id);
    if (!this.told || !this.moment || place === undefined || this.at === this.told.moments.length - 1) return null;
    return { label: this.moment.label, fill: this.told.fills[parseInt(this.moment.classes[place], BASE)] };
  }

  /** @returns {Map<string, string>} How many regions each class has at this moment, by colour. */
  counts() {
    const { counts = [] } = this.moment ?? {};
    return new Map(this.told?.fills.map((fill, place) => [fill, counts[place]]));
  }
}
