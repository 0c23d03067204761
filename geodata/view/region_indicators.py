"""The indicators of a region, in words: what is known of it beside its KIM."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from geodata.columns import NONE, column
from geodata.gazetteer import Gazetteer
from geodata.indicators.columns import IndicatorColumn, columns_of, upper_categories
from geodata.indicators.figures import Figures
from geodata.indicators.indicator import Indicator
from geodata.regions import Level, level_of
from geodata.text import in_language, percent, text


def region_indicators(
    figures: Figures, gazetteer: Gazetteer, code: str | None, lang: str
) -> pd.DataFrame:
    """Return what each indicator says of the region ``code`` (``None``: Indonesia).

    Left out are those of which nobody has figures for regions of its level.

    Returns
    -------
    DataFrame with a row an indicator: indikator (what it is called), angka (in words; a dash where
    there are no data; of categories above their own level the share in each), tahun, produsen.

    Raises
    ------
    RegionError
        If the gazetteer has no region ``code``.
    """
    level = None if code is None else level_of(code)
    row = 0 if level is None else gazetteer.within(level, code).start
    told = []
    for about in figures.indicators:
        source = figures.source(about.key, level)
        if source is None or (source.level is not level and source.adding == "none"):
            continue
        words = _in_words(figures, source, level, row, lang)
        told.append((about.name(lang), words, source.year, in_language(source.producer, lang)))
    return pd.DataFrame(told, columns=["indikator", "angka", "tahun", "produsen"])


def _in_words(figures: Figures, source: Indicator, level: Level | None, row: int, lang: str) -> str:
    if source.kind != "category":
        written = column(source.key).written(figures.values(source.key, level)[row], lang)
        known = figures.known(source.key, level)[row]
        if source.adding != "sum" or known in (0, 1):
            return written
        return text("indicator_meaning.partial", lang, angka=written, bagian=percent(known, lang))
    if source.level is level:
        place = figures.values(source.key, level)[row]
        return NONE if np.isnan(place) else source.categories[int(place)]
    shares = {name: figures.shares(source.key, name, level)[row] for name in source.categories}
    if np.isnan(list(shares.values())).any():
        return NONE
    return "; ".join(f"{name} {percent(share, lang)}" for name, share in shares.items())


def compared_indicators(
    figures: Figures, gazetteer: Gazetteer, codes: Sequence[str | None]
) -> pd.DataFrame:
    """Return what the indicators that are numbers say of ``codes`` (``None``: Indonesia).

    Returns
    -------
    DataFrame with a row a region, in the order given: kode ("" for Indonesia), and a column for
    each indicator; of one of categories the share that is in its upper ones. NaN is no data.

    Raises
    ------
    RegionError
        If the gazetteer has no such region.
    """
    rows = []
    for code in codes:
        level = None if code is None else level_of(code)
        row = 0 if level is None else gazetteer.within(level, code).start
        rows.append(
            {"kode": code or ""}
            | {
                column.name: _figure(figures, column, level)[row]
                for column in columns_of(figures).values()
                if column.kind != "text" and column.said != "without_kim"
            }
        )
    return pd.DataFrame(rows)


def _figure(figures: Figures, column: IndicatorColumn, level: Level | None) -> np.ndarray:
    about = column.indicator
    if column.said == "value":
        return figures.values(about.key, level)
    shares = (figures.shares(about.key, name, level) for name in upper_categories(about))
    return np.sum(list(shares), axis=0)
