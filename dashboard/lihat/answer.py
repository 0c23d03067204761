"""What the light view shows of a view, in words, with the address of every view it leads to.

The browser lays it out and computes nothing: ``scripts/contract.js`` tells it the same shape.
"""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import NotRequired, TypedDict

import geodata
from dashboard import data
from dashboard.addresses import view_address
from dashboard.map.said import said_of
from dashboard.peta.figures import figures_of
from geodata.columns import column
from geodata.regions import lineage
from geodata.registry.fields import BIDANG
from geodata.registry.snapshot import ACTIVE
from geodata.text import LANGUAGES, day, number, text
from geodata.view.address import VIEW, Notice, query
from geodata.view.choropleth import Choropleth
from geodata.view.conditions import conditions_in_words
from geodata.view.metrics import METRICS
from geodata.view.payload import Payload, choropleth_payload
from geodata.view.view import View
from geodata.view.words import as_of_in_words, level_name, region_title

_ROWS_AT_MOST = 200
_CODE = (Path(geodata.__file__).parent, Path(__file__).parent.parent)


class Choice(TypedDict):
    """A view that can be chosen: what it is called, its query, and whether it is this one.

    Of many choices, ``group`` says which stand together.
    """

    label: str
    query: str
    chosen: bool
    group: NotRequired[str]


class Choices(TypedDict):
    """One of the choices of the map."""

    label: str
    options: list[Choice]


class Table(TypedDict):
    """The regions as rows: code, name, and a cell for each of ``heads`` but the first."""

    caption: str
    heads: list[str]
    rows: list[list[str]]
    more: str


class Answer(TypedDict):
    """All that the light view shows."""

    lang: str
    title: str
    about: str
    notices: list[str]
    path: list[Choice]
    choices: list[Choices]
    languages: list[Choice]
    sentence: str
    figures: list[list[str]]
    table: Table
    map: Payload
    full: str


def answer_of(shown: Choropleth, notices: Iterable[Notice]) -> Answer:
    """Return what the light view shows of ``shown``, with what its link said wrongly."""
    view = shown.view
    lang = view.lang
    said = said_of(shown)
    regions = [None, *(lineage(view.region) if view.region else [])]
    names = {region: region_title(data.gazetteer(), region, lang) for region in regions}
    return {
        "lang": lang,
        "title": shown.title,
        "about": said["about"],
        "notices": [*(notice.message(lang) for notice in notices), *_of_day(view)],
        "path": [_choice(view, name, view.at(region)) for region, name in names.items()],
        "choices": [
            *(_metrics(view), _levels(view), _bidang(view), _status(view), _years(view)),
            *_day(view),
            *_conditions(view),
        ],
        "languages": [_choice(view, name.upper(), replace(view, lang=name)) for name in LANGUAGES],
        "sentence": shown.sentence,
        "figures": [[figure.value, *figure.captions] for figure in figures_of(shown)],
        "table": _table(shown),
        "map": {**choropleth_payload(shown, plan=(), **said), "title": ""},  # which the page has
        "full": view_address(view),
    }


def _choice(view: View, label: str, other: View) -> Choice:
    return {"label": label, "query": query(VIEW.write(other)), "chosen": other == view}


def _choices(view: View, key: str, others: Iterable[tuple[str, View]]) -> Choices:
    """Return the choices that lead to ``others``; what is chosen now is one of them."""
    options = [_choice(view, label, other) for label, other in others]
    if not any(option["chosen"] for option in options):
        options.insert(0, _choice(view, "…", view))
    return {"label": text(key, view.lang), "options": options}


def _metrics(view: View) -> Choices:
    able = [metric for metric in METRICS.values() if set(metric.levels) & set(view.levels)]
    drawn = replace(view, metric=view.shown_metric.name)
    others = ((metric.title(view.lang), drawn.measured_by(metric.name)) for metric in able)
    choices = _choices(drawn, "widget.metrik", others)
    for choice, metric in zip(choices["options"][-len(able) :], able, strict=True):
        choice["group"] = text(f"metric_group.{metric.group}", view.lang)
    return choices


