"""Tells that two layers are one: an archive may hold the same regions in every format.

Beside the full shapes there may be simplified ones, too. Read together, each region would be there
twice, and its polygon would be the union of both.
"""

import hashlib

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

_ALIKE = 0.5  # of the boxes around a region: what both cover, as a share of what either covers


def fingerprint(table: gpd.GeoDataFrame) -> str:
    """Return a text that is the same for layers whose rows say the same, in any order."""
    said = _said(table)
    hashes = np.sort(pd.util.hash_pandas_object(said, index=False).to_numpy())
    return hashlib.sha256(",".join(said.columns).encode() + hashes.tobytes()).hexdigest()


def same_regions(first: gpd.GeoDataFrame, second: gpd.GeoDataFrame) -> bool:
    """Tell whether layers of one fingerprint draw the same regions, more or less finely.

    They do not where two files hold different parts of one region.
    """
    boxes = [_boxes(table) for table in (first, second)]
    shared = _area(np.maximum(boxes[0], boxes[1])[:, :2], np.minimum(boxes[0], boxes[1])[:, 2:])
    either = sum(_area(box[:, :2], box[:, 2:]) for box in boxes) - shared
    drawn = either > 0
    return bool(drawn.any()) and bool(np.median(shared[drawn] / either[drawn]) > _ALIKE)


def _boxes(table: gpd.GeoDataFrame) -> np.ndarray:
    said = _said(table).reset_index(drop=True)
    return table.bounds.to_numpy()[said.sort_values(list(said.columns), kind="stable").index]


def _said(table: gpd.GeoDataFrame) -> pd.DataFrame:
    return pd.DataFrame(table.drop(columns=["berkas", "baris", "geometry"]))


def _area(low: np.ndarray, high: np.ndarray) -> np.ndarray:
    return np.clip(high - low, 0, None).prod(axis=1)


def vertices(table: gpd.GeoDataFrame) -> int:
    """Return of how many points the shapes of a layer are made."""
    return int(shapely.get_num_coordinates(table.geometry.to_numpy()).sum())
