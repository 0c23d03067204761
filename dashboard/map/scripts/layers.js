/** @import { Config, Level, View } from "./contract.js" */
/** @import { Levels } from "./levels.js" */
/** @import { ExpressionSpecification, LayerSpecification, SourceSpecification, StyleSpecification } from "maplibre-gl" */
import { drawnLevels } from "./sight.js";
import { rising } from "./table.js";

/**
 * Each level has a tileset of its own, so no other is loaded with it; Petak's holds the blocks around its squares, too.
 *
 * @param {View} view
 * @param {Level} level
 * @returns {string} The source of the regions of a level in a view.
 */
export function sourceOf({ petak, level: squares }, level) {
  return petak ? `petak-${squares}` : level;
}

/**
 * Petak's blocks are told apart from afar, where those of the finer levels would be a net over the squares.
 *
 * @type {Record<Level, Border>}
 */
const BORDERS_OF_PETAK = {
  provinsi: { width: 1.6, fades: [[0, 0.9]] },
  kabupaten_kota: { width: 0.9, fades: [[3, 0.35], [6, 0.8]] },
  kecamatan: { width: 0.6, fades: [[4.5, 0], [7, 0.7]] },
  desa: { width: 0.6, fades: [[4.5, 0], [6.5, 1]] },
};

/**
 * Borders drown the fill when zoomed far out, so the finer ones fade in. Below `minzoom`, where
 * nothing of them would be seen, MapLibre does not even read them.
 *
 * @typedef {{ width: number, fades: number[][], minzoom?: number }} Border  Fades are pairs of zoom and opacity.
 *
 * @type {Record<Level, Border>}
 */
const BORDERS = {
  provinsi: { width: 0.9, fades: [[2, 0.55], [6, 0.9]] },
  kabupaten_kota: { width: 0.6, fades: [[3, 0.15], [6, 0.7]] },
  kecamatan: { width: 0.5, fades: [[6, 0], [8.5, 0.6]], minzoom: 6 },
  desa: { width: 0.4, fades: [[8, 0], [10.5, 0.6]], minzoom: 8 },
};

/** @type {ExpressionSpecification} */
const HOVERED = ["boolean", ["feature-state", "hover"], false];

/** Makes MapLibre's style layers. */
export class Layers {
  /**
   * @param {Config} config
   * @param {Levels} levels
   */
  constructor(config, levels) {
    this.config = config;
    this.levels = levels;
    /** @type {ExpressionSpecification} */
    this.colour = ["coalesce", ["feature-state", "fill"], config.colours.zero];
    /** @type {ExpressionSpecification} */
    this.fill = ["to-color", this.colour];
  }

  /**
   * @param {Set<string>} fills  Colours that stand out; none: all do.
   * @returns {ExpressionSpecification}
   */
  opacity(fills) {
    const full = ["case", HOVERED, 0.7, 1];
    const written = fills.size ? ["case", ["in", this.colour, ["literal", [...fills]]], full, 0.12] : full;
    return /** @type {ExpressionSpecification} */ (written);
  }

  /**
   * What is not drawn is left out, not hidden: a hidden layer would have MapLibre read the desa of
   * every tile only to draw none of them.
   *
   * @param {View} view
   * @returns {LayerSpecification[]} The layers of a view's level and region, the lowest first.
   */
  ofView(view) {
    const drawn = drawnLevels(view, this.config.nearZoom);
    const ground = { "fill-color": this.config.colours.land };
    const block = this.levels.below(view.within);
    const blocks = view.petak && block !== view.level ? [this.layer(view, "block", "fill", block, ground)] : [];
    const fills = drawn.map(([level, zooms]) =>
      this.layer(view, "fill", "fill", level, {
        "fill-color": this.fill,
        "fill-opacity": this.opacity(new Set()),
      }, zooms)
    );
    const marks = (this.config.marks && !view.petak ? drawn : []).map(([level, zooms]) =>
      this.layer(view, "mark", "circle", level, {
        "circle-color": this.fill,
        "circle-radius": ["case", HOVERED, 4, 2.5],
        "circle-stroke-color": this.config.colours.borders.provinsi,
        "circle-stroke-width": 0.75,
      }, zooms)
    );
    const land = this.layer({ ...view, within: "" }, "land", "fill", "provinsi", ground);
    const outlines = drawn.flatMap(([level, zooms]) => this.outlines(view, level, zooms));
    return [land, ...blocks, ...fills, ...this.borders(view), ...marks, this.chosen(view), ...outlines];
  }

