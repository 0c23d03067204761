"""Places rows in regions: by code, decided alias, names with their parents, and coordinates.

The surest way that leads to a region counts, in this order: code of Kemendagri, code of 2020
through the crosswalk, a place that a person has decided before, names, coordinates. The other ways
are still asked: where names or coordinates contradict it, the row goes to a person. There is no
table of BPS codes, so a column of them is told by its digits and left aside.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace

import numpy as np
import pandas as pd
from rapidfuzz import fuzz

from geodata.boundaries.boundary_set import BoundarySet
from geodata.gazetteer import Gazetteer, load_crosswalk
from geodata.matching.candidate import Candidate, Match, Method, Verdict, ranked
from geodata.matching.codes import resolve_codes
from geodata.matching.match import match_names
from geodata.matching.names import keys
from geodata.regions import LEVELS, Level, level_of
from geodata.registry.intake.placement import Placement
from geodata.registry.intake.point_check import lacking_minus, weigh_points
from geodata.registry.reasons import Reason
from geodata.registry.staging import PLACE_WRITTEN, PlaceKey, place_key

SAME_NAME_FROM = 80.0  # of 100: a name and that of its code, before they are said to differ
_KEMENDAGRI_FROM = 0.5  # of the codes of a column; BPS has other digits in the seventh place
_KINDS_OF_DESA = ("1", "2", "3")
_ALIAS_SCORE = 100.0


def place_rows(
    rows: pd.DataFrame,
    gazetteer: Gazetteer,
    *,
    aliases: Mapping[PlaceKey, str] | None = None,
    boundaries: BoundarySet | None = None,
    done: Callable[[float], None] | None = None,
) -> list[Placement]:
    """Find the region of each row.

    Parameters
    ----------
    rows
        Text columns kode_wilayah, provinsi, kabupaten_kota, kecamatan, desa ("" where empty);
        from_above (whether a parent is that of the row above); several (tuple of candidates: desa
        that a cell for one names); lat, lng (EPSG:4326 degrees, NaN
        where not known).
    aliases
        Places that a person has decided: ``place_key`` of the names -> desa.
    boundaries
        What coordinates are looked up in; without it they are not asked.
    done
        Is told from time to time which share of the rows is done, 0 to 1.

    Returns
    -------
    A placement for each row, in their order. Its reasons have ``MINUS_ADDED`` where the point was
    taken with its latitude negated.
    """
    written = rows[["kode_wilayah", *PLACE_WRITTEN]].reset_index(drop=True)
    coded = _by_code(written["kode_wilayah"], gazetteer)
    names = _with_parents(written[list(PLACE_WRITTEN)], coded, gazetteer)
    judge = _Judge(gazetteer, aliases or {})
    placements = [
        _torn(judge.placement(*known), several)
        for several, *known in zip(
            rows["several"],
            written["kode_wilayah"],
            coded,
            names.itertuples(index=False, name=None),
            match_names(names, gazetteer, done),
            strict=True,
        )
    ]
    if boundaries is not None:
        points = rows[["lat", "lng"]].to_numpy(dtype=float, copy=True)
        located = np.flatnonzero(np.isfinite(points).all(axis=1))
        if len(located):
            known = [placements[row] for row in located]
            lacking = lacking_minus(known, points[located], boundaries)
            points[located[lacking], 0] *= -1
            weighed = weigh_points(known, points[located], boundaries)
            for row, placement, negated in zip(located, weighed, lacking, strict=True):
                notes = (Reason.MINUS_ADDED,) if negated else ()
                placements[row] = replace(placement, reasons=(*placement.reasons, *notes))
    return [
        _from_above(placement) if carried else placement
        for placement, carried in zip(placements, rows["from_above"], strict=True)
    ]


def _by_code(raw: pd.Series, gazetteer: Gazetteer) -> list[Candidate | None]:
    """Return the region that each code stands for; ``None`` where it stands for none."""
    digits = raw.str.replace(r"\D", "", regex=True)
    desa = digits[digits.str.len() == 10]
    if len(desa) and desa.str[6].isin(_KINDS_OF_DESA).mean() < _KEMENDAGRI_FROM:
        raw = raw.mask(digits.str.len() == 10, "")
    return resolve_codes(raw, gazetteer, load_crosswalk())


def _with_parents(
    names: pd.DataFrame, coded: list[Candidate | None], gazetteer: Gazetteer
) -> pd.DataFrame:
    """Fill the names that a code of a kecamatan or above leaves no doubt of."""
    columns = {level: names[level.value].tolist() for level in LEVELS}
    for row, region in enumerate(coded):
        if region is None or level_of(region.code) is Level.DESA:
            continue
        for level, name in zip(LEVELS, gazetteer.lineage_names(region.code), strict=False):
            columns[level][row] = columns[level][row] or name
    return pd.DataFrame({level.value: column for level, column in columns.items()})


class _Judge:
    """Weighs what code, alias and names say of a row."""

    def __init__(self, gazetteer: Gazetteer, aliases: Mapping[PlaceKey, str]) -> None:
        self._gazetteer = gazetteer
        self._aliases = aliases

    def placement(
        self, written: str, coded: Candidate | None, names: tuple[str, ...], match: Match
    ) -> Placement:
        """Place a row by what its code and its names stand for."""
        alias = self._aliases.get(place_key(*names), "")
        alias = alias if alias in self._gazetteer else ""
        if coded and level_of(coded.code) is Level.DESA:
            if alias != coded.code and not self._agrees(coded.code, names, match):
                rivals = ranked([coded, *match.candidates])
                return Placement(Verdict.RAGU, coded, rivals, (Reason.CODE_DIFFERS,))
            return Placement(Verdict.COCOK, coded, (coded,))
        notes: tuple[Reason, ...] = (Reason.UNKNOWN_CODE,) if written and not coded else ()
        if alias:
            decided = Candidate(alias, _ALIAS_SCORE, Method.ALIAS)
            return Placement(Verdict.COCOK, decided, (decided,), notes)
        if match.accepted:
            notes += (Reason.PARENT_DIFFERS,) if match.accepted.elsewhere else ()
            return Placement(Verdict.COCOK, match.accepted, match.candidates, notes)
        best = match.candidates[0] if match.candidates else None
        if not any(names):
            why = Reason.NO_DESA
        else:
            why = Reason.DOUBTFUL if match.verdict is Verdict.RAGU else Reason.NOT_FOUND
        return Placement(match.verdict, best, match.candidates, (*notes, why))

    def _agrees(self, code: str, names: tuple[str, ...], match: Match) -> bool:
        """Tell whether the names of a row may be those of its code."""
        finest = max((depth for depth, name in enumerate(names) if name), default=-1)
        if finest < 0:
            return True
        level = LEVELS[finest]
        if match.accepted and level_of(match.accepted.code) is level:
            return code.startswith(match.accepted.code)
        if any(code.startswith(candidate.code) for candidate in match.candidates):
            return True
        asked = keys(names[finest], level).loose
        own = keys(self._gazetteer.name(code[: level.code_length]), level).loose
        return fuzz.ratio(asked, own) >= SAME_NAME_FROM


def _torn(placement: Placement, several: tuple[Candidate, ...]) -> Placement:
    """Leave it to a person which desa of several is meant, unless code or decision says so."""
    surer = placement.by is not None and placement.by.method not in (Method.NAMA, Method.NAMA_MIRIP)
    if not several or (placement.code and surer):
        return placement
    rivals = ranked([*several, *placement.candidates])
    return Placement(Verdict.RAGU, placement.by, rivals, (Reason.SEVERAL_DESA,))


def _from_above(placement: Placement) -> Placement:
    """Accept a row with parents of the row above only if its desa is just there."""
    reasons = (*placement.reasons, Reason.FROM_ABOVE)
    similar = placement.by is not None and placement.by.method is Method.NAMA_MIRIP
    there = not similar and Reason.PARENT_DIFFERS not in reasons
    if not placement.code or there:
        return replace(placement, reasons=reasons)
    return replace(placement, verdict=Verdict.RAGU, reasons=(*reasons, Reason.DOUBTFUL))
