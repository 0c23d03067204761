"""Lists of several kecamatan, each with title and signature, one below the other in a sheet."""

import pytest

from geodata.gazetteer import load_gazetteer
from geodata.regions import Level
from geodata.registry.intake.sheets.headers import find_header, later_headers
from geodata.registry.intake.sheets.row import Row
from geodata.registry.intake.sheets.sheet import Sheet
from geodata.registry.intake.sheets.table import RowsBelow

HEADER = ["No", "Nama KIM", "Desa", "Bidang"]
FIRST = [["DAFTAR KIM KABUPATEN MALANG"], ["Kecamatan Singosari"], HEADER]
ONE = ["1", "KIM Satu", "Pagentan", "UMKM"]
TWO = ["1", "KIM Dua", "Baturetno", "UMKM"]
SIGNATURE = [["", "", "Mengetahui,"], ["", "", "Camat Singosari"], [], ["", "", "Budi"]]
NIP = ["", "", "NIP 197001011990011001"]


def rows(*cells: list[str], of_places: bool = False) -> list[Row]:
    sheet = Sheet("", list(cells))
    header = find_header(sheet, of_places=of_places)
    assert header is not None
    return list(RowsBelow(sheet, [header, *later_headers(sheet, header)], load_gazetteer()))


def data(*cells: list[str]) -> dict[str, str]:
    """Return the kecamatan of each KIM."""
    return {
        row.value("nama_kim"): row.region(Level.KECAMATAN)
        for row in rows(*cells)
        if row.reason is None
    }


@pytest.mark.parametrize(
    "headings",
    [
        [["Kecamatan Dampit"]],
        [["II.", "KECAMATAN DAMPIT"]],
        [["", "Kecamatan", ": Dampit"]],
        [["", "Kecamatan", ":", "Dampit"]],
        [["", "", "Kec. Dampit"]],  # in the column of desa
        [["DAFTAR KIM KECAMATAN DAMPIT TAHUN 2024"], ["Tahun 2024"]],
        [["REKAP KIM KECAMATAN DAMPIT"], HEADER],
        [["Kecamatan Dampit"], HEADER, ["(1)", "(2)", "(3)", "(4)"]],
    ],
    ids=lambda headings: " ".join(filter(None, headings[0])),
)
@pytest.mark.parametrize("signature", [[], SIGNATURE, [*SIGNATURE, NIP]], ids=["", "sign", "nip"])
def test_a_heading_holds_for_the_rows_below_it_also_below_a_signature(headings, signature):
    kecamatan = data(*FIRST, ONE, *signature, *headings, TWO)
    assert kecamatan["KIM Satu"] == "Kecamatan Singosari"
    assert "dampit" in kecamatan["KIM Dua"].lower()


@pytest.mark.parametrize(
    ("header", "first", "below"),
    [
        (HEADER, ONE, ["2", "KIM Dua", "Ardimulyo", ""]),
        (HEADER, ONE, ["2", "KIM Dua", "", ""]),
        (HEADER[:3], ONE[:3], ["2", "KIM Dua", "Ardimulyo"]),
        (HEADER[1:], ONE[1:], ["KIM Dua", "Ardimulyo", "UMKM"]),
        (HEADER[1:3], ONE[1:3], ["KIM Dua", "Ardimulyo"]),
    ],
    ids=["all", "no desa", "three columns", "no number", "two columns"],
)
def test_rows_below_a_signature_are_rows(header, first, below):
    signature = [["Mengetahui,"], ["Camat Singosari"], ["Budi"], ["NIP 19700101"]]
    assert list(data(header, first, *signature, below)) == ["KIM Satu", "KIM Dua"]


def test_two_who_sign_side_by_side_are_no_row():
    signature = [["", "Mengetahui", "Dibuat oleh"], ["", "Camat", "Sekcam"], ["", "Budi", "Siti"]]
    assert list(data(*FIRST, ONE, *signature)) == ["KIM Satu"]
    assert list(data(*FIRST, ONE, *signature, ["", "NIP 1", "NIP 2"], TWO)) == [
        "KIM Satu",
        "KIM Dua",
    ]


def test_the_region_of_who_signs_heads_no_section():
    office = [["", "", "Kepala Dinas Kominfo"], ["", "", "Kabupaten Malang"], ["", "", "Budi"], NIP]
    read = rows(*FIRST, ONE, *office)
    assert {str(row.reason) for row in read[1:]} == {"baris_penutup"}
    assert data(*FIRST, ONE, *office, TWO)["KIM Dua"] == "Kecamatan Singosari"


def test_a_desa_may_be_called_kota_and_be_alone_in_its_row():
    read = rows(*FIRST, ["", "", "Kota Baru"], ONE)
    assert [row.reason for row in read][1] is None
    assert Level.KABUPATEN_KOTA in read[1].around
    assert read[1].around[Level.KABUPATEN_KOTA] == "KABUPATEN MALANG"


@pytest.mark.parametrize(
    ("header", "cells"),
    [
        ("Provinsi", ["Provinsi Jawa Timur", "Bali"]),
        ("Kabupaten/Kota", ["Kabupaten Malang", "Kota Malang", "Sidoarjo"]),
        ("Kota", ["Kota Malang", "Kota Batu"]),
        ("Kecamatan", ["Kecamatan Wajak", "Kec. Turen"]),
    ],
)
def test_in_a_list_of_places_a_place_is_the_one_of_its_row(header, cells):
    read = rows(
        ["No", header, "Jumlah KIM"],
        *([str(number), cell, "57"] for number, cell in enumerate(cells, start=1)),
        of_places=True,
    )
    assert [row.reason for row in read] == [None] * len(cells)
    assert [row.cells[1] for row in read] == cells


def test_a_heading_in_a_list_of_places_is_its_own_place_and_that_of_the_rows_below():
    read = rows(
        ["Desa", "Jumlah"],
        ["KABUPATEN MALANG"],
        ["Kecamatan Wajak"],
        ["Wonoayu", "1"],
        of_places=True,
    )
    assert [[row.region(level) for level in (Level.KECAMATAN, Level.DESA)] for row in read] == [
        ["", ""],
        ["Kecamatan Wajak", ""],
        ["Kecamatan Wajak", "Wonoayu"],
    ]


@pytest.mark.parametrize(
    ("header", "cells"),
    [
        (["No", "Desa", "Nama KIM", "Bidang"], ["1", "Baturetno", "KIM Dua", "UMKM"]),
        (["Nama KIM", "Kecamatan", "Desa"], ["KIM Dua", "Dampit", "Baturetno"]),
        (["No", "Nama KIM", "Ketua", "Desa", "Lain"], ["1", "KIM Dua", "Budi", "Baturetno", "x"]),
    ],
)
def test_a_list_further_down_has_columns_of_its_own(header, cells):
    *_, heading, two = rows(*FIRST, ONE, *SIGNATURE, ["Kecamatan Dampit"], header, cells)
    assert str(heading.reason) == "baris_judul_ulang"
    assert (two.reason, two.value("nama_kim"), two.value("desa")) == (None, "KIM Dua", "Baturetno")
    assert "Dampit" in two.region(Level.KECAMATAN)
