"""Extracts: the rows of KIM, or the figures of regions, that a filter picks, to be taken away.

An extract is made piece by piece, so that a long one can be sent while it is being made. Every
format is written from the same pieces.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geodata.analysis.gaps import with_ancestors
from geodata.boundaries.boundary_set import BoundarySet
from geodata.errors import SelectionError
from geodata.gazetteer import Gazetteer
from geodata.regions import LEVELS, Level
from geodata.registry.points import coordinates
from geodata.registry.schema import COLUMNS
from geodata.registry.snapshot import KimFilter, Snapshot
from geodata.view import address
from geodata.view.conditions import meeting
from geodata.view.metrics import BASIC_METRICS, DEFAULT_METRIC, METRICS, metric_table
from geodata.view.view import View

Subject = Literal["kim", "wilayah"]
SUBJECTS: tuple[Subject, ...] = ("kim", "wilayah")

Rows = slice | np.ndarray
"""Some rows of an extract: those of a slice, or at these places."""

CRS = "EPSG:4326"
_PLACE = list(COLUMNS).index("kode_wilayah") + 1
KIM_COLUMNS: tuple[str, ...] = (*list(COLUMNS)[:_PLACE], *LEVELS, *list(COLUMNS)[_PLACE:])
"""Columns of the rows of KIM: those of the registry and, after kode_wilayah, the regions' names."""

KIM_COLUMNS_WITH_STEPS: tuple[str, ...] = (*KIM_COLUMNS, "tahap")
"""Those of a registry whose KIM are registered through the chain."""

_COUNTS = ("jumlah_kim", "jumlah_desa", "desa_terlayani")
_FIGURES = tuple(dict.fromkeys((*_COUNTS, *BASIC_METRICS)))


def region_columns(view: View, *, partly: bool = False, undated: bool = False) -> tuple[str, ...]:
    """Return the columns of the figures of regions: names above, figures, and the view's metric.

    Parameters
    ----------
    partly
        Whether some kabupaten/kota have not reported, so that coverage is not of all desa.
    undated
        Whether KIM are counted by their day of registration, which not all have.
    """
    level, metric = view.shown_level, view.shown_metric
    above = (upper for upper in LEVELS if level.is_below(upper))
    further = () if metric.expensive or metric.name in _FIGURES else (metric.name,)
    without_day = ("kim_tanpa_tanggal",) if undated else ()
    columns = ("kode", *above, "nama", *_FIGURES, *without_day, *further)
    if not partly:
        return columns
    place = columns.index("desa_terlayani")
    return (*columns[:place], "desa_melapor", *columns[place:])


@dataclass(frozen=True)
class Download:
    """Which rows and columns of a view are taken away.

    Attributes
    ----------
    subject
        Rows of KIM, or of regions.
    columns
        The columns wanted, in this order; empty: all.
    """

    subject: Subject = "kim"
    columns: tuple[str, ...] = ()

    def columns_of(self, view: View, snapshot: Snapshot) -> tuple[str, ...]:
        """Return the columns there are to choose from."""
        if self.subject == "kim":
            return KIM_COLUMNS_WITH_STEPS if snapshot.tahap else KIM_COLUMNS
        partly, undated = bool(snapshot.unreported), snapshot.undated is not None
        return region_columns(view, partly=partly, undated=undated)

    def fitting(self, view: View, snapshot: Snapshot) -> "Download":
        """Return this download without the columns that the view does not have."""
        known = self.columns_of(view, snapshot)
        return replace(self, columns=tuple(name for name in self.columns if name in known))


_ALWAYS_THERE = {
    *KIM_COLUMNS_WITH_STEPS,
    "kode",
    *LEVELS,
    "nama",
    "desa_melapor",
    "kim_tanpa_tanggal",
    *_FIGURES,
}


def _columns(written: str) -> tuple[str, ...]:
    wanted = address.names(written)
    if not set(wanted) <= {*_ALWAYS_THERE, *METRICS}:
        raise ValueError(written)
    return wanted


DOWNLOAD: address.Part[Download] = address.Part(
    Download(),
    address.choice_parameter("isi", SUBJECTS, "subject"),
    address.listed("kolom", _columns, "columns"),
)


