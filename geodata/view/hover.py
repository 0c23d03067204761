"""What the map says of a region in hover: lines, written by the code that writes tables and legend.

The script in the browser only puts texts into templates. Texts recur: regions refer to them by
number.
"""

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pandas as pd

from geodata.analysis.classes import NO_DATA, NOT_REPORTED
from geodata.columns import COLUMNS
from geodata.regions import Level
from geodata.text import number, text
from geodata.view.choropleth import Layer

_IN_OTHER_LINES = ("jumlah_kim", "cakupan")


class Texts:
    """Texts by number, each kept once."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    def __iter__(self) -> Iterator[str]:
        return iter(self._numbers)

    def column(self, values: np.ndarray | pd.Series, write: Callable[[Any], str]) -> list[int]:
        """Return the number of the text of each of ``values``; equal values are written once."""
        codes, distinct = pd.factorize(np.asarray(values), use_na_sentinel=False)
        numbers = [self._number(write(value)) for value in distinct.tolist()]
        return np.array(numbers, dtype=np.int64)[codes].tolist() if len(codes) else []

    def _number(self, words: str) -> int:
        return self._numbers.setdefault(words, len(self._numbers))


class Hover:
    """What hover says of some regions of one class: lines, and the columns that fill them."""

    def __init__(self, layer: Layer, rows: np.ndarray, texts: Texts, lang: str) -> None:
        self._layer, self._lang, self._texts = layer, lang, texts
        self._table = layer.table.iloc[rows]
        self._figures: list[list[int]] = []

    def said(self, number_of_class: int) -> tuple[list[str], list[list[int]]]:
        """Return lines and columns; all regions have reported, or none has."""
        metric = self._layer.metric
        is_unreported = pd.isna(self._table["jumlah_kim"].iloc[0])
        if number_of_class == NO_DATA and not metric.sources:
            return [text("map.noData", self._lang)], []
        say = [] if number_of_class == NOT_REPORTED else self._of_metric(number_of_class)
        of_kim = [text("map.not_reported", self._lang)] if is_unreported else self._of_kim()
        return [*say, *of_kim], self._figures

    def _of_metric(self, number_of_class: int) -> list[str]:
        """Return the line on what the map shows, if those on KIM do not say it."""
        metric, lang = self._layer.metric, self._lang
        if number_of_class == NO_DATA:
            return [self._line(f"{metric.title(lang)}: {text('map.noData', lang).lower()}")]
        if metric.categories:
            category = metric.categories[number_of_class - 1].title(lang)
            return [self._line(f"{metric.title(lang)}: {category}" if metric.sources else category)]
        if metric.name in self._in_other_lines:
            return []
        value = self._blank(metric.name, lambda value: metric.written(value, lang))
        return [f"{self._line(metric.title(lang))}: {value}"]

    @property
    def _says_active(self) -> bool:
        return self._layer.level is not Level.DESA and "desa_aktif" in self._table

    @property
    def _in_other_lines(self) -> tuple[str, ...]:
        return (*_IN_OTHER_LINES, "cakupan_aktif") if self._says_active else _IN_OTHER_LINES

    def _of_kim(self) -> list[str]:
        layer, lang = self._layer, self._lang
        say = [self._blank("jumlah_kim", lambda kim: _kim(kim, layer, lang))]
        if layer.level is Level.DESA:
            return say
        served, share = self._blank("desa_terlayani", self._count), self._share("cakupan")
        partly = layer.level is Level.PROVINSI and "desa_melapor" in self._table
        desa = self._blank("desa_melapor" if partly else "jumlah_desa", self._count)
        key = "map.served_reported" if partly else "map.served"
        say.append(text(key, lang, served=served, desa=desa, share=share))
        if self._says_active and (self._table["jumlah_kim"] > 0).any():
            served, share = self._blank("desa_aktif", self._count), self._share("cakupan_aktif")
            say.append(text("map.active", lang, served=served, share=share))
        return say

    def _count(self, value: int) -> str:
        return number(value, self._lang)

    def _share(self, name: str) -> str:
        return self._blank(name, lambda share: COLUMNS["cakupan"].written(share, self._lang))

    def _blank(self, column: str, write: Callable[[Any], str]) -> str:
        """Return what stands for a column in a line: its text, if it is the same in all rows."""
        values = self._table[column].to_numpy()
        if (values == values[0]).all():
            return self._line(write(values[0].item()))
        self._figures.append(self._texts.column(values, write))
        return f"{{{len(self._figures) - 1}}}"

    def _line(self, words: str) -> str:
        """Return what stands for ``words`` in a line: braces of others would be taken for ours."""
        if "{" not in words:
            return words
        self._figures.append(self._texts.column(np.zeros(len(self._table)), lambda _: words))
        return f"{{{len(self._figures) - 1}}}"


def _kim(count: int, layer: Layer, lang: str) -> str:
    return text("map.kim", lang, kim=number(count, lang)) if count else _none(layer, lang)


def _none(layer: Layer, lang: str) -> str:
    return text("map.none_counted" if layer.filtered else "map.none", lang)


def said_of_zero(layer: Layer, lang: str) -> list[str]:
    """Return what hover says of a region that no class names: it is zero, and has no KIM."""
    metric, none = layer.metric, _none(layer, lang)
    if metric.categories or metric.name in _IN_OTHER_LINES:
        return [none]
    return [f"{metric.title(lang)}: {metric.written(0, lang)}", none]
