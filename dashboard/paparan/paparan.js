/**
 * Steps through the slides: by arrow keys, the page keys that clickers send, or the buttons.
 *
 * @typedef {"next" | "previous" | "first" | "last"} Step
 * @typedef {Step | "notes" | "theme" | "fullscreen"} Action
 */

/** @type {Record<string, Action>} */
const KEYS = {
  ArrowRight: "next", ArrowDown: "next", PageDown: "next", " ": "next", Enter: "next",
  ArrowLeft: "previous", ArrowUp: "previous", PageUp: "previous", Backspace: "previous",
  Home: "first", End: "last", n: "notes", d: "theme", f: "fullscreen",
  F5: "fullscreen", // what a clicker's start button sends; loading anew would need the network
};

/**
 * @param {Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "altKey">} event
 * @param {boolean} onButton  A button that has the focus is pressed by these two keys.
 * @returns {Action | null} What a key does.
 */
export function actionOf(event, onButton) {
  if (event.ctrlKey || event.metaKey || event.altKey) return null;
  if (onButton && (event.key === " " || event.key === "Enter")) return null;
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

/** Show the slides of the page, and listen. */
export function present() {
  const slides = [.../** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(".slide"))];
  const counter = /** @type {HTMLElement} */ (document.getElementById("place"));
  const notesButton = /** @type {HTMLElement} */ (document.querySelector("[data-do=notes]"));
  const root = document.documentElement;
  let place = placeOf(location.hash, slides.length);
  let noting = false;

  const show = () => {
    slides.forEach((slide, i) => {
      slide.hidden = i !== place;
      const notes = /** @type {HTMLElement} */ (slide.querySelector(".notes"));
      notes.hidden = !noting;
    });
    counter.textContent = `${place + 1} / ${slides.length}`;
    history.replaceState(null, "", `#${place + 1}`);
    slides[place].focus({ preventScroll: true });
  };

  /** @param {Action} action */
  const act = (action) => {
    if (action === "theme") {
      root.classList.toggle("dark");
    } else if (action === "fullscreen") {
      if (document.fullscreenElement) document.exitFullscreen();
      else root.requestFullscreen?.();
    } else {
      if (action === "notes") noting = !noting;
      else place = placeAfter(action, place, slides.length);
      notesButton.setAttribute("aria-pressed", String(noting));
      show();
    }
  };

  addEventListener("keydown", (event) => {
    const onButton = event.target instanceof Element && event.target.closest("button") !== null;
    const action = actionOf(event, onButton);
    if (!action) return;
    event.preventDefault();
    act(action);
  });
  addEventListener("click", (event) => {
    const pressed = event.target instanceof Element && event.target.closest("[data-do]");
    if (pressed instanceof HTMLElement) act(/** @type {Action} */ (pressed.dataset.do));
  });

  if (matchMedia("(prefers-color-scheme: dark)").matches) root.classList.add("dark");
  show();
}
