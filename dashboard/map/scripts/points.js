/** @import { KimPoint, View, Words } from "./contract.js" */
import { lines } from "./plain.js";

/**
 * @param {number} count  Of KIM; a number of more digits has a larger circle.
 * @param {string} lang
 * @returns {L.DivIcon}
 */
export function clusterIcon(count, lang) {
  const number = document.createElement("span");
  number.textContent = count.toLocaleString(lang);
  const size = 20 + 7 * number.textContent.length;
  return L.divIcon({ className: "peta-kim-cluster", html: number, iconSize: [size, size] });
}

/** One clustered marker for each KIM, fetched by the address that names the filter. */
export class Points {
  /**
   * @param {L.Map} map
   * @param {string} colour
   */
  constructor(map, colour) {
    this.map = map;
    this.colour = colour;
    this.shown = "";
    /** @type {import("leaflet").MarkerClusterGroup | null} */
    this.cluster = null;
  }

  /** @param {View} view */
  async show({ points: address, lang, words }) {
    const shown = `${lang} ${address}`;
    if (shown === this.shown) return;
    this.shown = shown;
    this.cluster?.remove();
    this.cluster = null;
    if (!address) return;
    const reply = await fetch(address);
    if (!reply.ok) throw new Error(`${reply.status} ${reply.url}`);
    const points = await reply.json();
    if (shown !== this.shown) return; // the filter changed while we waited
    // By keyboard the table has the KIM: hundreds of circles would stand between the map and what comes next.
    L.MarkerCluster.mergeOptions({ keyboard: false });
    this.cluster = L.markerClusterGroup({
      chunkedLoading: true,
      showCoverageOnHover: false,
      iconCreateFunction: (cluster) => clusterIcon(cluster.getChildCount(), lang),
    });
    this.cluster.addLayers(points.map((/** @type {KimPoint} */ point) => this.marker(point, words)));
    this.map.addLayer(this.cluster);
  }

  /**
   * @param {KimPoint} point
   * @param {Words} words
   * @returns {L.CircleMarker}
   */
  marker([lat, lng, name, desa, number], words) {
    const style = { radius: 6, color: "#ffffff", weight: 1.5, fillColor: this.colour, fillOpacity: 0.9 };
    const marker = L.circleMarker([lat, lng], { ...style, bubblingMouseEvents: false });
    return marker.bindPopup(() => lines([name, desa, `${words.number} ${number}`]));
  }
}