@dataclass(frozen=True, eq=False)
class Extract:
    """What is taken away: rows of KIM or of regions, not yet made.

    Attributes
    ----------
    snapshot, view
        The registry, and the view whose region and filter say which rows.
    subject
        What a row stands for: a KIM, or a region of the view's level.
    boundaries
        Where the polygons of regions come from. KIM are points and need none.
    chosen
        The columns wanted, in this order; empty: all.
    readable_in
        The language of headings and values as people read them, in formats that are ``readable``;
        empty: names and codes, as programs read them.

    Raises
    ------
    SelectionError
        If a column does not exist.
    RegionError
        If the gazetteer has no region ``view.region``.
    """

    snapshot: Snapshot
    view: View
    subject: Subject = "kim"
    boundaries: BoundarySet | None = None
    chosen: tuple[str, ...] = ()
    readable_in: str = ""

    def __post_init__(self) -> None:
        for name in self.chosen:
            if name not in self.all_columns:
                raise SelectionError("column", value=name, allowed=", ".join(self.all_columns))
        self.gazetteer.within(Level.DESA, self.view.region)

    @property
    def gazetteer(self) -> Gazetteer:
        """The regions that rows refer to."""
        return self.snapshot.gazetteer

    @property
    def level(self) -> Level | None:
        """The level whose regions have a row each; ``None``: a row for each KIM."""
        return self.view.shown_level if self.subject == "wilayah" else None

    @property
    def all_columns(self) -> tuple[str, ...]:
        """The columns there are to choose from."""
        return Download(self.subject).columns_of(self.view, self.snapshot)

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of the table."""
        return self.chosen or self.all_columns

    def __len__(self) -> int:
        return len(self._kim if self.level is None else self._regions)

    @cached_property
    def _kim(self) -> np.ndarray:
        return np.flatnonzero(self.snapshot.mask(self.view.kim_filter, self.view.region))

    @property
    def _metric(self) -> str:
        """The view's metric, where its column is there beside the figures of every extract."""
        name = self.view.metric
        return name if {name} & {*self.columns} - {*_FIGURES} else DEFAULT_METRIC

    @cached_property
    def _regions(self) -> pd.DataFrame:
        assert self.level is not None
        view, name = self.view, self._metric
        table = metric_table(name, self.snapshot, view.kim_filter, None, self.level, view.region)
        if METRICS[name].categories:
            table[name] = table[name].astype("str")  # as every format writes words
        of = self.snapshot, view.kim_filter, self.level, view.region
        return table[meeting(table, view.conditions, *of)].reset_index(drop=True)

    @cached_property
    def ids(self) -> np.ndarray:
        """What names each row, text: a region's code, a KIM's number (or else its nomor_induk)."""
        if self.level is None:
            return self.snapshot.ids[self._kim].astype(str)
        return self._regions["kode"].to_numpy(str)

    def table(self, part: Rows = slice(None)) -> pd.DataFrame:
        """Return the rows ``part``: KIM in the registry's order, regions by code."""
        return self._rows(part)[list(self.columns)].reset_index(drop=True)

    def _rows(self, part: Rows) -> pd.DataFrame:
        """Return the rows ``part`` with all columns there are to choose from."""
        if self.level is None:
            return _kim_rows(self.snapshot, self._kim[part])
        return with_ancestors(self._regions.iloc[part], self.snapshot, self.level)

    def shapes(self, part: Rows = slice(None)) -> np.ndarray:
        """Return a geometry for each of the rows ``part``, EPSG:4326; ``None`` where none is known.

        KIM are points (see ``points.coordinates``), regions the polygons of the boundary set.
        """
        if self.level is None:
            lat, lng = coordinates(self.snapshot, self._kim[part])
            points = shapely.points(lng, lat)
            points[np.isnan(lat)] = None
            return points
        assert self.boundaries is not None
        return self.boundaries.polygons_of(self.level, self._regions["kode"].iloc[part])

    def frame(self) -> gpd.GeoDataFrame:
        """Return all rows with their geometry."""
        return gpd.GeoDataFrame(self.table(), geometry=self.shapes(), crs=CRS)

    def parts(self, size: int) -> Iterator[slice]:
        """Return slices of ``size`` rows that cover the extract; one empty slice if it is empty."""
        for start in range(0, max(len(self), 1), size):
            yield slice(start, start + size)

    def params(self) -> dict[str, str]:
        """Return the query parameters of the page that shows this extract."""
        return self.data_params() | DOWNLOAD.write(Download(self.subject, self.chosen))

    def data_params(self) -> dict[str, str]:
        """Return those of the link to its data: which rows and columns.

        They say nothing of how the view is drawn, and the link's path says subject and format.
        """
        of_view = self.view
        view = View(of_view.region, self.level, of_view.kim_filter, of_view.day, self._metric)
        if self.level is not None:
            view = replace(view, conditions=of_view.conditions)
        return address.VIEW.write(view) | DOWNLOAD.write(Download(columns=self.chosen))


def kim_extract(
    snapshot: Snapshot, kim_filter: KimFilter, within: str | None = None
) -> pd.DataFrame:
    """Return the KIM that pass the filter in ``within``, in the registry's order.

    Returns
    -------
    DataFrame with the columns of ``KIM_COLUMNS``, or those with steps.

    Raises
    ------
    RegionError
        If the gazetteer has no region ``within``.
    """
    return Extract(snapshot, View(region=within, kim_filter=kim_filter)).table()


def _kim_rows(snapshot: Snapshot, chosen: np.ndarray) -> pd.DataFrame:
    gazetteer = snapshot.gazetteer
    rows = snapshot.kim.iloc[chosen].copy()
    if snapshot.tahap:
        rows["tahap"] = [snapshot.tahap[row] or None for row in chosen]
    desa = gazetteer.codes(Level.DESA)[snapshot.desa[chosen]]
    for level in LEVELS:
        positions = gazetteer.positions(level, desa.astype(f"U{level.code_length}"))
        rows[level.value] = gazetteer.tables[level]["nama"].array[positions]
    return rows
