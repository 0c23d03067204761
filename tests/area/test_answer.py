"""What there is in an area, counted again by other means."""

from dataclasses import replace

import geopandas as gpd
import numpy as np
import pytest
import shapely

from geodata.area.answer import BEARINGS, FIRST, answer, is_of_first
from geodata.area.area import Area, Zone
from geodata.area.desa import area_km2, desa_inside
from geodata.area.people import people_by_indicator, people_inside
from geodata.indicators.current import figures
from geodata.regions import Level
from geodata.registry.snapshot import KimFilter, load_sample
from geodata.sphere import bearing, circle, great_circle_km

EVERYTHING = KimFilter()
QUAKE = Zone("Radius 30 km", circle(-8.15, 112.65, 30))


@pytest.fixture(scope="module")
def sample():
    return load_sample()


@pytest.fixture(scope="module")
def quake(sample, boundaries):
    return answer(Area((QUAKE,)), sample, EVERYTHING, boundaries)


def test_a_circle_has_its_radius_and_its_area():
    lng, lat = shapely.get_coordinates(QUAKE.shape).T
    np.testing.assert_allclose(great_circle_km(-8.15, 112.65, lat, lng), 30)
    assert area_km2(QUAKE.shape) == pytest.approx(np.pi * 30**2, rel=0.01)


def test_shares_of_desa_are_those_of_an_overlay_on_the_ellipsoid(gazetteer, boundaries):
    share = desa_inside(Area((QUAKE,)), gazetteer, boundaries)
    west, south, east, north = QUAKE.shape.bounds
    near = boundaries.in_sight(Level.DESA, (south, west, north, east))
    desa = gpd.GeoDataFrame(
        {"kode": near}, geometry=boundaries.polygons_of(Level.DESA, near), crs="EPSG:4326"
    )
    inside = desa.geometry.intersection(QUAKE.shape).to_crs("EPSG:6933").area
    known = (inside / desa.geometry.to_crs("EPSG:6933").area).to_numpy()
    own = share[gazetteer.positions(Level.DESA, desa["kode"])]
    counted = own > 0
    np.testing.assert_allclose(own[counted], known[counted], atol=1e-4)
    assert known[~counted].max() < 0.01
    assert counted.sum() == np.count_nonzero(share), "none elsewhere"
    assert ((own > 0.01) & (own < 0.99)).any()


def test_kim_are_inside_by_their_own_point_else_by_their_desa(sample, quake):
    kim = sample.kim
    own = kim[kim["lat"].notna()]
    by_point = own[
        [
            QUAKE.shape.intersects(shapely.Point(xy))
            for xy in zip(own["lng"], own["lat"], strict=True)
        ]
    ]
    told = quake.kim[quake.kim["cara_lokasi"] == "titik"]
    assert set(told["nomor_induk"]) == set(by_point["nomor_induk"])
    by_desa = quake.kim[quake.kim["cara_lokasi"] == "desa"]
    reached = sample.gazetteer.codes(Level.DESA)[quake.share > 0]
    pointless = kim[kim["lat"].isna() & kim["kode_wilayah"].isin(reached)]
    assert set(by_desa["nomor_induk"]) == set(pointless["nomor_induk"])
    assert (by_desa["bagian_dalam"] > 0).all()
    assert len(quake.rows) == len(quake.kim)
    assert sample.kim["nama_kim"].iloc[quake.rows].tolist() == quake.kim["nama_kim"].tolist()


def test_kim_for_disasters_come_first(quake):
    first = is_of_first(quake.kim).tolist()
    assert quake.of_first == sum(first) > 0
    assert first == sorted(first, reverse=True)
    assert all(FIRST in fields.split(";") for fields in quake.kim["bidang"][: sum(first)])


def test_every_desa_inside_has_a_kim_or_is_listed_once(sample, quake):
    inside = set(sample.gazetteer.codes(Level.DESA)[quake.share != 0])
    served = inside & set(sample.kim["kode_wilayah"])
    listed = [*quake.without["kode"], *quake.unreported["kode"]]
    assert len(listed) == len(set(listed))
    assert served | set(listed) == inside
    assert not served & set(listed)


def test_beside_a_desa_without_a_kim_stands_the_nearest_one_outside(sample, quake):
    outside = sample.kim.drop(index=quake.rows)
    lat, lng = outside["lat"].to_numpy(), outside["lng"].to_numpy()
    desa = sample.gazetteer.tables[Level.DESA].set_index("kode")
    points = np.isfinite(lat)
    for row in quake.without.iloc[:5].itertuples():
        at = desa.loc[row.kode]
        nearest = great_circle_km(at["lat"], at["lng"], lat[points], lng[points]).min()
        assert row.jarak_km <= nearest + 1e-6, "or nearer, at the point of its desa"
        assert row.arah in BEARINGS


def test_bearings_are_from_north_by_east():
    north, east, south, west = (1, 0), (0, 1), (-1, 0), (0, -1)
    turns = [float(bearing(0, 100, lat, 100 + lng)) for lat, lng in (north, east, south, west)]
    np.testing.assert_allclose(turns, [0, 90, 180, 270])


