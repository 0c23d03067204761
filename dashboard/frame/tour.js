/**
 * The tour of the first visit: a card that stands beside what it explains, step by step. The page
 * has the steps as a hidden list (`.tur`), whose items say what they point at; a page without the
 * list has no tour. Nothing is covered or caught: whoever goes on working just does.
 *
 * @typedef {{ left: number, top: number, right: number, bottom: number }} Box
 * @typedef {{ width: number, height: number }} Size
 */

const MARK = "peta-kim-tur";
const DONE = "selesai";
const AGAIN = "lagi";
const GAP_PX = 12;
const EDGE_PX = 8;

/**
 * @param {string | null} mark  What the browser remembers of a tour.
 * @param {boolean} isAutomated  Programs that drive a browser are not shown around unless they ask.
 * @returns {boolean} Whether there shall be one.
 */
export function isDue(mark, isAutomated) {
  return mark === AGAIN || (mark === null && !isAutomated);
}

/**
 * @param {Box[]} boxes  At least one.
 * @returns {Box} Around all of them.
 */
export function around(boxes) {
  return {
    left: Math.min(...boxes.map(({ left }) => left)),
    top: Math.min(...boxes.map(({ top }) => top)),
    right: Math.max(...boxes.map(({ right }) => right)),
    bottom: Math.max(...boxes.map(({ bottom }) => bottom)),
  };
}

/**
 * @param {Box} target
 * @param {Size} card
 * @param {Size} screen
 * @returns {{ left: number, top: number } | null} Where the card leaves the target free; null if nowhere.
 */
export function spotBeside(target, card, screen) {
  /** @type {(wanted: number, most: number) => number} */
  const inside = (wanted, most) => Math.max(EDGE_PX, Math.min(wanted, most - EDGE_PX));
  const left = inside(target.left, screen.width - card.width);
  const top = inside(target.top, screen.height - card.height);
  const spots = [
    { left, top: target.bottom + GAP_PX },
    { left: target.right + GAP_PX, top },
    { left: target.left - GAP_PX - card.width, top },
    { left, top: target.top - GAP_PX - card.height },
  ];
  const fits = (/** @type {{ left: number, top: number }} */ spot) =>
    Math.min(spot.left, spot.top) >= EDGE_PX &&
    spot.left + card.width <= screen.width - EDGE_PX &&
    spot.top + card.height <= screen.height - EDGE_PX;
  return spots.find(fits) ?? null;
}

/** @returns {string | null} What the browser remembers; where it may not, there is no tour. */
function remembered() {
  try {
    return localStorage.getItem(MARK);
  } catch {
    return DONE;
  }
}

/** The card, what it points at, and which step it is at. */
class Tour {
  constructor() {
    this.step = 0;
    /** @type {HTMLElement | null} */
    this.list = null;
    /** @type {HTMLElement[]} */
    this.rings = [];
    this.title = document.createElement("h2");
    this.title.id = "peta-kim-tur-judul";
    this.body = document.createElement("p");
    this.count = document.createElement("span");
    this.close = this.button("close", () => this.end());
    this.back = this.button("back", () => this.turn(-1));
    this.next = this.button("next", () => this.turn(1));
    const feet = document.createElement("footer");
    feet.append(this.count, this.back, this.next);
    this.card = document.createElement("section");
    this.card.className = "peta-kim-tur";
    this.card.setAttribute("role", "dialog");
    this.card.setAttribute("aria-labelledby", this.title.id);
    this.card.setAttribute("aria-live", "polite");
    this.card.append(this.title, this.body, feet, this.close);
  }

