"""Which regions of a boundary set share a border: queen contiguity.

Two regions are neighbours if their polygons touch, be it in a single vertex, or overlap. Islands,
and regions that are not drawn, have none.
"""

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
import shapely

from geodata.gazetteer import Gazetteer
from geodata.regions import Level, level_of

if TYPE_CHECKING:
    from scipy import sparse

    from geodata.boundaries.boundary_set import BoundarySet


@lru_cache(maxsize=8)
def queen_contiguity(
    boundaries: "BoundarySet", gazetteer: Gazetteer, level: Level
) -> "sparse.csr_array":
    """Return the neighbours of every region of ``level``, in the gazetteer's order.

    A symmetric CSR matrix of ones without a diagonal: row i holds the neighbours of region i. The
    last few are kept.
    """
    from scipy import sparse

    polygons = boundaries.polygons(level)
    shapes = polygons.geometry.to_numpy()
    first, other = shapely.STRtree(shapes).query(shapes, predicate="intersects")
    positions = gazetteer.positions(level, polygons["kode"]) if len(polygons) else np.array([], int)
    keep = first != other
    rows, columns = positions[first[keep]], positions[other[keep]]
    size = len(gazetteer.codes(level))
    return sparse.csr_array((np.ones(len(rows)), (rows, columns)), shape=(size, size))


def neighbours_of(boundaries: "BoundarySet", gazetteer: Gazetteer, kode: str) -> list[str]:
    """Return the codes of the neighbours of a region, sorted; none for an island.

    Raises
    ------
    RegionError
        If the gazetteer has no region ``kode``.
    """
    level = level_of(kode)
    position = gazetteer.within(level, kode).start
    contiguity = queen_contiguity(boundaries, gazetteer, level)
    near = contiguity.indices[contiguity.indptr[position] : contiguity.indptr[position + 1]]
    return [str(code) for code in gazetteer.codes(level)[np.sort(near)]]