def test_a_kim_across_the_strait_is_not_on_the_same_island(sample, boundaries):
    bangkalan = answer(
        Area((Zone("Bangkalan", code="35.26"),)),
        sample,
        KimFilter(),
        boundaries,
    )
    assert set(bangkalan.kim["cara_lokasi"]) <= {"wilayah"}
    told = bangkalan.without.set_index("kim_terdekat")
    region = sample.kim.set_index("nama_kim")["kode_wilayah"]
    ashore = [region[[name]].str[:5].isin(["35.27", "35.28", "35.29"]).any() for name in told.index]
    assert told["satu_pulau"].tolist() == ashore


def test_where_a_kabupaten_has_not_reported_nobody_knows(sample, boundaries):
    silent = replace(sample, unreported=frozenset({"35.07"}))
    there = answer(Area((QUAKE,)), silent, EVERYTHING, boundaries)
    assert there.unreported["kode"].str.startswith("35.07").all()
    assert len(there.unreported) > 0
    assert not there.without["kode"].str.startswith("35.07").any()


def test_a_filter_decides_which_kim_count(sample, boundaries, quake):
    active = answer(Area((QUAKE,)), sample, KimFilter(status=("aktif",)), boundaries)
    assert set(active.kim["nomor_induk"]) == set(
        quake.kim["nomor_induk"][quake.kim["status"] == "aktif"]
    )
    assert len(active.without) > len(quake.without)


def test_of_bands_each_kim_says_in_which_it_is(sample, boundaries):
    strong, weak = Zone("VII", circle(-7.6, 112.7, 25)), Zone("V", circle(-7.7, 112.7, 45))
    both = answer(Area((strong, weak)), sample, EVERYTHING, boundaries)
    alone = answer(Area((strong,)), sample, EVERYTHING, boundaries)
    in_strong = both.kim["zona"].str.split("; ").map(lambda names: "VII" in names)
    # One of a desa that both bands touch may be in the outer alone.
    assert set(alone.kim["nomor_induk"]) <= set(both.kim["nomor_induk"][in_strong])
    assert set(both.kim["zona"]) == {"VII; V", "V"}


def test_a_region_is_inside_as_a_whole_whatever_is_drawn_of_it(sample, boundaries):
    malang = answer(Area((Zone("Malang", code="35.07"),)), sample, EVERYTHING, boundaries)
    assert malang.desa == 390
    assert (malang.kim["kode_wilayah"].str[:5] == "35.07").all()
    assert len(malang.kim) == (sample.kim["kode_wilayah"].str[:5] == "35.07").sum()


def test_a_small_area_in_a_large_desa_reaches_it(gazetteer, boundaries):
    areas = boundaries.areas(Level.DESA)
    largest = areas.idxmax()
    lng, lat = shapely.get_coordinates(
        shapely.point_on_surface(boundaries.polygons_of(Level.DESA, np.array([largest])))
    )[0]
    landslide = Area((Zone("Longsor", circle(lat, lng, 0.2)),))
    share = desa_inside(landslide, gazetteer, boundaries)
    reached = gazetteer.codes(Level.DESA)[share > 0]
    assert largest in reached
    assert share.max() < 0.01


def test_at_sea_there_is_nothing(sample, boundaries):
    nothing = answer(Area((Zone("Laut", circle(-5.0, 113.5, 5)),)), sample, EVERYTHING, boundaries)
    assert (len(nothing.kim), nothing.desa, len(nothing.without)) == (0, 0, 0)


def test_people_are_those_of_the_kabupaten_by_the_share_of_its_area(gazetteer, boundaries):
    population = np.full(len(gazetteer.codes(Level.KABUPATEN_KOTA)), np.nan)
    population[gazetteer.within(Level.KABUPATEN_KOTA, "35.07")] = 2_000_000
    whole = np.zeros(len(gazetteer.codes(Level.DESA)))
    whole[gazetteer.within(Level.DESA, "35.07")] = 1
    people = people_inside(whole, population, Level.KABUPATEN_KOTA, gazetteer, boundaries)
    assert (people.count, people.known) == (pytest.approx(2_000_000), 1)
    half = people_inside(whole / 2, population, Level.KABUPATEN_KOTA, gazetteer, boundaries)
    assert half.count == pytest.approx(1_000_000)
    both = whole.copy()
    both[gazetteer.within(Level.DESA, "35.05")] = 1
    partly = people_inside(both, population, Level.KABUPATEN_KOTA, gazetteer, boundaries)
    assert partly.count == pytest.approx(2_000_000)
    assert 0 < partly.known < 1, "of Blitar nothing is known, which is not zero"
    nobody = people_inside(
        both, np.full(len(population), np.nan), Level.KABUPATEN_KOTA, gazetteer, boundaries
    )
    assert np.isnan(nobody.count)


def test_the_population_that_ships_is_spread_over_its_kabupaten(gazetteer, boundaries):
    share = desa_inside(Area((Zone("Kota Malang", code="35.73"),)), gazetteer, boundaries)
    people = people_by_indicator(share, figures(), gazetteer, boundaries)
    kota = gazetteer.within(Level.KABUPATEN_KOTA, "35.73")
    assert people.count == pytest.approx(
        figures().values("penduduk", Level.KABUPATEN_KOTA)[kota][0]
    )
