"""An area as people write it, or paste it from a message."""

import pytest

from geodata.area.mending import Mended
from geodata.area.outlines import Circle, Region
from geodata.area.typed import typed_circle, typed_polygon, typed_regions
from geodata.search.search import Search
from tests.area.conftest import refusing

MALANG = Circle(-7.97, 112.63, 5)


@pytest.mark.parametrize(
    "written",
    [
        "-7.97, 112.63",
        "-7,97 112,63",
        "7°58'12\" LS 112°37'48\" BT",
        "7 58 12 S, 112 37 48 E",
        "https://www.google.com/maps/place/Malang/@-7.97,112.63,15z",
        "Titik kumpul: https://maps.google.com/?q=-7.97,112.63",
        "Lat: -7.97 Long: 112.63",
    ],
)
def test_a_point_is_read_in_any_writing(written):
    assert typed_circle(written, 5) == (MALANG, [])


@pytest.mark.parametrize(
    ("written", "done"),
    [("112.63, -7.97", [Mended.SWAPPED]), ("7.97, 112.63", [Mended.MINUS])],
)
def test_what_was_put_right_is_told(written, done):
    assert typed_circle(written, 5) == (MALANG, done)


@pytest.mark.parametrize(
    ("written", "km", "key"),
    [
        ("", 5, "area_unread"),
        ("di dekat balai desa", 5, "area_unread"),
        ("https://maps.app.goo.gl/AbCdEf", 5, "area_link"),
        ("51.5, -0.12", 5, "area_unread"),
        ("-7.97, 112.63", 0, "area_radius"),
        ("-7.97, 112.63", 2_000, "area_radius"),
    ],
)
def test_what_is_no_point_in_indonesia_is_refused_with_the_reason(written, km, key):
    with refusing(key):
        typed_circle(written, km)


def test_corners_stand_a_line_each_and_the_last_may_be_the_first():
    lines = ["-7.9, 112.6", "-7.9; ", "112.8, -7.9", "-8.1 112.7", "-7.9, 112.6"]
    polygon, done = typed_polygon("\n".join([lines[0], *lines[2:]]))
    assert polygon.corners == ((-7.9, 112.6), (-7.9, 112.8), (-8.1, 112.7))
    assert done == [Mended.SWAPPED]
    with refusing("area_drawn"):
        typed_polygon("-7.9, 112.6\n-7.9, 112.8")


@pytest.fixture(scope="module")
def search(gazetteer):
    return Search(gazetteer)


def test_regions_are_listed_by_code_or_name(gazetteer, search):
    listed = "35.07.08\n3573\nKabupaten Blitar\nKec. Turen, Kab. Malang\n35.07.08"
    assert typed_regions(listed, gazetteer, lambda: search) == [
        Region("35.07.08"), Region("35.73"), Region("35.05"), Region("35.07.09"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("listed", "key"),
    [
        ("Malang", "area_region_unsure"),
        ("Kecamatan Wajak\nWajjak Kidul Wetan", "area_region_unknown"),
        ("Blitare", "area_region_unlike"),
        ("", "area_no_region"),
        ("99", "region_unknown"),
    ],
)
def test_no_region_is_guessed(gazetteer, search, listed, key):
    with refusing(key) as refused:
        typed_regions(listed, gazetteer, lambda: search)
    if key == "area_region_unsure":
        assert "Kabupaten Malang, Jawa Timur (35.07)" in refused.value.message("id")
        assert "Kota Malang, Jawa Timur (35.73)" in refused.value.message("id")
