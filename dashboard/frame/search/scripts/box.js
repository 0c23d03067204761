/** @import { Answer, Hit, Words } from "./contract.js" */
import { Questions, answerOf } from "./questions.js";
import { onSlash } from "./slash.js";

const NO_ANSWER = /** @type {Answer} */ ({ hits: [], said: "" });

/**
 * @param {string} key
 * @param {number} active
 * @param {number} count
 * @returns {number} Which of `count` hits is active after a key of a list box; the ends meet.
 */
export function moved(key, active, count) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[key] ?? 0;
  return count && step ? (active + step + count) % count : active;
}

/** The box that one types into and the hits below it: a combo box as WAI-ARIA has it. */
export class SearchBox {
  /** @param {ParentNode} parent */
  constructor(parent) {
    this.words = /** @type {Words} */ ({});
    this.choose = /** @type {(code: string) => void} */ (() => {});
    this.answer = NO_ANSWER;
    this.active = -1;
    /** The question that the hits answer. */
    this.answered = "";

    this.box = document.createElement("div");
    this.input = document.createElement("input");
    this.list = document.createElement("ul");
    this.status = document.createElement("p");
    this.spoken = document.createElement("p");
    this.panel = document.createElement("div");
    this.build(parent);

    this.questions = new Questions(
      (query, signal) => answerOf(this.words, query, signal),
      (answer, query) => this.show(answer, query),
    );
    this.unhear = onSlash(() => this.input.focus());
  }

  /** @param {ParentNode} parent */
  build(parent) {
    Object.assign(this.input, { type: "text", autocomplete: "off", spellcheck: false, enterKeyHint: "go" });
    this.list.id = "cari-hasil";
    this.list.setAttribute("role", "listbox");
    // What is said in a panel that was hidden is not read aloud: it stands once more, beside it.
    this.status.setAttribute("aria-hidden", "true");
    this.spoken.setAttribute("role", "status");
    this.spoken.className = "cari-spoken";
    for (const [name, value] of Object.entries({
      role: "combobox",
      "aria-autocomplete": "list",
      "aria-controls": this.list.id,
      "aria-expanded": "false",
    })) {
      this.input.setAttribute(name, value);
    }
    this.panel.className = "cari-panel";
    this.panel.hidden = true;
    this.panel.append(this.list, this.status);
    this.box.className = "cari";
    this.box.append(this.input, this.spoken, this.panel);
    parent.append(this.box);

    this.input.addEventListener("input", () => this.type());
    this.input.addEventListener("keydown", (event) => this.press(event));
    this.input.addEventListener("blur", () => this.close());
    // A press on the panel must not take the focus, and so the panel, away.
    this.panel.addEventListener("mousedown", (event) => event.preventDefault());
  }

  /**
   * Speak the language of the page from now on.
   *
   * @param {Words} words
   * @param {(code: string) => void} choose
   */
  follow(words, choose) {
    this.words = words;
    this.choose = choose;
    this.input.maxLength = words.longest;
    this.input.placeholder = words.label;
    this.input.setAttribute("aria-label", words.label);
    this.list.setAttribute("aria-label", words.label);
  }

  /** Leave the page. */
  remove() {
    this.unhear();
    this.questions.drop();
    this.box.remove();
  }

  get query() {
    return this.input.value.trim();
  }

  type() {
    if (this.query) this.questions.put(this.query);
    else this.close();
  }

  /** @param {KeyboardEvent} event */
  press(event) {
    if (event.isComposing) return;
    if (event.key === "Enter") {
      if (this.panel.hidden || this.answered !== this.query) this.ask();
      else this.take(this.answer.hits[this.active]);
    } else if (event.key === "Escape") {
      if (this.panel.hidden) this.input.value = "";
      this.close();
    } else if (["ArrowDown", "ArrowUp"].includes(event.key)) {
      if (this.panel.hidden) this.ask();
      else this.mark(moved(event.key, this.active, this.answer.hits.length));
    } else {
      return;
    }
    event.preventDefault();
  }

  ask() {
    if (this.query) this.questions.send(this.query);
  }

  /**
   * @param {Answer} answer
   * @param {string} query
   */
  show(answer, query) {
    this.answer = answer;
    this.answered = query;
    this.list.replaceChildren(...answer.hits.map((hit, position) => this.row(hit, position)));
    this.status.textContent = this.spoken.textContent = answer.said;
    this.open(true);
    this.mark(answer.hits.length ? 0 : -1);
  }

  /**
   * @param {Hit} hit
   * @param {number} position
   * @returns {HTMLElement}
   */
  row(hit, position) {
    const row = document.createElement("li");
    row.id = `cari-hasil-${position}`;
    row.setAttribute("role", "option");
    const [title, about] = [document.createElement("span"), document.createElement("small")];
    title.textContent = hit.title;
    about.textContent = hit.about;
    row.append(title, about);
    row.addEventListener("click", () => this.take(hit));
    row.addEventListener("mousemove", () => this.mark(position));
    return row;
  }

  /** @param {number} active */
  mark(active) {
    this.active = active;
    for (const [position, row] of [...this.list.children].entries()) {
      row.setAttribute("aria-selected", String(position === active));
      if (position === active) row.scrollIntoView({ block: "nearest" });
    }
    if (active < 0) this.input.removeAttribute("aria-activedescendant");
    else this.input.setAttribute("aria-activedescendant", `cari-hasil-${active}`);
  }

  /** @param {Hit | undefined} hit */
  take(hit) {
    if (!hit) return;
    this.input.value = "";
    this.close();
    this.input.blur(); // a phone takes its keyboard away
    this.choose(hit.code);
  }

  close() {
    this.questions.drop();
    this.spoken.textContent = "";
    this.mark(-1);
    this.open(false);
  }

  /** @param {boolean} open */
  open(open) {
    this.panel.hidden = !open;
    this.input.setAttribute("aria-expanded", String(open));
  }
}
