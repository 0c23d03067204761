"""Conditions on regions: which of a level are shown, by what any metric says of them.

``Maju`` or ``Mandiri``, without a KIM, over 3,000 people where that is known: three conditions, all
of which must hold. One on a metric that a level does not have says nothing of its regions.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

import numpy as np
import pandas as pd

from geodata.analysis.region_metrics import region_metrics
from geodata.errors import SelectionError
from geodata.regions import Level
from geodata.registry.snapshot import KimFilter, Snapshot
from geodata.text import text
from geodata.view.metric import Metric
from geodata.view.metrics import METRICS

if TYPE_CHECKING:
    from geodata.boundaries.boundary_set import BoundarySet

MOST_CONDITIONS = 5
_BETWEEN, _OF, _TO, _OR, _UNKNOWN = ";", ":", "..", ",", "~"


@dataclass(frozen=True)
class Condition:
    """What regions must have of a metric.

    Attributes
    ----------
    metric
        Name of a metric that is not ``expensive``.
    categories
        Of one with categories: those that are wanted.
    least, most
        Of one that is a number: its bounds, which are within; ``None``: there is none.
    or_unknown
        Whether regions pass, too, of which nobody knows it.

    Raises
    ------
    SelectionError
        If there is no such metric, or it has no such category.
    """

    metric: str
    categories: tuple[str, ...] = ()
    least: float | None = None
    most: float | None = None
    or_unknown: bool = False

    def __post_init__(self) -> None:
        known = possible_metrics()
        if self.metric not in known:
            raise SelectionError("metric_name", value=self.metric, allowed=", ".join(known))
        names = [category.name for category in METRICS[self.metric].categories]
        for category in self.categories:
            if category not in names:
                allowed = ", ".join(names)
                raise SelectionError("category", value=category, allowed=allowed)

    def applies_to(self, level: Level) -> bool:
        """Return whether regions of ``level`` have the metric."""
        return level in METRICS[self.metric].levels

    def holds(self, values: pd.Series) -> np.ndarray:
        """Return for which of ``values``, the metric's column, it holds: a boolean array."""
        metric, unknown = METRICS[self.metric], values.isna().to_numpy()
        if metric.categories:
            within = values.isin(self.categories).to_numpy()
        else:
            # As the legend writes them: what reads as 0,60 is not below 0,60.
            figures = values.to_numpy(float, na_value=np.nan).round(metric.decimals)
            within = np.ones(len(figures), dtype=bool)
            if self.least is not None:
                within &= figures >= round(self.least, metric.decimals)
            if self.most is not None:
                within &= figures <= round(self.most, metric.decimals)
        return np.where(unknown, self.or_unknown, within)

    def in_words(self, lang: str) -> str:
        """Return it as a phrase: ``Penduduk 3.000 atau lebih (atau tidak diketahui)``."""
        metric = METRICS[self.metric]
        said = text(f"condition.{self._form(metric)}", lang, **self._values(metric, lang))
        return text("condition.or_unknown", lang, syarat=said) if self.or_unknown else said

    def _form(self, metric: Metric) -> str:
        if metric.categories:
            return "categories"
        if self.most == 0 == (self.least or 0):
            return "none"
        bounds = {(True, True): "between", (True, False): "least", (False, True): "most"}
        return bounds.get((self.least is not None, self.most is not None), "known")

    def _values(self, metric: Metric, lang: str) -> dict[str, str]:
        least, most = (
            "" if bound is None else metric.written(bound, lang)
            for bound in (self.least, self.most)
        )
        titles = {category.name: category.title(lang) for category in metric.categories}
        wanted = text("indicator_title.or", lang).join(titles[name] for name in self.categories)
        return {"nama": metric.title(lang), "dari": least, "sampai": most, "daftar": wanted}


def possible_metrics() -> list[str]:
    """Return the names of the metrics that a condition can be on."""
    return [metric.name for metric in METRICS.values() if not metric.expensive]


WITHOUT_KIM = Condition("jumlah_kim", most=0.0)
"""That a region has no KIM that passes the filter; who has not reported may have some."""


