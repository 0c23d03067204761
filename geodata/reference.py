"""Makes the reference of regions (``data/regions.parquet``) and its crosswalk from npm packages.

``idn-area-data`` gives the codes and names of the 2025 decree, ``geografis`` the points and postal
codes of the 2020 one. Codes that moved between the two are carried over by name, and every such
step is written in ``data/crosswalk_2020.csv`` with its method.
"""

import json
import re
from pathlib import Path

import numpy as np
import pandas as pd

from geodata.data_files import write_shipped_sidecar
from geodata.folders import DATA_DIR
from geodata.regions import LEVELS, Level

_CSV_OF_LEVEL = {
    Level.PROVINSI: "provinces",
    Level.KABUPATEN_KOTA: "regencies",
    Level.KECAMATAN: "districts",
    Level.DESA: "villages",
}

# Kabupaten whose name changed between the decrees; all others agree letter for letter.
_RENAMED_KABUPATEN = {"kabupatentobasamosir": "kabupatentoba"}


def read_names(packages: Path) -> pd.DataFrame:
    """Read codes and names of all levels from ``idn-area-data``.

    Parameters
    ----------
    packages
        The ``node_modules`` folder that holds the package.

    Returns
    -------
    DataFrame with text columns kode, nama, level, sorted by level and code. Some names write an
    apostrophe as a double quote (``Soka"an``); it is set right.
    """
    frames = []
    for level in LEVELS:
        path = packages / "idn-area-data" / "data" / f"{_CSV_OF_LEVEL[level]}.csv"
        table = pd.read_csv(path, dtype=str, keep_default_na=False)
        names = table["name"].str.replace('"', "'").str.strip()
        frames.append(
            pd.DataFrame({"kode": table["code"], "nama": names, "level": level.value}).sort_values(
                "kode"
            )
        )
    return pd.concat(frames, ignore_index=True)


def read_points(packages: Path) -> pd.DataFrame:
    """Read the 2020 desa of ``geografis``.

    Returns
    -------
    DataFrame with columns kode, nama, kecamatan, kabupaten_kota (text), lat, lng (EPSG:4326
    degrees) and kode_pos; a postal code that is not five digits is missing.
    """
    path = packages / "geografis" / "data" / "json" / "data.json"
    raw = pd.DataFrame(json.loads(path.read_text(encoding="utf-8")))
    postal = raw["postal"].astype(str)
    return pd.DataFrame(
        {
            "kode": raw["code"].astype(str),
            "nama": raw["village"].astype(str),
            "kecamatan": raw["district"].astype(str),
            "kabupaten_kota": raw["city"].astype(str),
            "lat": raw["latitude"].round(6),
            "lng": raw["longitude"].round(6),
            "kode_pos": postal.where(postal.str.fullmatch(r"\d{5}")),
        }
    )


def _squash(names: pd.Series) -> pd.Series:
    """Lower-case letters and digits only, so that ``Toli-Toli`` and ``Toli Toli`` agree."""
    return names.map(lambda name: re.sub(r"[^a-z0-9]", "", name.lower()))


