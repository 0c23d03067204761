/**
 * The map of a briefing: shapes and figures stand in the file, nothing is fetched.
 *
 * @typedef {number[]} Steps  Of a ring, on a grid of longitude and latitude: x, y, x, y, ...
 * @typedef {[code: string, name: string, fill: string, line: string, shape: Steps[][]]} Region
 * @typedef {[number: string, name: string, lat: number, lng: number]} Site
 *
 * @typedef {object} Briefing  What `page.py` writes.
 * @property {number} grid  Degrees.
 * @property {number} drawn  Place of the layer that is shown first.
 * @property {{ border: string, chosen: string, hatched: string }} colours  `hatched` is drawn with lines
 * over it.
 * @property {Site[]} sites
 * @property {{ regions: Region[] }[]} layers
 */

const MANY_REGIONS = 1000;
const FINE_PX = 0.3;
const ORDINARY_PX = 0.8;
const CHOSEN_PX = 3;
const HATCH_PX = 8;

/**
 * @param {Steps} steps
 * @param {number} grid  Degrees.
 * @returns {[lat: number, lng: number][]} Corners in degrees.
 */
export function ring(steps, grid) {
  /** @type {[number, number][]} */
  const corners = [];
  for (let i = 0, x = 0, y = 0; i < steps.length; i += 2) {
    x += steps[i];
    y += steps[i + 1];
    corners.push([y * grid, x * grid]);
  }
  return corners;
}

/**
 * Names are text, whatever they hold.
 *
 * @param {string} tag
 * @param {string} text
 * @returns {HTMLElement}
 */
export function element(tag, text) {
  return Object.assign(document.createElement(tag), { textContent: text });
}

/**
 * @param {Region} region
 * @returns {boolean} Whether the boundaries in use have a polygon of it.
 */
export function isDrawn([, , , , shape]) {
  return shape.length > 0;
}

/**
 * @param {string} fill
 * @returns {string} The colour with slanting lines over it; to Leaflet it is a colour like others.
 */
export function hatched(fill) {
  const tile = document.createElement("canvas");
  tile.width = tile.height = HATCH_PX;
  const pen = /** @type {CanvasRenderingContext2D} */ (tile.getContext("2d"));
  pen.fillStyle = fill;
  pen.fillRect(0, 0, HATCH_PX, HATCH_PX);
  pen.beginPath();
  for (const x of [0, HATCH_PX]) {
    pen.moveTo(x - HATCH_PX, HATCH_PX);
    pen.lineTo(x + HATCH_PX, -HATCH_PX);
  }
  pen.stroke();
  return /** @type {string} */ (/** @type {unknown} */ (pen.createPattern(tile, "repeat")));
}

/** @param {Briefing} data */
export function show({ grid, drawn, colours, sites, layers }) {
  const box = /** @type {HTMLElement} */ (document.getElementById("map"));
  const told = /** @type {HTMLElement} */ (document.getElementById("chosen"));
  const levels = /** @type {HTMLElement} */ (document.querySelector(".levels"));
  const map = L.map(box, { attributionControl: false, preferCanvas: true, zoomSnap: 0.25 });
  L.control.scale({ imperial: false }).addTo(map);

  /** @type {(() => void) | null} */
  let unmark = null;
  const lined = hatched(colours.hatched);

  /**
   * @param {Region} region
   * @param {number} weight  Of its border, in pixels.
   * @returns {L.Polygon}
   */
  const polygon = ([code, name, fill, line, shape], weight) => {
    const plain = { color: colours.border, weight };
    const corners = shape.map((part) => part.map((steps) => ring(steps, grid)));
    const fillColor = fill === colours.hatched ? lined : fill;
    const made = L.polygon(corners, { ...plain, fillColor, fillOpacity: 1 });
    made.bindTooltip(element("span", name), { sticky: true });
    made.on("click", () => {
      unmark?.();
      unmark = () => made.setStyle(plain);
      made.setStyle({ color: colours.chosen, weight: CHOSEN_PX }).bringToFront();
      const heading = element("strong", `${name} (${code})`);
      told.replaceChildren(heading, document.createElement("br"), line);
    });
    return made;
  };

  /** @type {L.FeatureGroup[]} */
  const made = [];
  const layer = (/** @type {number} */ index) => {
    const regions = layers[index].regions.filter(isDrawn);
    const weight = regions.length > MANY_REGIONS ? FINE_PX : ORDINARY_PX;
    made[index] ??= L.featureGroup(regions.map((region) => polygon(region, weight)));
    return made[index];
  };

  const choose = (/** @type {number} */ index) => {
    made.forEach((other) => other.remove());
    unmark?.();
    unmark = null;
    layer(index).addTo(map);
    /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(".legend")).forEach((legend) => {
      legend.hidden = Number(legend.dataset.layer) !== index;
    });
    levels.querySelectorAll("button").forEach((button) => {
      button.setAttribute("aria-pressed", String(Number(button.dataset.layer) === index));
    });
    box.dataset.layer = String(index);
  };

  levels.addEventListener("click", ({ target }) => {
    if (target instanceof HTMLButtonElement) choose(Number(target.dataset.layer));
  });
  sites.forEach(([number, name, lat, lng], index) => {
    const icon = L.divIcon({ className: "site", html: element("span", number), iconSize: [24, 24] });
    // The first stands on top where places are near each other.
    const style = { icon, keyboard: false, zIndexOffset: -1000 * index };
    L.marker([lat, lng], style).bindTooltip(element("span", `${number}. ${name}`)).addTo(map);
  });
  map.fitBounds(layer(drawn).getBounds());
  choose(drawn);
  Object.assign(window, { briefing: { map } });
}
