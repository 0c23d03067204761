"""Places rows in regions: by code, decided alias, names with their parents, and coordinates.

The surest way that leads to a region counts, in this order: code of Kemendagri, code of 2020
through the crosswalk, a place that a person has decided before, names, coordinates. The other ways
are still asked: where names or coordinates contradict it, the row goes to a person. There is no
table of BPS codes, so a column of them is told by its digits and left aside; where it may be of
either, and where a code can be read in more than one way, a name has to settle it.
"""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import zip_longest
from typing import NamedTuple

import numpy as np
from rapidfuzz import fuzz

from geodata.boundaries.boundary_set import BoundarySet
from geodata.gazetteer import Gazetteer
from geodata.lineage.lineage import load_lineage
from geodata.matching.blocks import blocks_of
from geodata.matching.candidate import Candidate, Match, Method, Verdict, ranked
from geodata.matching.codes import SCORE_OF_GUESS, resolve_codes
from geodata.matching.match import Matcher
from geodata.matching.names import keys
from geodata.matching.vocabulary import SUCCESSORS
from geodata.regions import LEVELS, Level, level_of
from geodata.registry.intake.placement import Placement
from geodata.registry.intake.point_check import lacking_minus, located, weigh_points
from geodata.registry.reasons import Reason
from geodata.registry.staging import PlaceKey, place_key

SAME_NAME_FROM = 80.0  # of 100: a name and that of its code, before they are said to differ
_KEMENDAGRI_FROM = 0.5  # of the codes of a column; BPS has other digits in the seventh place
_KINDS_OF_DESA = ("1", "2", "3")
# Such digits in so many kecamatan are no chance: a third of the kecamatan of BPS have one of them.
_ENOUGH_KECAMATAN = 5
_ALIAS_SCORE = 100.0

_DOTTED = re.compile(r"\D*\d{2}\.\d{1,2}\.", re.ASCII)
_DECIMALS = re.compile(r"[.,]0{1,2}\Z")
_NO_DIGIT = re.compile(r"\D", re.ASCII)


class Asked(NamedTuple):
    """What a row says of its place.

    Attributes
    ----------
    from_above
        Whether a parent is that of the row above.
    several
        The desa that a cell for one names.
    lat, lng
        EPSG:4326 degrees, NaN where not known.
    there
        The region that this point lies in, "" for none.
    """

    kode_wilayah: str = ""
    provinsi: str = ""
    kabupaten_kota: str = ""
    kecamatan: str = ""
    desa: str = ""
    from_above: bool = False
    several: tuple[Candidate, ...] = ()
    lat: float = math.nan
    lng: float = math.nan
    there: str = ""


class Placer:
    """Finds the region of each row of a file, some rows at a time.

    Parameters
    ----------
    codes
        What the whole file writes for codes, and in how many rows: whose codes they are, only all
        of them together tell.
    aliases
        Places that a person has decided: ``place_key`` of the names -> desa.
    boundaries
        What coordinates are looked up in; without it they are not asked.
    """

    def __init__(
        self,
        codes: Mapping[str, int],
        gazetteer: Gazetteer,
        *,
        aliases: Mapping[PlaceKey, str] | None = None,
        boundaries: BoundarySet | None = None,
    ) -> None:
        self._gazetteer = gazetteer
        self._coded = _by_code(codes, gazetteer)
        self._judge = _Judge(gazetteer, aliases or {})
        self._matcher = Matcher(gazetteer)
        self._boundaries = boundaries

    def place(self, rows: Sequence[Asked]) -> list[Placement]:
        """Return a placement for each row, in their order.

        Its reasons have ``MINUS_ADDED`` where the point was taken with its latitude negated.
        """
        placements = [self._by_words(row) for row in rows]
        if self._boundaries is not None:
            _weigh(placements, rows, self._boundaries)
        return [
            _from_above(placement) if row.from_above else placement
            for placement, row in zip(placements, rows, strict=True)
        ]

    def _by_words(self, row: Asked) -> Placement:
        """Place a row by its code and its names."""
        written = row.kode_wilayah
        own = row.provinsi, row.kabupaten_kota, row.kecamatan, row.desa
        coded = self._coded.get(written)
        names: tuple[str, ...] = own
        if coded is not None and level_of(coded.code) is not Level.DESA:
            # The names that a code of a kecamatan or above leaves no doubt of.
            above = self._gazetteer.lineage_names(coded.code)
            names = tuple(name or known for name, known in zip_longest(own, above, fillvalue=""))
        match = self._matcher.match(names)
        placement = self._judge.placement(written, coded, own, names, match)
        return _torn(placement, row.several)


def _weigh(placements: list[Placement], rows: Sequence[Asked], boundaries: BoundarySet) -> None:
    """Weigh, in place, what is known of rows against where their points lie."""
    points = np.array([(row.lat, row.lng) for row in rows], dtype=float).reshape(-1, 2)
    pointed = np.flatnonzero(np.isfinite(points).all(axis=1)).tolist()
    if not pointed:
        return
    points = points[pointed]
    known = [placements[row] for row in pointed]
    there = np.array([rows[row].there for row in pointed])
    lacking = lacking_minus(known, points, there, boundaries)
    points[lacking, 0] *= -1
    there[lacking] = located(points[lacking], boundaries)
    weighed = weigh_points(known, points, there, boundaries)
    for row, placement, negated in zip(pointed, weighed, lacking, strict=True):
        notes = (Reason.MINUS_ADDED,) if negated else ()
        placements[row] = replace(placement, reasons=(*placement.reasons, *notes))


