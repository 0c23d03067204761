/** @import { Words } from "./contract.js" */

// Drawn, since not every machine has a letter for it.
const SIGNS = {
  whole: "M1 7 7 1l6 6M3 6v7h8V6",
  fullscreen: "M1 5V1h4M9 1h4v4M13 9v4H9M5 13H1V9",
};
const SVG = "http://www.w3.org/2000/svg";

/** Buttons beside those that zoom: the whole region, and the whole screen. */
export class Buttons {
  /**
   * @param {L.Map} map
   * @param {() => void} showWhole
   */
  constructor(map, showWhole) {
    /** Leaflet's own, which speak English. */
    this.zoom = map.getContainer().querySelectorAll(".leaflet-control-zoom a");
    const box = document.createElement("div");
    box.className = "leaflet-bar";
    this.whole = this.button(SIGNS.whole, showWhole);
    this.fullscreen = this.button(SIGNS.fullscreen, () => {
      if (document.fullscreenElement) document.exitFullscreen();
      else document.documentElement.requestFullscreen();
    });
    box.append(this.whole, ...(document.fullscreenEnabled ? [this.fullscreen] : []));
    L.DomEvent.disableClickPropagation(box);
    const control = new L.Control({ position: "topright" });
    control.onAdd = () => box;
    control.addTo(map);
  }

  /**
   * @param {string} sign
   * @param {() => void} act
   * @returns {HTMLElement}
   */
  button(sign, act) {
    const button = document.createElement("a");
    const drawing = document.createElementNS(SVG, "svg");
    const path = document.createElementNS(SVG, "path");
    drawing.setAttribute("viewBox", "0 0 14 14");
    path.setAttribute("d", sign);
    drawing.append(path);
    button.append(drawing);
    button.href = "#";
    button.setAttribute("role", "button");
    button.onclick = (event) => {
      event.preventDefault();
      act();
    };
    return button;
  }

  /** @param {Words} words */
  show({ whole, fullscreen, zoom_in, zoom_out }) {
    const [closer, farther] = this.zoom;
    for (const [button, words] of /** @type {[HTMLElement, string][]} */ ([
      [/** @type {HTMLElement} */ (closer), zoom_in],
      [/** @type {HTMLElement} */ (farther), zoom_out],
      [this.whole, whole],
      [this.fullscreen, fullscreen],
    ])) {
      button.title = words;
      button.setAttribute("aria-label", words);
    }
  }
}
