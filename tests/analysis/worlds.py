"""Small countries, for answers that can be worked out by hand."""

from collections.abc import Mapping, Sequence

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geodata.gazetteer import Gazetteer
from geodata.regions import LEVELS, Level
from geodata.registry.snapshot import Snapshot

KM_PER_DEGREE = 6371.0088 * np.pi / 180


def country(desa: Mapping[str, tuple[float, float] | None]) -> Gazetteer:
    """A country of ``desa``: code -> latitude and longitude, or None where no point is known."""
    codes = sorted(desa)
    points = [desa[code] or (np.nan, np.nan) for code in codes]
    tables = {}
    for level in LEVELS:
        of_level = sorted({code[: level.code_length] for code in codes})
        tables[level] = pd.DataFrame({"kode": of_level, "nama": [f"Wilayah {c}" for c in of_level]})
    tables[Level.DESA]["lat"] = [lat for lat, _ in points]
    tables[Level.DESA]["lng"] = [lng for _, lng in points]
    return Gazetteer(tables, "small")


def road(spacing_km: Sequence[float], kecamatan: str = "11.01.01") -> Gazetteer:
    """Desa along the equator, at these kilometres from its start."""
    return country(
        {f"{kecamatan}.2{i:03}": (0.0, km / KM_PER_DEGREE) for i, km in enumerate(spacing_km)}
    )


def registry_of(gazetteer: Gazetteer, desa: Sequence[str], **columns: Sequence) -> Snapshot:
    """A registry with a KIM in each of ``desa``; a code may stand there several times."""
    kim = pd.DataFrame(
        {
            "nomor_induk": [f"KIM-{i}" for i in range(len(desa))],
            "nama_kim": [f"KIM Nomor {i}" for i in range(len(desa))],
            "kode_wilayah": list(desa),
            "bidang": "umkm",
            "status": "aktif",
            "tanggal_terdaftar": pd.Timestamp("2020-05-17"),
            "lat": np.nan,
            "lng": np.nan,
        }
    ).assign(**columns)
    kim["tanggal_terdaftar"] = pd.to_datetime(kim["tanggal_terdaftar"])
    return Snapshot(kim, gazetteer, "small", "2024-01-01", False)


def grid_codes(side: int) -> list[str]:
    """Codes of the kecamatan of a grid, row by row."""
    return [f"11.{1 + row:02}.{1 + column:02}" for row in range(side) for column in range(side)]


def grid(side: int, desa_each: int) -> Gazetteer:
    """A country whose kecamatan are the cells of a grid, with as many desa each."""
    return country(
        {f"{code}.2{i:03}": None for code in grid_codes(side) for i in range(1, desa_each + 1)}
    )


class Drawn:
    """What the analysis asks of a boundary set, for polygons given by code."""

    def __init__(self, polygons: Mapping[str, shapely.Geometry], level: Level) -> None:
        codes = sorted(polygons)
        shapes = [polygons[code] for code in codes]
        self._level = level
        self._polygons = gpd.GeoDataFrame(
            {"kode": codes, "area_km2": [shape.area for shape in shapes]},
            geometry=shapes,
            crs="EPSG:4326",
        )

    def polygons(self, level: Level) -> gpd.GeoDataFrame:
        return self._polygons if level is self._level else self._polygons.iloc[:0]

    def areas(self, level: Level) -> pd.Series:
        return self.polygons(level).set_index("kode")["area_km2"]

    def is_drawn(self, level: Level, codes: pd.Series) -> np.ndarray:
        return np.isin(np.asarray(codes, dtype=str), self.polygons(level)["kode"])


def cells(side: int, gap: float = 0) -> Drawn:
    """The grid as unit squares, ``gap`` apart."""
    return Drawn(
        {
            code: shapely.box(x * (1 + gap), y * (1 + gap), x * (1 + gap) + 1, y * (1 + gap) + 1)
            for number, code in enumerate(grid_codes(side))
            for y, x in [divmod(number, side)]
        },
        Level.KECAMATAN,
    )
