"""Several tables of one indicator and level as one: of the latest year, the last value counts."""

from collections.abc import Iterable
from dataclasses import replace
from functools import partial

import numpy as np

from geodata.indicators.figures import Given
from geodata.indicators.indicator import Indicator
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