  /**
   * @param {View} view
   * @returns {LayerSpecification[]} Borders of the view's level and of those above it, down from
   * its region; finer ones lie below.
   */
  borders(view) {
    const bordered = this.levels
      .downTo(view.level)
      .filter((level) => level === "provinsi" || this.levels.digits[level] > view.within.length);
    return bordered.reverse().map((level) => {
      const everywhere = level === "provinsi" ? { ...view, within: "" } : view;
      const { width, fades, minzoom } = (view.petak ? BORDERS_OF_PETAK : BORDERS)[level];
      return this.layer(everywhere, "border", "line", level, {
        "line-color": this.config.colours.borders[level],
        "line-width": width,
        "line-opacity": ["interpolate", ["linear"], ["zoom"], ...fades.flat()],
      }, minzoom ? { minzoom } : {});
    });
  }

  /**
   * @param {View} view
   * @returns {LayerSpecification} The outline of the chosen region.
   */
  chosen(view) {
    const paint = { "line-color": this.config.colours.chosen, "line-width": 2.5 };
    const [[, zooms]] = drawnLevels(view, this.config.nearZoom).slice(-1);
    return {
      ...this.layer(view, "chosen", "line", view.level, paint, zooms),
      ...{ filter: ["==", ["id"], view.chosen ?? -1] },
    };
  }

  /**
   * @param {View} view
   * @param {Level} level
   * @param {{ minzoom?: number, maxzoom?: number }} zooms
   * @returns {LayerSpecification[]} The outline of the region that the keyboard is at, of none at first: a dark
   * line within a pale one is seen on every fill.
   */
  outlines(view, level, zooms) {
    const pale = { "line-color": this.config.colours.zero, "line-width": 7 };
    const dark = { "line-color": this.config.colours.focused, "line-width": 3.5 };
    return [pale, dark].map((paint, position) => ({
      ...this.layer(view, `outline-${position}`, "line", level, paint, zooms),
      ...{ filter: ["==", ["id"], -1] },
    }));
  }

  /**
   * A pattern cannot come from feature state, so a hatched class is a layer of its own.
   *
   * @param {View} view
   * @returns {{ gap: number, layer: LayerSpecification }[]}
   */
  hatches(view) {
    return drawnLevels(view, this.config.nearZoom).flatMap(([level, zooms]) => {
      const classes = view.far && level === view.far.level ? view.far.classes : view.classes;
      return classes.flatMap(({ hatch: gap, ids }) => {
        if (!gap) return [];
        const paint = { "fill-pattern": `stripes-${gap}` };
        const layer = this.layer(view, `hatch-${gap}`, "fill", level, paint, zooms);
        return [{ gap, layer: { ...layer, filter: ["match", ["id"], rising(ids), true, false] } }];
      });
    });
  }

  /**
   * @param {View} view
   * @param {string} origin  Of the page.
   * @returns {Record<string, SourceSpecification>} Where the tiles of the view's layers come from.
   */
  sources(view, origin) {
    const { tiles, petak } = this.config;
    return Object.fromEntries(this.levels.downTo(view.level).map((level) => {
      const address = view.petak ? `${petak.served}/${view.level}.pmtiles` : tiles[level];
      return [sourceOf(view, level), { type: "vector", url: `pmtiles://${new URL(address, origin).href}` }];
    }));
  }

  /**
   * @param {View} view
   * @param {string} origin  Of the page.
   * @returns {StyleSpecification} The whole style, with the layers of a view.
   */
  style(view, origin) {
    return {
      version: 8,
      sources: this.sources(view, origin),
      layers: [
        { id: "sea", type: "background", paint: { "background-color": this.config.colours.sea } },
        ...this.ofView(view),
      ],
    };
  }

  /**
   * @param {View} view  Its region is the one that holds what is drawn.
   * @param {string} kind
   * @param {"fill" | "line" | "circle"} type
   * @param {Level} level
   * @param {Record<string, unknown>} paint
   * @param {{ minzoom?: number, maxzoom?: number }} [zooms]
   * @returns {LayerSpecification} A layer of the regions of one level inside another region.
   */
  layer(view, kind, type, level, paint, zooms = {}) {
    const [first, last] = this.levels.idRange(level, view.within);
    return /** @type {LayerSpecification} */ ({
      id: `${kind}-${level}`,
      type,
      source: sourceOf(view, level),
      "source-layer": kind === "mark" ? this.config.marks : level,
      filter: ["all", [">=", ["id"], first], ["<=", ["id"], last]],
      paint,
      ...zooms,
    });
  }
}
