"""The gazetteer: every region of the decree, its place in the hierarchy, and the crosswalk.

Regions of a level are held in the order of their codes, so the position of a region is its index
in every array of the project, and the descendants of a region at any level are one slice.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

import numpy as np
import pandas as pd

from geodata.errors import RegionError
from geodata.folders import DATA_DIR
from geodata.provenance import sha256, verified
from geodata.regions import LEVELS, Level, ancestor, level_of, lineage

REGIONS_FILE = DATA_DIR / "regions.parquet"
CROSSWALK_FILE = DATA_DIR / "crosswalk_2020.csv"


@dataclass(frozen=True, eq=False)
class Gazetteer:
    """All regions of the reference.

    Attributes
    ----------
    tables
        For each level a DataFrame sorted by code, with columns kode and nama; that of desa has
        lat, lng (EPSG:4326 degrees, NaN where no point is known), kode_pos and asal_titik too.
    version
        Checksum of the file it was read from.
    """

    tables: Mapping[Level, pd.DataFrame]
    version: str

    def codes(self, level: Level) -> np.ndarray:
        """Return the codes of ``level``, sorted: an array of fixed-width text."""
        return self._codes[level]

    @cached_property
    def _codes(self) -> dict[Level, np.ndarray]:
        return {
            level: table["kode"].to_numpy(dtype=f"U{level.code_length}")
            for level, table in self.tables.items()
        }

    @cached_property
    def _names(self) -> dict[str, str]:
        return {
            kode: nama
            for table in self.tables.values()
            for kode, nama in zip(table["kode"], table["nama"], strict=True)
        }

    def __contains__(self, code: object) -> bool:
        return code in self._names

    def name(self, code: str) -> str:
        """Return the name of the region ``code``.

        Raises
        ------
        RegionError
            If the reference has no such region.
        """
        try:
            return self._names[code]
        except KeyError:
            raise RegionError("region_unknown", code=code) from None

    def lineage_names(self, code: str) -> list[str]:
        """Return the names from the provinsi down to ``code`` itself."""
        return [self.name(step) for step in lineage(code)]

    def positions(self, level: Level, codes: pd.Series | np.ndarray) -> np.ndarray:
        """Return the position of each code at ``level``; -1 where the reference has none."""
        known = self.codes(level)
        wanted = np.asarray(codes, dtype=str)
        rows = np.searchsorted(known, wanted)
        rows[rows == len(known)] = 0
        return np.where(known[rows] == wanted, rows, -1).astype(np.int32)

    def within(self, level: Level, code: str | None) -> slice:
        """Return the slice of ``level`` that lies in the region ``code`` (``None``: Indonesia).

        For a level above that of ``code`` it is the one region that holds ``code``.

        Raises
        ------
        RegionError
            If the reference has no such region.
        """
        codes = self.codes(level)
        if code is None:
            return slice(0, len(codes))
        if code not in self:
            raise RegionError("region_unknown", code=code)
        first = ancestor(code, level)
        start = np.searchsorted(codes, first)
        # "/" is the character after ".": all that begins with the code sorts before it.
        stop = np.searchsorted(codes, first + "/")
        return slice(int(start), int(stop))

    def desa_starts(self, level: Level) -> np.ndarray:
        """Return, for each region of ``level``, the position of its first desa."""
        return self._desa_starts[level]

    @cached_property
    def _desa_starts(self) -> dict[Level, np.ndarray]:
        desa = self.codes(Level.DESA)
        return {level: np.searchsorted(desa, self.codes(level)) for level in LEVELS}

    def desa_counts(self, level: Level) -> np.ndarray:
        """Return the number of desa and kelurahan in each region of ``level``."""
        starts = self.desa_starts(level)
        return np.diff(starts, append=len(self.codes(Level.DESA)))

    def parent_positions(self, level: Level, of: Level) -> np.ndarray:
        """Return, for each region of ``of``, the position of the region of ``level`` it lies in."""
        prefixes = self.codes(of).astype(f"U{level.code_length}")
        return np.searchsorted(self.codes(level), prefixes).astype(np.int32)

    def children(self, code: str | None) -> pd.DataFrame:
        """Return kode and nama of the regions right below ``code`` (``None``: the provinsi)."""
        level = LEVELS[0] if code is None else level_of(code).child
        if level is None:
            return self.tables[Level.DESA].iloc[:0][["kode", "nama"]]
        return self.tables[level].iloc[self.within(level, code)][["kode", "nama"]]


def read_gazetteer(path: Path) -> Gazetteer:
    """Read a reference of regions from a Parquet file, with the columns of ``with_points`` there.

    Raises
    ------
    DataFileError
        If the file is missing or does not agree with its sidecar.
    """
    regions = pd.read_parquet(verified(path))
    tables = {}
    for level in LEVELS:
        table = regions[regions["level"] == level].drop(columns="level").reset_index(drop=True)
        if level is not Level.DESA:
            table = table[["kode", "nama"]]
        tables[level] = table
    return Gazetteer(tables, sha256(path)[:12])


@cache
def load_gazetteer() -> Gazetteer:
    """Return the gazetteer that ships with the project, read once a process."""
    return read_gazetteer(REGIONS_FILE)
