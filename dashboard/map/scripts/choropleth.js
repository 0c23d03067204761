/** @import { Config, MapEvent, Painter, Region, View } from "./contract.js" */
/** @import { Figures } from "./table.js" */
import { Buttons } from "./buttons.js";
import { Camera } from "./camera.js";
import { CanvasPainter } from "./canvas.js";
import { Gestures } from "./gestures.js";
import { holder } from "./holder.js";
import { classOf, describe } from "./hover.js";
import { Keyboard } from "./keyboard.js";
import { Labels } from "./labels.js";
import { Lapse } from "./lapse.js";
import { Legend } from "./legend.js";
import { Levels } from "./levels.js";
import { asHtml, lines } from "./plain.js";
import { Plan } from "./plan.js";
import { Points } from "./points.js";
import { shownLevel } from "./sight.js";
import { Strip } from "./strip.js";
import { decode } from "./table.js";
import { Together } from "./together.js";
import { VectorPainter } from "./vector.js";

const NOTHING_MORE = { fill: "", columns: [], position: 0 };
const BESIDE_PX = 400; // what is told of a region at most takes

/** @returns {boolean} */
function hasWebGL() {
  return Boolean(document.createElement("canvas").getContext("webgl2"));
}

/** The map: mounted once, then only told what to show. What it does is told on its element. */
export class Choropleth {
  /**
   * @param {L.Map} map
   * @param {Config} config
   */
  constructor(map, config) {
    this.map = map;
    this.element = map.getContainer();
    this.nearZoom = config.nearZoom;
    this.zero = config.colours.zero;
    this.levels = new Levels(config.digits);
    /** @type {Painter} */
    this.painter = new (hasWebGL() ? VectorPainter : CanvasPainter)(map, config, this.levels);
    this.together = new Together(map);
    this.labels = new Labels(map, this.painter);
    this.strip = new Strip(map);
    this.legend = new Legend(map, (fills) => this.painter.emphasise(fills));
    this.camera = new Camera(map, config, () => this.strip.box.offsetHeight, () => this.legend.width);
    this.buttons = new Buttons(map, () => this.camera.showWhole());
    this.gestures = new Gestures(map);
    this.lapse = new Lapse(map, (fills, unreported) => this.turn(fills, unreported));
    this.points = new Points(map, config.colours.chosen);
    this.plan = new Plan(map);
    this.tooltip = L.tooltip({ className: "peta-kim-tooltip", offset: [12, 0] });
    this.keyboard = new Keyboard(map, this.painter, (target) => this.tell(target, target?.latlng));
    /** @type {View | null} */
    this.view = null;
    /** @type {Map<number, Figures>} */
    this.figures = new Map();
    this.queue = Promise.resolve();
    this.isHovering = false;
    map.on("mousemove", (event) => this.hover(event));
    map.on("mouseout", () => this.leave());
    map.on("click", (event) => this.aim(event));
    map.on("zoomend", () => this.zoomed());
    map.on("moveend", () => this.painter.settled().then(() => this.labels.show()));
    // The element gets its height with a style that may come after the map.
    new ResizeObserver(() => map.invalidateSize({ pan: false })).observe(this.element);
    for (const name of /** @type {const} */ (["chosen", "focused"])) {
      this.element.style.setProperty(`--peta-kim-${name}`, config.colours[name]);
    }
    this.count();
  }

  /** Mounts are counted on the page that holds the frame, so that a frame loaded anew shows. */
  count() {
    const page = holder();
    page.petaKimMounts = (page.petaKimMounts ?? 0) + 1;
    const { dataset } = this.element;
    Object.assign(dataset, { mounts: page.petaKimMounts, paints: 0, painter: this.painter.name });
  }

  /** @param {View} view */
  show(view) {
    this.queue = this.queue.then(() => this.paint(view)).catch((error) => this.fail(view, error));
  }

