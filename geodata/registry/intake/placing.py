"""Places rows in regions: by code, decided alias, names with their parents, and coordinates.

The surest way that leads to a region counts, in this order: code of Kemendagri (``kode``), code of
2020 through the crosswalk (``kode_lama``), a place that a person has decided before (``alias``),
names (``nama``, ``nama_mirip``), coordinates (``koordinat``). The other ways are still asked: where
names or coordinates contradict it, the row goes to a person. There is no table of BPS codes, so a
column of them is told by its digits and left aside.
"""

import math
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import numpy as np
import pandas as pd
from rapidfuzz import fuzz

from geodata.boundaries.boundary_set import BoundarySet
from geodata.gazetteer import Gazetteer, load_crosswalk
from geodata.matching.codes import resolve_codes
from geodata.matching.match import match_names
from geodata.matching.names import keys
from geodata.regions import LEVELS, Level, level_of
from geodata.registry.intake.placed import Placed, describe, ranked
from geodata.registry.intake.point_check import weigh_points
from geodata.registry.reasons import Reason
from geodata.registry.staging import PLACE_WRITTEN, PlaceKey, place_key

SAME_NAME_FROM = 80.0  # of 100: a name and that of its code, before they are said to differ
_KEMENDAGRI_FROM = 0.5  # of the codes of a column; BPS has other digits in the seventh place
_KINDS_OF_DESA = ("1", "2", "3")
_METHODS = {"kode": "kode", "kode_2020": "kode_lama"}


def place(
    rows: pd.DataFrame,
    gazetteer: Gazetteer,
    *,
    aliases: Mapping[PlaceKey, str] | None = None,
    boundaries: BoundarySet | None = None,
    done: Callable[[float], None] | None = None,
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
    done
        Is told from time to time which share of the rows is done, 0 to 1.

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
        Lists: candidates, the best first, and :class:`~geodata.registry.reasons.Reason`.
    """
    asked = rows[["kode_wilayah", *PLACE_WRITTEN]].reset_index(drop=True)
    codes = _codes(asked["kode_wilayah"], gazetteer)
    names = _with_parents(asked[list(PLACE_WRITTEN)], codes["kode"], gazetteer)
    matched = match_names(names, gazetteer, done)
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
            compared = weigh_points(
                [placed[row] for row in known], points[known], boundaries, gazetteer
            )
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
            own = self._describe(kode, skor, metode)
            if alias != kode and not self._agrees(kode, names, by_name, candidates):
                rivals = ranked([own, *candidates])
                return Placed("", "ragu", metode, skor, rivals, [Reason.CODE_DIFFERS])
            return Placed(kode, "cocok", metode, skor, [own], [])
        notes = [Reason.UNKNOWN_CODE] if written and not kode else []
        if alias:
            own = self._describe(alias, 1.0, "alias")
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

    def _describe(self, code: str, score: float, method: str) -> dict[str, Any]:
        return describe(code, score, method, self._gazetteer)

    def _named(self, names: tuple[str, ...], listed: str) -> Iterable[dict[str, Any]]:
        for one in filter(None, listed.split(";")):
            code, _, score = one.partition(":")
            level = level_of(code)
            asked, own = (
                keys(name, level).loose
                for name in (names[LEVELS.index(level)], self._gazetteer.name(code))
            )
            yield self._describe(code, float(score) / 100, "nama" if asked == own else "nama_mirip")


def _from_above(one: Placed) -> Placed:
    """Accept a row with parents of the row above only if its desa is just there."""
    reasons = [*one.alasan, Reason.FROM_ABOVE]
    there = one.metode != "nama_mirip" and Reason.PARENT_DIFFERS not in reasons
    if not one.kode or there:
        return one._replace(alasan=reasons)
    return one._replace(kode="", status="ragu", alasan=[*reasons, Reason.DOUBTFUL])
