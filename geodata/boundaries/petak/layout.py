"""The layout of Petak: a square for each region of a level, near its true place.

The squares of a region stand together in a block, inside the block of the region above it, down
from the whole country's frame. A block is cut in two across its longer side, and the regions that
share it, in the order of their longitudes or latitudes, are parted where both sides are most alike
in their numbers of squares; and so on, until each has a block of its own. Where a side would fall
apart, another way of cutting is taken. The squares of the last block are dealt out by longitude
into its columns, and by latitude within a column.

J. Wood and J. Dykes, "Spatially Ordered Treemaps", IEEE Transactions on Visualization and Computer
Graphics 14(6), 2008; A. Slingsby, J. Dykes and J. Wood, "Rectangular Hierarchical Cartograms for
Socio-Economic Data", Journal of Maps 6(1), 2010.
"""

import math
from collections.abc import Iterator
from itertools import chain

import numpy as np

from geodata.gazetteer import Gazetteer
from geodata.regions import LEVELS, Level

PROPORTION = 2.0
"""Width to height of the country's frame: it is wider than high, as a window is."""

# The country runs from the northwest to the southeast. There is sea in the two other corners, for
# which the frame has so many times the room of the squares.
_ROOM = 1.3


def lay_out(level: Level, gazetteer: Gazetteer) -> np.ndarray:
    """Return the square of each region of ``level``, by code: no two have the same one.

    Returns
    -------
    Array of two columns: column (from the west) and row (from the south) of a grid, from 0.
    """
    places = _places(gazetteer)
    codes = gazetteer.codes(level)
    blocks = {0: _frame(len(codes))}  # by the position of the region at its level
    for above in LEVELS[: LEVELS.index(level)]:
        starts = np.searchsorted(codes, gazetteer.codes(above))
        counts = np.diff(starts, append=len(codes))
        holder = _holders(above, gazetteer)
        inner: dict[int, np.ndarray] = {}
        for region, cells in blocks.items():
            parts = np.flatnonzero((holder == region) & (counts > 0))
            inner.update(_cut(cells, parts, counts, places[above]))
        blocks = inner
    return _dealt_out(blocks, _holders(level, gazetteer), places[level])


def _holders(level: Level, gazetteer: Gazetteer) -> np.ndarray:
    """Return for each region of ``level`` the position of the one above it (of provinsi: 0)."""
    if level.parent is None:
        return np.zeros(len(gazetteer.codes(level)), dtype=int)
    return gazetteer.parent_positions(level.parent, level)


def _frame(count: int) -> np.ndarray:
    """Return the cells of the country: ``count`` pairs of column and row, from 0."""
    rows = math.ceil(math.sqrt(count * _ROOM / PROPORTION))
    columns = math.ceil(count * _ROOM / rows)
    cells = np.column_stack([axis.ravel() for axis in np.mgrid[:columns, :rows]])
    along = (cells + 0.5) / (columns, rows)
    into_the_sea = np.abs(along.sum(axis=1) - 1)
    kept = cells[np.argsort(into_the_sea.round(9), kind="stable")[:count]]
    return kept - kept.min(axis=0)


def _places(gazetteer: Gazetteer) -> dict[Level, np.ndarray]:
    """Return longitude and latitude of each region: the middle of its desa.

    A region without any point has the place of the one above it.
    """
    desa = gazetteer.tables[Level.DESA]
    above = desa[["lng", "lat"]].median().to_numpy()[None, :]
    places = {}
    for level in LEVELS:
        codes = gazetteer.codes(level)
        points = desa.groupby(desa["kode"].str[: level.code_length])[["lng", "lat"]].median()
        own = points.reindex(codes).to_numpy()
        above = np.where(np.isnan(own), above[_holders(level, gazetteer)], own)
        places[level] = above
    return places


def _cut(
    cells: np.ndarray, parts: np.ndarray, counts: np.ndarray, places: np.ndarray
) -> Iterator[tuple[int, np.ndarray]]:
    """Cut a block among ``parts``, and yield the cells of each."""
    if len(parts) == 1:
        yield int(parts[0]), cells
        return
    width, height = np.ptp(cells, axis=0)
    across = 0 if width >= height else 1
    ways = [(axis, turn) for axis in (across, 1 - across) for turn in (1, -1)]
    cuts = (_halves(cells, parts, counts, places[:, axis], axis, turn) for axis, turn in ways)
    first = next(cuts)
    whole = (
        cut for cut in chain([first], cuts) if all(map(_hangs_together, (cut[0][1], cut[1][1])))
    )
    for side, block in next(whole, first):
        yield from _cut(block, side, counts, places)


def _halves(
    cells: np.ndarray,
    parts: np.ndarray,
    counts: np.ndarray,
    places: np.ndarray,
    axis: int,
    turn: int,
) -> tuple[tuple[np.ndarray, np.ndarray], tuple[np.ndarray, np.ndarray]]:
    """Return the parts on both sides of a cut across ``axis``, and the cells of both sides.

    The column (or row) that the cut goes through is shared from its one end or, if ``turn`` is -1,
    from its other.
    """
    parts = parts[np.argsort(places[parts], kind="stable")]
    so_far = np.cumsum(counts[parts])
    half = int(np.argmin(np.abs(so_far[:-1] - so_far[-1] / 2)))
    cells = cells[np.lexsort((turn * cells[:, 1 - axis], cells[:, axis]))]
    many = so_far[half]
    return (parts[: half + 1], cells[:many]), (parts[half + 1 :], cells[many:])


def _hangs_together(cells: np.ndarray) -> bool:
    """Tell whether one gets from each cell to any other across their sides."""
    from scipy import ndimage  # read when first needed: tilesets are made once

    grid = np.zeros(np.ptp(cells, axis=0) + 1, dtype=bool)
    grid[tuple((cells - cells.min(axis=0)).T)] = True
    return ndimage.label(grid)[1] == 1


def _dealt_out(blocks: dict[int, np.ndarray], holder: np.ndarray, places: np.ndarray) -> np.ndarray:
    """Return the cell of each region: of the block of its ``holder``, near its place there."""
    cells = np.vstack([blocks[region] for region in sorted(blocks)])  # as regions sort by code
    cells = cells[np.lexsort((cells[:, 1], cells[:, 0], holder))]
    by_lng = np.lexsort((places[:, 0], holder))
    by_column = by_lng[np.lexsort((places[by_lng, 1], cells[:, 0], holder))]
    squares = np.empty_like(cells)
    squares[by_column] = cells
    return squares