  /** @param {View} view */
  async paint(view) {
    const { dataset } = this.element;
    this.view = view;
    this.leave();
    this.lapse.stop();
    dataset.waiting = view.words.waiting;
    this.figures = decode([...view.classes, ...(view.far?.classes ?? [])]);
    // Streamlit calls the frame by the name of the component.
    window.frameElement?.setAttribute("title", view.words.frame);
    this.map.attributionControl.setPrefix(asHtml(view.words.attribution));
    this.together.show(view);
    this.strip.show(view);
    this.announce(view);
    this.camera.look(view);
    this.buttons.show(view.words);
    this.gestures.words = view.words;
    this.points.show(view).catch((error) => this.fail(view, error));
    this.plan.show(view.plan);
    await this.painter.paint(view, this.figures);
    this.lapse.show(view);
    this.labels.show();
    this.keyboard.show(view);
    delete dataset.waiting;
    Object.assign(dataset, { level: view.level, within: view.within, petak: view.petak });
    dataset.paints = String(Number(dataset.paints) + 1);
  }

  /**
   * Show another moment of the time-lapse; how long that has taken is told on the element.
   *
   * @param {Map<number, string>} fills  Of the regions that change.
   * @param {number[] | null} unreported
   */
  turn(fills, unreported) {
    if (!this.view) return;
    const begun = performance.now();
    this.leave();
    this.painter.recolour(this.view, fills, unreported);
    this.legend.recount(this.lapse.counts());
    this.element.dataset.turned = (performance.now() - begun).toFixed(1);
  }

  /**
   * Say which level is in sight where it is not the one that was asked for.
   *
   * @param {View} view
   */
  announce(view) {
    const { dataset } = this.element;
    const shown = shownLevel(view, this.map.getZoom(), this.nearZoom);
    dataset.shown = shown;
    if (view.far && shown === view.far.level) dataset.notice = view.far.notice;
    else delete dataset.notice;
    this.legend.show(view, shown);
  }

  /** MapLibre changes the level by itself; the canvas has to be given other shapes. */
  zoomed() {
    if (!this.view?.far) return;
    const before = this.element.dataset.shown;
    this.announce(this.view);
    if (before !== this.element.dataset.shown && !this.painter.drawsBothLevels) this.show(this.view);
  }

  /**
   * A click beside a small island that hits its mark is a click on the island.
   *
   * @param {MapEvent} event
   */
  aim(event) {
    event.region ??= this.painter.regionAt(event) ?? undefined;
    const { lat, lng } = event.region?.properties ?? {};
    if (lat !== undefined) Object.assign(event.latlng, { lat, lng });
  }

  /**
   * @param {View} view
   * @param {unknown} error
   */
  fail(view, error) {
    console.error(error);
    delete this.element.dataset.waiting;
    this.element.dataset.error = String(error);
    this.tooltip.setLatLng(this.map.getCenter()).setContent(lines([view.words.failed]));
    this.tooltip.addTo(this.map);
  }

  /** @param {MapEvent} event */
  hover(event) {
    if (this.isHovering) return;
    this.isHovering = true;
    requestAnimationFrame(() => {
      this.isHovering = false;
      const region = this.painter.regionAt(event);
      this.element.style.cursor = region ? "pointer" : "";
      this.tell(region, event.latlng);
    });
  }

  leave() {
    this.tell(null);
  }

  /**
   * Show what is known of a region, there.
   *
   * @param {Region | null} region  None: of the one before no more.
   * @param {MapEvent["latlng"]} [latlng]
   * @returns {string[]} What is known of it, and its class, which who sees the map knows by the colour.
   */
  tell(region, latlng) {
    this.painter.highlight(region);
    if (!region || !latlng || !this.view) {
      this.tooltip.remove();
      return [];
    }
    const figures = this.figures.get(region.id);
    const then = this.lapse.past(region.id);
    const fill = then?.fill ?? figures?.fill ?? this.zero;
    const ofClass = classOf(fill, this.levels.of(region.id), this.view);
    // Of another moment there are no figures, but the class.
    const told = describe(region, then ? { ...NOTHING_MORE, say: [then.label, ...ofClass] } : figures, this.view);
    // The legend, at the left, lies over it.
    const isRoomy = this.map.latLngToContainerPoint(latlng).x + BESIDE_PX < this.map.getSize().x;
    this.tooltip.options.direction = isRoomy ? "right" : "auto";
    this.tooltip.setLatLng(latlng).setContent(lines(told)).addTo(this.map);
    return then ? told : [...told, ...ofClass];
  }
}
