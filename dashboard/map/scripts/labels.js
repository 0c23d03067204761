/** @import { Painter, Position, Region, Shape } from "./contract.js" */

const LETTER_WIDTH_PX = 6.8; // of the labels' font, on average
const LETTER_HEIGHT_PX = 14;
const SPILL = 1.25; // times its room that a name may be long; in a square, beside others, it stays inside
const GOES_WITHOUT_SAYING = /^Kabupaten /;
const MOST = 600; // shapes in sight beyond which hardly a name would fit
const ROWS = [0.5, 0.4, 0.6, 0.25, 0.75]; // of a region's height, in which its name may stand

/**
 * Where a name may stand: the middle of the widest row of a region, in degrees, that row's width, and the
 * height of a region that is as wide all over; of another it is 0.
 *
 * @typedef {{ lng: number, lat: number, width: number, height: number }} Room
 *
 * @typedef {object} Candidate  A name and its room on the screen, in pixels.
 * @property {string[]} lines
 * @property {number} x
 * @property {number} y
 * @property {number} width  What the name may take.
 */

/**
 * @param {Position[]} ring  Longitude and latitude.
 * @returns {Room}
 */
export function roomiest(ring) {
  const heights = ring.map(([, lat]) => lat);
  const [low, high] = [Math.min(...heights), Math.max(...heights)];
  const height = new Set(heights).size === 2 ? high - low : 0;
  let best = { lng: ring[0][0], lat: ring[0][1], width: 0, height };
  for (const share of ROWS) {
    const lat = low + share * (high - low);
    const crossed = ring.slice(1).flatMap(([lng, end], index) => {
      const [from, start] = ring[index];
      return start > lat === end > lat ? [] : [from + ((lat - start) / (end - start)) * (lng - from)];
    }).sort((a, b) => a - b);
    for (let i = 0; i + 1 < crossed.length; i += 2) {
      const width = crossed[i + 1] - crossed[i];
      if (width > best.width) best = { lng: (crossed[i] + crossed[i + 1]) / 2, lat, width, height };
    }
  }
  return best;
}

/**
 * @param {string} name
 * @param {number} width  In pixels.
 * @param {number} height
 * @returns {string[]} The name in as many lines as there is height for, and as it has words.
 */
export function wrapped(name, width, height) {
  return name.split(" ").reduce((/** @type {string[]} */ lines, word) => {
    const longer = [...lines.slice(-1), word].join(" ");
    const isFull = (lines.length + 1) * LETTER_HEIGHT_PX > height;
    const goesOn = lines.length > 0 && (isFull || lengthOf([longer]) < width);
    return goesOn ? [...lines.slice(0, -1), longer] : [...lines, word];
  }, []);
}

/**
 * @param {string[]} lines
 * @returns {number} In pixels.
 */
function lengthOf(lines) {
  return Math.max(...lines.map(({ length }) => length)) * LETTER_WIDTH_PX;
}

/**
 * @param {Candidate[]} candidates
 * @returns {Candidate[]} Those whose names fit, or nearly, into their room and over no other name; the
 * widest are asked first.
 */
export function fitting(candidates) {
  /** @type {Candidate[]} */
  const placed = [];
  for (const candidate of [...candidates].sort((a, b) => b.width - a.width)) {
    const length = lengthOf(candidate.lines);
    const isFree = placed.every(({ lines, x, y }) =>
      Math.abs(x - candidate.x) > (length + lengthOf(lines)) / 2 ||
      Math.abs(y - candidate.y) > (LETTER_HEIGHT_PX * (lines.length + candidate.lines.length)) / 2
    );
    if (isFree && length < candidate.width) placed.push(candidate);
  }
  return placed;
}

/**
 * @param {Shape[]} shapes  Of a region there are several where it lies in several tiles.
 * @returns {(Region & { room: Room })[]} Each region once, with the roomiest of its shapes, and what is known of it from all.
 */
export function byRegion(shapes) {
  /** @type {Map<number, Region & { room: Room }>} */
  const regions = new Map();
  for (const { id, properties, ring } of shapes) {
    const [room, known] = [roomiest(ring), regions.get(id)];
    const roomier = known && known.room.width >= room.width ? known.room : room;
    regions.set(id, { id, properties: { ...known?.properties, ...properties }, room: roomier });
  }
  return [...regions.values()];
}

/** The names of regions, where they fit. */
export class Labels {
  /**
   * @param {L.Map} map
   * @param {Painter} painter
   */
  constructor(map, painter) {
    this.map = map;
    this.painter = painter;
    this.layer = L.layerGroup().addTo(map);
    map.on("movestart", () => this.layer.clearLayers());
  }

  /** Name what is in sight; to be called when it is drawn. */
  show() {
    this.layer.clearLayers();
    const shapes = this.painter.shapes();
    for (const { lines, x, y } of fitting(shapes.length > MOST ? [] : this.candidates(shapes))) {
      const text = document.createElement("span");
      text.textContent = lines.join("\n");
      const iconSize = /** @type {[number, number]} */ ([lengthOf(lines), lines.length * LETTER_HEIGHT_PX]);
      const icon = L.divIcon({ className: "peta-kim-label", html: text, iconSize });
      const point = this.map.containerPointToLatLng([x, y]);
      L.marker(point, { icon, interactive: false, keyboard: false }).addTo(this.layer);
    }
  }

  /**
   * @param {Shape[]} shapes
   * @returns {Candidate[]}
   */
  candidates(shapes) {
    return byRegion(shapes).map(({ properties: { nama }, room: { lng, lat, width, height } }) => {
      const { x, y } = this.map.latLngToContainerPoint([lat, lng]);
      const corner = this.map.latLngToContainerPoint([lat - height, lng + width]);
      const size = { width: (corner.x - x) * (height ? 1 : SPILL), height: corner.y - y };
      const lines = wrapped(nama.replace(GOES_WITHOUT_SAYING, ""), size.width, size.height);
      return { lines, x, y, width: size.width };
    });
  }
}

/**
 * @param {GeoJSON.Geometry} geometry
 * @returns {Position[]} The outer ring of a polygon, or of the largest of several, as far as the number
 * of its corners tells; of a point itself.
 */
export function outerRing(geometry) {
  if (geometry.type === "Point") return [/** @type {Position} */ (geometry.coordinates)];
  const polygons = geometry.type === "MultiPolygon" ? geometry.coordinates : geometry.type === "Polygon" ? [geometry.coordinates] : [];
  const rings = polygons.map(([ring]) => /** @type {Position[]} */ (ring));
  return rings.reduce((largest, ring) => (ring.length > largest.length ? ring : largest), []);
}
