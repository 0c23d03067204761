import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from geodata.gazetteer import load_gazetteer
from geodata.regions import Level
from geodata.registry.intake.placing import place
from geodata.registry.staging import PLACE_WRITTEN, place_key

WAJAK, SUKOANYAR, TUREN = "35.07.08.2012", "35.07.08.2011", "35.07.09.1011"


class Squares:
    """Boundaries of three desa, each a square degree; what ``place`` asks of a boundary set."""

    finest = Level.DESA
    codes = (SUKOANYAR, WAJAK, TUREN)

    def __init__(self, approximate: bool) -> None:
        self.approximate = approximate

    def drawn(self, level):
        return np.array(self.codes)

    def polygons(self, level):
        shapes = [shapely.box(west, -8, west + 1, -7) for west in (110, 111, 112)]
        return gpd.GeoDataFrame({"kode": self.codes}, geometry=shapes, crs="EPSG:4326")

    def locate_points(self, lats, lngs):
        inside = [-8 <= lat <= -7 and 110 <= lng < 113 for lat, lng in zip(lats, lngs, strict=True)]
        pairs = zip(inside, lngs, strict=True)
        return np.array([self.codes[int(lng) - 110] if yes else "" for yes, lng in pairs])


OFFICIAL, APPROXIMATE = Squares(False), Squares(True)
IN_SUKOANYAR, IN_WAJAK, IN_TUREN, AT_SEA = (-7.5, 110.5), (-7.5, 111.5), (-7.5, 112.5), (0, 120)


def placed(names="", code="", point=(np.nan, np.nan), **given):
    parts = [one.strip() for one in f"{names}////".split("/")[:4]]
    row = dict(zip(PLACE_WRITTEN, parts, strict=True))
    row |= {"kode_wilayah": code, "from_above": False, "lat": point[0], "lng": point[1]}
    (found,) = place(pd.DataFrame([row]), load_gazetteer(), **given).to_dict("records")
    return found


HERE = "Jatim / Kab. Malang / Wajak / Wajak"


@pytest.mark.parametrize(
    ("given", "method", "score"),
    [
        ({"code": "3507082012"}, "kode", 1.0),
        ({"code": "35.07.08.2012", "names": "/ / / Wajak"}, "kode", 1.0),
        ({"names": HERE}, "nama", 1.0),
        ({"names": "/ Kab. Malang / Kec. Wajak / Ds. Wajak"}, "nama", None),
        ({"names": "Jatim / Kab. Malang / Wajak / Wajk"}, "nama_mirip", None),
        ({"code": "9999999999", "names": HERE}, "nama", 1.0),
        ({"names": "/ / / Wajak", "code": "35.07.08"}, "nama", 1.0),
    ],
)
def test_the_surest_way_counts(given, method, score):
    found = placed(**given)
    assert (found["kode"], found["status"], found["metode"]) == (WAJAK, "cocok", method)
    assert found["skor"] == score or score is None
    best = found["kandidat"][0]
    assert (best["kode"], best["nama"]) == (WAJAK, "Wajak")
    assert best["wilayah"] == "Wajak, Kabupaten Malang, Jawa Timur"


def test_a_code_of_2020_leads_to_the_one_of_today():
    found = placed(code="11.72.01.2001")
    assert (found["kode"], found["metode"]) == ("11.72.03.2001", "kode_lama")
    assert 0.9 <= found["skor"] < 1


def test_a_code_and_names_of_two_places_are_for_a_person():
    found = placed("Jatim / Kab. Malang / Turen / Turen", "35.07.08.2012")
    assert (found["kode"], found["status"]) == ("", "ragu")
    assert found["alasan"] == ["kode_nama_berbeda"]
    assert {one["kode"] for one in found["kandidat"]} == {WAJAK, TUREN}


def test_a_code_whose_desa_is_only_written_otherwise_stands():
    found = placed("Jatim / Kab. Malang / Wajak / Suko Anyer", "35.07.08.2011")
    assert (found["kode"], found["metode"]) == (SUKOANYAR, "kode")


def test_a_column_of_bps_codes_is_left_aside():
    names = ["Wajak", "Sukoanyar", "Dadapan"]
    rows = pd.DataFrame({"desa": names}).assign(
        kode_wilayah=["3507110012", "3507110011", "3507110003"],
        provinsi="Jatim",
        kabupaten_kota="Kab. Malang",
        kecamatan="Wajak",
        from_above=False,
        lat=np.nan,
        lng=np.nan,
    )
    found = place(rows, load_gazetteer())
    assert found["metode"].tolist() == ["nama"] * 3
    assert found["alasan"].tolist() == [["kode_tidak_dikenal"]] * 3


