"""Several tables of one indicator and level as one: of the latest year, the last value counts."""

from collections.abc import Iterable
from dataclasses import replace
from functools import partial

import numpy as np

from geodata.gazetteer import Gazetteer
from geodata.indicators.figures import Figures, Given
from geodata.indicators.indicator import Indicator
from geodata.indicators.reading import Prepared
from geodata.regions import Level
from geodata.text import LANGUAGES, ByLanguage, in_language


def combined(given: Iterable[Given]) -> list[Given]:
    """Return the values that count of each indicator and level.

    Of several tables those of the latest year count. A region that more than one of these has a
    value for has that of the last, so that the offices of a country may each bring in their own.

    Parameters
    ----------
    given
        Tables in the order in which they came.
    """
    tables: dict[tuple[str, Level], list[Given]] = {}
    for table in given:
        tables.setdefault((table.indicator.key, table.indicator.level), []).append(table)
    return [_one(alike) for alike in tables.values()]


def left_without(prepared: Prepared, figures: Figures, gazetteer: Gazetteer) -> tuple[int, int]:
    """Return how many regions would have no value any more, and the year of the one they have.

    Of one indicator and level the latest year counts, so a table of a later year takes the place of
    the one in use, also where it has no value. (0, 0) where the table takes nobody's place.
    """
    own = prepared.indicator
    in_use = next((it for it in figures.tables if (it.key, it.level) == (own.key, own.level)), None)
    if in_use is None or own.year <= in_use.year:
        return 0, 0
    has_value = ~np.isnan(figures.values(own.key, own.level))
    there = prepared.rows.loc[prepared.rows["reason"] == "", "kode"]
    return int((has_value & ~np.isin(gazetteer.codes(own.level), there)).sum()), in_use.year


def _one(alike: list[Given]) -> Given:
    year = max(table.indicator.year for table in alike)
    latest = [table for table in alike if table.indicator.year == year]
    if len(latest) == 1:
        return latest[0]
    records = [table.indicator for table in latest]
    own = replace(
        records[-1],
        producer=_all(records, "producer"),
        licence=_all(records, "licence"),
    )
    return Given(own, partial(_overlaid, latest))


def _overlaid(tables: list[Given]) -> np.ndarray:
    values = tables[0].read()
    for table in tables[1:]:
        later = table.read()
        values = np.where(np.isnan(later), values, later)
    return values


def _all(records: list[Indicator], name: str) -> ByLanguage:
    """Return what all of them say, each once."""
    said = {
        lang: dict.fromkeys(filter(None, (in_language(getattr(it, name), lang) for it in records)))
        for lang in LANGUAGES
    }
    return {lang: "; ".join(words) for lang, words in said.items()}
