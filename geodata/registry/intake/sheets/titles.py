"""Regions that titles, headings of sections and names of sheets name for the rows below them."""

import re
from collections.abc import Iterable, Mapping, Sequence

import pandas as pd

from geodata.gazetteer import Gazetteer
from geodata.matching.match import match_names
from geodata.regions import LEVELS, Level
from geodata.registry.intake.sheets.headers import guess

_KINDS: dict[Level, str] = {
    Level.PROVINSI: r"prov(?:insi)?|propinsi",
    Level.KABUPATEN_KOTA: r"kab(?:upaten)?\s*/\s*kota|kab(?:upaten)?|kota",
    Level.KECAMATAN: r"kec(?:amatan)?|distrik|kapanewon|kemantren",
}
_KINDS_OF_DESA = r"desa|ds|kelurahan|kel|kalurahan|gampong|nagari|pekon"
ANY_KIND = "|".join([*_KINDS.values(), _KINDS_OF_DESA])
"""What says of which kind a region is (a regular expression)."""
_BEGINS = r"\b\.?\s*:?\s*(?=[a-z])"  # between the kind of a region and its name
_ENDS = (
    r"(?=\s*(?:[,;()|:\n]|\s-\s|\b(?:tahun|th|per|bulan|s/d|rt|rw|no\.?\s*\d|kode\s*pos)\b|\d{4}|$"
    rf"|\b(?:{ANY_KIND}){_BEGINS}))"
)
_NAMED = re.compile(
    rf"\b(?:{'|'.join(f'(?P<{level}>{kind})' for level, kind in _KINDS.items())}"
    rf"|(?P<desa>{_KINDS_OF_DESA})){_BEGINS}(?P<name>[a-z][a-z\d .'’/-]*?){_ENDS}",
    re.IGNORECASE,
)
_NUMBERING = re.compile(r"[ivxlc\d]+[.)]?|[a-z][.)]?", re.IGNORECASE)
_HEADS = re.compile(rf"(?:[ivxlc\d]+[.)]\s*|[a-z][.)]\s*)?(?:{'|'.join(_KINDS.values())})\b", re.I)
_BARE_KIND = re.compile(rf"(?:{'|'.join(_KINDS.values())})\.?\s*:?", re.IGNORECASE)
_MOST_CELLS = 8  # of a heading: its number, kind, colon and name, and a few counts
_TITLE = re.compile(r"(daftar|data|rekap(itulasi)?|lampiran|laporan|tahun)\b", re.IGNORECASE)


def named_places(text: str) -> list[tuple[Level, str, int]]:
    """Return the regions that a text names with their kind ("Ds. Wonoayu, Kec. Wajak"), in order.

    Each is its level, its name with its kind, and where in ``text`` that begins.
    """
    matches = _NAMED.finditer(text)
    return [
        (level, match[0].strip(), match.start())
        for match in matches
        for level in LEVELS
        if match[level.value]
    ]


def named_regions(texts: Iterable[str]) -> dict[Level, str]:
    """Return the regions above desa that texts name with their kind, the first of each level."""
    names: dict[Level, str] = {}
    for text in texts:
        for level, name, _ in named_places(" ".join(text.split())):
            if level is not Level.DESA:
                names.setdefault(level, name)
    return names


def spoken(cells: Sequence[str]) -> list[str]:
    """Return what the filled cells of a row say: a kind of region and its name beside it are one.

    >>> spoken(["Kecamatan", ":", "Wajak", "", "Tahun 2024"])
    ['Kecamatan : Wajak', 'Tahun 2024']
    """
    said: list[str] = []
    begun = False
    for cell in filter(None, cells):
        if begun and guess(cell)[0] == "":
            said[-1] += f" {cell}"
        else:
            said.append(cell)
        begun = cell == ":" if begun else bool(_BARE_KIND.fullmatch(cell))
    return said


def is_title(cells: Sequence[str]) -> bool:
    """Tell whether a row is a title as stands above a table: "Daftar KIM Kecamatan Wajak"."""
    said = spoken(cells)
    return len(said) == 1 and bool(_TITLE.match(said[0]))


def heading(cells: Sequence[str]) -> str:
    """Return what a row says if it may head a section, with or without a number; else ""."""
    if sum(map(bool, cells)) > _MOST_CELLS:
        return ""
    said = [text for text in spoken(cells) if not _NUMBERING.fullmatch(text)]
    if len(said) != 1:
        return ""
    heads = _HEADS.match(said[0]) or (_TITLE.match(said[0]) and named_regions(said))
    return said[0] if heads else ""


def narrowed(section: Mapping[Level, str], text: str) -> dict[Level, str]:
    """Return the regions of a section: a heading ends those of its own level and below."""
    named = named_regions([text])
    if not named:
        return dict(section)
    top = min(LEVELS.index(level) for level in named)
    return {level: name for level, name in section.items() if LEVELS.index(level) < top} | named


def regions_around(
    titles: Sequence[str], sheet_name: str, gazetteer: Gazetteer
) -> dict[Level, str]:
    """Return the regions that titles above a table and the name of its sheet name for all rows.

    A title says what kind of region it names ("KABUPATEN MALANG"); the name of a sheet may be bare,
    and then counts only where it is the name of a region within those of the titles. What is no
    region of the gazetteer is left out.
    """
    named = named_regions(titles)
    of_sheet = named_regions([sheet_name.replace("_", " ")])
    around: dict[Level, str] = {}
    for level in LEVELS[:3]:
        name = of_sheet.get(level) or named.get(level, "")
        if not name and sheet_name and not of_sheet and sheet_name not in around.values():
            name = sheet_name
        if name and _is_region(around, level, name, gazetteer):
            around[level] = name
    return around


def _is_region(around: Mapping[Level, str], level: Level, name: str, gazetteer: Gazetteer) -> bool:
    """Tell whether ``name`` is that of one region of ``level`` within those around it."""
    names = {upper.value: text for upper, text in around.items()} | {level.value: name}
    (match,) = match_names(pd.DataFrame([names]), gazetteer)
    region = match.accepted
    return region is not None and region.same_name and region.elsewhere is None