def _levels(view: View) -> Choices:
    others = (
        (text(f"level_title.{level}", view.lang), view.drawn_at(level)) for level in view.levels
    )
    return _choices(view, "widget.level", others)


def _filters(
    view: View, key: str, name: str, values: Sequence, told: Callable[..., str]
) -> Choices:
    return _choices(view, key, ((told(value), view.filtered(**{name: value})) for value in values))


def _bidang(view: View) -> Choices:
    lang, chosen = view.lang, view.kim_filter.bidang
    several = [chosen] if len(chosen) > 1 else []
    return _filters(
        view,
        "widget.bidang",
        "bidang",
        [(), *((name,) for name in BIDANG), *several],
        lambda names: (
            ", ".join(text(f"bidang.{name}", lang) for name in names)
            or text("filter.any_bidang", lang)
        ),
    )


def _status(view: View) -> Choices:
    lang, chosen = view.lang, view.kim_filter.status
    values = list(dict.fromkeys([(), (ACTIVE,), chosen]))
    return _filters(
        view,
        "lihat.status",
        "status",
        values,
        lambda names: (
            ", ".join(text(f"status.{name}", lang) for name in names) or text("widget.all", lang)
        ),
    )


def _years(view: View) -> Choices:
    lang, chosen = view.lang, view.kim_filter.tahun
    first, last = data.snapshot(view).years
    single = ((year, year) for year in range(last, first - 1, -1))
    values = list(dict.fromkeys([None, *single, chosen]))
    return _filters(
        view,
        "widget.tahun",
        "tahun",
        values,
        lambda years: (
            "–".join(map(str, dict.fromkeys(years))) if years else text("lihat.any_year", lang)
        ),
    )


def _day(view: View) -> list[Choices]:
    """Return the choice between the day of the view and now; none of a view of now."""
    if view.day is None:
        return []
    days = [
        (text("as_of.today", view.lang), replace(view, day=None)),
        (day(view.day.isoformat(), view.lang), view),
    ]
    return [_choices(view, "as_of.widget", days)]


def _conditions(view: View) -> list[Choices]:
    """Return the choice between the regions that meet the conditions and all, if there are any."""
    if not view.conditions:
        return []
    words = conditions_in_words(view.conditions, view.shown_level, view.lang)
    regions = [(text("widget.all", view.lang), replace(view, conditions=())), (words or "–", view)]
    return [_choices(view, "condition.title", regions)]


def _of_day(view: View) -> list[str]:
    return [as_of_in_words(data.snapshot(view), view.region, view.lang)] if view.day else []


def _table(shown: Choropleth) -> Table:
    """Return the regions, those with the most of what the map shows first."""
    lang, metric, table = shown.view.lang, shown.layer.metric, shown.layer.table
    if not metric.categories:
        table = table.sort_values(metric.name, ascending=False, kind="stable", na_position="last")
    listed = table.head(_ROWS_AT_MOST)
    names = list(dict.fromkeys([metric.name, "jumlah_kim", "cakupan"]))
    columns = [column(name) for name in names if name in table]
    cells = [each.told(listed[each.name], lang) for each in columns]
    tingkat = level_name(shown.layer.level, lang)
    left = len(table) - len(listed)
    more = text("lihat.more", lang, jumlah=number(left, lang), tingkat=tingkat)
    return {
        "caption": text("lihat.table", lang, tingkat=tingkat),
        "heads": [text("column.nama", lang), *(each.title(lang) for each in columns)],
        "rows": [list(row) for row in zip(listed["kode"], listed["nama"], *cells, strict=True)],
        "more": more if left else "",
    }


def mark() -> str:
    """Return what names all answers of now: registry, boundaries, and the code that writes them."""
    told = "|".join((*data.versions(), _code()))
    return hashlib.sha256(told.encode()).hexdigest()[:12]


@cache
def _code() -> str:
    files = (path for folder in _CODE for path in sorted(folder.rglob("*")))
    kinds = (path for path in files if path.suffix in (".py", ".toml"))
    return hashlib.sha256(b"".join(path.read_bytes() for path in kinds)).hexdigest()
