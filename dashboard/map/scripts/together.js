/** @import { View } from "./contract.js" */
import { holder } from "./holder.js";

const MOVED = "peta-kim-moved";

/**
 * Maps of one page that look at the same region move together: each says on the page that holds its
 * frame where it looks, and follows what another says of the region that it shows, too.
 */
export class Together {
  /** @param {L.Map} map */
  constructor(map) {
    this.map = map;
    /** @type {string | null} */
    this.within = null;
    this.isFollowing = false;
    map.on("move", () => this.tell());
    holder().addEventListener(MOVED, (event) => this.follow(/** @type {CustomEvent} */ (event).detail));
  }

  /** @param {View} view */
  show({ within }) {
    this.within = within;
  }

  tell() {
    if (this.isFollowing || this.within === null) return;
    const { lat, lng } = this.map.getCenter();
    const detail = { map: this.map, within: this.within, centre: [lat, lng], zoom: this.map.getZoom() };
    holder().dispatchEvent(new CustomEvent(MOVED, { detail }));
  }

  /**
   * What it then does itself it does not tell, or the maps would send each other around for ever.
   *
   * @param {{ map: L.Map, within: string, centre: [lat: number, lng: number], zoom: number }} moved
   */
  follow({ map, within, centre, zoom }) {
    if (map === this.map || within !== this.within) return;
    this.isFollowing = true;
    this.map.setView(centre, zoom, { animate: false });
    this.isFollowing = false;
  }
}