def usual_condition(name: str) -> Condition:
    """Return a condition on a metric to begin with: its better categories, or that it is known."""
    categories = METRICS[name].categories
    better = categories[: max(1, len(categories) // 2)]
    return Condition(name, tuple(category.name for category in better))


def meeting(
    table: pd.DataFrame,
    conditions: Sequence[Condition],
    snapshot: Snapshot,
    kim_filter: KimFilter,
    level: Level,
    within: str | None,
) -> np.ndarray:
    """Return which rows of ``table`` meet all ``conditions`` that apply: a boolean array.

    Parameters
    ----------
    table
        As ``region_metrics`` returns it of the same snapshot, filter, level and region.
    """
    meets = np.ones(len(table), dtype=bool)
    for condition in conditions:
        if condition.applies_to(level):
            meets &= condition.holds(
                _values(condition.metric, table, snapshot, kim_filter, level, within)
            )
    return meets


def _values(
    name: str,
    table: pd.DataFrame,
    snapshot: Snapshot,
    kim_filter: KimFilter,
    level: Level,
    within: str | None,
) -> pd.Series:
    make = METRICS[name].table
    if make is None:
        return table[name]
    boundaries: BoundarySet | None = None  # which only expensive metrics ask for
    return make(snapshot, kim_filter, boundaries, level, within)[name]


def regions_meeting(
    conditions: Sequence[Condition],
    snapshot: Snapshot,
    kim_filter: KimFilter,
    level: Level,
    within: str | None,
) -> pd.DataFrame:
    """Return the table of ``region_metrics`` of the regions that meet ``conditions``.

    Raises
    ------
    RegionError
        If the gazetteer has no region ``within``.
    """
    of = snapshot, kim_filter, level, within
    table = region_metrics(*of)
    return table[meeting(table, conditions, *of)].reset_index(drop=True)


def conditions_in_words(conditions: Sequence[Condition], level: Level, lang: str) -> str:
    """Return those that apply to ``level`` as a phrase; nothing if none does."""
    return "; ".join(it.in_words(lang) for it in conditions if it.applies_to(level))


def notes_on(conditions: Sequence[Condition], level: Level, lang: str) -> list[str]:
    """Say which regions of ``level`` are shown, and which conditions do not apply to it."""
    words = conditions_in_words(conditions, level, lang)
    said = text("condition.only", lang, syarat=words) if words else ""
    return list(filter(None, [said, without_meaning(conditions, level, lang)]))


def without_meaning(conditions: Sequence[Condition], level: Level, lang: str) -> str:
    """Say which do not apply to ``level``; nothing if all do."""
    idle = [it for it in conditions if not it.applies_to(level)]
    if not idle:
        return ""
    listed = "; ".join(it.in_words(lang) for it in idle)
    return text("condition.idle", lang, syarat=listed, tingkat=text(f"level.{level}", lang))


def write_conditions(conditions: Sequence[Condition]) -> str:
    """Return conditions as :func:`read_conditions` reads them."""
    return _BETWEEN.join(map(_written, conditions))


def _written(condition: Condition) -> str:
    names = [quote(name, safe=" ") for name in condition.categories]
    bounds = ["" if it is None else f"{it:.15g}" for it in (condition.least, condition.most)]
    is_category = bool(METRICS[condition.metric].categories)
    wanted = _OR.join(names) if is_category else _TO.join(bounds)
    return f"{condition.metric}{_OF}{wanted}{_UNKNOWN if condition.or_unknown else ''}"


def read_conditions(written: str) -> tuple[Condition, ...]:
    """Return conditions written as ``idm_status:Mandiri,Maju;jumlah_kim:..0;penduduk:3000..~``.

    The last one holds, too, where the number of people is not known.

    Raises
    ------
    ValueError
        If they are not written so, or are too many.
    SelectionError
        If there is no such metric or category.
    """
    parts = written.split(_BETWEEN)
    if len(parts) > MOST_CONDITIONS:
        raise ValueError(written)
    return tuple(map(_read, parts))


def _read(written: str) -> Condition:
    name, _, wanted = written.partition(_OF)
    or_unknown = wanted.endswith(_UNKNOWN)
    wanted = wanted.removesuffix(_UNKNOWN)
    if name in METRICS and METRICS[name].categories:
        names = tuple(dict.fromkeys(unquote(part) for part in wanted.split(_OR)))
        return Condition(name, names, or_unknown=or_unknown)
    least, to, most = wanted.partition(_TO)
    if not to:
        raise ValueError(written)
    return Condition(name, (), _number(least), _number(most), or_unknown)


def _number(written: str) -> float | None:
    if not written:
        return None
    value = float(written)
    if not np.isfinite(value):
        raise ValueError(written)
    return value
