"""The making of the reference, on small tables made by hand after cases that do occur."""

import json

import pandas as pd
import pytest

from geodata.gazetteer import read_gazetteer
from geodata.reference import make_crosswalk, read_names, read_points, with_points, write_reference
from geodata.regions import LEVELS, Level, level_of


def names_2025(**names: str) -> pd.DataFrame:
    """Regions of 2025; an underscore stands for the dot of a code."""
    rows = [(code[1:].replace("_", "."), name) for code, name in names.items()]
    table = pd.DataFrame(rows, columns=["kode", "nama"])
    return table.assign(level=[level_of(code).value for code in table["kode"]])


def points_2020(*rows: tuple[str, ...]) -> pd.DataFrame:
    table = pd.DataFrame(list(rows), columns=["kode", "kabupaten_kota", "kecamatan", "nama"])
    numbers = range(1, len(table) + 1)
    return table.assign(
        lat=[-float(n) for n in numbers],
        lng=[100.0 + n for n in numbers],
        kode_pos=[f"{n:05}" for n in numbers],
    )


def steps(crosswalk: pd.DataFrame) -> list[tuple[str, str, str]]:
    return list(crosswalk.itertuples(index=False, name=None))


MERAUKE = names_2025(
    k93="Papua Selatan",
    k93_01="Kabupaten Merauke",
    k93_01_02="Muting",
    k93_01_06="Ulilin",
)


def with_regions(**names: str) -> pd.DataFrame:
    return pd.concat([MERAUKE, names_2025(**names)], ignore_index=True)


def of_2020(kode: str, kecamatan: str, nama: str, kabupaten: str = "Merauke") -> tuple[str, ...]:
    return kode, f"Kabupaten {kabupaten}", kecamatan, nama


# Desa of 2025 in Kabupaten Merauke, desa of 2020, and which is which by what.
MOVES = {
    "a desa whose provinsi was split keeps its name, kecamatan and so its point": (
        {"k93_01_02_2001": "Boha", "k93_01_02_2002": "Bupul"},
        [of_2020("91.01.02.2001", "Muting", "Boha"), of_2020("91.01.02.2007", "Muting", "Bupul")],
        [
            ("91.01.02.2001", "93.01.02.2001", "nama dan kecamatan"),
            ("91.01.02.2007", "93.01.02.2002", "nama dan kecamatan"),
        ],
    ),
    "of two of one name the one in the kecamatan of the same name is taken": (
        {"k93_01_02_2001": "Boha"},
        [of_2020("91.01.06.2003", "Ulilin", "Boha"), of_2020("91.01.02.2001", "Muting", "Boha")],
        [("91.01.02.2001", "93.01.02.2001", "nama dan kecamatan")],
    ),
    "a desa that came to another kecamatan is found by its name alone": (
        {"k93_01_02_2001": "Boha"},
        [of_2020("91.01.06.2003", "Ulilin", "Boha")],
        [("91.01.06.2003", "93.01.02.2001", "nama")],
    ),
    "two old desa of one name and neither kecamatan settle nothing": (
        {"k93_01_02_2001": "Boha"},
        [of_2020("91.01.06.2003", "Ulilin", "Boha"), of_2020("91.01.09.2003", "Jagebob", "Boha")],
        [],
    ),
    "two new desa that claim one old desa both go without": (
        {"k93_01_02_2001": "Boha", "k93_01_06_2001": "Boha"},
        [of_2020("91.01.09.2003", "Jagebob", "Boha")],
        [],
    ),
    "a tie within one kecamatan goes to nobody, not even by name": (
        {"k93_01_02_2001": "Boha", "k93_01_02_2002": "Boha"},
        [of_2020("91.01.02.2001", "Muting", "Boha")],
        [],
    ),
    "what a kecamatan settles is no rival any more for the rest": (
        {"k93_01_02_2001": "Boha", "k93_01_06_2001": "Boha"},
        [of_2020("91.01.02.2001", "Muting", "Boha"), of_2020("91.01.09.2003", "Jagebob", "Boha")],
        [
            ("91.01.02.2001", "93.01.02.2001", "nama dan kecamatan"),
            ("91.01.09.2003", "93.01.06.2001", "nama"),
        ],
    ),
    "a desa of the same name in another kabupaten is no match": (
        {"k93_01_02_2001": "Boha"},
        [of_2020("91.04.02.2001", "Muting", "Boha", "Nabire")],
        [],
    ),
    "codes that did not move take no part": (
        {"k93_01_02_2001": "Boha", "k93_01_02_2002": "Bupul"},
        [of_2020("93.01.02.2001", "Muting", "Bupul"), of_2020("91.01.02.2009", "Muting", "Boha")],
        [],
    ),
}


@pytest.mark.parametrize(("names", "points", "carried"), MOVES.values(), ids=MOVES)
def test_a_code_that_moved_is_carried_over_where_it_is_sure(names, points, carried):
    assert steps(make_crosswalk(with_regions(**names), points_2020(*points))) == carried


