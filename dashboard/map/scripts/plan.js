/** @import { PlannedKim } from "./contract.js" */
import { lines } from "./plain.js";

/** New KIM of a plan on the map: numbered in the order in which to form them. */
export class Plan {
  /** @param {L.Map} map */
  constructor(map) {
    this.map = map;
    this.shown = "[]";
    this.layer = L.layerGroup().addTo(map);
  }

  /** @param {PlannedKim[]} plan */
  show(plan) {
    const shown = JSON.stringify(plan);
    if (shown === this.shown) return;
    this.shown = shown;
    this.layer.clearLayers();
    for (const kim of plan) this.marker(kim).addTo(this.layer);
    this.map.getContainer().dataset.plan = String(plan.length);
  }

  /**
   * @param {PlannedKim} kim
   * @returns {L.Marker}
   */
  marker([lat, lng, order, desa, adds]) {
    const told = [`${order}. ${desa}`, adds];
    const number = document.createElement("span");
    number.textContent = String(order);
    const icon = L.divIcon({ className: "peta-kim-plan", html: number, iconSize: [26, 26] });
    const title = told.join("\n");
    // The first of the plan lie on top of later ones.
    const marker = L.marker([lat, lng], { icon, zIndexOffset: -100 * order, title, alt: title });
    return marker.bindPopup(lines(told));
  }
}
