"""Makes a coverage of polygons that were drawn region by region.

In official files neighbours overlap by metres or leave slivers between them. Here overlaps go to
the smaller region (a village inside another stays to be seen), and narrow gaps to the region that
shares most of their edge. Afterwards neighbours share their border vertex for vertex.
"""

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from geodata.boundaries.completeness import union
from geodata.boundaries.land import EQUAL_AREA
from geodata.freed import give_back
from geodata.progress import Report

# Gaps of a smaller mean width are closed: 11 m, less than a map of desa can show.
CLOSED_WIDTH = 1e-4
METRES_PER_DEGREE = 111_195.0

_STEP = "Seams"


@dataclass(frozen=True)
class Seams:
    """How far the polygons were from a coverage, and what closing it changed.

    Attributes
    ----------
    mismatched
        Number of polygons with a border that their neighbours do not share.
    mismatched_km
        Length of such borders, of gaps and overlaps alike.
    left_km
        What of that length is still there.
    closed_width_m
        Gaps of a smaller mean width were closed.
    gaps_closed, gaps_left
        Number of gaps enclosed by polygons: narrower and wider than that. Lakes are among these.
    lost_km2, gained_km2
        Area that polygons gave up to those they overlapped, and that others took up from gaps.
    """

    mismatched: int
    mismatched_km: float
    left_km: float
    closed_width_m: float
    gaps_closed: int
    gaps_left: int
    lost_km2: float
    gained_km2: float


def close_seams(desa: gpd.GeoDataFrame, report: Report) -> tuple[gpd.GeoDataFrame, Seams]:
    """Make a coverage: no overlaps, no gaps narrower than :data:`CLOSED_WIDTH`.

    Polygons that do not touch are cleaned apart, an island group at a time, on all cores.

    Parameters
    ----------
    desa
        Columns kode, geometry: valid polygons in EPSG:4326.

    Returns
    -------
    The polygons, some of which may be empty (others cover them entirely), and what was found.
    """
    report(_STEP, 0.0)
    shapes = desa.geometry.to_numpy()
    cleaned = shapes.copy()
    vertices = shapely.get_num_coordinates(shapes)
    groups = [group for group in _island_groups(shapes) if len(group) > 1]
    sizes = [int(vertices[group].sum()) for group in groups]
    done = 0
    tallies = []
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for together in _rounds(sizes):
            results = pool.map(_clean, [shapes[groups[number]] for number in together])
            for number, (clean, *figures) in zip(together, results, strict=True):
                cleaned[groups[number]] = clean
                tallies.append(figures)
                done += sizes[number]
                report(_STEP, 0.99 * done / sum(sizes))
            give_back()
    change = _area_km2(cleaned, desa) - _area_km2(shapes, desa)
    report(_STEP, 1.0)
    mismatched, length, left, closed, open_ = np.sum(tallies, axis=0) if tallies else np.zeros(5)
    return desa.set_geometry(gpd.GeoSeries(cleaned, index=desa.index, crs=desa.crs)), Seams(
        mismatched=int(mismatched),
        mismatched_km=round(float(length) * METRES_PER_DEGREE / 1000, 1),
        left_km=round(float(left) * METRES_PER_DEGREE / 1000, 1),
        closed_width_m=round(CLOSED_WIDTH * METRES_PER_DEGREE, 1),
        gaps_closed=int(closed),
        gaps_left=int(open_),
        lost_km2=round(float(-change[change < 0].sum()), 3),
        gained_km2=round(float(change[change > 0].sum()), 3),
    )


def _rounds(sizes: Sequence[int]) -> list[list[int]]:
    """Return the numbers of groups that are cleaned at once: together no larger than the largest.

    Cleaning takes four times the memory of the polygons: one of Java at a time is enough.
    """
    rounds: list[list[int]] = []
    room: list[int] = []
    for number in sorted(range(len(sizes)), key=lambda number: -sizes[number]):
        fitting = (position for position, left in enumerate(room) if left >= sizes[number])
        position = next(fitting, len(rounds))
        if position == len(rounds):
            rounds.append([])
            room.append(max(sizes))
        rounds[position].append(number)
        room[position] -= sizes[number]
    return rounds


def _island_groups(shapes: np.ndarray) -> list[np.ndarray]:
    """Return the positions of polygons that hang together, for each such group."""
    first, other = shapely.STRtree(shapes).query(shapes, "intersects")
    links = coo_array((np.ones(len(first), dtype=bool), (first, other)), shape=(len(shapes),) * 2)
    number, group = connected_components(links, directed=False)
    order = np.argsort(group, kind="stable")
    return np.split(order, np.cumsum(np.bincount(group, minlength=number))[:-1])


def _clean(shapes: np.ndarray) -> tuple[np.ndarray, int, float, float, int, int]:
    """Make a coverage of ``shapes``; count and measure the mismatches, and the gaps closed."""
    mismatched, length = _mismatch(shapes)
    with np.errstate(invalid="ignore"):  # GEOS raises that flag on sound polygons too
        clean = shapely.coverage_clean(shapes, merge_strategy="min_area")
    clean, closed, left = _close_gaps(clean)
    return clean, mismatched, length, _mismatch(clean)[1], closed, left


def _mismatch(shapes: np.ndarray) -> tuple[int, float]:
    """Return how many polygons have borders their neighbours do not share, and their length."""
    edges = shapely.coverage_invalid_edges(shapes)
    return int((~shapely.is_empty(edges)).sum()), float(shapely.length(edges).sum())


def _close_gaps(coverage: np.ndarray) -> tuple[np.ndarray, int, int]:
    """Give narrow gaps to the polygon that shares most of their edge.

    GEOS can close gaps while it cleans, but measures each by its largest inscribed circle, which
    takes four times as long as everything else. Twice the area by the length of the edge, the mean
    width, tells slivers as well.

    Returns
    -------
    The coverage, how many gaps were closed, and how many wider ones are left.
    """
    land = shapely.get_parts(union(coverage))
    holes = shapely.polygons(_inner_rings(land))
    narrow = 2 * shapely.area(holes) < CLOSED_WIDTH * shapely.length(holes)
    gaps = holes[narrow]
    gap, owner = shapely.STRtree(coverage).query(gaps, "intersects")
    shared = shapely.length(shapely.intersection(shapely.boundary(gaps[gap]), coverage[owner]))
    pairs = pd.DataFrame({"gap": gap, "owner": owner, "shared": shared})
    heirs = pairs.sort_values("shared").drop_duplicates("gap", keep="last").sort_values("owner")
    owners, starts = np.unique(heirs["owner"], return_index=True)
    closed = coverage.copy()
    for heir, own in zip(owners, np.split(heirs["gap"].to_numpy(), starts[1:]), strict=False):
        closed[heir] = union(np.append(gaps[own], coverage[heir]))
    return closed, len(gaps), int((~narrow).sum())


def _inner_rings(polygons: np.ndarray) -> Sequence[shapely.LinearRing]:
    number = shapely.get_num_interior_rings(polygons)
    which = np.repeat(np.arange(len(polygons)), number)
    positions = np.concatenate([np.arange(n) for n in number]) if len(number) else number
    return shapely.get_interior_ring(polygons[which], positions)


def _area_km2(shapes: np.ndarray, like: gpd.GeoDataFrame) -> np.ndarray:
    return gpd.GeoSeries(shapes, crs=like.crs).to_crs(EQUAL_AREA).area.to_numpy() / 1e6
