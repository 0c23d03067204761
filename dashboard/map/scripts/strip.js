/** @import { View } from "./contract.js" */
import { lines } from "./plain.js";

/** The strip over the map: what is shown, of what, and how new it is. */
export class Strip {
  /** @param {L.Map} map */
  constructor(map) {
    this.box = document.createElement("div");
    this.box.className = "peta-kim-strip";
    const control = new L.Control({ position: "topleft" });
    control.onAdd = () => this.box;
    control.addTo(map);
  }

  /** @param {View} view */
  show({ title, about }) {
    this.box.hidden = !title;
    this.box.replaceChildren(lines([title, about]));
  }
}
