"""The one table of texts, in Indonesian and English, and numbers and days as each writes them.

The table is the folder ``texts``, a file for each part of the application; a section may be spread
over several files, a text stands in one only. ``{names}`` in a text are filled in by the code.
"""

import tomllib
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path

from babel.core import Locale
from babel.dates import format_date
from babel.numbers import NumberPattern, format_decimal, format_percent, parse_pattern

from geodata.lines import on_one_line

LANGUAGES = ("id", "en")
DEFAULT_LANGUAGE = "id"

_TABLE = Path(__file__).with_name("texts")


@cache
def _table() -> dict[str, dict[str, str]]:
    entries: dict[str, dict[str, str]] = {}

    def walk(prefix: str, node: dict) -> None:
        for name, value in node.items():
            if all(isinstance(leaf, str) for leaf in value.values()):
                if prefix + name in entries:
                    raise ValueError(f"The text {prefix + name} stands in two files.")
                entries[prefix + name] = value
            else:
                walk(f"{prefix}{name}.", value)

    for path in sorted(_TABLE.glob("*.toml")):
        walk("", tomllib.loads(path.read_text(encoding="utf-8")))
    return entries


def text_keys() -> list[str]:
    """Return the dotted names of all texts."""
    return list(_table())


def text(key: str, lang: str, **values: object) -> str:
    """Return the text ``key`` in ``lang``, its ``{placeholders}`` filled from ``values``.

    A value may come from anywhere; it stays on one line (see :mod:`geodata.lines`). Where the text
    is shown as Markdown or HTML, whoever shows it makes it harmless.

    Raises
    ------
    KeyError
        If the table has no such text: a mistake in our code, never in a user's input.
    """
    template = _table()[key][lang]
    if not values:
        return template
    return template.format(**{name: _one_line(value) for name, value in values.items()})


def section(name: str) -> list[dict[str, str]]:
    """Return the texts of the section ``name``, each by language."""
    return [dict(entry) for key, entry in _table().items() if key.startswith(f"{name}.")]


ByLanguage = str | Mapping[str, str]
"""Words of a sidecar or a manifest: by language, or the same in all, such as a name."""


def in_language(written: ByLanguage, lang: str) -> str:
    """Return what a sidecar or a manifest says by language; in ours where it lacks ``lang``.

    They are files of their own and may be older than a language.
    """
    if isinstance(written, str):
        return written
    return written.get(lang) or written[DEFAULT_LANGUAGE]


def _one_line(value: object) -> object:
    return value if isinstance(value, int | float) else on_one_line(str(value))


def number(value: float, lang: str, decimals: int = 0) -> str:
    """Write a number: with one decimal ``1.031,5`` in Indonesian, ``1,031.5`` in English."""
    return format_decimal(value, format=_pattern(decimals), locale=_locale(lang))


def percent(share: float, lang: str, decimals: int = 1) -> str:
    """Write a ``share`` as a percentage: ``3,9%`` in Indonesian, ``3.9%`` in English.

    What is more than none never reads as none, and what is less than all never as all: 1 of 83,762
    is ``<0,1%``, all but one ``>99,9%``.
    """
    step = 10.0 ** -(decimals + 2)
    written = round(share, decimals + 2)
    mark = ""
    if written == 0 < share:
        mark, written = "<", step
    elif written == 1 > share:
        mark, written = ">", 1 - step
    return mark + format_percent(written, format=_pattern(decimals, "%"), locale=_locale(lang))


def percent_as_set(share: float, lang: str) -> str:
    """Write a share that somebody has set with the digits it was set with: ``12,5%``, ``20%``."""
    return format_percent(share, format=_ANY_PERCENT, locale=_locale(lang))


_ANY_PERCENT = parse_pattern("#,##0.######%")


# Babel reads both anew at every call, which takes longer than the writing.
@cache
def _pattern(decimals: int, ending: str = "") -> NumberPattern:
    return parse_pattern("#,##0" + ("." + "0" * decimals if decimals else "") + ending)


@cache
def _locale(lang: str) -> Locale:
    return Locale.parse(lang)


def day(iso_date: str, lang: str) -> str:
    """Write an ISO 8601 day: ``30 Juni 2023`` in Indonesian, ``30 June 2023`` in English."""
    return format_date(date.fromisoformat(iso_date), format="d MMMM y", locale=lang)
