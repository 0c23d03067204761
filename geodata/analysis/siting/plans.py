"""Where the next KIM should be formed: with N more, which desa.

A desa is served if it has a KIM that passes the filter, or if its point lies within a radius of
the place of one, in whatever region, and on whatever island unless only its own is to count. A new
KIM stands at its desa's point; a desa without a point
can have one too, which then serves that desa alone. What is to be served are the desa of one
region, each with weight 1 or one that is given, such as its population. A desa whose kabupaten/kota
has not reported may have a KIM already: it is neither to be served nor proposed.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import numpy as np
import pandas as pd
from scipy import sparse
from scipy.spatial import KDTree

from geodata.analysis.distance import nearest_kim
from geodata.analysis.gaps import with_ancestors
from geodata.analysis.islands import islands_of_desa, vectors_by_island
from geodata.analysis.region_metrics import count_by_desa
from geodata.analysis.siting.cover import Cover, slack
from geodata.analysis.siting.exact import exact
from geodata.analysis.siting.greedy import exchange, greedy, in_order, one_a_group, worst_first
from geodata.analysis.siting.relaxed import improve
from geodata.errors import RegionError, SelectionError
from geodata.gazetteer import Gazetteer
from geodata.regions import Level, level_of
from geodata.registry.snapshot import KimFilter, Snapshot
from geodata.sphere import chord, unit_vectors
from geodata.village_points import points_of_desa

Objective = Literal["desa", "worst", "kecamatan"]
OBJECTIVES: tuple[Objective, ...] = ("desa", "worst", "kecamatan")
"""Serve most desa (or weight); raise the worst part first; one KIM in each empty kecamatan."""

MOST_KIM = 5_000
MOST_KM = 25.0
RADIUS_KM = 5.0
"""The radius of a plan for which nobody chose one: that of the page and of briefings."""
EXACT_UP_TO = 600
"""Number of desa up to which the objective ``desa`` is solved exactly; it takes some seconds."""


@dataclass(frozen=True, eq=False)
class SitingPlan:
    """An ordered answer to where KIM should be formed.

    Attributes
    ----------
    table
        A row a KIM in the order to form them: urutan (from 1), kode, provinsi, kabupaten_kota,
        kecamatan, nama, lat, lng (the desa's point, degrees; NaN: none), tambahan (weight that it
        adds), terlayani (weight served from then on), porsi (share of all weight, 0 to 1) and
        terkunci (whether it was asked for). Fewer rows than asked for if nothing more can be
        gained.
    served
        A row for each desa that the plan adds: kode, nama, bobot (weight), urutan (that of the
        first KIM of the plan that serves it).
    before, total
        Weight served without the plan, and all weight of the region.
    bound
        Weight that no plan of as many KIM can exceed; NaN for objectives that do not maximise it.
    across_water
        Number of the desa served that no KIM of the plan on their own island serves.
    without_point
        Number of desa without a point, or with one that is known to be wrong: only a KIM of their
        own serves them.
    """

    table: pd.DataFrame
    served: pd.DataFrame
    before: float
    total: float
    bound: float
    across_water: int
    without_point: int

    @property
    def after(self) -> float:
        """The weight served with the whole plan."""
        return float(self.table["terlayani"].iloc[-1]) if len(self.table) else self.before

    @property
    def share_of_best(self) -> float:
        """Share (0 to 1) of what the best plan adds that this one adds at least.

        1 means that no plan is better, which is proven; NaN that the objective has no bound.
        """
        if self.after >= self.bound - slack(self.total):
            return 1.0
        return (self.after - self.before) / (self.bound - self.before)

    @property
    def curve(self) -> pd.DataFrame:
        """Weight served against the number of new KIM: columns jumlah_baru, terlayani, porsi."""
        served = np.array([self.before, *self.table["terlayani"]])
        share = served / self.total if self.total else np.full(len(served), np.nan)
        return pd.DataFrame(
            {"jumlah_baru": np.arange(len(served)), "terlayani": served, "porsi": share}
        )


def plan_siting(
    snapshot: Snapshot,
    kim_filter: KimFilter,
    *,
    add: int,
    radius_km: float,
    within: str | None = None,
    objective: Objective = "desa",
    weights: Mapping[str, float] | None = None,
    locked: Collection[str] = (),
    forbidden: Collection[str] = (),
    same_island: bool = False,
    exact_up_to: int = EXACT_UP_TO,
) -> SitingPlan:
    """Say where ``add`` more KIM should be formed in ``within``.

    For the objective ``desa`` choice is greedy, then improved, with a bound on what any plan could
    serve; in a region of up to ``exact_up_to`` desa, what that leaves open is solved exactly, if a
    time limit allows it. ``worst`` raises, at
    each step, the kabupaten/kota (in one of these: the kecamatan) with the lowest share served;
    ``kecamatan`` gives one KIM to each kecamatan that has none, those that serve most first.

    Parameters
    ----------
    weights
        Weight of desa by code, zero or more; a desa that is not named has 0. ``None``: 1 each.
    locked, forbidden
        Codes of desa that are part of the plan in any case, and that are out of the question.
    same_island
        Whether a KIM serves desa of its own island only.

    Raises
    ------
    RegionError
        If the gazetteer has no region ``within``, or no desa that a weight is given for.
    SelectionError
        If a number is out of range, the objective does not exist, a weight is below zero, a
        locked or forbidden desa does not lie in ``within``, or is both, too many are locked, or one
        of these has not reported.
    """
    gazetteer = snapshot.gazetteer
    scope = gazetteer.within(Level.DESA, within)
    size = scope.stop - scope.start
    _check(add, radius_km, objective)
    fixed = _positions(gazetteer, scope, locked)
    reported = snapshot.desa_reported[scope]
    candidates = reported.copy()
    candidates[_positions(gazetteer, scope, forbidden)] = False
    if not reported[fixed].all():
        unknown = [code for code, desa in zip(locked, fixed, strict=True) if not reported[desa]]
        raise SelectionError("siting_unreported", kode=", ".join(unknown))
    if not candidates[fixed].all():
        raise SelectionError("siting_both", kode=", ".join(set(locked) & set(forbidden)))
    if len(fixed) > add:
        raise SelectionError("siting_locked", terkunci=len(fixed), tambah=add)

    km = nearest_kim(snapshot, kim_filter, same_island=same_island)[0][scope]
    weight = _weights(gazetteer, scope, weights) * reported
    reach = neighbours(gazetteer, within, radius_km, same_island)
    start = Cover(reach, weight, km <= radius_km, candidates)
    cover = start.copy()
    for desa in fixed:
        cover.choose(desa)
    more, bound = add - len(fixed), np.nan
    if objective == "kecamatan":
        kecamatan = gazetteer.parent_positions(Level.KECAMATAN, Level.DESA)[scope]
        has_kim = count_by_desa(snapshot, kim_filter)[scope] > 0
        taken = np.union1d(kecamatan[has_kim], kecamatan[fixed])
        cover.close(np.isin(kecamatan, taken))
        chosen = one_a_group(cover, more, kecamatan)
    elif objective == "worst":
        chosen = worst_first(cover, more, _starts_of_parts(gazetteer, within))
    else:
        chosen, bound = _most_served(cover, more, size <= exact_up_to)
    return _plan(snapshot, scope, start, [*fixed, *chosen], len(fixed), bound)


def _most_served(cover: Cover, more: int, exactly: bool) -> tuple[list[int], float]:
    """Return the plan that serves most, or nearly so, and the weight that none can exceed."""
    state = cover.copy()
    chosen, bound = improve(cover, exchange(state, greedy(state, more)), more)
    inexact, reached = slack(cover.weights.sum()), cover.added_by(chosen)
    if (cover.weights == cover.weights.round()).all():
        bound = float(np.floor(bound + inexact))
    if exactly and reached < bound - inexact:
        best = exact(cover, more)
        if best is not None and cover.added_by(best) >= reached:
            chosen, bound = best, cover.added_by(best)
    return in_order(cover, chosen), cover.served + bound


def _starts_of_parts(gazetteer: Gazetteer, within: str | None) -> np.ndarray:
    """Return where the parts that ``worst`` compares begin among the desa of ``within``."""
    inside = within is not None and level_of(within) is not Level.PROVINSI
    parts = Level.KECAMATAN if inside else Level.KABUPATEN_KOTA
    starts = gazetteer.desa_starts(parts)[gazetteer.within(parts, within)]
    return np.maximum(starts - gazetteer.within(Level.DESA, within).start, 0)


@lru_cache(maxsize=2)
def neighbours(
    gazetteer: Gazetteer, within: str | None, radius_km: float, same_island: bool
) -> sparse.csr_array:
    """Return which desa of ``within`` lie within ``radius_km`` of each other (on one island).

    A symmetric CSR matrix of ones with int32 indices, each desa its own neighbour, in the order of
    the gazetteer. The last two are kept; at 25 km that of the whole country takes some 250 MB.
    """
    scope = gazetteer.within(Level.DESA, within)
    lat, lng = (ends[scope] for ends in points_of_desa(gazetteer))
    placed = np.flatnonzero(np.isfinite(lat))
    ends = lat[placed], lng[placed]
    if same_island:
        vectors = vectors_by_island(*ends, islands_of_desa(gazetteer)[scope][placed])
    else:
        vectors = unit_vectors(*ends)
    tree = KDTree(vectors)
    pairs = tree.query_pairs(chord(radius_km), output_type="ndarray")
    first, other = placed[pairs[:, 0]].astype(np.int32), placed[pairs[:, 1]].astype(np.int32)
    own = np.arange(len(lat), dtype=np.int32)
    rows, columns = np.concatenate([first, other, own]), np.concatenate([other, first, own])
    listed = sparse.coo_array((np.ones(len(rows)), (rows, columns)), shape=(len(lat), len(lat)))
    listed.has_canonical_format = True  # no pair stands there twice: nothing to look for
    return listed.tocsr()


def _check(add: int, radius_km: float, objective: str) -> None:
    if objective not in OBJECTIVES:
        raise SelectionError("siting_objective", value=objective, allowed=", ".join(OBJECTIVES))
    if not 1 <= add <= MOST_KIM:
        raise SelectionError("siting_add", value=add, most=MOST_KIM)
    if not 0 < radius_km <= MOST_KM:
        raise SelectionError("siting_radius", value=radius_km, most=f"{MOST_KM:g}")


def _positions(gazetteer: Gazetteer, scope: slice, codes: Collection[str]) -> list[int]:
    """Return where desa stand in ``scope``, in the order given, each once."""
    wanted = list(dict.fromkeys(codes))
    positions = gazetteer.positions(Level.DESA, np.array(wanted, dtype=str))
    for code, position in zip(wanted, positions, strict=True):
        if not scope.start <= position < scope.stop:
            raise SelectionError("siting_outside", kode=code)
    return [int(position) - scope.start for position in positions]


def _weights(gazetteer: Gazetteer, scope: slice, weights: Mapping[str, float] | None) -> np.ndarray:
    if weights is None:
        return np.ones(scope.stop - scope.start)
    for code, weight in weights.items():
        if level_of(code) is not Level.DESA or code not in gazetteer:
            raise RegionError("region_unknown", code=code)
        if not (np.isfinite(weight) and weight >= 0):
            raise SelectionError("siting_weight", kode=code)
    codes = gazetteer.tables[Level.DESA]["kode"].iloc[scope]
    return np.array([weights.get(code, 0) for code in codes], dtype=float)


def _plan(
    snapshot: Snapshot,
    scope: slice,
    start: Cover,
    chosen: list[int],
    locked: int,
    bound: float,
) -> SitingPlan:
    """Put the positions ``chosen``, the first ``locked`` of them asked for, into a plan."""
    desa = snapshot.gazetteer.tables[Level.DESA].iloc[scope].reset_index(drop=True)
    island = islands_of_desa(snapshot.gazetteer)[scope]
    order, ashore = np.zeros(len(desa), dtype=np.int32), np.zeros(len(desa), dtype=bool)
    for turn, site in enumerate(chosen, start=1):
        near = start.served_by(site)
        ashore[near[island[near] == island[site]]] = True
        order[near[(order[near] == 0) & ~start.already[near]]] = turn
    added = np.bincount(order, start.weights, minlength=len(chosen) + 1)[1:]
    before, total = start.served, float(start.weights.sum())

    table = desa.iloc[chosen][["kode", "nama"]].reset_index(drop=True)
    table = with_ancestors(table, snapshot, Level.DESA)
    table.insert(0, "urutan", np.arange(1, len(chosen) + 1))
    lat, lng = (ends[scope] for ends in points_of_desa(snapshot.gazetteer))
    table["lat"], table["lng"] = lat[chosen], lng[chosen]
    table["tambahan"] = added
    table["terlayani"] = before + np.cumsum(added)
    table["porsi"] = table["terlayani"] / total if total else np.nan
    table["terkunci"] = table["urutan"] <= locked

    gained = np.flatnonzero((order > 0) & (start.weights > 0))
    served = desa.iloc[gained][["kode", "nama"]].assign(
        bobot=start.weights[gained], urutan=order[gained]
    )
    return SitingPlan(
        table=table,
        served=served.sort_values(["urutan", "kode"], ignore_index=True),
        before=before,
        total=total,
        bound=bound,
        across_water=int(np.count_nonzero(~ashore[gained])),
        without_point=int(np.isnan(lat[snapshot.desa_reported[scope]]).sum()),
    )
