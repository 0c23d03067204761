from collections import Counter

import numpy as np
import pandas as pd
import pytest
import shapely

from geodata.gazetteer import load_gazetteer
from geodata.matching.candidate import Candidate, Method, Verdict
from geodata.regions import Level
from geodata.registry.intake.placement import Placement
from geodata.registry.intake.placing import Asked, Placer
from geodata.registry.intake.point_check import located
from geodata.registry.reasons import Reason
from geodata.registry.staging import PLACE_WRITTEN, place_key

WAJAK, SUKOANYAR, TUREN = "35.07.08.2012", "35.07.08.2011", "35.07.09.1011"


class Squares:
    """Boundaries of three desa, each a square degree; what ``Placer`` asks of a set."""

    finest = Level.DESA
    codes = (SUKOANYAR, WAJAK, TUREN)

    def __init__(self, approximate: bool) -> None:
        self.approximate = approximate

    def is_drawn(self, level, codes):
        return np.isin(codes, self.codes)

    def polygons_of(self, level, codes):
        west = np.array([110 + self.codes.index(code) for code in codes])
        return shapely.box(west, -8, west + 1, -7)

    def locate_points(self, lats, lngs):
        inside = [-8 <= lat <= -7 and 110 <= lng < 113 for lat, lng in zip(lats, lngs, strict=True)]
        pairs = zip(inside, lngs, strict=True)
        return np.array([self.codes[int(lng) - 110] if yes else "" for yes, lng in pairs])


OFFICIAL, APPROXIMATE = Squares(False), Squares(True)
IN_SUKOANYAR, IN_WAJAK, IN_TUREN, AT_SEA = (-7.5, 110.5), (-7.5, 111.5), (-7.5, 112.5), (0, 120)


def place_rows(rows: pd.DataFrame, **given) -> list[Placement]:
    asked = [Asked(**row) for row in rows.to_dict("records")]
    if boundaries := given.get("boundaries"):
        points = np.array([(row.lat, row.lng) for row in asked]).reshape(-1, 2)
        there = located(points, boundaries)
        asked = [row._replace(there=str(code)) for row, code in zip(asked, there, strict=True)]
    codes = Counter(row.kode_wilayah for row in asked)
    return Placer(codes, load_gazetteer(), **given).place(asked)


def placed(names="", code="", point=(np.nan, np.nan), **given) -> Placement:
    parts = [name.strip() for name in f"{names}////".split("/")[:4]]
    row = dict(zip(PLACE_WRITTEN, parts, strict=True))
    row |= {
        "kode_wilayah": code,
        "from_above": False,
        "several": (),
        "lat": point[0],
        "lng": point[1],
    }
    (placement,) = place_rows(pd.DataFrame([row]), **given)
    return placement


def method_of(placement: Placement) -> Method | None:
    return placement.by and placement.by.method


def codes_of(placement: Placement) -> list[str]:
    return [candidate.code for candidate in placement.candidates]


HERE = "Jatim / Kab. Malang / Wajak / Wajak"


@pytest.mark.parametrize(
    ("given", "method", "score"),
    [
        ({"code": "35.07.08.2012"}, Method.KODE, 100.0),
        ({"code": "3507082012", "names": HERE}, Method.KODE, 100.0),
        ({"code": "35.07.08.2012", "names": "/ / / Wajak"}, Method.KODE, 100.0),
        ({"names": HERE}, Method.NAMA, 100.0),
        ({"names": "/ Kab. Malang / Kec. Wajak / Ds. Wajak"}, Method.NAMA, None),
        ({"names": "Jatim / Kab. Malang / Wajak / Wajk"}, Method.NAMA_MIRIP, None),
        ({"code": "9999999999", "names": HERE}, Method.NAMA, 100.0),
        ({"names": "/ / / Wajak", "code": "35.07.08"}, Method.NAMA, 100.0),
    ],
)
def test_the_surest_way_counts(given, method, score):
    placement = placed(**given)
    assert (placement.code, placement.verdict) == (WAJAK, Verdict.COCOK)
    assert placement.by is not None
    assert placement.by.method is method
    assert placement.by.score == score or score is None
    assert codes_of(placement)[0] == WAJAK


def test_a_code_of_2020_leads_to_the_one_of_today():
    placement = placed(code="11.72.01.2001")
    assert (placement.code, method_of(placement)) == ("11.72.03.2001", Method.KODE_LAMA)
    assert 90 <= placement.by.score < 100


def test_a_code_and_names_of_two_places_are_for_a_person():
    placement = placed("Jatim / Kab. Malang / Turen / Turen", "35.07.08.2012")
    assert (placement.code, placement.verdict) == ("", Verdict.RAGU)
    assert placement.reasons == (Reason.CODE_DIFFERS,)
    assert set(codes_of(placement)) == {WAJAK, TUREN}


