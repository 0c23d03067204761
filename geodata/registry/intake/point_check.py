"""Weighs what is known of a row's place against where its point lies."""

from dataclasses import replace

import numpy as np

from geodata.boundaries import store
from geodata.boundaries.boundary_set import BoundarySet
from geodata.errors import DataFileError
from geodata.matching.candidate import Candidate, Method, Verdict, ranked
from geodata.regions import Level, level_of
from geodata.registry.intake.placement import Placement
from geodata.registry.reasons import Reason
from geodata.sphere import km_outside

# How far outside its desa a point may lie: a slip of the hand, or what Thiessen polygons are worth.
TOLERANCE_KM = {False: 1.0, True: 10.0}
SCORE_OF_POINT = {False: 90.0, True: 60.0}  # as of any candidate, 0 to 100


def boundaries_in_use() -> BoundarySet | None:
    """Return the boundary set in use; ``None`` if none has been built."""
    try:
        return store.active_set()
    except DataFileError:
        return None


def located(points: np.ndarray, boundaries: BoundarySet) -> np.ndarray:
    """Return the code of the region that each point lies in; "" for one in none, or unknown.

    All points of a file are asked together: wherever they lie, no polygon is read twice.
    ``points`` has latitude and longitude of each, EPSG:4326 degrees or NaN.
    """
    codes = np.full(len(points), "", dtype=f"U{boundaries.finest.code_length}")
    known = np.isfinite(points).all(axis=1)
    if known.any():
        codes[known] = boundaries.locate_points(
            points[known, 0].tolist(), points[known, 1].tolist()
        )
    return codes


def lacking_minus(
    placements: list[Placement], points: np.ndarray, there: np.ndarray, boundaries: BoundarySet
) -> np.ndarray:
    """Tell which points lie in the desa of their row only once their latitude is negated.

    Parameters are those of :func:`weigh_points`.
    """
    lacking = np.zeros(len(points), dtype=bool)
    codes = np.array([placement.code for placement in placements])
    tolerance = TOLERANCE_KM[boundaries.approximate]
    north = np.flatnonzero(points[:, 0] > 0)
    far = north[_km_apart(codes[north], points[north], there[north], boundaries) > tolerance]
    nowhere = np.full(len(far), "")
    negated = _km_apart(codes[far], points[far] * (-1, 1), nowhere, boundaries)
    lacking[far] = negated <= tolerance
    return lacking


def weigh_points(
    placements: list[Placement], points: np.ndarray, there: np.ndarray, boundaries: BoundarySet
) -> list[Placement]:
    """Compare where rows are placed with where their points lie, and place those that are not yet.

    ``points`` has a row for each placement: latitude and longitude, EPSG:4326 degrees. ``there``
    are the regions that they lie in (see :func:`located`).
    """
    codes = np.array([placement.code for placement in placements])
    apart = _km_apart(codes, points, there, boundaries)
    return [
        _weighed(placement, str(code), km, boundaries.approximate)
        for placement, code, km in zip(placements, there, apart, strict=True)
    ]


def _weighed(placement: Placement, located: str, km: float, approximate: bool) -> Placement:
    """Weigh what is known of a row against the region its point lies in ("": in none)."""
    there = Candidate(located, SCORE_OF_POINT[approximate], Method.KOORDINAT)
    seen = located != "" and level_of(located) is Level.DESA
    code, reasons = placement.code, placement.reasons
    of_desa = code != "" and level_of(code) is Level.DESA
    if of_desa and km <= TOLERANCE_KM[approximate]:
        return placement
    if of_desa or (seen and not located.startswith(code)):
        known = [placement.by] if placement.by else []
        rivals = ranked([*known, *placement.candidates, *([there] if seen else [])])
        reasons = (*reasons, Reason.POINT_DIFFERS)
        return Placement(Verdict.RAGU, placement.by, rivals, reasons)
    if not seen:
        return placement
    agreed = [rival for rival in placement.candidates if rival.code == located]
    others = [rival for rival in placement.candidates if rival.code != located]
    unnamed = code != "" or Reason.NO_DESA in reasons
    if (agreed or unnamed) and not approximate and Reason.CODE_DIFFERS not in reasons:
        notes = (Reason.UNKNOWN_CODE,) if Reason.UNKNOWN_CODE in reasons else ()
        return Placement(Verdict.COCOK, there, (there, *others), notes)
    if code or placement.candidates:
        first = [replace(rival, score=max(rival.score, there.score)) for rival in agreed]
        last = [] if agreed else [there]
        return replace(placement, candidates=(*first, *others, *last))
    return Placement(Verdict.RAGU, there, (there,), (*reasons, Reason.POINT_ONLY))


def _km_apart(
    codes: np.ndarray, points: np.ndarray, there: np.ndarray, boundaries: BoundarySet
) -> np.ndarray:
    """Return how far each point lies outside the desa of its row; 0 where that cannot be told."""
    apart = np.zeros(len(codes))
    finest = boundaries.finest
    elsewhere = np.flatnonzero(
        (codes != there) & (np.char.str_len(codes) == Level.DESA.code_length)
    )
    regions = np.array([code[: finest.code_length] for code in codes[elsewhere]])
    drawn = boundaries.is_drawn(finest, regions)
    known = elsewhere[drawn]
    shapes = boundaries.polygons_of(finest, regions[drawn])
    apart[known] = km_outside(points[known, 0], points[known, 1], shapes)
    return apart