def test_what_a_person_decided_before_is_used_again():
    names = "Jatim / Kab. Malang / Wajak / Dukuh Entah"
    assert placed(names)["kode"] == ""
    key = place_key(*(name.strip() for name in names.upper().split("/")))
    found = placed(names, aliases={key: WAJAK})
    assert (found["kode"], found["metode"], found["skor"]) == (WAJAK, "alias", 1.0)
    assert placed(names, aliases={key: "99.99.99.9999"})["kode"] == ""


def test_a_parent_that_is_another_now_is_said():
    found = placed("Jatim / Kab. Malang / Turen / Wajak")
    assert (found["kode"], found["alasan"]) == (WAJAK, ["induk_berbeda"])
    assert found["skor"] < 1


def test_a_kecamatan_alone_is_that_kecamatan():
    assert placed("Jatim / Kab. Malang / Wajak /")["kode"] == "35.07.08"


def test_nothing_said_is_nothing_found():
    found = placed()
    assert (found["kode"], found["status"], found["alasan"]) == ("", "gagal", ["desa_kosong"])


@pytest.mark.parametrize("boundaries", [OFFICIAL, APPROXIMATE])
def test_a_point_far_from_the_desa_named_is_for_a_person(boundaries):
    assert placed(HERE, point=IN_WAJAK, boundaries=boundaries)["kode"] == WAJAK
    found = placed(HERE, point=IN_TUREN, boundaries=boundaries)
    assert (found["kode"], found["status"]) == ("", "ragu")
    assert found["alasan"] == ["koordinat_berbeda"]
    assert [one["kode"] for one in found["kandidat"]] == [WAJAK, TUREN]
    found = placed(code=WAJAK, point=AT_SEA, boundaries=boundaries)
    assert found["alasan"] == ["koordinat_berbeda"]


def test_a_point_a_little_outside_its_desa_is_no_contradiction():
    just_outside = (-7.5, 111 - 0.005)
    assert placed(HERE, point=just_outside, boundaries=OFFICIAL)["kode"] == WAJAK
    some_way_off = (-7.5, 111 - 0.05)
    assert placed(HERE, point=some_way_off, boundaries=OFFICIAL)["kode"] == ""
    assert placed(HERE, point=some_way_off, boundaries=APPROXIMATE)["kode"] == WAJAK


@pytest.mark.parametrize("names", ["", "Jatim / Kab. Malang", "Jatim / Kab. Malang / Wajak /"])
def test_a_point_places_a_row_that_names_no_desa_if_boundaries_are_official(names):
    found = placed(names, point=IN_WAJAK, boundaries=OFFICIAL)
    assert (found["kode"], found["metode"], found["skor"]) == (WAJAK, "koordinat", 0.9)
    found = placed(names, point=IN_WAJAK, boundaries=APPROXIMATE)
    assert found["kode"] in ("", "35.07", "35.07.08")
    assert [one["kode"] for one in found["kandidat"] if one["metode"] == "koordinat"] == [WAJAK]


def test_a_point_settles_a_tie_of_names_if_boundaries_are_official():
    tie = "Jatim / Kab. Malang / Salah Ketik / Sukoanyar"
    assert len(placed(tie)["kandidat"]) > 1
    found = placed(tie, point=IN_SUKOANYAR, boundaries=OFFICIAL)
    assert (found["kode"], found["metode"]) == (SUKOANYAR, "koordinat")
    found = placed(tie, point=IN_SUKOANYAR, boundaries=APPROXIMATE)
    assert (found["kode"], found["kandidat"][0]["kode"]) == ("", SUKOANYAR)


def test_a_point_does_not_place_a_row_whose_desa_is_unknown():
    found = placed("/ / / Qwrtz", point=IN_WAJAK, boundaries=OFFICIAL)
    assert (found["kode"], found["status"]) == ("", "ragu")
    assert found["kandidat"][0]["kode"] == WAJAK


def test_rows_keep_their_index():
    rows = pd.DataFrame(columns=["kode_wilayah", *PLACE_WRITTEN, "from_above", "lat", "lng"])
    assert place(rows, load_gazetteer(), boundaries=OFFICIAL).empty
    one = dict.fromkeys(["kode_wilayah", *PLACE_WRITTEN], "")
    one |= {"from_above": False, "lat": np.nan, "lng": np.nan}
    assert place(pd.DataFrame([one, one], index=[7, 3]), load_gazetteer()).index.tolist() == [7, 3]
