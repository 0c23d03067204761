"""Weighs what is known of a row's place against where its point lies."""

import numpy as np

from geodata.boundaries import store
from geodata.boundaries.boundary_set import BoundarySet
from geodata.errors import DataFileError
from geodata.gazetteer import Gazetteer
from geodata.regions import Level, level_of
from geodata.registry.intake.placed import Placed, describe, ranked
from geodata.registry.reasons import Reason
from geodata.sphere import km_outside

# How far outside its desa a point may lie: a slip of the hand, or what Thiessen polygons are worth.
TOLERANCE_KM = {False: 1.0, True: 10.0}
SCORE_OF_POINT = {False: 0.9, True: 0.6}


def boundaries_in_use() -> BoundarySet | None:
    """Return the boundary set in use; ``None`` if none has been built."""
    try:
        return store.active_set()
    except DataFileError:
        return None


def weigh_points(
    placed: list[Placed], points: np.ndarray, boundaries: BoundarySet, gazetteer: Gazetteer
) -> list[Placed]:
    """Compare what was found with where the points lie, and place what is not placed yet."""
    located = boundaries.locate_points(points[:, 0].tolist(), points[:, 1].tolist())
    apart = _km_apart([one.kode for one in placed], points, boundaries)
    return [
        _compared(one, str(code), km, boundaries.approximate, gazetteer)
        for one, code, km in zip(placed, located, apart, strict=True)
    ]


def _compared(
    one: Placed, located: str, km: float, approximate: bool, gazetteer: Gazetteer
) -> Placed:
    """Weigh what is known of a row against the region its point lies in ("": in none)."""
    score = SCORE_OF_POINT[approximate]
    seen = located != "" and level_of(located) is Level.DESA
    there = [describe(located, score, "koordinat", gazetteer)] if seen else []
    of_desa = one.kode != "" and level_of(one.kode) is Level.DESA
    if of_desa and km <= TOLERANCE_KM[approximate]:
        return one
    if of_desa or (seen and not located.startswith(one.kode)):
        kept = [describe(one.kode, one.skor, one.metode, gazetteer), *one.kandidat, *there]
        reasons = [*one.alasan, Reason.POINT_DIFFERS]
        return one._replace(kode="", status="ragu", kandidat=ranked(kept), alasan=reasons)
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
    apart[known] = km_outside(points[known, 0], points[known, 1], shapes)
    return apart
