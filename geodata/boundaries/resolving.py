"""Resolves the rows of a boundary file to codes of the gazetteer, each with a method and a score.

Codes of Kemendagri count first, then names with their parents. Where names leave several
candidates, or come without parents, the village point of the reference inside the polygon decides.
"""

from collections.abc import Hashable
from enum import StrEnum

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geodata.boundaries.sources import CodeScheme
from geodata.gazetteer import Gazetteer, load_crosswalk
from geodata.matching.codes import resolve_codes
from geodata.matching.match import match_names
from geodata.matching.names import keys
from geodata.regions import LEVELS, Level

BY_POINT = "titik"
_SCORE_OF_POINT = 90.0


class Reason(StrEnum):
    """Why a row has no place in the set: texts stand below ``import_reason``."""

    EMPTY = "geometri_kosong"
    NOT_POLYGON = "bukan_poligon"
    OUTSIDE = "di_luar_indonesia"
    UNKNOWN_CODE = "kode_tidak_dikenal"
    NO_MATCH = "nama_tidak_ditemukan"
    DOUBTFUL = "nama_ragu"
    OTHER_LEVEL = "tingkat_lain"
    CONFLICT = "kode_diperebutkan"
    COVERED = "tertutup_poligon_lain"


def holds_kemendagri_codes(codes: pd.Series, level: Level, scheme: CodeScheme) -> bool:
    """Tell whether a column holds codes of Kemendagri.

    P-codes of Indonesia are made of codes of BPS in some editions: both write a desa with ten
    digits. In those of Kemendagri the seventh tells the kind of desa, 1, 2 or (rarely) 3; in those
    of BPS it is the last of the kecamatan's three, most often 0.
    """
    if scheme is not CodeScheme.PCODE:
        return scheme is CodeScheme.KEMENDAGRI
    digits = codes.str.replace(r"\D", "", regex=True)
    digits = digits[digits != ""]
    expected = level.code_length - LEVELS.index(level)
    fitting = digits.str.len() == expected
    if level is Level.DESA:
        fitting &= digits.str[6].isin(["1", "2", "3"])
    return bool(len(digits)) and bool(fitting.mean() > 0.9)


def resolve(
    rows: gpd.GeoDataFrame, level: Level, scheme: CodeScheme, gazetteer: Gazetteer
) -> pd.DataFrame:
    """Find the region of each row.

    Parameters
    ----------
    rows
        Columns kode_asal (text), the names by level as far as the file has them, geometry.

    Returns
    -------
    DataFrame with the index of ``rows``: kode (empty where rejected), metode, skor, alasan (a
    :class:`Reason`, empty where resolved).
    """
    found = pd.DataFrame({"kode": "", "metode": "", "skor": 0.0, "alasan": ""}, index=rows.index)
    coded = holds_kemendagri_codes(rows["kode_asal"], level, scheme)
    if coded:
        by_code = resolve_codes(rows["kode_asal"], gazetteer, load_crosswalk())
        hit = by_code["kode"].notna() & (by_code["kode"].str.len() == level.code_length)
        found.loc[hit, ["kode", "metode", "skor"]] = by_code[hit]
        unknown = by_code["kode"].isna() & (rows["kode_asal"] != "")
        found.loc[unknown, "alasan"] = Reason.UNKNOWN_CODE
        found.loc[by_code["kode"].notna() & ~hit, "alasan"] = Reason.OTHER_LEVEL
    names = [one.value for one in LEVELS if one.value in rows]
    open_rows = (found["kode"] == "") & (found["alasan"] != Reason.OTHER_LEVEL)
    if level.value in names and open_rows.any():
        asked = rows.loc[open_rows, names]
        _by_names(found, rows.loc[open_rows], match_names(asked, gazetteer), level, gazetteer)
    found.loc[(found["kode"] == "") & (found["alasan"] == ""), "alasan"] = Reason.NO_MATCH
    _settle_conflicts(found, rows["kode_asal"])
    return found


def _by_names(
    found: pd.DataFrame,
    rows: gpd.GeoDataFrame,
    matched: pd.DataFrame,
    level: Level,
    gazetteer: Gazetteer,
) -> None:
    """Enter what the names say, and what the points say where names leave it open."""
    right_level = matched["kode"].str.len() == level.code_length
    sure = matched["kode"].notna() & right_level
    found.loc[matched.index[sure], ["kode", "metode", "skor"]] = matched.loc[
        sure, ["kode", "metode", "skor"]
    ]
    found.loc[matched.index[sure], "alasan"] = ""
    unsure = matched[~sure]
    points = points_inside(rows.loc[unsure.index], level, gazetteer)
    decided: dict[Hashable, str] = {}
    asked, candidates = rows[level.value].to_dict(), unsure["kandidat"].to_dict()
    for row, inside in points.items():
        listed = {one.split(":")[0] for one in str(candidates[row]).split(";")}
        name = keys(asked[row], level).loose
        agreed = [
            code
            for code in inside
            if code in listed or keys(gazetteer.name(code), level).loose == name
        ]
        if len(agreed) == 1:
            decided[row] = agreed[0]
    by_point = pd.Series(decided, dtype=object)
    found.loc[by_point.index, "kode"] = by_point
    found.loc[by_point.index, "metode"] = BY_POINT
    found.loc[by_point.index, "skor"] = _SCORE_OF_POINT
    found.loc[by_point.index, "alasan"] = ""
    doubtful = unsure.index[unsure["status"] == "ragu"].difference(by_point.index)
    found.loc[doubtful, "alasan"] = found.loc[doubtful, "alasan"].replace("", Reason.DOUBTFUL)


def points_inside(
    rows: gpd.GeoDataFrame, level: Level, gazetteer: Gazetteer
) -> dict[Hashable, list[str]]:
    """Return, by row, the regions of ``level`` that have a village point in its polygon."""
    desa = gazetteer.tables[Level.DESA]
    desa = desa[desa["lat"].notna()]
    tree = shapely.STRtree(shapely.points(desa["lng"], desa["lat"]))
    shapes = rows.geometry.to_numpy()
    usable = shapely.is_valid(shapes) & ~shapely.is_empty(shapes)
    places = np.flatnonzero(usable)
    row, point = tree.query(shapes[usable], predicate="intersects")
    codes = desa["kode"].str[: level.code_length].to_numpy()[point]
    pairs = pd.DataFrame({"row": rows.index.to_numpy()[places[row]], "kode": codes})
    groups = pairs.drop_duplicates().groupby("row")["kode"]
    return {place: group.tolist() for place, group in groups}


def _settle_conflicts(found: pd.DataFrame, raw: pd.Series) -> None:
    """Reject rows that lay claim to a region which another row has, or claims as well.

    Rows that bear the same code are parts of one region and are merged later. The code of today
    beats one of 2020, a name or a point; among these nobody wins.
    """
    rows = found[found["kode"] != ""]
    claim = pd.Series(rows.index.astype(str), index=rows.index)
    claim = claim.mask(rows["metode"] == "kode_2020", "2020 " + raw)
    claim = claim.mask(rows["metode"] == "kode", "kode")
    rivals = claim.groupby(rows["kode"]).transform("nunique") > 1
    losing = rows.index[rivals & (claim != "kode")]
    found.loc[losing, ["kode", "alasan"]] = ["", Reason.CONFLICT]
