/** @import { Config, View } from "./contract.js" */
import { Choropleth } from "./choropleth.js";
import { Paper } from "./paper.js";

/** @type {Choropleth | null} */
let choropleth = null;

// folium's scripts are classic ones and call these: `mount` in the map's main script, which never
// changes, and `show` with every change of filter, level or region.
window.PetaKim = {
  mount(/** @type {L.Map} */ map, /** @type {Config} */ config) {
    choropleth = new Choropleth(map, config);
    new Paper(map, choropleth.camera);
  },
  show(/** @type {View} */ view) {
    choropleth?.show(view);
  },
};