def make_crosswalk(names: pd.DataFrame, points: pd.DataFrame) -> pd.DataFrame:
    """Carry 2020 desa codes over to 2025 by name within the same kabupaten/kota.

    Only codes that stand in one list and not in the other take part. A 2025 desa whose name two
    2020 desa of its kabupaten bear gets the one in the kecamatan of the same name; if that does
    not settle it, or if two 2025 desa claim one 2020 desa, nobody gets it.

    Returns
    -------
    DataFrame with text columns kode_2020, kode_2025, metode (``nama dan kecamatan`` or ``nama``),
    one row a code carried over, sorted by kode_2025.
    """
    name_of = names.set_index("kode")["nama"]
    desa = names[names["level"] == Level.DESA]
    new = desa[~desa["kode"].isin(points["kode"])]
    old = points[~points["kode"].isin(desa["kode"])]

    new = pd.DataFrame(
        {
            "kode_2025": new["kode"],
            "kabupaten": _squash(new["kode"].str[:5].map(name_of)),
            "kecamatan": _squash(new["kode"].str[:8].map(name_of)),
            "nama": _squash(new["nama"]),
        }
    )
    old = pd.DataFrame(
        {
            "kode_2020": old["kode"],
            "kabupaten": _squash(old["kabupaten_kota"]).replace(_RENAMED_KABUPATEN),
            "kecamatan": _squash(old["kecamatan"]),
            "nama": _squash(old["nama"]),
        }
    )
    pairs = new.merge(old, on=["kabupaten", "nama"], suffixes=("", "_2020"))
    pairs["sama"] = pairs["kecamatan"] == pairs["kecamatan_2020"]

    settled = pairs[pairs["sama"]]
    rest = pairs[
        ~pairs["kode_2025"].isin(settled["kode_2025"])
        & ~pairs["kode_2020"].isin(settled["kode_2020"])
    ]
    crosswalk = pd.concat(
        [
            _one_to_one(settled).assign(metode="nama dan kecamatan"),
            _one_to_one(rest).assign(metode="nama"),
        ]
    )
    return crosswalk[["kode_2020", "kode_2025", "metode"]].sort_values(
        "kode_2025", ignore_index=True
    )


def _one_to_one(pairs: pd.DataFrame) -> pd.DataFrame:
    """Keep the pairs in which neither code stands in another pair."""
    tied = pairs["kode_2025"].duplicated(keep=False) | pairs["kode_2020"].duplicated(keep=False)
    return pairs[~tied]


def with_points(names: pd.DataFrame, points: pd.DataFrame, crosswalk: pd.DataFrame) -> pd.DataFrame:
    """Give each desa of ``names`` the point and postal code of its own or its 2020 code.

    Returns
    -------
    ``names`` with columns lat, lng (EPSG:4326 degrees), kode_pos and asal_titik: ``kode`` where the
    code is unchanged since 2020, ``kode_2020`` where it came through the crosswalk, else missing.
    """
    source = names["kode"].where(names["kode"].isin(points["kode"]))
    carried = names["kode"].map(crosswalk.set_index("kode_2025")["kode_2020"])
    origin = pd.Series(
        np.select([source.notna(), carried.notna()], ["kode", "kode_2020"], default=""),
        index=names.index,
    )
    lookup = points.set_index("kode")
    of_desa = lookup.reindex(source.fillna(carried))
    return names.assign(
        lat=of_desa["lat"].to_numpy(),
        lng=of_desa["lng"].to_numpy(),
        kode_pos=of_desa["kode_pos"].to_numpy(),
        asal_titik=origin.where(origin != ""),
    )


def write_reference(packages: Path, date: str, out: Path = DATA_DIR) -> pd.DataFrame:
    """Make ``regions.parquet`` and ``crosswalk_2020.csv`` with their sidecars in ``out``.

    Parameters
    ----------
    packages
        The ``node_modules`` folder with ``idn-area-data`` and ``geografis``.
    date
        The day of making, ISO 8601, for the sidecars.

    Returns
    -------
    The reference of regions as written.
    """
    names = read_names(packages)
    points = read_points(packages)
    crosswalk = make_crosswalk(names, points)
    regions = with_points(names, points, crosswalk)

    regions_path = out / "regions.parquet"
    regions.to_parquet(regions_path, index=False, compression="zstd")
    no_point = int(regions.loc[regions["level"] == Level.DESA, "lat"].isna().sum())
    write_shipped_sidecar(regions_path, len(regions), date, no_point=no_point)

    crosswalk_path = out / "crosswalk_2020.csv"
    crosswalk.to_csv(crosswalk_path, index=False, lineterminator="\n")
    write_shipped_sidecar(crosswalk_path, len(crosswalk), date)
    return regions
