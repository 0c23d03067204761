"""What a person is asked about before a change is saved: duplicates, and a point far away."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from geodata.matching.candidate import Candidate, Method, Verdict
from geodata.registry.intake.duplicates import find_twins
from geodata.registry.intake.placement import Placement
from geodata.registry.intake.point_check import boundaries_in_use, located, weigh_points
from geodata.registry.reasons import Reason


@dataclass(frozen=True)
class Doubt:
    """Something that may be wrong with a change.

    Attributes
    ----------
    why
        ``nomor_induk``, ``nama_desa`` or ``domain`` of a duplicate; else a ``Reason``.
    kim_id, nama_kim
        Of a duplicate: the KIM that it may be the same as.
    """

    why: str
    kim_id: int | None = None
    nama_kim: str = ""


def doubts_of_twins(
    values: Mapping[str, str],
    before: Mapping[str, str] | None,
    others: Iterable[Mapping[str, Any]],
) -> frozenset[Doubt]:
    """Return the KIM that one may be the same as once it is as ``values`` say.

    Parameters
    ----------
    before
        What it was: what it may have been the same as then, is known. ``None`` if it is new.
    others
        All other KIM: ``staging.EXISTING_COLUMNS`` of each.
    """
    known = list(others)
    names = {kim["kim_id"]: kim["nama_kim"] for kim in known}
    rows = [{**said, "sheet": "", "line": 0} for said in (before, values) if said is not None]
    *was, now = (
        {(twin["why"], twin["with"]) for twin in own if twin["with"] in names}
        for own in find_twins(rows, known)
    )
    return frozenset(Doubt(why, kim_id, names[kim_id]) for why, kim_id in now.difference(*was))


def doubts_of_point(
    values: Mapping[str, str], before: Mapping[str, str] | None
) -> frozenset[Doubt]:
    """Return the doubt that a new point lies far outside the desa, as at import."""
    told = [values[name] for name in ("kode_wilayah", "lat", "lng")]
    if before is not None and told == [before[name] for name in ("kode_wilayah", "lat", "lng")]:
        return frozenset()
    boundaries = boundaries_in_use()
    if boundaries is None or not (values["lat"] and values["lng"]):
        return frozenset()
    points = np.array([[float(values["lat"]), float(values["lng"])]])
    chosen = Candidate(values["kode_wilayah"], 100.0, Method.PILIHAN)
    there = located(points, boundaries)
    (placed,) = weigh_points([Placement(Verdict.COCOK, chosen)], points, there, boundaries)
    differs = Reason.POINT_DIFFERS in placed.reasons
    return frozenset({Doubt(str(Reason.POINT_DIFFERS))} if differs else ())