def test_kabupaten_toba_is_the_toba_samosir_of_2020():
    names = names_2025(
        k12="Sumatera Utara",
        k12_12="Kabupaten Toba",
        k12_12_01="Balige",
        k12_12_01_2099="Lumban Gorat",
    )
    points = points_2020(("12.12.01.2001", "Kabupaten Toba Samosir", "Balige", "Lumban Gorat"))
    assert steps(make_crosswalk(names, points)) == [
        ("12.12.01.2001", "12.12.01.2099", "nama dan kecamatan")
    ]


def test_names_agree_whatever_their_hyphens_apostrophes_and_capitals():
    names = names_2025(
        k72="Sulawesi Tengah",
        k72_04="Kabupaten Tolitoli",
        k72_04_01="Toli-Toli Utara",
        k72_04_01_2099="Soka'an II",
    )
    points = points_2020(("72.04.01.2001", "KABUPATEN TOLI-TOLI", "Tolitoli Utara", "SOKAAN II"))
    assert len(make_crosswalk(names, points)) == 1


def test_a_desa_has_the_point_of_its_own_code_else_of_its_old_code_else_none():
    names = with_regions(k93_01_02_2001="Boha", k93_01_02_2002="Bupul", k93_01_02_2003="Desa Baru")
    points = points_2020(
        ("93.01.02.2001", "Kabupaten Merauke", "Muting", "Boha"),
        ("91.01.02.2002", "Kabupaten Merauke", "Muting", "Bupul"),
    )
    placed = with_points(names, points, make_crosswalk(names, points))
    assert placed["kode"].tolist() == names["kode"].tolist(), "no region is lost"
    own, carried, new = placed[placed["level"] == "desa"].itertuples()
    assert (own.lat, own.lng, own.kode_pos, own.asal_titik) == (-1, 101, "00001", "kode")
    assert (carried.lat, carried.lng, carried.kode_pos) == (-2, 102, "00002")
    assert carried.asal_titik == "kode_2020"
    assert pd.isna([new.lat, new.lng, new.kode_pos, new.asal_titik]).all()


@pytest.fixture
def packages(tmp_path):
    """Two npm packages as they are on disk, with a handful of regions."""
    tables = {
        "provinces": [("35", "Jawa Timur"), ("11", "Aceh")],
        "regencies": [("35.29", "Kabupaten Sumenep")],
        "districts": [("35.29.18", "Kangayan")],
        "villages": [("35.29.18.2002", 'Soka"an '), ("35.29.18.2001", "Torjek")],
    }
    data = tmp_path / "node_modules" / "idn-area-data" / "data"
    data.mkdir(parents=True)
    for name, rows in tables.items():
        pd.DataFrame(rows, columns=["code", "name"]).to_csv(data / f"{name}.csv", index=False)
    points = [
        ("35.29.18.2001", "Torjek", -6.87654321, 115.4, 69491),
        ("35.29.18.2099", "Sokaan", -6.9, 115.5, 0),
    ]
    folder = tmp_path / "node_modules" / "geografis" / "data" / "json"
    folder.mkdir(parents=True)
    body = [
        {
            "code": code,
            "village": village,
            "district": "Kangayan",
            "city": "Kabupaten Sumenep",
            "province": "Jawa Timur",
            "latitude": latitude,
            "longitude": longitude,
            "postal": postal,
        }
        for code, village, latitude, longitude, postal in points
    ]
    (folder / "data.json").write_text(json.dumps(body), encoding="utf-8")
    return tmp_path / "node_modules"


def test_names_are_read_in_the_order_of_codes_with_their_apostrophes_set_right(packages):
    names = read_names(packages)
    assert names.to_numpy().tolist() == [
        ["11", "Aceh", "provinsi"],
        ["35", "Jawa Timur", "provinsi"],
        ["35.29", "Kabupaten Sumenep", "kabupaten_kota"],
        ["35.29.18", "Kangayan", "kecamatan"],
        ["35.29.18.2001", "Torjek", "desa"],
        ["35.29.18.2002", "Soka'an", "desa"],
    ]


def test_points_are_read_to_six_decimals_and_false_postal_codes_are_missing(packages):
    torjek, sokaan = read_points(packages).itertuples(index=False)
    assert torjek.kode == "35.29.18.2001"
    assert (torjek.kecamatan, torjek.kabupaten_kota) == ("Kangayan", "Kabupaten Sumenep")
    assert (torjek.lat, torjek.lng, torjek.kode_pos) == (-6.876543, 115.4, "69491")
    assert pd.isna(sokaan.kode_pos)


def test_the_reference_that_is_written_can_be_read_back_as_a_gazetteer(packages, tmp_path):
    out = tmp_path / "data"
    out.mkdir()
    written = write_reference(packages, "2026-01-02", out)
    gazetteer = read_gazetteer(out / "regions.parquet")
    assert len(written) == sum(len(gazetteer.codes(level)) for level in LEVELS) == 6
    desa = gazetteer.tables[Level.DESA]
    assert desa["nama"].tolist() == ["Torjek", "Soka'an"]
    assert desa["asal_titik"].tolist() == ["kode", "kode_2020"]
    assert (out / "crosswalk_2020.csv").read_text(encoding="utf-8") == (
        "kode_2020,kode_2025,metode\n35.29.18.2099,35.29.18.2002,nama dan kecamatan\n"
    )
