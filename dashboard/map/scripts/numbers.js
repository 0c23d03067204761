/** Numbers as `geodata/text.py` writes them: the map and the table below it must not differ. */

/**
 * Python rounds the exact value of a binary fraction, and a tie to the even digit.
 *
 * @param {number} value
 * @param {number} decimals
 * @returns {number}
 */
function rounded(value, decimals) {
  const scaled = value * 10 ** decimals;
  const isExact = Number.isInteger(value * 2 ** (decimals + 1));
  const below = Math.floor(scaled);
  if (isExact && scaled - below === 0.5) return (below + (below % 2)) / 10 ** decimals;
  return Number(value.toFixed(decimals));
}

/**
 * @param {number} value
 * @param {string} lang
 * @param {number} [decimals]
 * @returns {string} Such as 1.031,5 in Indonesian, 1,031.5 in English.
 */
export function number(value, lang, decimals = 0) {
  const digits = { minimumFractionDigits: decimals, maximumFractionDigits: decimals };
  return new Intl.NumberFormat(lang, digits).format(value);
}

/**
 * What is more than none never reads as none, and what is less than all never as all.
 *
 * @param {number} share  0 to 1.
 * @param {string} lang
 * @param {number} [decimals]
 * @returns {string} Such as 3,9% in Indonesian, 3.9% in English; <0,1% and >99,9%.
 */
export function percent(share, lang, decimals = 1) {
  const step = 10 ** -(decimals + 2);
  let written = rounded(share, decimals + 2);
  let mark = "";
  if (written === 0 && share > 0) [mark, written] = ["<", step];
  else if (written === 1 && share < 1) [mark, written] = [">", 1 - step];
  const digits = { minimumFractionDigits: decimals, maximumFractionDigits: decimals };
  return mark + new Intl.NumberFormat(lang, { style: "percent", ...digits }).format(written);
}
