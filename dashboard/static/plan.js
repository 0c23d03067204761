/* New KIM of a plan on the map: numbered in the order in which to form them.
 *
 * plan  [[lat, lng, order, desa, what it adds], ...]; see PlannedKim in dashboard/map_view.py
 */
(function () {
  "use strict";

  class PetaKimPlan {
    constructor(map) {
      this.map = map;
      this.shown = "[]";
      this.layer = L.layerGroup().addTo(map);
    }

    show(plan) {
      const shown = JSON.stringify(plan);
      if (shown === this.shown) return;
      this.shown = shown;
      this.layer.clearLayers();
      for (const [lat, lng, order, desa, adds] of plan) {
        const icon = L.divIcon({ className: "peta-kim-plan", html: String(order), iconSize: [26, 26] });
        const told = document.createElement("div");
        for (const text of [`${order}. ${desa}`, adds]) {
          told.append(Object.assign(document.createElement("div"), { textContent: text }));
        }
        // The first of the plan lie on top of later ones.
        L.marker([lat, lng], { icon, zIndexOffset: -100 * order, title: told.innerText, alt: told.innerText })
          .bindPopup(told)
          .addTo(this.layer);
      }
      this.map.getContainer().dataset.plan = plan.length;
    }
  }

  window.PetaKimPlan = PetaKimPlan;
})();
