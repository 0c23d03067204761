/**
 * The presenter's window: the slide in sight, the next one, notes, and times. The hall's window fills it and hears
 * its keys, so that it works in one file that is opened from a disk, too; it runs no script of its own.
 */

const SIZE = "popup,width=1200,height=760";
const TICK_MS = 250;

/** How long a talk has lasted. */
export class Stopwatch {
  /** @param {() => number} now  Milliseconds since some moment. */
  constructor(now = Date.now) {
    this.now = now;
    this.before = 0;
    /** @type {number | null} */
    this.since = null;
  }

  /** @returns {boolean} Whether it runs. */
  get running() {
    return this.since !== null;
  }

  /** @returns {number} Milliseconds, without pauses. */
  get elapsed() {
    return this.before + (this.since === null ? 0 : this.now() - this.since);
  }

  /** Go on, or stand still. */
  turn() {
    this.before = this.elapsed;
    this.since = this.running ? null : this.now();
  }

  /** Begin at zero again, running or not. */
  reset() {
    this.before = 0;
    if (this.running) this.since = this.now();
  }
}

/**
 * @param {number} elapsed  Milliseconds.
 * @returns {string} As minutes and seconds, after an hour with hours.
 */
export function timeOf(elapsed) {
  const seconds = Math.floor(elapsed / 1000);
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  /**
   * @param {number} value
   * @returns {string}
   */
  const two = (value) => String(value).padStart(2, "0");
  return hours ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}

/** The window beside the hall's. */
export class Presenter {
  /** @param {HTMLTemplateElement} template  What it holds. */
  constructor(template) {
    this.template = template;
    this.stopwatch = new Stopwatch();
    /** @type {Window | null} */
    this.view = null;
  }

  /**
   * Open it, or turn to it if it is there.
   *
   * @param {(view: Window) => void} listen  Has the hall's window hear its keys and buttons.
   * @returns {boolean} Whether the browser let it open.
   */
  open(listen) {
    if (this.page) {
      this.view?.focus();
      return true;
    }
    this.view = window.open("", "", SIZE);
    if (!this.view) return false;
    const { document: page } = this.view;
    page.documentElement.lang = document.documentElement.lang;
    page.title = this.template.dataset.title ?? "";
    page.head.append(page.importNode(/** @type {Node} */ (document.querySelector("style")), true));
    page.body.append(page.importNode(this.template.content, true));
    listen(this.view);
    this.view.setInterval(() => this.tick(), TICK_MS); // here, where no browser slows down a window that is hidden
    this.tick();
    return true;
  }

  /** Close it: without the hall's window it would stand still. */
  close() {
    this.view?.close();
  }

  /** @returns {Document | null} Its document, as long as it is open. */
  get page() {
    return this.view && !this.view.closed ? this.view.document : null;
  }

  /**
   * @param {string} selector
   * @returns {HTMLElement}
   */
  part(selector) {
    return /** @type {HTMLElement} */ (this.page?.querySelector(selector));
  }

  /**
   * @param {HTMLElement[]} slides
   * @param {number} place  Of the slide that the hall sees.
   */
  show(slides, place) {
    if (!this.page) return;
    const [now, next] = [slides[place], slides[place + 1]];
    const notes = now.querySelector("template")?.content.textContent ?? "";
    this.stage(".now .stage", now);
    this.stage(".following .stage", next);
    this.part(".last").hidden = Boolean(next);
    this.part(".words").textContent = notes;
    this.part(".none").hidden = notes !== "";
    this.part(".place").textContent = `${place + 1} / ${slides.length}`;
  }

  /**
   * @param {string} selector
   * @param {HTMLElement | undefined} slide
   */
  stage(selector, slide) {
    const copies = slide && this.page ? [this.page.importNode(slide, true)] : [];
    for (const copy of copies) copy.hidden = false;
    this.part(selector).replaceChildren(...copies);
  }

  /** @param {boolean} dark */
  darken(dark) {
    this.page?.documentElement.classList.toggle("dark", dark);
  }

  /**
   * @param {string} action
   * @returns {boolean} Whether it was one of the stopwatch.
   */
  time(action) {
    if (action === "run") this.stopwatch.turn();
    else if (action === "reset") this.stopwatch.reset();
    else return false;
    this.tick();
    return true;
  }

  /** Show what time it is. */
  tick() {
    const clock = new Date().toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });
    this.part(".clock").textContent = clock;
    this.part(".elapsed").textContent = timeOf(this.stopwatch.elapsed);
    const button = this.part("[data-do=run]");
    button.textContent = (this.stopwatch.running ? button.dataset.pause : button.dataset.start) ?? "";
  }
}
