"""The polygons of a level on the disk, of which those that are asked for are read and no others."""

from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import shapely

from geodata.regions import Level

ROWS_TOGETHER = {
    Level.PROVINSI: 1,
    Level.KABUPATEN_KOTA: 8,
    Level.KECAMATAN: 64,
    Level.DESA: 256,
}
"""How many polygons stand in one piece of a file, which is read as a whole: about a megabyte."""


class PolygonFile:
    """A GeoParquet file of polygons, a row a region, by code.

    Parameters
    ----------
    path
        The file; its columns are kode and geometry (EPSG:4326), among others.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    @cached_property
    def codes(self) -> pd.Index:
        """The code of each row, as a hash table: every change of the map looks its regions up."""
        return pd.Index(self.column("kode"), dtype=object)

    def column(self, name: str) -> pd.Series:
        """Return one column."""
        return pd.read_parquet(self.path, columns=[name])[name]

    def pieces(self, rows: np.ndarray) -> Iterator[tuple[np.ndarray, np.ndarray]]:
        """Read the polygons of ``rows``, which rise, piece by piece: rows, and their polygons."""
        with pq.ParquetFile(self.path) as file:
            groups = file.metadata.num_row_groups
            sizes = [file.metadata.row_group(group).num_rows for group in range(groups)]
            ends = np.cumsum(sizes)
            parts = np.split(rows, np.searchsorted(rows, ends[:-1]))
            for group, part in enumerate(parts):
                if len(part):
                    wkb = file.read_row_group(group, columns=["geometry"])["geometry"]
                    first = ends[group] - sizes[group]
                    yield part, shapely.from_wkb(wkb.take(part - first).to_numpy())

    def polygons(self, rows: np.ndarray) -> np.ndarray:
        """Return the polygon of each of ``rows``; ``None`` for -1."""
        distinct = np.unique(rows[rows >= 0])
        read = [polygons for _, polygons in self.pieces(distinct)]
        shapes = np.concatenate([*read, np.array([None])])
        return shapes[np.where(rows >= 0, np.searchsorted(distinct, rows), -1)]
