"""What a page says to those who see it and to those who hear it, and what axe says of it."""

import re
from functools import cache

from playwright.sync_api import Page, expect

from dashboard import data
from dashboard.impor.berkas import KINDS
from geodata.boundaries.reading.files import SUFFIXES
from geodata.boundaries.store import active_set
from geodata.exports.formats import FORMATS
from geodata.gazetteer import load_gazetteer
from geodata.regions import Level
from geodata.text import LANGUAGES, day, in_language, text, text_keys
from tests.browser.conftest import ROOT

_AXE = ROOT / "node_modules/axe-core/axe.min.js"
_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_RUN = """async (tags) => {
    const { violations } = await axe.run(document, { runOnly: tags, resultTypes: ["violations"] });
    return violations.flatMap(({ id, nodes }) =>
        nodes.map(({ target, html }) => `${id}: ${target.join(" ")} ${html.slice(0, 200)}`));
}"""

# Of a table the headings, whose cells are data; of everything else what is seen or is a name.
_SAID = """() => {
    const said = new Set();
    for (const element of document.body.querySelectorAll("*")) {
        if (element.closest("script, style, td, code, kbd, [translate='no']")) continue;
        const isOfGrid = element.closest("canvas");
        if (!isOfGrid && !element.checkVisibility({ visibilityProperty: true })) continue;
        for (const name of ["aria-label", "aria-description", "title", "placeholder", "alt"]) {
            if (element.getAttribute(name)) said.add(element.getAttribute(name));
        }
        for (const node of element.childNodes) {
            if (node.nodeType === Node.TEXT_NODE && node.data.trim()) said.add(node.data.trim());
        }
    }
    return [...said];
}"""
# What the grid of a table draws on its canvas is left out.
_UNSEEN_STOPS = """() => {
    const still = document.createElement("style");
    still.textContent = "* { transition: none !important }";
    document.head.append(still);
    const isRinged = element => {
        const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(element);
        return outlineStyle === "solid" && parseFloat(outlineWidth) >= 2 &&
            outlineColor === "rgb(11, 102, 114)";
    };
    const header = document.querySelector(".st-key-kepala");
    const unseen = [...document.querySelectorAll("a, button, input, textarea, summary, [tabindex]")]
        .filter(element => element.tabIndex === 0 && !element.closest("canvas"))
        .filter(element => {
            element.focus();
            if (document.activeElement !== element) return false;
            const around = [element];
            while (around.length < 5) around.push(around.at(-1).parentElement ?? element);
            const seen = around.find(isRinged)?.getBoundingClientRect();
            const lowest = header.contains(element) ? 0 : header.getBoundingClientRect().bottom;
            return !seen || seen.bottom <= lowest || seen.top >= innerHeight ||
                seen.right <= 0 || seen.left >= innerWidth;
        });
    still.remove();
    return unseen.map(element => element.outerHTML.slice(0, 200));
}"""
_WORD = re.compile(r"[^\W\d_]+")
_PATIENCE = 150  # tenths of a second
_VOLATILE = re.compile(
    r"(?<=127\.0\.0\.1:)\d+|\b[0-9a-f]{12}\b|\d{4}-\d\d-\d\dT[\d:+]+"
    r"|(?:(?<=dibuat )|(?<=made on ))\d+ \w+ \d{4}"
)


@cache
def _axe() -> str:
    return _AXE.read_text(encoding="utf-8")


def settle(page: Page) -> None:
    """Wait until what comes late is there: widgets, whose scripts are fetched, and maps."""
    expect(page.locator('[data-testid="stSkeleton"], [data-stale="true"]')).to_have_count(0)
    for frame in page.frames[1:]:
        frame.locator("#map_div[data-paints]").wait_for(timeout=60_000)


def violations(page: Page) -> list[str]:
    """What axe finds wrong in ``page`` and in the frames in it, and still does after a second.

    Streamlit draws what is being asked for anew in half its colour.
    """
    for frame in page.frames:
        frame.evaluate(_axe())
    wrong = page.evaluate(_RUN, _RULES)
    if wrong:
        page.wait_for_timeout(1000)
        settle(page)
        wrong = page.evaluate(_RUN, _RULES)
    return wrong


def unseen_stops(page: Page) -> list[str]:
    """Where the keyboard can go and nobody sees that it is there: no ring, or out of sight."""
    page.keyboard.press("Tab")  # the ring is for those who use the keyboard
    return page.evaluate(_UNSEEN_STOPS)


def heard(page: Page) -> str:
    """The page as a tree of roles and names; ports, versions of data and moments are left out."""
    return _VOLATILE.sub("…", page.locator("body").aria_snapshot()) + "\n"


def heard_at_last(page: Page, known: str) -> str:
    """The page as it is heard once it is as ``known``, else after some seconds."""
    for _ in range(_PATIENCE):
        if heard(page) == known:
            break
        page.wait_for_timeout(100)
    return heard(page)


def foreign_strings(page: Page, lang: str) -> dict[str, list[str]]:
    """Strings that are seen or are names, and the words in them that no text of ``lang`` has.

    A map says the language of the page a moment later.
    """
    for _ in range(_PATIENCE):
        foreign = _foreign_strings(page, lang)
        if not foreign:
            break
        page.wait_for_timeout(100)
    return foreign


def _foreign_strings(page: Page, lang: str) -> dict[str, list[str]]:
    strings = {said for frame in page.frames for said in frame.evaluate(_SAID)}
    foreign = {said: _foreign_words(said, lang) for said in sorted(strings)}
    return {said: words for said, words in foreign.items() if words}


def _foreign_words(said: str, lang: str) -> list[str]:
    """Words that are neither of a text, nor what data say, nor names within a sentence."""
    words = _WORD.findall(said)
    names = {word for word in words[1:] if word[0].isupper() and word in _names()}
    known = _words_of(lang) | _words_of_data(lang)
    return [word for word in words if word.casefold() not in known and word not in names]


@cache
def _words_of(lang: str) -> frozenset[str]:
    months = (day(f"2000-{month:02}-01", lang) for month in range(1, 13))
    texts = (text(key, lang) for key in text_keys())
    return frozenset(word for said in (*texts, *months, *LANGUAGES) for word in _words(said))


@cache
def _words_of_data(lang: str) -> frozenset[str]:
    """Words of names of regions that stand alone, of files, and of what sidecars say."""
    tables = load_gazetteer().tables
    said = [*tables[Level.PROVINSI]["nama"], *tables[Level.KABUPATEN_KOTA]["nama"]]
    said += [*KINDS, *SUFFIXES, *FORMATS]
    for sidecar in data.sources():
        said += [in_language(note, lang) for note in (sidecar.description, *sidecar.notes)]
        said += [in_language(sidecar.licence, lang)]
        for source in sidecar.sources:
            words = (source.producer, source.title, source.licence)
            said += [in_language(word, lang) for word in words]
    said += [in_language(note, lang) for note in active_set().manifest.notes]
    return frozenset(word for name in said for word in _words(name))


@cache
def _names() -> frozenset[str]:
    tables = load_gazetteer().tables.values()
    return frozenset(
        word for table in tables for name in table["nama"] for word in _WORD.findall(name)
    )


def _words(said: str) -> list[str]:
    return [word.casefold() for word in _WORD.findall(said)]
