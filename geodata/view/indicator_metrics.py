"""The metrics that indicators make: each alone, and what they say of KIM.

What an indicator says of a region is known whether or not its list of KIM has come in. Of KIM for
people, and of desa without a KIM, that is only known where it has.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from geodata.analysis.region_metrics import count_by_desa, sum_by_region
from geodata.columns import COLUMNS
from geodata.indicators.columns import WITHOUT_KIM, IndicatorColumn, columns_of, upper_categories
from geodata.indicators.figures import Figures
from geodata.indicators.indicator import Indicator
from geodata.regions import LEVELS, Level
from geodata.registry.snapshot import KimFilter, Snapshot
from geodata.text import text
from geodata.view import palette
from geodata.view.metric import Category, Metric

PEOPLE = "penduduk"
"""The indicator that says how many people live in a region."""

_OF_NUMBERS, _OF_CATEGORIES, _OF_GAPS, _OF_PEOPLE = "Purples", "GnBu", "PuRd", "PuBu"
_PER = 100_000


@dataclass(frozen=True)
class IndicatorMetric(Metric):
    """A metric that is called what its column is called."""

    def title(self, lang: str) -> str:
        """Return what it is called."""
        return self.column.title(lang)

    def meaning(self, lang: str) -> str:
        """Return its definition, which says already whose figures they are."""
        return self.column.meaning(lang)

    def most(self, listed: str, lang: str) -> str:
        """Return the sentence on the regions that have most of it."""
        return text("summary.most_of", lang, nama=self.title(lang), daftar=listed)


def indicator_metrics(figures: Figures) -> Iterator[Metric]:
    """Return the metrics of ``figures``: those of each indicator, and KIM per 100,000 people."""
    if any(about.key == PEOPLE for about in figures.indicators):
        yield _per_people(figures)
    for column in columns_of(figures).values():
        yield _metric(figures, column)


def _per_people(figures: Figures) -> Metric:
    sources = tuple(
        (level, source) for level in LEVELS if (source := figures.source(PEOPLE, level))
    )
    return Metric(
        COLUMNS["kim_per_100_ribu"],
        _OF_PEOPLE,
        levels=tuple(level for level, _ in sources),
        table=lambda snapshot, kim_filter, _, level, within: kim_per_people(
            figures, snapshot, kim_filter, level, within
        ),
        sources=sources,
    )


def _metric(figures: Figures, column: IndicatorColumn) -> Metric:
    about = column.indicator
    levels = tuple(level for level, _ in column.sources)
    if column.said == "without_kim":
        return IndicatorMetric(
            column,
            _OF_GAPS,
            levels=levels,
            high_is_good=False,
            table=lambda snapshot, kim_filter, _, level, within: without_kim(
                figures, about, snapshot, kim_filter, level, within
            ),
            sources=column.sources,
        )
    make = {"value": _values, "upper": _upper}[column.said]

    def table(
        snapshot: Snapshot, _: KimFilter, __: object, level: Level, within: str | None
    ) -> pd.DataFrame:
        scope = snapshot.gazetteer.within(level, within)
        return pd.DataFrame({column.name: make(figures, about, level)[scope]})

    def partial(level: Level) -> np.ndarray:
        known = figures.known(about.key, level)
        return (known > 0) & (known < 1)

    is_category = column.said == "value" and about.kind == "category"
    return IndicatorMetric(
        column,
        "" if is_category else _OF_NUMBERS,
        _categories(about) if is_category else (),
        levels,
        about.high_is_good is not False,
        table,
        of_kim=False,
        has_zero=about.kind != "index",
        sources=column.sources,
        partial=partial if about.adding == "sum" else None,
    )


def _categories(about: Indicator) -> tuple[Category, ...]:
    """Return the categories, the best the darkest."""
    fills = palette.ramp(_OF_CATEGORIES, len(about.categories))[::-1]
    return tuple(
        Category(name, fill, label=name) for name, fill in zip(about.categories, fills, strict=True)
    )


def _values(
    figures: Figures, about: Indicator, level: Level
) -> np.ndarray | pd.api.extensions.ExtensionArray:
    values = figures.values(about.key, level)
    if about.kind == "category":
        return pd.Categorical.from_codes(
            np.nan_to_num(values, nan=-1).astype(np.int8), pd.Index(about.categories)
        )
    if about.kind == "count":
        return pd.array(np.rint(values), "Int64")
    return values


def _upper(figures: Figures, about: Indicator, level: Level) -> np.ndarray:
    shares = (figures.shares(about.key, name, level) for name in upper_categories(about))
    return np.sum(list(shares), axis=0)


def kim_per_people(
    figures: Figures, snapshot: Snapshot, kim_filter: KimFilter, level: Level, within: str | None
) -> pd.DataFrame:
    """Return the KIM for each 100,000 people of every region of ``level`` in ``within``.

    Of a provinsi of which some kabupaten/kota have not reported, or have no figure of people, it is
    KIM and people of the others.

    Returns
    -------
    DataFrame sorted by code with kim_per_100_ribu, NaN where that is not known.

    Raises
    ------
    RegionError
        If the gazetteer has no region ``within``.
    """
    gazetteer = snapshot.gazetteer
    counted = Level.KABUPATEN_KOTA if level is Level.PROVINSI else level
    people = figures.values(PEOPLE, counted)
    known = snapshot.reported(counted) & (figures.known(PEOPLE, counted) >= 1) & (people > 0)
    kim = sum_by_region(count_by_desa(snapshot, kim_filter), gazetteer, counted)
    kim, people = np.where(known, kim, 0), np.where(known, people, 0)
    if counted is not level:
        above = gazetteer.parent_positions(level, counted)
        size = len(gazetteer.codes(level))
        kim, people = (np.bincount(above, weights=part, minlength=size) for part in (kim, people))
    scope = gazetteer.within(level, within)
    with np.errstate(invalid="ignore", divide="ignore"):
        return pd.DataFrame({"kim_per_100_ribu": _PER * kim[scope] / people[scope]})


def without_kim(
    figures: Figures,
    about: Indicator,
    snapshot: Snapshot,
    kim_filter: KimFilter,
    level: Level,
    within: str | None,
) -> pd.DataFrame:
    """Return which share of the desa in the upper categories of ``about`` has no KIM.

    Desa in kabupaten/kota that have not reported are not counted.

    Returns
    -------
    DataFrame sorted by code with ``<key>_tanpa_kim``, 0 to 1, NaN where there is no such desa.

    Raises
    ------
    RegionError
        If the gazetteer has no region ``within``.
    """
    upper = figures.values(about.key, Level.DESA) < len(upper_categories(about))
    counted = upper & snapshot.desa_reported
    without = counted & (count_by_desa(snapshot, kim_filter) == 0)
    gazetteer = snapshot.gazetteer
    scope = gazetteer.within(level, within)
    share, of = (
        sum_by_region(desa.astype(np.int64), gazetteer, level)[scope] for desa in (without, counted)
    )
    with np.errstate(invalid="ignore", divide="ignore"):
        return pd.DataFrame({about.key + WITHOUT_KIM: share / of})
