"""Streamlit's two fonts, cut down to what the interface writes: a tenth of their bytes.

Its icons are letters of a font that draws a name such as ``search`` as one sign, 4,000 names in
all; its font of text holds every script of Europe. A page that needs more gets the whole font.
"""

import re
from io import BytesIO
from pathlib import Path

import streamlit
from fontTools import subset
from fontTools.ttLib import TTFont

from dashboard.addresses import below
from dashboard.packed_files import packed

_ROOT = Path(__file__).resolve().parent.parent
_STREAMLIT = Path(streamlit.__file__).parent
_STATIC = _STREAMLIT / "static/static"
[STYLE] = (_STATIC / "css").glob("index.*.css")
_RECIPE = Path(__file__).read_bytes()
_ICON = re.compile(r":material/(\w+):")
_OURS = ("app.py", "pages/*.py", "dashboard/**/*.py", "dashboard/**/*.js", "geodata/texts/*")
_THEIRS = ("static/static/js/*.js", "**/*.py")

# Latin as Indonesian, English and names from elsewhere are written, and the signs of figures.
_LETTERS = (
    (0x20, 0x7E),
    (0xA0, 0xFF),
    (0x2010, 0x2027),
    (0x2030, 0x2033),
    (0x2190, 0x2193),
    (0x2212, 0x2212),
    (0x2248, 0x2248),
    (0x2264, 0x2265),
)


def file(name: str) -> Path:
    """Return where Streamlit has its font ``name`` (WOFF2)."""
    [path] = (_STATIC / "media").glob(f"{name}.*.woff2")
    return path


def icon_names() -> set[str]:
    """Return the names of all icons that the app or Streamlit can show."""
    files = [path for pattern in _OURS for path in _ROOT.glob(pattern)]
    files += [path for pattern in _THEIRS for path in _STREAMLIT.glob(pattern)]
    return {name for path in files for name in _ICON.findall(path.read_text("utf-8"))}


def icons(source: Path) -> bytes:
    """Return the font of icons (WOFF2) with those of :func:`icon_names` alone."""
    signs = icon_names()
    names = " ".join(sorted(signs)).encode()
    return packed(_RECIPE + source.read_bytes() + names, lambda: _cut_icons(TTFont(source), signs))


def _cut_icons(font: TTFont, signs: set[str]) -> bytes:
    names = _ligatures(font)
    for table in _subtables(font):
        for first, ligatures in list(table.ligatures.items()):
            kept = [each for each in ligatures if names[first, *each.Component] in signs]
            table.ligatures[first] = kept
            if not kept:
                del table.ligatures[first]
    return _cut(font, list(range(0x20, 0x7F)))


def letters(source: Path) -> bytes:
    """Return the upright font of text (WOFF2) in all its weights, with our letters alone."""
    codes = [code for first, last in _LETTERS for code in range(first, last + 1)]
    return packed(_RECIPE + source.read_bytes(), lambda: _cut(TTFont(source), codes))


def naming(style: Path, icons_address: str, letters_address: str) -> bytes:
    """Return Streamlit's style with the smaller fonts, which stand at these addresses.

    Letters that the smaller one lacks are taken from the whole font.
    """
    written = style.read_text("utf-8")
    written = re.sub(r"\.\./media/MaterialSymbols-Rounded\.[^)]*", icons_address, written)
    written = written.replace("../media/", below("/static/media/"))
    ranges = ",".join(f"U+{first:X}-{last:X}" for first, last in _LETTERS)
    face = (
        '@font-face{font-family:"Source Sans";font-weight:100 900;font-display:swap;'
        f'src:url({letters_address})format("woff2");unicode-range:{ranges}}}'
    )
    return (written + face).encode()


def _subtables(font: TTFont) -> list:
    """Return the tables of a font that hold ligatures."""
    tables = [table for lookup in font["GSUB"].table.LookupList.Lookup for table in lookup.SubTable]
    inner = [getattr(table, "ExtSubTable", table) for table in tables]
    return [table for table in inner if hasattr(table, "ligatures")]


def _ligatures(font: TTFont) -> dict[tuple[str, ...], str]:
    """Return the name that each ligature stands for, by the glyphs of its letters."""
    letter: dict[str, str] = {}
    for code, glyph in font.getBestCmap().items():
        letter.setdefault(glyph, chr(code).lower())
    return {
        (first, *ligature.Component): "".join(letter[g] for g in (first, *ligature.Component))
        for table in _subtables(font)
        for first, ligatures in table.ligatures.items()
        for ligature in ligatures
    }


def _cut(font: TTFont, codes: list[int]) -> bytes:
    options = subset.Options(flavor="woff2", layout_features=["*"])
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=codes)
    cutter.subset(font)
    file = BytesIO()
    subset.save_font(font, file, options)
    return file.getvalue()
