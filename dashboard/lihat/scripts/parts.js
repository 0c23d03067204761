/** @import { Answer, Choice, Choices, Table } from "./contract.js" */

/**
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {string | Node[]} content  Text is text, whoever wrote it.
 * @param {Record<string, string>} [attributes]
 * @returns {HTMLElementTagNameMap[T]}
 */
export function make(tag, content, attributes = {}) {
  const element = document.createElement(tag);
  if (typeof content === "string") element.textContent = content;
  else element.append(...content);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
}

/**
 * @param {Choice} choice
 * @returns {HTMLElement} A link to the view; what is shown already is none.
 */
function link({ label, query, chosen }) {
  return chosen ? make("span", label, { "aria-current": "page" }) : make("a", label, { href: `?${query}` });
}

/**
 * @param {Choice[]} choices
 * @returns {HTMLElement[]}
 */
export function links(choices) {
  return choices.map((choice) => make("li", [link(choice)]));
}

/**
 * @param {Choices} choices
 * @param {(query: string) => void} go
 * @returns {HTMLElement}
 */
export function list({ label, options }, go) {
  const select = make("select", []);
  for (const { label: words, query, chosen, group } of options) {
    const item = make("option", words, { value: query });
    item.selected = chosen;
    groupIn(select, group).append(item);
  }
  select.addEventListener("change", () => go(select.value));
  return make("label", [make("span", label), select]);
}

/**
 * @param {HTMLSelectElement} select
 * @param {string | undefined} group
 * @returns {HTMLElement} Where options of the group go; they come one group after the other.
 */
function groupIn(select, group) {
  if (!group) return select;
  const last = select.lastElementChild;
  if (last instanceof HTMLOptGroupElement && last.label === group) return last;
  const begun = make("optgroup", [], { label: group });
  select.append(begun);
  return begun;
}

/**
 * @param {Answer["figures"][number]} figure
 * @returns {HTMLElement}
 */
export function figure([value, ...lines]) {
  return make("li", [make("strong", value), ...lines.map((line) => make("span", line))]);
}

/**
 * @param {Table} table
 * @param {(code: string) => string} queryOf
 * @returns {HTMLElement[]} Rows of the head and of the body.
 */
export function rows({ heads, rows: regions }, queryOf) {
  const head = make("tr", heads.map((name) => make("th", name, { scope: "col" })));
  const body = regions.map(([code, name, ...cells]) =>
    make("tr", [
      make("th", [make("a", name, { href: `?${queryOf(code)}` })], { scope: "row" }),
      ...cells.map((cell) => make("td", cell)),
    ])
  );
  return [make("thead", [head]), make("tbody", body)];
}
