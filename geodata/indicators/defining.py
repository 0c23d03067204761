"""What somebody says of an indicator that they bring in, checked against those that there are."""

import re
from dataclasses import dataclass
from datetime import date

from geodata.columns import COLUMNS
from geodata.days import today
from geodata.indicators.columns import UPPER, WITHOUT_KIM
from geodata.indicators.figures import Figures
from geodata.indicators.indicator import ADDING, KINDS, Indicator, IndicatorError, Kind
from geodata.lines import on_one_line
from geodata.regions import Level

_KEY = re.compile(r"[a-z][a-z0-9_]{1,29}", re.ASCII)
_FIRST_YEAR = 1945
LONGEST = 200  # characters of what is said in words
MOST_CATEGORIES = 9
MOST_DECIMALS = 6
_DECIMALS: dict[Kind, int] = {"count": 0, "share": 4, "index": 2, "category": 0}


@dataclass(frozen=True)
class Said:
    """What somebody says of an indicator: the fields of ``Indicator``; empty what they leave out.

    ``title`` to ``unit`` are what it means, which is said once: its tables of all levels and years
    have it in common.
    """

    key: str
    level: Level
    year: int
    title: str = ""
    kind: str = ""
    adding: str = ""
    weight: str = ""
    high_is_good: bool | None = None
    categories: tuple[str, ...] = ()
    decimals: int | None = None
    unit: str = ""
    producer: str = ""
    licence: str = ""
    day: str = ""


_MEANING = ("kind", "adding", "weight", "high_is_good", "categories", "decimals", "unit")


def defined(said: Said, figures: Figures) -> Indicator:
    """Return the indicator that somebody means.

    Raises
    ------
    IndicatorError
        If something cannot be used or is missing, or differs from what the indicator of that key
        means already.
    """
    if not _KEY.fullmatch(said.key):
        raise IndicatorError("indicator_key", value=said.key)
    if not _FIRST_YEAR <= said.year <= today().year:
        raise IndicatorError("indicator_year", value=said.year, first=_FIRST_YEAR)
    texts = {
        name: on_one_line(getattr(said, name)).strip()[:LONGEST]
        for name in ("title", "unit", "producer", "licence")
    }
    if not texts["producer"]:
        raise IndicatorError("indicator_producer")
    known = next((it for it in figures.indicators if it.key == said.key), None)
    meaning = _meaning(said, texts) if known is None else _same_meaning(said, known)
    made = Indicator(
        said.key,
        said.level,
        said.year,
        producer=texts["producer"],
        licence=texts["licence"],
        day=_day(said.day),
        **meaning,
    )
    _require_weight(made, figures)
    return made


def _same_meaning(said: Said, known: Indicator) -> dict:
    """Return what the indicator of that key means; nobody may say that it is something else."""
    for name in _MEANING:
        own = getattr(said, name)
        if own not in (None, "", ()) and own != getattr(known, name):
            raise IndicatorError("indicator_differs", indicator=said.key, field=name)
    return {name: getattr(known, name) for name in ("title", *_MEANING)}


def _meaning(said: Said, texts: dict[str, str]) -> dict:
    if said.key in COLUMNS or said.key.endswith((UPPER, WITHOUT_KIM)):
        raise IndicatorError("indicator_key_taken", value=said.key)
    if not texts["title"]:
        raise IndicatorError("indicator_title", indicator=said.key)
    kind = next((kind for kind in KINDS if kind == said.kind), None)
    if kind is None:
        raise IndicatorError("indicator_kind", value=said.kind or "–", allowed=", ".join(KINDS))
    possible = ADDING[kind]
    adding = next((it for it in possible if it == (said.adding or possible[0])), None)
    if adding is None:
        allowed = ", ".join(possible)
        raise IndicatorError("indicator_adding", value=said.adding, kind=kind, allowed=allowed)
    decimals = _DECIMALS[kind] if said.decimals is None else said.decimals
    if not 0 <= decimals <= MOST_DECIMALS:
        raise IndicatorError("indicator_decimals", value=decimals, most=MOST_DECIMALS)
    return {
        "title": texts["title"],
        "kind": kind,
        "adding": adding,
        "weight": said.weight or None,
        "high_is_good": said.high_is_good,
        "categories": _categories(said),
        "decimals": decimals,
        "unit": texts["unit"],
    }


def _categories(said: Said) -> tuple[str, ...]:
    written = (on_one_line(name).strip()[:LONGEST] for name in said.categories)
    names = tuple(filter(None, written))
    different = len({name.casefold() for name in names}) == len(names)
    enough = 2 <= len(names) <= MOST_CATEGORIES
    if not (different and enough if said.kind == "category" else not names):
        raise IndicatorError("indicator_categories", most=MOST_CATEGORIES)
    return names


def _require_weight(made: Indicator, figures: Figures) -> None:
    """Make sure that what weights a mean is a count that is there at its level."""
    if made.weight is None:
        return
    keys = {it.key for it in figures.indicators}
    weight = figures.source(made.weight, made.level) if made.weight in keys else None
    if made.adding != "mean" or weight is None or weight.kind != "count":
        raise IndicatorError("indicator_weight", value=made.weight, level=made.level)


def _day(written: str) -> str:
    if not written:
        return ""
    try:
        return date.fromisoformat(written).isoformat()
    except ValueError:
        raise IndicatorError("day_format", value=written) from None
