"""Cells that name more than a desa: addresses are read if they leave no doubt."""

import pytest

from geodata.gazetteer import load_gazetteer
from geodata.regions import LEVELS
from geodata.registry.intake.addresses import read_addresses
from geodata.registry.intake.sheets.headers import find_header
from geodata.registry.intake.sheets.row import Row
from geodata.registry.intake.sheets.sheet import Sheet
from geodata.registry.intake.sheets.table import RowsBelow
from tests.intake.conftest import records, write_csv

WONOAYU, BAMBANG = "35.07.08.2002", "35.07.08.2003"


def row(**cells: str) -> Row:
    sheet = Sheet("", [["Nama KIM", *cells], ["KIM A", *cells.values()]])
    header = find_header(sheet, of_places=True)
    assert header is not None
    (below,) = RowsBelow(sheet, [header], load_gazetteer())
    read_addresses([below], load_gazetteer())
    return below


def names(**cells: str) -> list[str]:
    return [row(**cells).region(level) for level in LEVELS]


@pytest.mark.parametrize(
    "cell",
    [
        "Wonoayu, Wajak, Malang",
        "Malang, Wajak, Wonoayu",
        "Wonoayu, Wajak, Malang, Jawa Timur",
        "Desa Wonoayu Kec. Wajak Kab. Malang",
        "Ds. Wonoayu, Kecamatan Wajak, Kabupaten Malang 65173",
        "Wonoayu, Kec Wajak, Kab Malang, Prov. Jawa Timur",
        "Jl. Raya No. 5, Wonoayu, Kec. Wajak, Kab. Malang",
    ],
)
def test_an_address_in_the_cell_of_the_desa_is_read(cell, tmp_path):
    (read,) = records(write_csv(tmp_path / "a.csv", [["Nama KIM", "Desa"], ["KIM A", cell]]))
    assert (read["kode_wilayah"], read["outcome"]) == (WONOAYU, "diterima")
    assert read["alasan"] == ["wilayah_dari_alamat"]
    assert read["raw"]["Desa"] == cell


def test_an_address_of_persons_tells_regions_and_nothing_else(tmp_path):
    address = "Rumah Bu Siti, Jl. Melati RT 02 RW 03 Desa Wonoayu Kec. Wajak Kab. Malang"
    table = [["Nama KIM", "Alamat", "Ket"], ["KIM A", address, ""]]
    (read,) = records(write_csv(tmp_path / "a.csv", table))
    assert (read["kode_wilayah"], read["alasan"]) == (WONOAYU, ["wilayah_dari_alamat"])
    assert read["personal"] == {"alamat": address}
    assert not any("Siti" in str(value) for key, value in read.items() if key != "personal")


@pytest.mark.parametrize(
    "address",
    [
        "Jl. Raya Wonoayu 5, Wajak, Malang",  # nothing says which is the desa
        "Desa Wonoayu rumah Pak Budi, Kec. Wajak, Kab. Malang",
        "Desa Wonoayu dan Desa Bambang, Kec. Wajak, Kab. Malang",
        "Desa Wonoayu, Kec. Turen, Kab. Malang",
    ],
)
def test_an_address_of_persons_that_leaves_a_doubt_is_not_read(address):
    assert names(Alamat=address, Desa="") == ["", "", "", ""]


def test_an_address_in_another_kecamatan_than_its_row_is_not_read():
    address = "Desa Wonoayu, Kec. Wajak, Kab. Malang"
    assert names(Alamat=address, Desa="", Kecamatan="Turen") == ["", "", "Turen", ""]
    assert names(Alamat=address, Desa="", Kecamatan="Kec. Wajak")[3] == "Desa Wonoayu"
    assert names(Alamat=address, Desa="Bambang", Kecamatan="Wajak")[3] == "Bambang"


@pytest.mark.parametrize(
    "cell",
    [
        *("Wonoayu dan Bambang", "Wonoayu, Bambang", "Wonoayu/Bambang", "Wonoayu & Bambang"),
        *("Wonoayu\nBambang", "Wonoayu; Bambang", "Ds. Wonoayu dan Ds. Bambang"),
        "Desa Wonoayu dan Bambang Kec. Wajak",
    ],
)
def test_two_desa_in_one_cell_are_for_a_person_who_sees_both(cell, tmp_path):
    table = [["Nama KIM", "Desa", "Kec", "Kab"], ["KIM A", cell, "Wajak", "Kab. Malang"]]
    (read,) = records(write_csv(tmp_path / "a.csv", table))
    assert (read["outcome"], read["alasan"]) == ("ditinjau", ["beberapa_desa"])
    assert {candidate["kode"] for candidate in read["kandidat"][:2]} == {WONOAYU, BAMBANG}


def test_two_desa_and_the_code_of_one_of_them_differ_and_are_for_a_person(tmp_path):
    table = [
        ["Nama KIM", "Desa", "Kec", "Kab", "Kode Desa"],
        ["KIM A", "Wonoayu dan Bambang", "Wajak", "Malang", BAMBANG],
    ]
    (read,) = records(write_csv(tmp_path / "a.csv", table))
    assert (read["kode_wilayah"], read["outcome"]) == ("", "ditinjau")
    assert BAMBANG in [candidate["kode"] for candidate in read["kandidat"]]


@pytest.mark.parametrize(
    ("desa", "kecamatan", "kabupaten"),
    [
        ("Lalai I/II", "Hibala", "Nias Selatan"),
        ("Urek - Urek", "Gondanglegi", "Malang"),
        ("Mekarwangi/Sukatani", "Haurwangi", "Cianjur"),
        ("Aek Kota Batu", "NA IX-X", "Labuhanbatu Utara"),
        ("Kota Baru", "", ""),
    ],
)
def test_a_desa_whose_own_name_is_written_so_is_one(desa, kecamatan, kabupaten):
    read = row(Desa=desa, Kecamatan=kecamatan, Kabupaten=kabupaten)
    assert (read.address, read.several) == ({}, ())
