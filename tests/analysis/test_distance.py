import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.analysis.distance import (
    distance_by_region,
    distance_histogram,
    distances,
    nearest_kim,
)
from geodata.errors import RegionError
from geodata.regions import LEVELS, Level
from geodata.registry.points import coordinates
from geodata.registry.snapshot import KimFilter, load_sample
from geodata.sphere import EARTH_RADIUS_KM, chord, great_circle_km, km_outside, unit_vectors
from geodata.village_points import points_of_desa
from tests.analysis.worlds import country, registry_of, road
from tests.strategies import kim_filters

NOBODY = KimFilter(tahun=(1990, 1990))
lats, lngs = st.floats(-89.9, 89.9), st.floats(-180, 180)


# The sphere.


@pytest.mark.parametrize(
    ("start", "end", "km"),
    [
        ((0, 0), (1, 0), 111.1951),
        ((0, 179.5), (0, -179.5), 111.1951),
        ((0, 0), (0, 90), 10007.557),
        ((90, 0), (-90, 0), 20015.115),
    ],
    ids=["a degree", "over the antimeridian", "a quarter", "pole to pole"],
)
def test_great_circles_of_known_length(start, end, km):
    assert great_circle_km(*map(np.array, (*start, *end))) == pytest.approx(km, rel=1e-4)


@given(lats, lngs, lats, lngs)
def test_great_circles_are_those_of_the_haversine(lat, lng, to_lat, to_lng):
    phi, to_phi = np.radians(lat), np.radians(to_lat)
    half_phi, half_theta = (to_phi - phi) / 2, np.radians(to_lng - lng) / 2
    haversine = np.sin(half_phi) ** 2 + np.cos(phi) * np.cos(to_phi) * np.sin(half_theta) ** 2
    km = 2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(min(haversine, 1)))
    ends = (np.array(value) for value in (lat, lng, to_lat, to_lng))
    assert great_circle_km(*ends) == pytest.approx(km, abs=1e-3)


def test_a_point_is_as_far_outside_a_polygon_as_the_way_to_its_nearest_part():
    square = shapely.box(112, -8, 113, -7)
    outside = km_outside(np.array([-7.5, -7.5]), np.array([112.5, 114.0]), np.array([square] * 2))
    assert outside == pytest.approx([0, EARTH_RADIUS_KM * np.radians(1) * 0.99144], rel=1e-4)


@given(lats, lngs, lats, lngs)
def test_a_chord_and_its_great_circle_tell_the_same_distance(lat, lng, to_lat, to_lng):
    ends = unit_vectors(np.array([lat, to_lat]), np.array([lng, to_lng]))
    km = float(great_circle_km(np.array(lat), np.array(lng), np.array(to_lat), np.array(to_lng)))
    assert np.linalg.norm(ends[0] - ends[1]) == pytest.approx(chord(km), abs=1e-7)
    assert 0 <= km <= EARTH_RADIUS_KM * np.pi + 1e-6


# The nearest KIM.


@given(kim_filters)
@settings(max_examples=10)
def test_no_kim_that_passes_is_nearer_than_the_one_named(kim_filter):
    sample = load_sample()
    km, nearest = nearest_kim(sample, kim_filter)
    passing = np.flatnonzero(sample.mask(kim_filter))
    lat, lng = coordinates(sample, passing)
    desa_lat, desa_lng = points_of_desa(sample.gazetteer)
    served = np.isin(np.arange(len(desa_lat)), sample.desa[passing])
    for desa in np.random.default_rng(0).integers(len(desa_lat), size=40):
        to = great_circle_km(desa_lat[desa], desa_lng[desa], lat, lng)
        if served[desa]:
            assert km[desa] == 0
            assert sample.desa[nearest[desa]] == desa
        elif np.isnan(to).all():
            assert np.isnan(km[desa])
            assert nearest[desa] == -1
        else:
            assert km[desa] == pytest.approx(np.nanmin(to), abs=1e-6)
            assert nearest[desa] in passing


def test_a_kim_stands_at_its_own_coordinates_else_at_its_desa():
    gazetteer = road([0, 10, 40])
    start, middle, _ = gazetteer.codes(Level.DESA)
    at_desa = registry_of(gazetteer, [start])
    assert nearest_kim(at_desa, KimFilter())[0] == pytest.approx([0, 10, 40])
    moved = registry_of(gazetteer, [start], lat=0.0, lng=gazetteer.tables[Level.DESA]["lng"][1])
    assert nearest_kim(moved, KimFilter())[0] == pytest.approx([0, 0, 30], abs=1e-4)
    assert middle in set(distances(moved, KimFilter())["kode"])


