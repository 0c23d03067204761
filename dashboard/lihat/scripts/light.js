/** @import { Answer, Told, Words } from "./contract.js" */
import { SearchBox } from "../../frame/search/scripts/box.js";
import { Answers, Outdated, codeOf, queryAt } from "./answers.js";
import { figure, links, list, make, rows } from "./parts.js";

const ROOMY_PX = 700; // from which the choices are open

/**
 * @param {string} name
 * @returns {HTMLElement} The part of the page that is called so.
 */
function part(name) {
  return /** @type {HTMLElement} */ (document.getElementById(name));
}

/** The page: shows the view that its address names, and goes to others without being loaded anew. */
class Light {
  /** @param {Told} told */
  constructor(told) {
    this.told = told;
    this.answers = new Answers(told.answers);
    this.search = new SearchBox(part("cari"));
    /** @type {Answer | null} */
    this.answer = null;
    this.map = this.mounted();
    /** @type {HTMLDetailsElement} */ (part("saring")).open = innerWidth >= ROOMY_PX;
    document.addEventListener("click", (event) => this.follow(event));
    addEventListener("popstate", () => this.show(false));
    addEventListener("online", () => this.show(false));
    part("lagi").addEventListener("click", () => this.show(false));
  }

  /** @returns {L.Map} */
  mounted() {
    const map = L.map("map_div", { ...this.told.options, zoomControl: false, center: [-2.3, 118], zoom: 5 });
    L.control.zoom({ position: "topright" }).addTo(map);
    L.control.scale().addTo(map);
    window.PetaKim.mount(map, this.told.map);
    map.on("click", (event) => this.clicked(event));
    return map;
  }

  get query() {
    return location.search.slice(1);
  }

  /** @returns {Words} */
  get words() {
    const { words } = this.told;
    return words[new URLSearchParams(this.query).get("bahasa") ?? ""] ?? Object.values(words)[0];
  }

  /** @param {string} query */
  go(query) {
    if (query === this.query) return;
    history.pushState(null, "", query ? `?${query}` : location.pathname);
    this.show(true);
  }

  /** @param {MouseEvent} event */
  follow(event) {
    const link = event.target instanceof Element && event.target.closest("a[href^='?']");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    this.go(/** @type {string} */ (link.getAttribute("href")).slice(1));
  }

  /** @param {import("../../map/scripts/contract.js").MapEvent & { latlng: { out?: boolean } }} event */
  clicked({ latlng, region }) {
    const { path = [] } = this.answer ?? {};
    if (latlng.out) {
      if (path.length > 1) this.go(path[path.length - 2].query);
    } else if (region) {
      this.go(queryAt(this.query, codeOf(region.id)));
    }
  }

  /**
   * @param {boolean} isNew  Whether one is told where one is now.
   * @returns {Promise<void>}
   */
  async show(isNew) {
    const { words } = this;
    document.body.dataset.waiting = "";
    try {
      const answer = await this.answers.to(this.query);
      if (!answer) return;
      this.answer = answer;
      this.draw(answer, words);
      part("pesan").textContent = navigator.onLine ? "" : words.offline;
      part("lagi").hidden = true;
      if (isNew) part("judul").focus({ preventScroll: true });
    } catch (error) {
      if (error instanceof Outdated) return location.reload();
      part("pesan").textContent = words.failed;
      part("lagi").hidden = false;
    }
    delete document.body.dataset.waiting;
  }

  /**
   * @param {Answer} answer
   * @param {Words} words
   */
  draw(answer, words) {
    window.PetaKim.show(answer.map);
    document.documentElement.lang = answer.lang;
    document.title = `${answer.title} · ${words.app}`;
    part("judul").textContent = answer.title;
    part("tentang").textContent = answer.about;
    part("saring-nama").textContent = words.controls;
    part("lagi").textContent = words.again;
    part("pemberitahuan").replaceChildren(...answer.notices.map((notice) => make("p", notice)));
    part("jejak").replaceChildren(...links(answer.path));
    part("jejak").setAttribute("aria-label", words.path);
    part("bahasa").replaceChildren(...links(answer.languages));
    part("bahasa").setAttribute("aria-label", words.language);
    part("pilihan").replaceChildren(...answer.choices.map((choices) => list(choices, (query) => this.go(query))));
    part("pilihan").setAttribute("aria-label", words.controls);
    part("kalimat").textContent = answer.sentence;
    part("angka").replaceChildren(...answer.figures.map(figure));
    part("tabel").replaceChildren(
      make("caption", answer.table.caption),
      ...rows(answer.table, (code) => queryAt(this.query, code)),
    );
    part("lainnya").textContent = answer.table.more;
    const full = /** @type {HTMLAnchorElement} */ (part("lengkap"));
    full.href = answer.full;
    full.textContent = words.full;
    const { search: address, parameter, longest } = this.told;
    const asked = `${address}?bahasa=${answer.lang}`;
    const box = { address: asked, parameter, longest, label: words.search, failed: words.search_failed };
    this.search.follow(box, (code) => this.go(queryAt(this.query, code)));
  }
}

const told = /** @type {Told} */ (JSON.parse(part("diketahui").textContent ?? ""));
new Light(told).show(false);
navigator.serviceWorker?.register(told.worker, { scope: told.scope }).catch(() => {
  // Without one the page works all the same, with a connection.
});