  /**
   * @param {string} name
   * @param {() => void} act
   * @returns {HTMLButtonElement}
   */
  button(name, act) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = name;
    button.onclick = act;
    return button;
  }

  /** @returns {HTMLElement[]} What the step points at, as far as it is there. */
  get targets() {
    const at = this.item?.dataset.at;
    const every = at ? [.../** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(at))] : [];
    return every.filter((element) => element.getBoundingClientRect().width > 0);
  }

  /** @returns {HTMLElement | undefined} */
  get item() {
    return /** @type {HTMLElement | undefined} */ (this.list?.children[this.step]);
  }

  /** @param {HTMLElement} list  The steps. */
  show(list) {
    const isNew = !this.card.isConnected;
    this.list = list;
    if (isNew) document.body.append(this.card);
    this.say();
    this.stand();
    // Who is writing goes on writing.
    if (isNew && document.activeElement === document.body) this.next.focus({ preventScroll: true });
  }

  hide() {
    this.card.remove();
    for (const ring of this.rings) ring.remove();
  }

  end() {
    localStorage.setItem(MARK, DONE);
    this.hide();
    this.step = 0;
  }

  /** @param {number} by */
  turn(by) {
    const count = this.list?.children.length ?? 0;
    if (this.step + by >= count) {
      this.end();
      return;
    }
    this.step = Math.max(0, this.step + by);
    this.say();
    this.reach();
    this.stand();
    this.next.focus({ preventScroll: true });
  }

  say() {
    const { item, list } = this;
    if (!item || !list) return;
    const isLast = this.step === list.children.length - 1;
    const said = /** @type {const} */ ([
      [this.title, item.dataset.title],
      [this.body, item.textContent],
      [this.count, item.dataset.count],
      [this.back, list.dataset.back],
      [this.next, isLast ? list.dataset.done : list.dataset.next],
    ]);
    // What says the same already is left alone, or it would be told as a change of the page.
    for (const [element, words] of said) {
      if (element.textContent !== words) element.textContent = words ?? "";
    }
    this.card.lang = document.documentElement.lang;
    this.close.setAttribute("aria-label", list.dataset.close ?? "");
    this.back.hidden = this.step === 0;
  }

  /** Bring what is explained into sight; what leaves no room beside it is moved up. */
  reach() {
    const [first] = this.targets;
    first?.scrollIntoView({ block: "nearest", inline: "nearest" });
    if (first && !this.spot) first.scrollIntoView({ block: "start" });
  }

  /** @returns {{ left: number, top: number } | null} Where the card can stand beside its targets. */
  get spot() {
    const boxes = this.targets.map((target) => target.getBoundingClientRect());
    const card = { width: this.card.offsetWidth, height: this.card.offsetHeight };
    return boxes.length ? spotBeside(around(boxes), card, { width: innerWidth, height: innerHeight }) : null;
  }

  /** Put the card beside what it explains, else into the corner, and mark that. */
  stand() {
    const { card, spot } = this;
    card.style.left = spot ? `${spot.left}px` : `${innerWidth - card.offsetWidth - EDGE_PX}px`;
    card.style.top = spot ? `${spot.top}px` : `${innerHeight - card.offsetHeight - EDGE_PX}px`;
    for (const ring of this.rings) ring.remove();
    this.rings = this.targets.map((target) => {
      const { left, top, width, height } = target.getBoundingClientRect();
      const ring = document.createElement("div");
      ring.className = "peta-kim-tur-ring";
      Object.assign(ring.style, { left: `${left}px`, top: `${top}px`, width: `${width}px`, height: `${height}px` });
      return ring;
    });
    document.body.append(...this.rings);
  }
}

/** Show visitors around when a page with a tour comes up, and again when they ask for it. */
export function watch() {
  const tour = new Tour();
  let isAsked = false;

  const look = () => {
    isAsked = false;
    const list = /** @type {HTMLElement | null} */ (document.querySelector(".tur"));
    if (list && isDue(remembered(), navigator.webdriver)) tour.show(list);
    else if (tour.card.isConnected) tour.hide();
  };
  const soon = () => {
    if (!isAsked) requestAnimationFrame(look);
    isAsked = true;
  };
  const ours = (/** @type {Node | null} */ node) =>
    node instanceof Element && node.closest(".peta-kim-tur, .peta-kim-tur-ring") !== null;

  new MutationObserver((changes) => {
    const nodes = changes.flatMap(({ target, addedNodes, removedNodes }) =>
      target === document.body ? [...addedNodes, ...removedNodes] : [target]);
    if (!nodes.every(ours)) soon();
  }).observe(document, { childList: true, subtree: true });
  addEventListener("resize", soon);
  document.addEventListener("scroll", soon, { capture: true, passive: true });
  document.addEventListener("keydown", (event) => {
    const isFree = event.target === document.body || ours(/** @type {Node} */ (event.target));
    if (event.key === "Escape" && isFree && tour.card.isConnected) tour.end();
  });
  document.addEventListener("click", (event) => {
    const isAgain = event.target instanceof Element && event.target.closest(".st-key-tur-lagi a") !== null;
    if (isAgain) localStorage.setItem(MARK, AGAIN);
  }, { capture: true });
}

if (typeof document !== "undefined") watch();
