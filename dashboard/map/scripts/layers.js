/** @import { Config, Level, View } from "./contract.js" */
/** @import { Levels } from "./levels.js" */
/** @import { ExpressionSpecification, LayerSpecification, StyleSpecification } from "maplibre-gl" */
import { drawnLevels } from "./sight.js";
import { rising } from "./table.js";

export const SOURCE = "wilayah";

/**
 * Borders drown the fill when zoomed far out, so the finer ones fade in. Below `minzoom`, where
 * nothing of them would be seen, MapLibre does not even read them.
 *
 * @type {Record<Level, { width: number, fades: [zoom: number, opacity: number][], minzoom?: number }>}
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
    const fills = drawn.map(([level, zooms]) =>
      this.layer("fill", "fill", level, view.within, {
        "fill-color": this.fill,
        "fill-opacity": this.opacity(new Set()),
      }, zooms)
    );
    const marks = (this.config.marks ? drawn : []).map(([level, zooms]) =>
      this.layer("mark", "circle", level, view.within, {
        "circle-color": this.fill,
        "circle-radius": ["case", HOVERED, 4, 2.5],
        "circle-stroke-color": this.config.colours.borders.provinsi,
        "circle-stroke-width": 0.75,
      }, zooms)
    );
    return [...fills, ...this.borders(view), ...marks, this.chosen(view)];
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
      const { width, fades, minzoom } = BORDERS[level];
      return this.layer("border", "line", level, level === "provinsi" ? "" : view.within, {
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
      ...this.layer("chosen", "line", view.level, view.within, paint, zooms),
      ...{ filter: ["==", ["id"], view.chosen ?? -1] },
    };
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
        const layer = this.layer(`hatch-${gap}`, "fill", level, view.within, paint, zooms);
        return [{ gap, layer: { ...layer, filter: ["match", ["id"], rising(ids), true, false] } }];
      });
    });
  }

  /**
   * @param {View} view
   * @param {string} tiles  Full address of the tileset.
   * @returns {StyleSpecification} The whole style, with the layers of a view.
   */
  style(view, tiles) {
    const { sea, land } = this.config.colours;
    return {
      version: 8,
      sources: { [SOURCE]: { type: "vector", url: `pmtiles://${tiles}` } },
      layers: [
        { id: "sea", type: "background", paint: { "background-color": sea } },
        this.layer("land", "fill", "provinsi", "", { "fill-color": land }),
        ...this.ofView(view),
      ],
    };
  }

  /**
   * @param {string} kind
   * @param {"fill" | "line" | "circle"} type
   * @param {Level} level
   * @param {string} within
   * @param {Record<string, unknown>} paint
   * @param {{ minzoom?: number, maxzoom?: number }} [zooms]
   * @returns {LayerSpecification} A layer of the regions of one level inside another region.
   */
  layer(kind, type, level, within, paint, zooms = {}) {
    const [first, last] = this.levels.idRange(level, within);
    return /** @type {LayerSpecification} */ ({
      id: `${kind}-${level}`,
      type,
      source: SOURCE,
      "source-layer": kind === "mark" ? this.config.marks : level,
      filter: ["all", [">=", ["id"], first], ["<=", ["id"], last]],
      paint,
      ...zooms,
    });
  }
}
