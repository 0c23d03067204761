"""Places rows in regions: by code, decided alias, names with their parents, and coordinates.

The surest way that leads to a region counts, in this order: code of Kemendagri (``kode``), code of
2020 through the crosswalk (``kode_lama``), a place that a person has decided before (``alias``),
names (``nama``, ``nama_mirip``), coordinates (``koordinat``). The other ways are still asked: where
names or coordinates contradict it, the row goes to a person. There is no table of BPS codes, so a
column of them is told by its digits and left aside.
"""

import math
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
import shapely
from rapidfuzz import fuzz

from geodata.boundaries import store
from geodata.boundaries.boundary_set import BoundarySet
from geodata.errors import DataFileError
from geodata.gazetteer import Gazetteer, load_crosswalk
from geodata.matching.codes import resolve_codes
from geodata.matching.match import match_names
from geodata.matching.names import keys
from geodata.regions import LEVELS, Level, level_of
from geodata.registry.intake.reasons import Reason
from geodata.registry.staging import PLACE_WRITTEN, PlaceKey, place_key

SAME_NAME_FROM = 80.0  # of 100: a name and that of its code, before they are said to differ
# How far outside its desa a point may lie: a slip of the hand, or what Thiessen polygons are worth.
TOLERANCE_KM = {False: 1.0, True: 10.0}
SCORE_OF_POINT = {False: 0.9, True: 0.6}
_KM_PER_DEGREE = 111.2
_KEMENDAGRI_FROM = 0.5  # of the codes of a column; BPS has other digits in the seventh place
_KINDS_OF_DESA = ("1", "2", "3")
_METHODS = {"kode": "kode", "kode_2020": "kode_lama"}


class Placed(NamedTuple):
    """Where a row belongs; its fields are the columns of :func:`place`."""

    kode: str
    status: str
    metode: str
    skor: float
    kandidat: list[dict[str, Any]]
    alasan: list[Reason]


def boundaries_in_use() -> BoundarySet | None:
    """Return the boundary set in use; ``None`` if none has been built."""
    try:
        return store.active_set()
    except DataFileError:
        return None


def place(
    rows: pd.DataFrame,
    gazetteer: Gazetteer,
    *,
    aliases: Mapping[PlaceKey, str] | None = None,
    boundaries: BoundarySet | None = None,
) -> pd.DataFrame:
    """Find the region of each row.

    Parameters
    ----------
    rows
        Text columns kode_wilayah, provinsi, kabupaten_kota, kecamatan, desa ("" where empty);
        from_above (whether a parent is that of the row above); lat, lng (EPSG:4326 degrees, NaN
        where not known).
    aliases
        Places that a person has decided: ``place_key`` of the names -> desa.
    boundaries
        What coordinates are looked up in; without it they are not asked.

    Returns
    -------
    DataFrame with the index of ``rows``:

    kode
        The region, of any level; "" unless it is accepted.
    status
        ``cocok``, ``ragu`` (a person should choose) or ``gagal`` (nothing is like it).
    metode, skor
        As in :mod:`~geodata.registry.staging`; of the best candidate if none is accepted.
    kandidat, alasan
        Lists: candidates, the best first, and :class:`~geodata.registry.intake.reasons.Reason`.
    """
    asked = rows[["kode_wilayah", *PLACE_WRITTEN]].reset_index(drop=True)
    codes = _codes(asked["kode_wilayah"], gazetteer)
    names = _with_parents(asked[list(PLACE_WRITTEN)], codes["kode"], gazetteer)
    matched = match_names(names, gazetteer)
    judge = _Judge(gazetteer, aliases or {})
    placed = [
        judge.place(*given)
        for given in zip(
            asked["kode_wilayah"],
            codes.itertuples(index=False, name=None),
            names.itertuples(index=False, name=None),
            matched.itertuples(index=False, name=None),
            strict=True,
        )
    ]
    if boundaries is not None:
        points = rows[["lat", "lng"]].to_numpy(dtype=float)
        known = np.flatnonzero(np.isfinite(points).all(axis=1))
        if len(known):
            compared = _by_points([placed[row] for row in known], points[known], boundaries, judge)
            for row, one in zip(known, compared, strict=True):
                placed[row] = one
    placed = [
        _from_above(one) if carried else one
        for one, carried in zip(placed, rows["from_above"], strict=True)
    ]
    return pd.DataFrame(placed, columns=list(Placed._fields), index=rows.index)


