// What the page has besides our own scripts: packages that are loaded before them, and what we leave there.
import "leaflet.markercluster";
import "@maplibre/maplibre-gl-leaflet";
import type { Config, View } from "./contract.js";

declare global {
  const pmtiles: typeof import("pmtiles");

  interface Window {
    PetaKim: { mount(map: L.Map, config: Config): void; show(view: View): void };
    petaKimMounts?: number;
  }
}
