"""Coordinates as lists of KIM have them: in columns, in one cell, named, in the link of a map."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.registry.intake.coordinates import Point, read_point
from geodata.registry.reasons import Reason
from tests.intake.conftest import records, write_csv

POINT = Point(-7.97, 112.635)


@pytest.mark.parametrize(
    ("lat", "lng"),
    [
        ("-7.97", "112.635"),
        ("-7,97", "112,635"),
        ("7°58'12\" LS", "112°38'6\" BT"),
        ("S 7° 58.2'", "E 112° 38.1'"),
        ("−7.97", "112.635"),
        ("7 58 12 S", "112 38 6 E"),
        ("-7:58:12", "112:38:06"),
        ("7 derajat 58 menit 12 detik Lintang Selatan", "112 derajat 38 menit 6 detik Bujur Timur"),
    ],
)
def test_coordinates_in_any_writing(lat, lng):
    assert read_point(lat, lng) == POINT
    assert read_point(lng, lat) == POINT._replace(swapped=True)
    assert read_point("", "", f"{lat}; {lng}") == POINT


@pytest.mark.parametrize(
    "both",
    [
        *("-7.97, 112.635", "-7,97 112,635", "(-7.97,112.635)", "7.97 LS 112.635 BT"),
        *("Lat: -7.97 Long: 112.635", "Latitude -7,97, Longitude 112,635", "X: 112.635 Y: -7.97"),
        *("Lintang: -7.97; Bujur: 112.635", "Lintang Selatan 7.97 Bujur Timur 112.635"),
        *("LS: 7.97, BT: 112.635", "Koordinat: (-7.97, 112.635)", "Lat/Long: -7.97, 112.635"),
        *("S 7°58.2' E 112°38.1'", "7°58'12\"S 112°38'6\"E", "7 58 12 S 112 38 6 E"),
    ],
)
def test_coordinates_in_one_cell(both):
    assert read_point("", "", both) == read_point(both, "") == POINT


@pytest.mark.parametrize(
    "link",
    [
        # The pin, not the middle of what is in sight.
        "https://www.google.com/maps/place/KIM/@-7.9,112.6,17z/data=!4m6!3m5!8m2!3d-7.97!4d112.635",
        "https://www.google.com/maps/@-7.97,112.635,17z",
        "https://maps.google.com/?q=-7.97,112.635",
        "https://www.google.com/maps?q=loc:-7.97%2C112.635&z=17",
        "https://www.google.com/maps/search/?api=1&query=-7.97%2C112.635",
        "https://www.google.com/maps/search/-7.97,+112.635?entry=tts",
        "https://www.google.com/maps/place/7%C2%B058'12.0%22S+112%C2%B038'06.0%22E/@-7.9,112.6,17z",
        "https://www.google.com/maps/dir/?api=1&destination=-7.97,112.635",
        "https://www.google.com/maps/embed?pb=!1m18!1m12!1m3!1d3951.1!2d112.635!3d-7.97!2m3",
        "https://www.openstreetmap.org/?mlat=-7.97&mlon=112.635#map=17/-7.9/112.6",
        "https://www.openstreetmap.org/#map=17/-7.97/112.635",
        "https://waze.com/ul?ll=-7.97%2C112.635&navigate=yes",
        *("geo:-7.97,112.635?z=17", "Lokasi: maps.google.com/?q=-7.97, 112.635"),
    ],
)
def test_the_link_of_a_map_tells_its_point(link):
    assert read_point("", "", link) == POINT


@pytest.mark.parametrize(
    "link",
    [
        *("https://maps.app.goo.gl/AbC", "goo.gl/maps/AbC", "https://s.id/kim-wajak"),
        "https://www.google.com/maps/place/KIM+Wajak",
        "https://www.google.com/maps/dir/-7.1,112.1/-7.2,112.2/@-7.15,112.15,12z",
    ],
)
def test_a_link_without_one_point_says_so(link):
    assert read_point("", "", link) is Reason.LINK_WITHOUT_POINT


@pytest.mark.parametrize(
    ("lat", "lng"),
    [
        *(("-797", "112635"), ("0", "0"), ("x", "y"), ("-7.97", ""), ("7.97 LU", "112.6")),
        *(("17.97", "112.6"), ("7.97", "98 BB"), ("-7.5 112.5 113.5", ""), ("9" * 3_000, "")),
        ("https://maps.google.com/?q=48.85,2.35", ""),
    ],
)
def test_a_point_that_cannot_be_is_none(lat, lng):
    assert read_point(lat, lng) is Reason.BAD_POINT


@pytest.mark.parametrize(("lat", "lng"), [("7.97", "112.635"), ("7°58'12\"", "112°38'6\"")])
def test_a_latitude_that_can_only_be_south_gets_its_minus_and_says_so(lat, lng):
    assert read_point(lat, lng) == POINT._replace(negated=True)
    assert read_point(lng, lat) == POINT._replace(swapped=True, negated=True)


def test_no_point_is_no_error_and_one_that_can_be_read_counts():
    assert read_point("", "-") is None
    assert read_point("https://maps.app.goo.gl/AbC", "", "-7.97, 112.635") == POINT


@given(st.floats(-11, 6), st.floats(95, 141))
def test_a_point_is_the_same_with_comma_and_point(lat, lng):
    written = f"{lat:.6f}", f"{lng:.6f}"
    point = read_point(*written)
    assert isinstance(point, Point)
    assert point == read_point(*(angle.replace(".", ",") for angle in written))
    assert (point.lat, point.lng) == pytest.approx((lat, lng), abs=1e-6)


@given(st.text(max_size=30))
def test_nothing_is_too_odd_to_be_read(text):
    for cells in ((text, text, text), ("", "", text), ("", "", f"https://{text}")):
        point = read_point(*cells)
        assert point is None or isinstance(point, Point | Reason)


def test_a_point_goes_into_the_registry_as_exact_as_it_is_written(tmp_path):
    header = ["Nama KIM", "Kec", "Desa", "Link Google Maps"]
    link = "https://maps.google.com/?q=-7.9712345,112.6354321"
    rows = [["KIM Satu", "Wajak", "Wajak", link], ["KIM Dua", "Wajak", "Codo", "8.1, 112.7"]]
    exact, south = records(write_csv(tmp_path / "a.csv", [header, *rows]))
    assert (exact["lat"], exact["lng"], exact["alasan"]) == ("-7.9712345", "112.6354321", [])
    assert (south["lat"], south["alasan"]) == ("-8.1", ["koordinat_tanpa_minus"])