def _codes(raw: pd.Series, gazetteer: Gazetteer) -> pd.DataFrame:
    """Resolve codes: kode ("" where unresolved), metode and skor (0 to 1)."""
    digits = raw.str.replace(r"\D", "", regex=True)
    desa = digits[digits.str.len() == 10]
    if len(desa) and desa.str[6].isin(_KINDS_OF_DESA).mean() < _KEMENDAGRI_FROM:
        raw = raw.mask(digits.str.len() == 10, "")
    found = resolve_codes(raw, gazetteer, load_crosswalk())
    method = found["metode"].map(_METHODS)
    columns = {"kode": found["kode"], "metode": method}
    return pd.DataFrame(columns).fillna("").assign(skor=found["skor"] / 100)


def _with_parents(names: pd.DataFrame, codes: pd.Series, gazetteer: Gazetteer) -> pd.DataFrame:
    """Fill the names that a code of a kecamatan or above leaves no doubt of."""
    names = names.copy()
    upper = codes.index[(codes != "") & (codes.str.len() < Level.DESA.code_length)]
    for row in upper:
        for level, name in zip(LEVELS, gazetteer.lineage_names(codes[row]), strict=False):
            names.loc[row, level.value] = names.loc[row, level.value] or name
    return names


class _Judge:
    """Weighs what code, alias and names say of a row."""

    def __init__(self, gazetteer: Gazetteer, aliases: Mapping[PlaceKey, str]) -> None:
        self._gazetteer = gazetteer
        self._aliases = aliases

    def place(
        self,
        written: str,
        code: tuple[str, str, float],
        names: tuple[str, ...],
        match: tuple[Any, ...],
    ) -> Placed:
        """Place a row by what was found for its code and its names."""
        kode, metode, skor = code
        by_name, status, method, score, listed = match
        candidates = list(self._named(names, str(listed) if pd.notna(listed) else ""))
        alias = self._aliases.get(place_key(*names), "")
        alias = alias if alias in self._gazetteer else ""
        if kode and level_of(kode) is Level.DESA:
            own = self.candidate(kode, skor, metode)
            if alias != kode and not self._agrees(kode, names, by_name, candidates):
                rivals = _ranked([own, *candidates])
                return Placed("", "ragu", metode, skor, rivals, [Reason.CODE_DIFFERS])
            return Placed(kode, "cocok", metode, skor, [own], [])
        notes = [Reason.UNKNOWN_CODE] if written and not kode else []
        if alias:
            own = self.candidate(alias, 1.0, "alias")
            return Placed(alias, "cocok", "alias", 1.0, [own], notes)
        if status == "cocok":
            if str(method).endswith("_lain") or "_lain_" in str(method):
                notes.append(Reason.PARENT_DIFFERS)
            said = "nama_mirip" if str(method).endswith("mirip") else "nama"
            return Placed(str(by_name), "cocok", said, score / 100, candidates, notes)
        best: dict[str, Any] = {"metode": "", "skor": math.nan}
        best = candidates[0] if candidates else best
        if not any(names):
            notes.append(Reason.NO_DESA)
        else:
            notes.append(Reason.DOUBTFUL if status == "ragu" else Reason.NOT_FOUND)
        return Placed("", status, best["metode"], best["skor"], candidates, notes)

    def _agrees(
        self,
        code: str,
        names: tuple[str, ...],
        by_name: object,
        candidates: Iterable[Mapping[str, Any]],
    ) -> bool:
        """Tell whether the names of a row may be those of its code."""
        finest = max((place for place, name in enumerate(names) if name), default=-1)
        if finest < 0:
            return True
        level = LEVELS[finest]
        if isinstance(by_name, str) and level_of(by_name) is level:
            return code.startswith(by_name)
        if any(code.startswith(one["kode"]) for one in candidates):
            return True
        asked = keys(names[finest], level).loose
        own = keys(self._gazetteer.name(code[: level.code_length]), level).loose
        return fuzz.ratio(asked, own) >= SAME_NAME_FROM

    def candidate(self, code: str, score: float, method: str) -> dict[str, Any]:
        """Describe a region that a row may mean."""
        *above, name = self._gazetteer.lineage_names(code)
        return {
            "kode": code,
            "nama": name,
            "wilayah": ", ".join(reversed(above)),
            "skor": round(score, 3),
            "metode": method,
        }

    def _named(self, names: tuple[str, ...], listed: str) -> Iterable[dict[str, Any]]:
        for one in filter(None, listed.split(";")):
            code, _, score = one.partition(":")
            level = level_of(code)
            asked, own = (
                keys(name, level).loose
                for name in (names[LEVELS.index(level)], self._gazetteer.name(code))
            )
            yield self.candidate(code, float(score) / 100, "nama" if asked == own else "nama_mirip")


