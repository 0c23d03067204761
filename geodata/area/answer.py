"""What there is in an area: KIM, desa without one with who is next, and desa nobody knows of."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import pandas as pd
import shapely

from geodata.analysis.gaps import with_ancestors
from geodata.analysis.islands import islands
from geodata.area.area import Area, Zone
from geodata.area.desa import contains, desa_inside, in_regions
from geodata.boundaries.boundary_set import BoundarySet
from geodata.regions import LEVELS, Level
from geodata.registry.fields import to_bits
from geodata.registry.points import coordinates, has_own_point
from geodata.registry.snapshot import KimFilter, Snapshot
from geodata.sphere import bearing, great_circle_km, unit_vectors
from geodata.village_points import points_of_desa

FIRST = "kebencanaan"
"""The bidang whose KIM come first."""

BEARINGS = (
    "utara", "timur_laut", "timur", "tenggara", "selatan", "barat_daya", "barat", "barat_laut",
)  # fmt: skip
"""By eighths of a turn."""


class Way(StrEnum):
    """How a KIM was told to be inside, the surest first."""

    TITIK = "titik"
    """Its own coordinates are in a shape."""
    WILAYAH = "wilayah"
    """Its desa is in a region of the area."""
    DESA = "desa"
    """It has no coordinates, and some of its desa is in a shape."""


@dataclass(frozen=True, eq=False)
class Answer:
    """What there is in an area.

    Attributes
    ----------
    share
        Of each desa of the gazetteer the share inside: see :func:`~geodata.area.desa.desa_inside`.
    rows
        Of each row of ``kim`` its place in the snapshot.
    kim
        The KIM inside, those of the bidang :data:`FIRST` before the others, then the surest:
        nomor_induk, nama_kim, kode_wilayah, names of the regions above and of the desa, bidang,
        status, cara_lokasi (a :class:`Way`), bagian_dalam (share of its desa inside; NaN: not
        known), zona (names of the zones that it is in, with "; " between), lat, lng.
    without
        The desa inside that have no KIM, of kabupaten/kota that have reported, by code: kode,
        provinsi, kabupaten_kota, kecamatan, nama, bagian_dalam; and of the nearest KIM outside
        kim_terdekat, nomor_induk_terdekat, jarak_km (great circle), arah (of :data:`BEARINGS`) and
        satu_pulau (on the island of the desa). What is next is missing where the desa has no known
        point, or no KIM is outside.
    unreported
        The desa inside whose kabupaten/kota has not reported, without the last five.
    """

    share: np.ndarray
    rows: np.ndarray
    kim: pd.DataFrame
    without: pd.DataFrame
    unreported: pd.DataFrame

    @property
    def desa(self) -> int:
        """How many desa are inside, in whole or in part."""
        return int(np.count_nonzero(self.share))

    @property
    def of_first(self) -> int:
        """How many KIM inside are of the bidang :data:`FIRST`."""
        return int(is_of_first(self.kim).sum())


def answer(
    area: Area, snapshot: Snapshot, kim_filter: KimFilter, boundaries: BoundarySet
) -> Answer:
    """Return what there is in ``area`` of the KIM that pass ``kim_filter``."""
    gazetteer = snapshot.gazetteer
    share = desa_inside(area, gazetteer, boundaries)
    passing = np.flatnonzero(snapshot.mask(kim_filter))
    way = _ways(area, share, snapshot, passing)
    inside = passing[way != ""]
    kim, order = _kim(area, snapshot, inside, way[way != ""], share, boundaries)
    there = np.flatnonzero(share)
    with_kim = np.isin(there, snapshot.desa[passing])
    reported = snapshot.desa_reported[there]
    without = _desa(there[reported & ~with_kim], share, snapshot)
    outside = passing[way == ""]
    return Answer(
        share,
        inside[order],
        kim,
        _with_next(without, snapshot, outside),
        _desa(there[~reported & ~with_kim], share, snapshot),
    )


def is_of_first(kim: pd.DataFrame) -> pd.Series:
    """Return which rows are of KIM of the bidang :data:`FIRST`."""
    return kim["bidang"].str.split(";").map(lambda fields: FIRST in fields).astype(bool)


def _ways(area: Area, share: np.ndarray, snapshot: Snapshot, kim: np.ndarray) -> np.ndarray:
    """Return how each of ``kim`` is inside; an empty text where it is not."""
    desa, own = snapshot.desa[kim], has_own_point(snapshot, kim)
    at_point = own & contains(area.shape, *coordinates(snapshot, kim))
    by_code = in_regions(area.codes, snapshot.gazetteer)[desa]
    of_way = {
        Way.TITIK: at_point,
        Way.WILAYAH: by_code,
        Way.DESA: ~own & (share[desa] != 0),
    }
    return np.select(list(of_way.values()), [way.value for way in of_way], "")


def _kim(
    area: Area,
    snapshot: Snapshot,
    kim: np.ndarray,
    way: np.ndarray,
    share: np.ndarray,
    boundaries: BoundarySet,
) -> tuple[pd.DataFrame, np.ndarray]:
    """Return the rows of ``kim`` as a table, and which of them each row of it is."""
    gazetteer, desa = snapshot.gazetteer, snapshot.desa[kim]
    table = snapshot.kim.iloc[kim][["nomor_induk", "nama_kim", "kode_wilayah", "bidang", "status"]]
    table = table.reset_index(drop=True)
    for place, level in enumerate(LEVELS):
        at = gazetteer.parent_positions(level, Level.DESA)[desa]
        table.insert(3 + place, level.value, gazetteer.tables[level]["nama"].array[at])
    lat, lng = coordinates(snapshot, kim)
    table = table.assign(
        cara_lokasi=way, bagian_dalam=share[desa], zona=_zones(area, snapshot, kim, way, boundaries)
    ).assign(lat=lat, lng=lng)
    first = (snapshot.bidang_bits[kim] & to_bits([FIRST])) != 0
    surest = np.array([list(Way).index(Way(word)) for word in way], dtype=int)
    order = np.lexsort([-np.nan_to_num(share[desa]), surest, ~first])
    return table.iloc[order].reset_index(drop=True), order


def _zones(
    area: Area, snapshot: Snapshot, kim: np.ndarray, way: np.ndarray, boundaries: BoundarySet
) -> list[str]:
    """Return of each of ``kim`` the names of the zones that it is in."""
    lat, lng = coordinates(snapshot, kim)
    places, desa = np.unique(snapshot.desa[kim], return_inverse=True)
    codes = snapshot.gazetteer.codes(Level.DESA)[places]
    by_desa = way != Way.TITIK
    polygons = np.full(len(codes), None, dtype=object)
    if not area.shape.is_empty and len(area.zones) > 1:
        asked = np.unique(desa[by_desa])
        polygons[asked] = boundaries.polygons_of(Level.DESA, codes[asked])
    names: list[list[str]] = [[] for _ in kim]
    for zone in area.zones:
        for row in np.flatnonzero(
            _in_zone(zone, snapshot, kim, (lat, lng), by_desa, polygons[desa])
        ):
            names[row].append(zone.name)
    return (
        ["; ".join(of_kim) for of_kim in names]
        if len(area.zones) > 1
        else [area.zones[0].name for _ in kim]
    )


def _in_zone(
    zone: Zone,
    snapshot: Snapshot,
    kim: np.ndarray,
    ends: tuple[np.ndarray, np.ndarray],
    by_desa: np.ndarray,
    polygons: np.ndarray,
) -> np.ndarray:
    if zone.code:
        return in_regions([zone.code], snapshot.gazetteer)[snapshot.desa[kim]]
    at_point = contains(zone.shape, *ends)
    touched = shapely.intersects(zone.shape, polygons)
    return np.where(by_desa, touched | (at_point & shapely.is_missing(polygons)), at_point)


def _desa(desa: np.ndarray, share: np.ndarray, snapshot: Snapshot) -> pd.DataFrame:
    table = snapshot.gazetteer.tables[Level.DESA].iloc[desa][["kode", "nama"]]
    table = with_ancestors(table.reset_index(drop=True), snapshot, Level.DESA)
    return table.assign(bagian_dalam=share[desa])


def _with_next(table: pd.DataFrame, snapshot: Snapshot, outside: np.ndarray) -> pd.DataFrame:
    """Return desa with the nearest of the KIM ``outside`` of each."""
    from scipy.spatial import KDTree

    desa = snapshot.gazetteer.positions(Level.DESA, table["kode"])
    lat, lng = (ends[desa] for ends in points_of_desa(snapshot.gazetteer))
    kim_lat, kim_lng = coordinates(snapshot, outside)
    placed = np.isfinite(kim_lat)
    kim, kim_lat, kim_lng = outside[placed], kim_lat[placed], kim_lng[placed]
    known = np.flatnonzero(np.isfinite(lat)) if len(kim) else np.array([], dtype=int)
    ends = lat[known], lng[known]
    nearest = (
        KDTree(unit_vectors(kim_lat, kim_lng)).query(unit_vectors(*ends))[1]
        if len(known)
        else np.array([], dtype=int)
    )
    to = kim_lat[nearest], kim_lng[nearest]
    own, other = np.split(islands(*map(np.concatenate, zip(ends, to, strict=True))), 2)
    eighth = np.rint(bearing(*ends, *to) / 45).astype(int) % len(BEARINGS)
    rows = snapshot.kim.iloc[kim[nearest]]
    columns = {
        "kim_terdekat": rows["nama_kim"].to_numpy(),
        "nomor_induk_terdekat": rows["nomor_induk"].to_numpy(),
        "jarak_km": great_circle_km(*ends, *to),
        "arah": np.array(BEARINGS, dtype=object)[eighth],
        "satu_pulau": own == other,
    }
    for name, values in columns.items():
        table[name] = pd.Series(values, table.index[known]).reindex(table.index)
    return table