@pytest.mark.parametrize(
    ("names", "code", "of_code", "of_names"),
    [
        ("Jatim / Kab. Malang / Turen / Turen", "35.07.08", "35.07.08", TUREN),
        ("Papua Selatan", "91", "91", "93"),
        ("Jabar", "35.07", "35.07", "35.07"),
    ],
)
def test_neither_a_code_nor_a_name_of_another_region_wins_in_silence(
    names, code, of_code, of_names
):
    placement = placed(names, code)
    assert (placement.code, placement.reasons) == ("", (Reason.CODE_DIFFERS,))
    assert {of_code, of_names} <= set(codes_of(placement))


def test_a_code_and_the_name_of_a_sibling_are_for_a_person():
    above = "Kalimantan Barat / Melawi / Tanah Pinoh Barat"
    jaya = placed(f"{above} / Durian Jaya")
    placement = placed(f"{above} / Durian Raya", jaya.code)
    assert (placement.code, placement.reasons) == ("", (Reason.CODE_DIFFERS,))
    assert codes_of(placement)[0] == jaya.code


def test_the_code_of_a_provinsi_of_before_it_was_parted_agrees_with_its_parts_of_today():
    placement = placed("Papua / Kab. Merauke", "91")
    assert (placement.code, placement.verdict) == ("93.01", Verdict.COCOK)


def of_codes(*written, provinsi="") -> list[Placement]:
    rows = pd.DataFrame({"kode_wilayah": written}).assign(provinsi=provinsi, kabupaten_kota="")
    rows = rows.assign(kecamatan="", desa="", from_above=False, lat=np.nan, lng=np.nan)
    rows["several"] = [()] * len(rows)
    return place_rows(rows)


def test_codes_of_one_kecamatan_without_dots_or_names_may_be_of_bps():
    placements = of_codes("1107062001", "1107062002", "1107062003")
    assert {placement.reasons for placement in placements} == {(Reason.UNSURE_CODE,)}
    assert [codes_of(placement) for placement in placements] == [
        [f"11.07.06.200{number}"] for number in (1, 2, 3)
    ]
    dotted = of_codes("11.07.06.2001", "1107062002")
    assert [placement.code for placement in dotted] == ["11.07.06.2001", "11.07.06.2002"]
    of_five = ("3507082012", "3507091011", "1107062002", "3404072001", "1307052003")
    assert all(placement.code for placement in of_codes(*of_five))
    assert not any(placement.code for placement in of_codes(*of_five[:4]))


def test_a_kabupaten_whose_zero_was_dropped_is_told_by_the_column():
    codes = [placement.code for placement in of_codes("11.01", "11.1", "35.1")]
    assert codes == ["11.01", "11.10", "35.10"]
    alone = of_codes("35.1", provinsi="Jawa Timur")[0]
    assert (alone.code, codes_of(alone)[0], alone.reasons) == ("", "35.10", (Reason.UNSURE_CODE,))
    assert placed("Jatim / Banyuwangi", "35.1").code == "35.10"


@pytest.mark.parametrize(
    ("names", "code", "region"),
    [
        ("/ Kab. Malang / Wajak", "35.07.08.2099", "35.07.08"),
        ("/ Kabupaten Malang", "35.07.99", "35.07"),
        ("/ Kabupaten Malang", "350708201", "35.07"),
    ],
)
def test_an_unknown_code_of_a_finer_level_than_the_names_is_for_a_person(names, code, region):
    placement = placed(names, code)
    assert (placement.code, placement.verdict) == ("", Verdict.RAGU)
    assert placement.reasons == (Reason.UNKNOWN_CODE, Reason.DOUBTFUL)
    assert codes_of(placement)[0] == region


def test_a_code_whose_desa_is_only_written_otherwise_stands():
    placement = placed("Jatim / Kab. Malang / Wajak / Suko Anyer", "35.07.08.2011")
    assert (placement.code, method_of(placement)) == (SUKOANYAR, Method.KODE)


def test_a_column_of_bps_codes_is_left_aside():
    names = ["Wajak", "Sukoanyar", "Dadapan"]
    rows = pd.DataFrame({"desa": names}).assign(
        kode_wilayah=["3507110012", "3507110011", "3507110003"],
        provinsi="Jatim",
        kabupaten_kota="Kab. Malang",
        kecamatan="Wajak",
        from_above=False,
        several=[()] * len(names),
        lat=np.nan,
        lng=np.nan,
    )
    placements = place_rows(rows)
    assert [method_of(placement) for placement in placements] == [Method.NAMA] * 3
    assert {placement.reasons for placement in placements} == {(Reason.UNKNOWN_CODE,)}


def test_what_a_person_decided_before_is_used_again():
    names = "Jatim / Kab. Malang / Wajak / Dukuh Entah"
    assert placed(names).code == ""
    key = place_key(*(name.strip() for name in names.upper().split("/")))
    placement = placed(names, aliases={key: WAJAK})
    assert placement.code == WAJAK
    assert placement.by == Candidate(WAJAK, 100.0, Method.ALIAS)
    assert placed(names, aliases={key: "99.99.99.9999"}).code == ""