def _by_code(codes: Mapping[str, int], gazetteer: Gazetteer) -> dict[str, Candidate]:
    """Return the region that each code stands for, as far as it stands for one."""
    dotted = {raw for raw in codes if _DOTTED.match(raw)}  # BPS writes no dots
    digits = {raw: _NO_DIGIT.sub("", _DECIMALS.sub("", raw)) for raw in codes if raw not in dotted}
    desa = {raw: number for raw, number in digits.items() if len(number) == Level.DESA.digits}
    alike = [raw for raw, number in desa.items() if number[6] in _KINDS_OF_DESA]
    rows_alike = sum(codes[raw] for raw in alike)
    foreign = rows_alike < _KEMENDAGRI_FROM * sum(codes[raw] for raw in desa)
    asked = [raw for raw in codes if raw not in desa or not foreign]
    regions = zip(asked, resolve_codes(asked, gazetteer, load_lineage()), strict=True)
    coded = {raw: region for raw, region in regions if region is not None}
    in_kecamatan = {desa[raw][:6] for raw in alike}
    by_chance = not dotted and len(in_kecamatan) < _ENOUGH_KECAMATAN
    if by_chance or len(alike) < len(desa):
        for raw in desa.keys() & coded.keys():
            coded[raw] = replace(coded[raw], score=min(coded[raw].score, SCORE_OF_GUESS))
    return coded


class _Judge:
    """Weighs what code, alias and names say of a row."""

    def __init__(self, gazetteer: Gazetteer, aliases: Mapping[PlaceKey, str]) -> None:
        self._gazetteer = gazetteer
        self._aliases = aliases
        self._telling = blocks_of(gazetteer).telling

    def placement(
        self,
        written: str,
        coded: Candidate | None,
        own: tuple[str, ...],
        names: tuple[str, ...],
        match: Match,
    ) -> Placement:
        """Place a row by what its code and its names stand for.

        ``own`` are the names that it has itself, ``names`` those and what its code adds to them.
        """
        alias = self._aliases.get(place_key(*names), "") if self._aliases else ""
        alias = alias if alias in self._gazetteer else ""
        if coded and alias != coded.code and not self._agrees(coded.code, own, match):
            rivals = ranked([coded, *match.candidates])
            return Placement(Verdict.RAGU, coded, rivals, (Reason.CODE_DIFFERS,))
        depth = _depth(coded.code) if coded else -1
        if coded and (level_of(coded.code) is Level.DESA or depth > max(_named(own), default=-1)):
            settled = match.accepted is not None and _settles(own, coded.code)
            if coded.score <= SCORE_OF_GUESS and alias != coded.code and not settled:
                rivals = ranked([coded, *match.candidates])
                return Placement(Verdict.RAGU, coded, rivals, (Reason.UNSURE_CODE,))
            if match.accepted and coded.score <= SCORE_OF_GUESS:
                coded = replace(coded, score=match.accepted.score)
            moved = match.accepted is not None and match.accepted.elsewhere is not None
            remarks = (Reason.PARENT_DIFFERS,) if moved else ()
            return Placement(Verdict.COCOK, coded, (coded,), remarks)
        notes: tuple[Reason, ...] = (Reason.UNKNOWN_CODE,) if written and not coded else ()
        if alias:
            decided = Candidate(alias, _ALIAS_SCORE, Method.ALIAS)
            return Placement(Verdict.COCOK, decided, (decided,), notes)
        if match.accepted and notes and _is_finer(written, match.accepted.code):
            reasons = (*notes, Reason.DOUBTFUL)
            return Placement(Verdict.RAGU, match.accepted, match.candidates, reasons)
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
        coarser = _depth(code) > max(_named(names), default=-1)
        if match.accepted and not (coarser and match.accepted.elsewhere):
            region = match.accepted.code
            heirs = SUCCESSORS.get(code, ()) if len(region) > len(code) else ()
            return region.startswith((code, *heirs)) or code.startswith(region)
        if not coarser and level_of(code) is not Level.DESA:
            return True  # a person is asked anyway
        return all(self._is_like(names[depth], code, LEVELS[depth]) for depth in _named(names))

    def _is_like(self, name: str, code: str, level: Level) -> bool:
        """Tell whether ``name`` is that of the region of ``level`` that holds ``code``."""
        region = code[: level.code_length]
        before = [old for old, heirs in SUCCESSORS.items() if region in heirs]
        asked = keys(name, level)
        for own in (keys(self._gazetteer.name(known), level) for known in (region, *before)):
            if asked.loose == own.loose:
                return True
            alike = fuzz.ratio(asked.loose, own.loose) >= SAME_NAME_FROM
            if alike and not self._telling.differ(asked, own):
                return True
        return False


def _named(names: tuple[str, ...]) -> list[int]:
    return [depth for depth, name in enumerate(names) if name]


def _depth(code: str) -> int:
    return LEVELS.index(level_of(code))


def _settles(own: tuple[str, ...], code: str) -> bool:
    """Tell whether names that agree with a code are fine enough to say that it is read right."""
    least = min(LEVELS.index(Level.KECAMATAN), _depth(code))
    return max(_named(own), default=-1) >= least


def _is_finer(written: str, code: str) -> bool:
    """Tell whether an unknown code has the digits of a finer level than the region of ``code``."""
    return sum(map(str.isdigit, written)) > level_of(code).digits


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
