/** @import { Region, View } from "./contract.js" */
/** @import { Levels } from "./levels.js" */
/** @import { Figures } from "./table.js" */
import { number, percent } from "./numbers.js";

/** @type {Figures} */
const PLAIN_ZERO = { fill: "", kim: 0, served: 0, value: null, category: undefined, note: undefined };

/**
 * @param {Region} region
 * @param {Figures | undefined} figures  Of a region that no class names there are none.
 * @param {View} view
 * @param {Levels} levels
 * @returns {string[]} Lines: its name, the regions above, and its figures.
 */
export function describe({ id, properties }, figures, view, levels) {
  const { words, lang } = view;
  const { kim, served, note, ...rest } = figures ?? PLAIN_ZERO;
  const above = [properties.kecamatan, properties.kabupaten_kota, properties.provinsi];
  const lines = [properties.nama, above.filter(Boolean).join(", ")].filter(Boolean);
  if (note) return [...lines, note];
  if (kim === null) return [...lines, words.noData];
  lines.push(...measured(rest, view), kim ? `${number(kim, lang)} KIM` : words.none);
  const { jumlah_desa: desa } = properties;
  if (words.served && desa && served !== null && levels.of(id) !== levels.finest) {
    lines.push(
      words.served
        .replace("{served}", number(served, lang))
        .replace("{desa}", number(desa, lang))
        .replace("{share}", percent(served / desa, lang))
    );
  }
  return lines;
}

/**
 * @param {Pick<Figures, "category" | "value">} figures
 * @param {View} view
 * @returns {string[]} The metric, where it is not made of the other figures.
 */
function measured({ category, value }, { measure, lang }) {
  if (category) return [measure.categories[category]];
  if (value === null) return [];
  const write = measure.style === "percent" ? percent : number;
  return [`${measure.title}: ${write(value, lang, measure.decimals)}`];
}
