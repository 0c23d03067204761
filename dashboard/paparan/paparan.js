/**
 * Steps through the slides: by arrow keys, the page keys that clickers send, buttons, or a finger.
 *
 * @typedef {"next" | "previous" | "first" | "last"} Step
 * @typedef {Step | "presenter" | "theme" | "fullscreen" | "help"} Action
 */

import { Presenter } from "./presenter.js";

/** @type {Record<string, Action>} */
const KEYS = {
  ArrowRight: "next", ArrowDown: "next", PageDown: "next", " ": "next", Enter: "next",
  ArrowLeft: "previous", ArrowUp: "previous", PageUp: "previous", Backspace: "previous",
  Home: "first", End: "last", p: "presenter", d: "theme", f: "fullscreen", "?": "help",
  F5: "fullscreen", // what a clicker's start button sends; loading anew would need the network
};
const SCROLLING = new Set(["ArrowUp", "ArrowDown"]); // where long notes have the focus
const SHORTEST_SWIPE = 50; // pixels

/**
 * @param {Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "altKey">} event
 * @param {boolean} onControl  A button or link that has the focus is pressed by these two keys.
 * @returns {Action | null} What a key does.
 */
export function actionOf(event, onControl) {
  if (event.ctrlKey || event.metaKey || event.altKey) return null;
  if (onControl && (event.key === " " || event.key === "Enter")) return null;
  return KEYS[event.key] ?? KEYS[event.key.toLowerCase()] ?? null;
}

/**
 * @param {Step} step
 * @param {number} place  Of the slide in sight; 0 is the first.
 * @param {number} count  Of slides.
 * @returns {number} Where the step leads; beyond the first and the last it stays.
 */
export function placeAfter(step, place, count) {
  const aims = { next: place + 1, previous: place - 1, first: 0, last: count - 1 };
  return Math.max(0, Math.min(count - 1, aims[step]));
}

/**
 * @param {string} hash  Of the address: the number of a slide, such as #2.
 * @param {number} count
 * @returns {number} The place of that slide, else of the nearest one.
 */
export function placeOf(hash, count) {
  const wanted = parseInt(hash.slice(1), 10) || 1;
  return Math.max(0, Math.min(count - 1, wanted - 1));
}

/**
 * @param {number} right  Pixels that a finger went to the right.
 * @param {number} down
 * @returns {Step | null} What that means; a finger that goes up or down scrolls.
 */
export function swipeOf(right, down) {
  if (Math.abs(right) < SHORTEST_SWIPE || Math.abs(right) < 2 * Math.abs(down)) return null;
  return right < 0 ? "next" : "previous";
}

/**
 * @param {Event} event
 * @param {string} selector
 * @returns {HTMLElement | null} What it happened on; in another window, too, whose elements have classes of their own.
 */
function targetOf(event, selector) {
  const target = /** @type {Partial<Element>} */ (event.target);
  return /** @type {HTMLElement | null} */ (target.closest?.(selector) ?? null);
}

/**
 * Do what keys and buttons of a window say.
 *
 * @param {Window} view
 * @param {(action: string) => void} act
 */
function listen(view, act) {
  view.addEventListener("keydown", (event) => {
    const action = actionOf(event, targetOf(event, "button, a") !== null);
    if (!action || (SCROLLING.has(event.key) && targetOf(event, "[tabindex]"))) return;
    event.preventDefault();
    act(action);
  });
  view.addEventListener("click", (event) => {
    const pressed = targetOf(event, "[data-do]");
    if (pressed) act(pressed.dataset.do ?? "");
  });
}

/**
 * Have a finger that goes sideways step; two of them zoom, and a page that is zoomed is moved.
 *
 * @param {(step: Step) => void} act
 */
function listenToFingers(act) {
  /** @type {Touch | null} */
  let start = null;
  addEventListener("touchstart", ({ touches }) => {
    start = touches.length === 1 && (visualViewport?.scale ?? 1) === 1 ? touches[0] : null;
  });
  addEventListener("touchend", ({ changedTouches: [end] }) => {
    const step = start && swipeOf(end.clientX - start.clientX, end.clientY - start.clientY);
    if (step) act(step);
    start = null;
  });
}

/** Show the slides of the page, and listen. */
export function present() {
  const slides = [.../** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(".slide"))];
  /**
   * @param {string} id
   * @returns {HTMLElement}
   */
  const byId = (id) => /** @type {HTMLElement} */ (document.getElementById(id));
  const [counter, said] = [byId("place"), byId("said")];
  const [help, blocked] = /** @type {HTMLDialogElement[]} */ ([byId("help"), byId("blocked")]);
  /**
   * @param {Action} action
   * @returns {HTMLElement}
   */
  const button = (action) => /** @type {HTMLElement} */ (document.querySelector(`nav [data-do=${action}]`));
  const root = document.documentElement;
  const presenter = new Presenter(/** @type {HTMLTemplateElement} */ (byId("presenter")));
  let place = placeOf(location.hash, slides.length);

  const show = () => {
    slides.forEach((slide, i) => { slide.hidden = i !== place; });
    counter.textContent = `${place + 1} / ${slides.length}`;
    history.replaceState(null, "", `#${place + 1}`);
    presenter.show(slides, place);
  };

  /** @param {Step} step */
  const go = (step) => {
    place = placeAfter(step, place, slides.length);
    show();
    scrollTo(0, 0);
    said.textContent = slides[place].ariaLabel;
  };

  /** @param {boolean} dark */
  const darken = (dark) => {
    root.classList.toggle("dark", dark);
    button("theme").ariaPressed = String(dark);
    presenter.darken(dark);
  };

  const openPresenter = () => {
    if (!presenter.open((view) => listen(view, actFromPresenter))) blocked.showModal();
    darken(root.classList.contains("dark"));
    show();
  };

  const switchFullscreen = () => {
    if (document.fullscreenElement) document.exitFullscreen();
    else root.requestFullscreen?.();
  };

  const switchHelp = () => {
    if (help.open) help.close();
    else help.showModal();
  };

  /** @param {string} action */
  const act = (action) => {
    if (action === "help") switchHelp();
    else if (help.open || blocked.open) return;
    else if (action === "theme") darken(!root.classList.contains("dark"));
    else if (action === "fullscreen") switchFullscreen();
    else if (action === "presenter") openPresenter();
    else go(/** @type {Step} */ (action));
  };

  /**
   * Fullscreen may be asked for by a press in that window alone, and the help is on the other.
   *
   * @param {string} action
   */
  const actFromPresenter = (action) => {
    if (presenter.time(action) || action === "fullscreen" || action === "help") return;
    act(action);
  };

  listen(window, act);
  listenToFingers(go);
  addEventListener("pagehide", () => presenter.close());
  button("fullscreen").hidden = !document.fullscreenEnabled;
  darken(matchMedia("(prefers-color-scheme: dark)").matches);
  show();
}
