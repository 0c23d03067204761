import json

import pytest

from geodata.errors import RegionError
from geodata.regions import Level
from geodata.registry.points import kim_points
from geodata.registry.snapshot import KimFilter


@pytest.fixture
def desa(gazetteer):
    return gazetteer.tables[Level.DESA].set_index("kode").loc["35.07.08.2001"]


def test_a_kim_stands_at_its_own_coordinates(registry, desa):
    gema = registry({"nama_kim": "KIM Gema", "lat": "-8.2", "lng": "112.5"})
    assert kim_points(gema, KimFilter()) == [(-8.2, 112.5, "KIM Gema", desa["nama"], "KIM-1")]


def test_a_kim_without_coordinates_stands_at_the_point_of_its_desa(registry, desa):
    (point,) = kim_points(registry({}), KimFilter())
    assert point[:2] == (desa["lat"], desa["lng"])


@pytest.mark.parametrize("half", [{"lat": "-8.2"}, {"lng": "112.5"}])
def test_half_a_coordinate_is_none_at_all(registry, desa, half):
    (point,) = kim_points(registry(half), KimFilter())
    assert point[:2] == (desa["lat"], desa["lng"])


def test_a_kim_with_no_coordinates_in_a_desa_with_no_point_is_left_out(registry, gazetteer):
    unplaced = "91.03.01.3007"
    assert gazetteer.tables[Level.DESA].set_index("kode").loc[unplaced, ["lat", "lng"]].isna().all()
    two = registry(
        {"kode_wilayah": unplaced},
        {"kode_wilayah": unplaced, "lat": "-2.5", "lng": "140.7"},
    )
    assert [point[4] for point in kim_points(two, KimFilter())] == ["KIM-2"]
    assert kim_points(registry({"kode_wilayah": unplaced, "lat": "-2.5"}), KimFilter()) == []


def test_coordinates_of_a_kim_that_are_far_outside_its_kecamatan_are_as_if_missing(registry, desa):
    # Latitude and longitude of a KIM in Malang that stand in each other's column.
    (point,) = kim_points(registry({"lat": "-8.2", "lng": "12.5"}), KimFilter())
    assert point[:2] == (desa["lat"], desa["lng"])


def test_a_kim_in_a_desa_whose_point_is_wrong_is_left_out(registry):
    assert kim_points(registry({"kode_wilayah": "94.05.16.2003"}), KimFilter()) == []


def test_only_kim_that_pass_the_filter_in_the_region_are_points(sample):
    kim_filter = KimFilter(bidang=("pariwisata",), status=("aktif",))
    wanted = sample.kim[sample.mask(kim_filter, "35")]
    assert [point[4] for point in kim_points(sample, kim_filter, "35")] == list(
        wanted["nomor_induk"]
    )


def test_points_of_the_whole_sample_go_into_json_as_they_are(sample):
    points = kim_points(sample, KimFilter())
    assert 4_000 < len(points) <= len(sample.kim)
    assert json.loads(json.dumps(points, allow_nan=False))[0] == list(points[0])


def test_a_region_that_is_not_on_the_list_is_refused(sample):
    with pytest.raises(RegionError, match="code 99"):
        kim_points(sample, KimFilter(), "99")
