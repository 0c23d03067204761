/** @import { Level, Region, View } from "./contract.js" */
/** @import { Figures } from "./table.js" */

const BLANK = /\{(\d+)\}/g;

/**
 * Figures come as Python wrote them, for the map and the table below it must not differ.
 *
 * @param {Region} region
 * @param {Figures | undefined} figures  Of a region that no class names there are none.
 * @param {View} view
 * @returns {string[]} Lines: its name, the regions above, and what is said of it.
 */
export function describe({ properties }, figures, { rest, texts }) {
  const above = [properties.kecamatan, properties.kabupaten_kota, properties.provinsi];
  const lines = [properties.nama, above.filter(Boolean).join(", ")].filter(Boolean);
  if (!figures) return [...lines, ...rest];
  const { say, columns, position } = figures;
  const filled = say.map((line) => line.replace(BLANK, (_, column) => texts[columns[column][position]]));
  return [...lines, ...filled];
}

/**
 * @param {string} fill
 * @param {Level} level
 * @param {View} view
 * @returns {string[]} What the legend says of a colour; nothing where the page has a legend of its own.
 */
export function classOf(fill, level, { legends, words }) {
  const rows = legends.find((legend) => legend.level === level)?.rows ?? [];
  return rows.filter(([colour]) => colour === fill).map(([, label]) => `${words.class}: ${label}`);
}
