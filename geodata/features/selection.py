"""Which features of a collection are asked for: those in a box, and those of certain properties."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
import shapely

from geodata.boundaries.boundary_set import Bounds
from geodata.columns import column
from geodata.errors import SelectionError
from geodata.exports.extracts import Extract
from geodata.features.collection import Collection


@dataclass(frozen=True)
class Box:
    """A box on the Earth, EPSG:4326 degrees; ``west`` is above ``east`` where it crosses 180°."""

    west: float
    south: float
    east: float
    north: float

    @property
    def parts(self) -> tuple[Bounds, ...]:
        """South, west, north, east of the box; of one that crosses 180° those of both parts."""
        if self.west <= self.east:
            return ((self.south, self.west, self.north, self.east),)
        return (
            (self.south, self.west, self.north, 180.0),
            (self.south, -180.0, self.north, self.east),
        )


def selected(
    collection: Collection, extract: Extract, box: Box | None, properties: Mapping[str, str]
) -> np.ndarray:
    """Return which rows of ``extract`` are asked for: their places, rising.

    Parameters
    ----------
    box
        They have a geometry that meets it: that of a region is its polygon, not its bounds.
    properties
        Text by the name of a column: they have this value, numbers to nine digits, days as ISO
        8601. What is missing is equal to nothing.

    Raises
    ------
    SelectionError
        If a column does not exist, or cannot have that value.
    """
    rows = collection.rows(extract)
    for name in properties:
        if name not in extract.columns:
            allowed = ", ".join(extract.columns)
            raise SelectionError("column", value=name, allowed=allowed)
    if properties:
        table = extract.table(rows)
        alike = [_alike(table[name], value) for name, value in properties.items()]
        rows = rows[np.logical_and.reduce(alike)]
    return rows if box is None else rows[_meets(extract, rows, box)]


def _alike(values: pd.Series, written: str) -> np.ndarray:
    """Tell which of ``values`` are the one that is written."""
    kind = column(str(values.name)).kind
    try:
        if kind in ("count", "number", "share", "year", "degrees"):
            wanted = float(written)
            known = values.to_numpy(float, na_value=np.nan)
            return np.isclose(known, wanted, rtol=1e-9, atol=1e-12)
        if kind == "day":
            return (values == pd.to_datetime(written, format="%Y-%m-%d")).to_numpy(bool)
    except ValueError:
        raise SelectionError("feature_value", column=values.name, value=written) from None
    return (values == written).fillna(False).to_numpy(bool)


def _meets(extract: Extract, rows: np.ndarray, box: Box) -> np.ndarray:
    """Tell which of ``rows`` have a geometry that meets ``box``."""
    if extract.level is None:
        points = extract.shapes(rows)
        sides = [shapely.box(west, south, east, north) for south, west, north, east in box.parts]
        return np.any([shapely.intersects(points, side) for side in sides], axis=0)
    assert extract.boundaries is not None
    meeting = [extract.boundaries.meeting(extract.level, part) for part in box.parts]
    return np.isin(extract.ids[rows], np.concatenate(meeting))
