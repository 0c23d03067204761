/**
 * Text goes into the page as text: names come from other people's files.
 *
 * @param {string[]} texts  The first is set in bold; empty ones are left out.
 * @returns {HTMLElement}
 */
export function lines(texts) {
  const box = document.createElement("div");
  texts.filter(Boolean).forEach((text, position) => {
    const line = document.createElement(position ? "div" : "strong");
    line.textContent = text;
    box.append(line);
  });
  return box;
}

/**
 * @param {string} tag
 * @param {string} words
 * @returns {HTMLElement} That says these words, whatever stands in them.
 */
export function worded(tag, words) {
  const made = document.createElement(tag);
  made.textContent = words;
  return made;
}

/** @type {Record<string, string>} */
const ENTITIES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

/**
 * @param {string} text
 * @returns {string} For the places where Leaflet takes nothing but HTML.
 */
export function asHtml(text) {
  return text.replace(/[&<>"']/g, (mark) => ENTITIES[mark]);
}
