"""Extracts: the rows of KIM, or the figures of regions, that a filter picks, to be taken away.

An extract is made piece by piece, so that a long one can be sent while it is being made. Every
format is written from the same pieces.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geodata.analysis.gaps import with_ancestors
from geodata.analysis.metrics import region_metrics
from geodata.boundaries.boundary_set import BoundarySet
from geodata.errors import SelectionError
from geodata.exports.link import LIST, filter_params
from geodata.gazetteer import Gazetteer
from geodata.regions import LEVELS, Level
from geodata.registry.points import coordinates
from geodata.registry.schema import COLUMNS
from geodata.registry.snapshot import KimFilter, Snapshot

Subject = Literal["kim", "wilayah"]
SUBJECTS: tuple[Subject, ...] = ("kim", "wilayah")

CRS = "EPSG:4326"
_PLACE = list(COLUMNS).index("kode_wilayah") + 1
KIM_COLUMNS: tuple[str, ...] = (*list(COLUMNS)[:_PLACE], *LEVELS, *list(COLUMNS)[_PLACE:])
"""Columns of the rows of KIM: those of the registry and, after kode_wilayah, the regions' names."""

_FIGURES = ("jumlah_kim", "jumlah_desa", "desa_terlayani", "cakupan", "kim_per_100_desa")


def region_columns(level: Level) -> tuple[str, ...]:
    """Return the columns of the figures of ``level``; the names of the regions above come first."""
    return ("kode", *(above for above in LEVELS if level.is_below(above)), "nama", *_FIGURES)


@dataclass(frozen=True, eq=False)
class Extract:
    """What is taken away: rows of KIM or of regions, not yet made.

    Attributes
    ----------
    snapshot, kim_filter, within
        The registry, which KIM count, and the region (``None``: Indonesia).
    level
        The level whose regions have a row each; ``None``: a row for each KIM.
    boundaries
        Where the polygons of regions come from. KIM are points and need none.
    chosen
        The columns wanted, in this order; empty: all.

    Raises
    ------
    SelectionError
        If a column does not exist.
    RegionError
        If the gazetteer has no region ``within``.
    """

    snapshot: Snapshot
    kim_filter: KimFilter
    within: str | None = None
    level: Level | None = None
    boundaries: BoundarySet | None = None
    chosen: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for name in self.chosen:
            if name not in self.all_columns:
                raise SelectionError("column", value=name, allowed=", ".join(self.all_columns))
        self.gazetteer.within(Level.DESA, self.within)

    @property
    def gazetteer(self) -> Gazetteer:
        """The regions that rows refer to."""
        return self.snapshot.gazetteer

    @property
    def subject(self) -> Subject:
        """What a row stands for."""
        return "wilayah" if self.level else "kim"

    @property
    def all_columns(self) -> tuple[str, ...]:
        """The columns there are to choose from."""
        return region_columns(self.level) if self.level else KIM_COLUMNS

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of the table."""
        return self.chosen or self.all_columns

    def __len__(self) -> int:
        return len(self._kim if self.level is None else self._regions)

    @cached_property
    def _kim(self) -> np.ndarray:
        return np.flatnonzero(self.snapshot.mask(self.kim_filter, self.within))

    @cached_property
    def _regions(self) -> pd.DataFrame:
        assert self.level is not None
        return region_metrics(self.snapshot, self.kim_filter, self.level, self.within)

    def table(self, part: slice = slice(None)) -> pd.DataFrame:
        """Return the rows ``part``: KIM in the registry's order, regions by code."""
        if self.level is None:
            rows = _kim_rows(self.snapshot, self._kim[part])
        else:
            rows = with_ancestors(self._regions.iloc[part], self.snapshot, self.level)
        return rows[list(self.columns)].reset_index(drop=True)

    def shapes(self, part: slice = slice(None)) -> np.ndarray:
        """Return a geometry for each of the rows ``part``, EPSG:4326; ``None`` where none is known.

        KIM are points (see ``points.coordinates``), regions the polygons of the boundary set.
        """
        if self.level is None:
            lat, lng = coordinates(self.snapshot, self._kim[part])
            points = shapely.points(lng, lat)
            points[np.isnan(lat)] = None
            return points
        assert self.boundaries is not None
        polygons = self.boundaries.polygons(self.level)
        places = pd.Index(polygons["kode"]).get_indexer(self._regions["kode"].iloc[part])
        shapes = polygons.geometry.to_numpy()[places]
        shapes[places < 0] = None
        return shapes

    def frame(self) -> gpd.GeoDataFrame:
        """Return all rows with their geometry."""
        return gpd.GeoDataFrame(self.table(), geometry=self.shapes(), crs=CRS)

    def parts(self, size: int) -> Iterator[slice]:
        """Return slices of ``size`` rows that cover the extract; one empty slice if it is empty."""
        for start in range(0, max(len(self), 1), size):
            yield slice(start, start + size)

    def params(self) -> dict[str, str]:
        """Return the query parameters of the address that shows and downloads this extract."""
        return {
            "wilayah": self.within or "",
            "level": self.level or "",
            **filter_params(self.kim_filter),
            "isi": self.subject if self.level else "",
            "kolom": LIST.join(self.chosen),
        }


def kim_extract(
    snapshot: Snapshot, kim_filter: KimFilter, within: str | None = None
) -> pd.DataFrame:
    """Return the KIM that pass the filter in ``within``, in the registry's order.

    Returns
    -------
    DataFrame with the columns of ``KIM_COLUMNS``.

    Raises
    ------
    RegionError
        If the gazetteer has no region ``within``.
    """
    return Extract(snapshot, kim_filter, within).table()


def _kim_rows(snapshot: Snapshot, chosen: np.ndarray) -> pd.DataFrame:
    gazetteer = snapshot.gazetteer
    rows = snapshot.kim.iloc[chosen].copy()
    desa = gazetteer.codes(Level.DESA)[snapshot.desa[chosen]]
    for level in LEVELS:
        positions = gazetteer.positions(level, desa.astype(f"U{level.code_length}"))
        rows[level.value] = gazetteer.tables[level]["nama"].array[positions]
    return rows
