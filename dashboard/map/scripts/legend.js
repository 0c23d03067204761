/** @import { Legend as Told, Level, View } from "./contract.js" */
import { worded } from "./plain.js";
import { squareOf } from "./square.js";

const FOLDED_BELOW_PX = 700;

/**
 * The legend on the map. A click on a class leaves only that one in colour, further ones join it; the
 * mouse over a class shows it for as long as it stays.
 */
export class Legend {
  /**
   * @param {L.Map} map
   * @param {(fills: Set<string>) => void} emphasise  Asked for with the colours of the classes to
   * keep; with none for all.
   */
  constructor(map, emphasise) {
    this.emphasise = emphasise;
    /** @type {Set<string>} */
    this.chosen = new Set();
    this.shown = "";
    /** @type {Map<string, HTMLElement>} */
    this.counts = new Map();
    this.box = document.createElement("details");
    this.box.className = "peta-kim-legend";
    this.box.open = map.getSize().x >= FOLDED_BELOW_PX;
    const control = new L.Control({ position: "bottomleft" });
    control.onAdd = () => this.box;
    control.addTo(map);
    L.DomEvent.disableClickPropagation(this.box).disableScrollPropagation(this.box);
  }

  /** @returns {number} How wide the map is that it covers, in pixels: none where it is folded. */
  get width() {
    return this.box.open && !this.box.hidden ? this.box.offsetWidth : 0;
  }

  /**
   * @param {View} view
   * @param {Level} level  The one in sight.
   */
  show(view, level) {
    const told = view.legends.find((legend) => legend.level === level);
    const shown = JSON.stringify([told, view.words.legend]);
    if (shown === this.shown) return;
    this.shown = shown;
    this.chosen.clear();
    this.counts.clear();
    this.emphasise(this.chosen);
    this.box.hidden = !told;
    this.box.replaceChildren(...(told ? this.parts(told, view.words.legend) : []));
  }

  /**
   * @param {Told} told
   * @param {string} meaning  What the legend is, for screen readers.
   * @returns {HTMLElement[]}
   */
  parts({ title, rows, notes, square }, meaning) {
    const heading = worded("summary", title);
    heading.title = meaning;
    const cells = square ? square.across.steps.length * square.up.steps.length : 0;
    const list = document.createElement("ul");
    list.append(...rows.slice(cells).map((row) => this.row(row)));
    const lines = notes.map((note) => worded("p", note));
    if (!square) return [heading, list, ...lines];
    return [heading, squareOf(square, rows.slice(0, cells), (fill) => this.choosable(fill)), list, ...lines];
  }

  /**
   * Say how many regions each class has at another time.
   *
   * @param {Map<string, string>} counts  By colour.
   */
  recount(counts) {
    for (const [fill, count] of this.counts) count.textContent = counts.get(fill) ?? count.textContent;
  }

  /**
   * @param {Told["rows"][number]} row
   * @returns {HTMLElement}
   */
  row([fill, label, count, hatch]) {
    const swatch = document.createElement("i");
    swatch.style.background = hatch
      ? `repeating-linear-gradient(135deg, #28201ebf 0 1.5px, ${fill} 1.5px ${0.7 * hatch}px)`
      : fill;
    const button = this.choosable(fill);
    const counted = worded("span", count);
    this.counts.set(fill, counted);
    button.append(swatch, worded("span", label), counted);
    const item = document.createElement("li");
    item.append(button);
    return item;
  }

  /**
   * @param {string} fill
   * @returns {HTMLButtonElement} That leaves only the class of a colour, or lets it join others.
   */
  choosable(fill) {
    const button = document.createElement("button");
    button.type = "button";
    button.setAttribute("aria-pressed", "false");
    button.onclick = () => {
      const isChosen = this.chosen.delete(fill) ? false : Boolean(this.chosen.add(fill));
      button.setAttribute("aria-pressed", String(isChosen));
      this.emphasise(this.chosen);
    };
    button.onmouseenter = () => this.emphasise(new Set([...this.chosen, fill]));
    button.onmouseleave = () => this.emphasise(this.chosen);
    return button;
  }
}