def test_a_desa_without_a_point_has_no_distance_unless_a_kim_is_in_it():
    gazetteer = country({"11.01.01.2001": (0, 0), "11.01.01.2002": None, "11.01.01.2003": None})
    snapshot = registry_of(gazetteer, ["11.01.01.2001", "11.01.01.2002"])
    km, nearest = nearest_kim(snapshot, KimFilter())
    assert km[:2].tolist() == [0, 0]
    assert np.isnan(km[2])
    assert nearest.tolist() == [0, 1, -1]
    summed = distance_by_region(snapshot, KimFilter(), Level.KECAMATAN).iloc[0]
    assert (summed["jumlah_desa"], summed["desa_tanpa_jarak"]) == (3, 1)
    assert summed["lebih_5_km"] == 0


def test_desa_whose_point_is_in_another_sea_have_no_distance(sample):
    rows = distances(sample, KimFilter(), "94.05.16").set_index("kode")
    in_the_sea = [f"94.05.16.{desa}" for desa in (2003, 2004, 2006, 2008, 2009)]
    assert rows.index[rows["jarak_km"].isna()].tolist() == in_the_sea
    summed = distance_by_region(sample, KimFilter(), Level.KECAMATAN, "94.05.16").iloc[0]
    assert summed["desa_tanpa_jarak"] == 5


@pytest.mark.parametrize("level", LEVELS)
def test_where_no_kim_passes_every_distance_is_no_data(sample, level):
    table = distance_by_region(sample, NOBODY, level)
    assert (table["desa_tanpa_jarak"] == table["jumlah_desa"]).all()
    assert table.iloc[:, 4:].isna().all(axis=None)
    if level is Level.PROVINSI:
        rows = distances(sample, NOBODY)
        assert rows["jarak_km"].isna().all()
        assert rows["nomor_induk"].isna().all()


def test_shares_farther_away_count_only_what_is_farther_not_what_is_as_far():
    gazetteer = road([0, 4.9, 10.1, 30, 60])
    snapshot = registry_of(gazetteer, [gazetteer.codes(Level.DESA)[0]])
    row = distance_by_region(snapshot, KimFilter(), Level.DESA)
    assert row["lebih_5_km"].tolist() == [0, 0, 1, 1, 1]
    summed = distance_by_region(snapshot, KimFilter(), Level.PROVINSI).iloc[0]
    shares = summed[["lebih_5_km", "lebih_10_km", "lebih_25_km"]].tolist()
    assert shares == pytest.approx([0.6, 0.6, 0.4])
    assert summed["jarak_median_km"] == pytest.approx(10.1)
    assert summed["jarak_terjauh_km"] == pytest.approx(60)


def test_the_farthest_desa_comes_first_with_the_kim_it_is_far_from():
    gazetteer = road([0, 4, 30])
    codes = gazetteer.codes(Level.DESA)
    rows = distances(registry_of(gazetteer, [codes[0]]), KimFilter())
    assert rows["kode"].tolist() == codes[::-1].tolist()
    assert rows["nomor_induk"].tolist() == ["KIM-0"] * 3
    assert rows["kode_wilayah"].tolist() == [codes[0]] * 3


def test_the_nearest_kim_may_lie_in_another_region(sample):
    rows = distances(sample, KimFilter(), "35.07")
    assert len(rows) == 390
    assert not rows["kode_wilayah"].str.startswith("35.07").any(), "Malang has none of its own"
    assert rows["jarak_km"].notna().all()


def test_means_of_provinsi_are_those_of_their_desa(sample):
    km = nearest_kim(sample, KimFilter())[0]
    table = distance_by_region(sample, KimFilter(), Level.PROVINSI)
    known = table["jumlah_desa"] - table["desa_tanpa_jarak"]
    assert (table["jarak_rata_km"] * known).sum() / known.sum() == pytest.approx(np.nanmean(km))
    assert table["jarak_terjauh_km"].max() == np.nanmax(km)


def test_a_histogram_holds_every_known_distance_once():
    km = np.array([0, 0.99, 1, 4.9, 5, 24.9, 25, 300, np.nan])
    table = distance_histogram(km)
    assert table["jumlah_desa"].tolist() == [2, 1, 1, 1, 1, 1, 0, 1]
    assert table["porsi"].sum() == pytest.approx(1)
    assert np.isnan(table["sampai_km"].iloc[-1])
    assert distance_histogram(np.array([np.nan]))["porsi"].isna().all()


def test_a_region_that_is_not_on_the_list_is_refused(sample):
    with pytest.raises(RegionError, match="code 99"):
        distances(sample, KimFilter(), "99")
