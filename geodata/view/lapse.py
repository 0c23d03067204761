"""The time-lapse of a view: its regions on many days, classed together, in one message.

A class is one character a region and day, so all days of the kecamatan of Indonesia take a tenth of
what the figures of one take. The last day is that of the view itself, with all its figures.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

import numpy as np
import pandas as pd

from geodata.analysis.classes import NOT_REPORTED
from geodata.analysis.region_metrics import Totals, totals
from geodata.boundaries.boundary_set import BoundarySet
from geodata.days import months_before
from geodata.registry.snapshot import Snapshot
from geodata.text import day, number, text
from geodata.view import palette
from geodata.view.choropleth import Choropleth, choropleth, classes_of, table_of
from geodata.view.payload import Lapse, Payload, painted
from geodata.view.view import View
from geodata.view.words import figure_in_words

Pace = Literal["tahun", "bulan"]
PACES: tuple[Pace, ...] = ("tahun", "bulan")
_MOST = {"tahun": 20, "bulan": 24}
_MONTHS = {"tahun": 12, "bulan": 1}
_CODES = "0123456789abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, eq=False)
class Moment:
    """A day of a time-lapse.

    Attributes
    ----------
    day
        At whose end it is.
    index
        The class of each region of the layer, as a ``Classification`` has it.
    totals
        The figures of the whole region.
    """

    day: date
    index: np.ndarray
    totals: Totals


def lapse_days(pace: Pace, first: date, last: date) -> tuple[date, ...]:
    """Return the ends of years, or of months, from ``first`` until before ``last``.

    They are at most the last 20 years or 24 months.
    """
    begins = date(last.year, 1 if pace == "tahun" else last.month, 1)
    ends = (
        months_before(begins, back * _MONTHS[pace]) - timedelta(days=1)
        for back in range(_MOST[pace])
    )
    return tuple(end for end in ends if first <= end < last)[::-1]


def can_lapse(view: View) -> bool:
    """Tell whether a view has a time-lapse: of counts of KIM, and of a level that is sent whole."""
    metric = view.shown_metric
    return metric.basic and metric.of_kim and view.far_level is None


def in_time(
    view: View,
    snapshot: Snapshot,
    boundaries: BoundarySet,
    days: Sequence[date],
    earlier: Sequence[Snapshot],
) -> tuple[Choropleth, tuple[Moment, ...]]:
    """Return what ``view`` shows, in classes that hold for ``earlier`` days, too, and the days.

    Parameters
    ----------
    snapshot
        The registry that the view shows.
    days, earlier
        Days before, the earliest first, and the registry as of each.
    """
    level, metric = view.shown_level, view.shown_metric
    now, _ = table_of(view, level, snapshot, boundaries)
    # Whoever meets the conditions of the view now is followed back, whatever it was then.
    anyhow = replace(view, conditions=())
    tables = [table_of(anyhow, level, then, boundaries)[0] for then in earlier]
    tables = [table[table["kode"].isin(now["kode"])] for table in tables]
    together = pd.concat(tables, ignore_index=True) if tables else None
    shown = choropleth(view, snapshot, boundaries, together=together)
    size = len(shown.layer.table)
    every = pd.concat([shown.layer.table, *tables], ignore_index=True)
    index = classes_of(view, metric, every).index.reshape(-1, size)
    moments = [
        Moment(day, classes, totals(then, view.kim_filter, view.region))
        for day, then, classes in zip(days, earlier, index[1:], strict=True)
    ]
    return shown, (*moments, Moment(date.fromisoformat(snapshot.date), index[0], shown.totals))


def with_lapse(payload: Payload, shown: Choropleth, moments: Sequence[Moment]) -> Payload:
    """Return a payload that tells of ``moments``, too."""
    layer, lang = shown.layer, shown.view.lang
    fills = [palette.NOT_REPORTED, palette.NO_DATA, palette.ZERO, *layer.fills]
    entry = painted(layer.table["kode"], "", [], [])
    told: Lapse = {
        "ids": entry["ids"],
        "fills": fills,
        "hatch": palette.HATCH_PX,
        "moments": [
            {
                "label": day(moment.day.isoformat(), lang),
                "said": _said(moment, lang),
                "classes": "".join(_CODES[place] for place in moment.index - NOT_REPORTED),
                "counts": [
                    number(int(count), lang)
                    for count in np.bincount(moment.index - NOT_REPORTED, minlength=len(fills))
                ],
            }
            for moment in moments
        ],
        "words": {name: text(f"lapse.{name}", lang) for name in ("play", "stop", "slider")},
    }
    return {**payload, "lapse": told}


def _said(moment: Moment, lang: str) -> str:
    figures = {
        "hari": day(moment.day.isoformat(), lang),
        "kim": figure_in_words(moment.totals, "jumlah_kim", lang),
        "cakupan": figure_in_words(moment.totals, "cakupan", lang),
    }
    return text("lapse.said", lang, **figures)


def lapse_table(moments: Sequence[Moment]) -> pd.DataFrame:
    """Return the figures of the whole region by per_hari, a row for each of ``moments``."""
    names = ("jumlah_kim", "desa_terlayani", "cakupan")
    rows = [(it.day, *(it.totals.figures[name] for name in names)) for it in moments]
    table = pd.DataFrame(rows, columns=["per_hari", *names])
    return table.assign(per_hari=pd.to_datetime(table["per_hari"]))
