"""Levels above the desa: those that a file gives, beside the unions of its desa that are used."""

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geodata.boundaries.land import EQUAL_AREA
from geodata.gazetteer import Gazetteer
from geodata.regions import Level

UPPER_FILE = "upper_levels.parquet"

_FIRST = 50


def compare(level: Level, given: gpd.GeoDataFrame, united: gpd.GeoDataFrame) -> pd.DataFrame:
    """Measure how far the given polygons of ``level`` are from the unions of desa.

    Parameters
    ----------
    given
        Columns kode, geometry: valid polygons in EPSG:4326, one a kode.
    united
        As ``coverage.roll_up`` returns them.

    Returns
    -------
    DataFrame with columns level, kode, luas_gabungan_km2, luas_berkas_km2 (on the ellipsoid;
    missing where only one of the two is there), beda_km2 (area of the symmetric difference) and
    beda (its share of the union's area), by kode.
    """
    table = united[["kode", "geometry"]].merge(
        given[["kode", "geometry"]], "outer", "kode", suffixes=("_united", "_given")
    )
    ours, theirs = (_shapes(table[f"geometry_{side}"]) for side in ("united", "given"))
    both = ~(shapely.is_missing(ours) | shapely.is_missing(theirs))
    differing = np.full(len(table), None, dtype=object)
    differing[both] = shapely.symmetric_difference(ours[both], theirs[both])
    area, given_area, difference = map(_area_km2, (ours, theirs, differing))
    return pd.DataFrame(
        {
            "level": level.value,
            "kode": table["kode"],
            "luas_gabungan_km2": area,
            "luas_berkas_km2": given_area,
            "beda_km2": difference,
            "beda": difference / area,
        }
    )


def summary(
    compared: pd.DataFrame, rows: pd.DataFrame, gazetteer: Gazetteer
) -> dict[str, int | float | list | dict]:
    """Return what the report says of one upper level.

    Parameters
    ----------
    compared
        As :func:`compare` returns it.
    rows
        The rows of that level, with the columns of ``resolving.resolve``.

    Returns
    -------
    rows, rejected (number by ``Reason``), compared (regions), only_given, only_united (regions that
    just one side has; of the first the codes), beda (share of all the area compared), and first:
    the regions that differ most.
    """
    both = compared[compared["beda"].notna()].sort_values("beda", ascending=False)
    rejected = rows.loc[rows["kode"] == "", "alasan"].value_counts()
    area = both["luas_gabungan_km2"].sum()
    first = both.drop(columns="level").head(_FIRST).round(4)
    first.insert(1, "nama", [gazetteer.name(code) for code in first["kode"]])
    return {
        "rows": len(rows),
        "rejected": {str(reason): int(count) for reason, count in rejected.items()},
        "compared": len(both),
        "only_given": compared.loc[compared["luas_gabungan_km2"].isna(), "kode"].tolist(),
        "only_united": int(compared["luas_berkas_km2"].isna().sum()),
        "beda": round(float(both["beda_km2"].sum() / area), 6) if area else 0.0,
        "first": first.to_dict("records"),
    }


def _shapes(column: pd.Series) -> np.ndarray:
    return column.where(column.notna(), None).to_numpy(dtype=object)


def _area_km2(shapes: np.ndarray) -> np.ndarray:
    areas = gpd.GeoSeries(shapes, crs="EPSG:4326").to_crs(EQUAL_AREA).area.to_numpy() / 1e6
    return np.where(shapely.is_missing(shapes), np.nan, areas)
