/** @import { Legend, Square } from "./contract.js" */
import { worded } from "./plain.js";

/**
 * Two measures at once, as a square of cells: what each step of one measure admits stands beside its
 * row, of the other below its column. A cell shows its number of regions on its colour, and is called
 * what it admits.
 *
 * @param {Square} square
 * @param {Legend["rows"]} cells  Row by row from the top.
 * @param {(fill: string) => HTMLElement} choosable  Makes the button of a colour.
 * @returns {HTMLElement}
 */
export function squareOf({ across, up }, cells, choosable) {
  const grid = document.createElement("div");
  grid.className = "peta-kim-square";
  grid.style.setProperty("--columns", String(across.steps.length));
  up.steps.forEach((step, row) => {
    const first = row * across.steps.length;
    const own = cells.slice(first, first + across.steps.length);
    grid.append(worded("span", step), ...own.map(([fill, label, count]) => {
      const button = choosable(fill);
      button.style.background = fill;
      button.title = label;
      button.setAttribute("aria-label", `${label}: ${count}`);
      button.append(worded("span", count));
      return button;
    }));
  });
  grid.append(worded("span", ""), ...across.steps.map((step) => worded("span", step)));
  const whole = document.createElement("div");
  whole.append(worded("p", `↑ ${up.title}`), grid, worded("p", `→ ${across.title}`));
  return whole;
}