def test_a_parent_that_is_another_now_is_said():
    placement = placed("Jatim / Kab. Malang / Turen / Wajak")
    assert (placement.code, placement.reasons) == (WAJAK, (Reason.PARENT_DIFFERS,))
    assert placement.by.score < 100


def test_a_kecamatan_alone_is_that_kecamatan():
    assert placed("Jatim / Kab. Malang / Wajak /").code == "35.07.08"


def test_nothing_said_is_nothing_found():
    placement = placed()
    assert placement == Placement(Verdict.GAGAL, None, (), (Reason.NO_DESA,))


@pytest.mark.parametrize("boundaries", [OFFICIAL, APPROXIMATE])
def test_a_point_far_from_the_desa_named_is_for_a_person(boundaries):
    assert placed(HERE, point=IN_WAJAK, boundaries=boundaries).code == WAJAK
    placement = placed(HERE, point=IN_TUREN, boundaries=boundaries)
    assert (placement.code, placement.verdict) == ("", Verdict.RAGU)
    assert placement.reasons == (Reason.POINT_DIFFERS,)
    assert codes_of(placement) == [WAJAK, TUREN]
    placement = placed(code=WAJAK, point=AT_SEA, boundaries=boundaries)
    assert placement.reasons == (Reason.POINT_DIFFERS,)


def test_a_point_a_little_outside_its_desa_is_no_contradiction():
    just_outside = (-7.5, 111 - 0.005)
    assert placed(HERE, point=just_outside, boundaries=OFFICIAL).code == WAJAK
    some_way_off = (-7.5, 111 - 0.05)
    assert placed(HERE, point=some_way_off, boundaries=OFFICIAL).code == ""
    assert placed(HERE, point=some_way_off, boundaries=APPROXIMATE).code == WAJAK


@pytest.mark.parametrize("names", ["", "Jatim / Kab. Malang", "Jatim / Kab. Malang / Wajak /"])
def test_a_point_places_a_row_that_names_no_desa_if_boundaries_are_official(names):
    placement = placed(names, point=IN_WAJAK, boundaries=OFFICIAL)
    assert placement.code == WAJAK
    assert placement.by == Candidate(WAJAK, 90.0, Method.KOORDINAT)
    placement = placed(names, point=IN_WAJAK, boundaries=APPROXIMATE)
    assert placement.code in ("", "35.07", "35.07.08")
    by_point = [rival for rival in placement.candidates if rival.method is Method.KOORDINAT]
    assert [rival.code for rival in by_point] == [WAJAK]


def test_a_point_settles_a_tie_of_names_if_boundaries_are_official():
    tie = "Jatim / Kab. Malang / Salah Ketik / Sukoanyar"
    assert len(placed(tie).candidates) > 1
    placement = placed(tie, point=IN_SUKOANYAR, boundaries=OFFICIAL)
    assert (placement.code, method_of(placement)) == (SUKOANYAR, Method.KOORDINAT)
    placement = placed(tie, point=IN_SUKOANYAR, boundaries=APPROXIMATE)
    assert (placement.code, codes_of(placement)[0]) == ("", SUKOANYAR)


def test_a_point_does_not_place_a_row_whose_desa_is_unknown():
    placement = placed("/ / / Qwrtz", point=IN_WAJAK, boundaries=OFFICIAL)
    assert (placement.code, placement.verdict) == ("", Verdict.RAGU)
    assert codes_of(placement)[0] == WAJAK


def test_rows_keep_their_order():
    rows = pd.DataFrame(
        columns=["kode_wilayah", *PLACE_WRITTEN, "from_above", "several", "lat", "lng"]
    )
    assert place_rows(rows, boundaries=OFFICIAL) == []
    row = dict.fromkeys(["kode_wilayah", *PLACE_WRITTEN], "")
    row |= {"from_above": False, "several": (), "lat": np.nan, "lng": np.nan}
    coded = pd.DataFrame([row | {"kode_wilayah": code} for code in (WAJAK, TUREN)])
    placements = place_rows(coded)
    assert [placement.code for placement in placements] == [WAJAK, TUREN]


def test_a_point_that_lies_in_its_desa_only_south_of_the_equator_lacked_its_minus():
    north, south = shapely.box(111, 1, 112, 2), shapely.box(111, -2, 112, -1)
    square = Squares(False)
    square.locate_points = lambda lats, lngs: np.array([""] * len(lats))
    for own, lat, lacking in ((south, 1.5, True), (north, 1.5, False), (south, 5.5, False)):
        square.polygons_of = lambda _, codes, own=own: np.array([own] * len(codes))
        placement = placed(HERE, point=(lat, 111.5), boundaries=square)
        assert (Reason.MINUS_ADDED in placement.reasons) is lacking
        accepted = placement.verdict is Verdict.COCOK
        assert accepted is (lacking or own is north), "elsewhere it is for a person"
