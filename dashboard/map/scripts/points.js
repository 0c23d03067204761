/** @import { KimPoint, Words } from "./contract.js" */
import { lines } from "./plain.js";

/** One clustered marker for each KIM, fetched by the address that names the filter. */
export class Points {
  /**
   * @param {L.Map} map
   * @param {string} colour
   */
  constructor(map, colour) {
    this.map = map;
    this.colour = colour;
    /** @type {string | null} */
    this.address = null;
    /** @type {import("leaflet").MarkerClusterGroup | null} */
    this.cluster = null;
  }

  /**
   * @param {string | null} address
   * @param {Words} words
   */
  async show(address, words) {
    if (address === this.address) return;
    this.address = address;
    this.cluster?.remove();
    this.cluster = null;
    if (!address) return;
    const reply = await fetch(address);
    if (!reply.ok) throw new Error(`${reply.status} ${reply.url}`);
    const points = await reply.json();
    if (address !== this.address) return; // the filter changed while we waited
    this.cluster = L.markerClusterGroup({ chunkedLoading: true, showCoverageOnHover: false });
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