def _by_points(
    placed: list[Placed], points: np.ndarray, boundaries: BoundarySet, judge: _Judge
) -> list[Placed]:
    """Compare what was found with where the points lie, and place what is not placed yet."""
    located = boundaries.locate_points(points[:, 0].tolist(), points[:, 1].tolist())
    apart = _km_apart([one.kode for one in placed], points, boundaries)
    return [
        _compared(one, str(code), km, boundaries.approximate, judge)
        for one, code, km in zip(placed, located, apart, strict=True)
    ]


def _compared(one: Placed, located: str, km: float, approximate: bool, judge: _Judge) -> Placed:
    """Weigh what is known of a row against the region its point lies in ("": in none)."""
    score = SCORE_OF_POINT[approximate]
    seen = located != "" and level_of(located) is Level.DESA
    there = [judge.candidate(located, score, "koordinat")] if seen else []
    of_desa = one.kode != "" and level_of(one.kode) is Level.DESA
    if of_desa and km <= TOLERANCE_KM[approximate]:
        return one
    if of_desa or (seen and not located.startswith(one.kode)):
        kept = [judge.candidate(one.kode, one.skor, one.metode), *one.kandidat, *there]
        reasons = [*one.alasan, Reason.POINT_DIFFERS]
        return one._replace(kode="", status="ragu", kandidat=_ranked(kept), alasan=reasons)
    if not seen:
        return one
    agreed = [rival for rival in one.kandidat if rival["kode"] == located]
    others = [rival for rival in one.kandidat if rival["kode"] != located]
    unnamed = one.kode != "" or Reason.NO_DESA in one.alasan
    if (agreed or unnamed) and not approximate and Reason.CODE_DIFFERS not in one.alasan:
        notes = [Reason.UNKNOWN_CODE] if Reason.UNKNOWN_CODE in one.alasan else []
        return Placed(located, "cocok", "koordinat", score, [*there, *others], notes)
    if one.kode or one.kandidat:
        first = [{**rival, "skor": max(rival["skor"], score)} for rival in agreed]
        return one._replace(kandidat=[*first, *others, *([] if agreed else there)])
    return Placed("", "ragu", "koordinat", score, there, [*one.alasan, Reason.POINT_ONLY])


def _km_apart(codes: list[str], points: np.ndarray, boundaries: BoundarySet) -> np.ndarray:
    """Return how far each point lies outside the desa of its row; 0 where that cannot be told."""
    apart = np.zeros(len(codes))
    drawn = boundaries.drawn(boundaries.finest)
    wanted = np.array(codes, dtype=f"U{boundaries.finest.code_length}")
    full = np.array([len(code) == Level.DESA.code_length for code in codes], dtype=bool)
    at = np.searchsorted(drawn, wanted).clip(max=len(drawn) - 1)
    known = np.flatnonzero(full & (drawn[at] == wanted))
    shapes = boundaries.polygons(boundaries.finest).geometry.to_numpy()[at[known]]
    degrees = shapely.distance(shapely.points(points[known, 1], points[known, 0]), shapes)
    apart[known] = degrees * _KM_PER_DEGREE
    return apart


def _from_above(one: Placed) -> Placed:
    """Accept a row with parents of the row above only if its desa is just there."""
    reasons = [*one.alasan, Reason.FROM_ABOVE]
    there = one.metode != "nama_mirip" and Reason.PARENT_DIFFERS not in reasons
    if not one.kode or there:
        return one._replace(alasan=reasons)
    return one._replace(kode="", status="ragu", alasan=[*reasons, Reason.DOUBTFUL])


def _ranked(candidates: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return candidates, the best first, each region once."""
    ranked: dict[str, dict[str, Any]] = {}
    for one in sorted(candidates, key=lambda one: -one["skor"]):
        ranked.setdefault(one["kode"], one)
    return list(ranked.values())
