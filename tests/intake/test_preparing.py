"""From files as a kabupaten keeps them to staged rows; no row is ever lost."""

import json
from datetime import timedelta

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geodata.days import today
from geodata.gazetteer import load_gazetteer
from geodata.matching.candidate import Method
from geodata.registry.intake.intake_error import IntakeError
from geodata.registry.intake.template import COLUMNS as OF_TEMPLATE
from geodata.registry.intake.template import template
from geodata.registry.reasons import DOUBTING, REJECTING, Reason
from geodata.registry.schema import COLUMNS as OF_REGISTRY
from geodata.registry.staging import COLUMNS, OUTCOMES
from geodata.text import text
from tests.intake.conftest import (
    HEADER,
    TABLE,
    WAJAK,
    failure,
    prepared,
    records,
    write_csv,
    write_ods,
    write_xlsx,
)

SHORT = ["Nama KIM", "Desa", "Kec"]


def test_a_row_is_read_placed_and_accepted(tmp_path):
    staged = prepared(write_csv(tmp_path / "a.csv", TABLE))
    assert staged.file_name == "a.csv"
    row = staged.rows[0]
    assert list(row) == list(COLUMNS)
    assert (row["sheet"], row["line"], row["outcome"]) == ("", 2, "diterima")
    assert (row["kode_wilayah"], row["metode"], row["skor"]) == ("35.07.08.2012", "nama", 0.96)
    assert (row["bidang"], row["tanggal_terdaftar"]) == ("umkm;pariwisata", "2014-08-12")
    assert row["raw"] == dict(zip(HEADER, WAJAK, strict=True))
    assert staged.mapping["Desa/Kel."] == "desa"


def as_a_kabupaten_keeps_it() -> list[list[object]]:
    return [
        ["DATA KOMUNITAS INFORMASI MASYARAKAT (KIM)"],
        ["PROVINSI JAWA TIMUR"],
        ["KABUPATEN MALANG TAHUN 2024"],
        [],
        ["No", "Nama KIM", "Desa/Kel", "Kecamatan", "Ketua", "No HP", "Ket"],
        ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)"],
        [1, "KIM Wajak", "Wajak", "Wajak", "Budi", "081234567890", "hub. 0813 1111 2222"],
        [2, "KIM Suko", "Ds. Suko Anyar", "", "Siti", 81234567891, ""],
        ["No", "Nama KIM", "Desa/Kel", "Kecamatan", "Ketua", "No HP", "Ket"],
        [3, "KIM Turen", "Turen", "Turen", "", "", ""],
        [4, "", "Gedog Kulon", "Turen", "", "", ""],
        [5],
        ["JUMLAH", "", 4],
        ["", "", "", "", "Malang, 1 Mei 2024"],
        ["", "", "", "", "Kepala Dinas Kominfo"],
        ["", "", "", "", "Budiman Sudjatmiko"],
        ["", "", "", "", "NIP 197001011990011001"],
    ]


def test_titles_totals_groups_and_signatures_are_told_from_rows(tmp_path):
    rows = records(write_xlsx(tmp_path / "a.xlsx", ("Data", as_a_kabupaten_keeps_it())))
    assert [(row["line"], row["outcome"], row["alasan"]) for row in rows] == [
        (6, "ditolak", ["baris_nomor_kolom"]),
        (7, "diterima", []),
        (8, "diterima", ["induk_dari_atas"]),
        (9, "ditolak", ["baris_judul_ulang"]),
        (10, "diterima", []),
        (11, "ditolak", ["nama_kosong"]),
        (12, "ditolak", ["baris_kosong_sebagian"]),
        (13, "ditolak", ["baris_jumlah"]),
        (14, "ditolak", ["baris_kosong_sebagian"]),
        (15, "ditolak", ["baris_penutup"]),
        (16, "ditolak", ["baris_penutup"]),
        (17, "ditolak", ["baris_penutup"]),
    ]
    placed = [row["kode_wilayah"] for row in rows if row["outcome"] == "diterima"]
    assert placed == ["35.07.08.2012", "35.07.08.2011", "35.07.09.1011"]
    assert rows[1]["kabupaten_kota"] == "KABUPATEN MALANG"


def test_what_tells_of_persons_stands_apart(tmp_path):
    rows = records(write_xlsx(tmp_path / "a.xlsx", ("Data", as_a_kabupaten_keeps_it())))
    assert rows[1]["personal"] == {
        "ketua": "Budi",
        "telepon": "+6281234567890",
        "Ket": "hub. 0813 1111 2222",
    }
    shown = json.dumps([{**row, "personal": ""} for row in rows], default=str)
    for private in ("Budi", "Siti", "0812", "81234567891", "0813", "1970010119", "Sudjatmiko"):
        assert private not in shown


def test_a_number_in_the_name_of_a_kim_is_not_published(tmp_path):
    table = [SHORT, ["KIM Wajak (0812-3456-7890)", "Wajak", "Wajak"]]
    (row,) = records(write_csv(tmp_path / "a.csv", table))
    assert row["nama_kim"] == "KIM Wajak"
    assert "0812" not in str(row["raw"])


def test_headings_of_sections_hold_for_the_rows_below(tmp_path):
    table = [
        ["KABUPATEN MALANG"],
        ["No", "Nama KIM", "Desa", "Bidang"],
        ["I", "Kecamatan Wajak"],
        ["1", "KIM A", "Sukoanyar", "umkm"],
        ["II", "KECAMATAN TUREN"],
        ["1", "KIM B", "Turen", "umkm"],
    ]
    rows = records(write_csv(tmp_path / "a.csv", table))
    assert [row["alasan"] for row in rows[::2]] == [["baris_bagian"]] * 2
    assert [row["kecamatan"] for row in rows[1::2]] == ["Kecamatan Wajak", "KECAMATAN TUREN"]
    assert [row["kode_wilayah"] for row in rows[1::2]] == ["35.07.08.2011", "35.07.09.1011"]


@pytest.mark.parametrize("sheet", ["Kec. Wajak", "WAJAK", "Wajak"])
def test_a_sheet_may_be_named_for_its_kecamatan(sheet, tmp_path):
    table = [["KABUPATEN MALANG"], [], ["Nama KIM", "Desa"], ["KIM A", "Sukoanyar"]]
    (row,) = records(write_xlsx(tmp_path / "a.xlsx", (sheet, table)))
    assert row["kecamatan"] == sheet
    assert row["kode_wilayah"] == "35.07.08.2011"


@pytest.mark.parametrize("sheet", ["Data", "Sheet1", "Rekap 2024"])
def test_a_sheet_named_for_anything_else_names_no_region(sheet, tmp_path):
    (row, _) = records(write_xlsx(tmp_path / "a.xlsx", (sheet, TABLE)))
    assert row["provinsi"] == ""


def test_a_group_named_in_its_first_row_only_is_carried_but_never_guessed(tmp_path):
    table = [
        ["Nama KIM", "Desa", "Kecamatan", "Kab"],
        ["KIM A", "Wajak", "Wajak", "Kab. Malang"],
        ["KIM B", "Sukoanyar", "", ""],
        ["KIM C", "Turen", "", ""],  # of another kecamatan
    ]
    rows = records(write_ods(tmp_path / "a.ods", table))
    assert [row["outcome"] for row in rows] == ["diterima", "diterima", "ditinjau"]
    assert rows[2]["kandidat"][0] == {
        "kode": "35.07.09.1011",
        "nama": "Turen",
        "wilayah": "Turen, Kabupaten Malang, Jawa Timur",
        "skor": 0.9,
        "metode": "nama",
    }
    assert rows[2]["kode_wilayah"] == ""


def test_what_cannot_be_read_is_kept_and_said_and_does_not_hold_up_the_row(tmp_path):
    table = [
        [*SHORT, "Bidang", "Status", "Tgl SK", "Jml Anggota", "Website", "Koordinat"],
        ["KIM A", "Wajak", "Wajak", "xyz", "entah", "akhir 2014", "banyak", "web kami", "di sana"],
    ]
    (row,) = records(write_csv(tmp_path / "a.csv", table))
    assert row["outcome"] == "diterima"
    assert set(row["alasan"]) == {
        *("tanggal_tidak_terbaca", "jumlah_tidak_terbaca", "domain_tidak_terbaca"),
        *("status_tidak_dikenal", "bidang_tidak_dikenal", "koordinat_tidak_terbaca"),
    }
    assert (row["bidang_lain"], row["tanggal_terdaftar"], row["lat"]) == ("xyz", "", "")
    assert row["raw"]["Tgl SK"] == "akhir 2014"


@pytest.mark.parametrize(("days", "doubted"), [(0, False), (1, True)])
def test_a_day_that_is_still_to_come_is_for_a_person(days, doubted, tmp_path):
    day = (today() + timedelta(days)).isoformat()
    table = [[*SHORT, "Tanggal terdaftar"], ["KIM Wajak", "Wajak", "Wajak", day]]
    row = prepared(write_csv(tmp_path / "a.csv", table)).rows[0]
    assert row["tanggal_terdaftar"] == day
    assert (str(Reason.DAY_TO_COME) in row["alasan"]) == doubted
    assert row["outcome"] == ("ditinjau" if doubted else "diterima")


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        (["Malangsari Baru", "Wajak"], "desa_tidak_ditemukan"),
        (["", "Wajak"], "desa_kosong"),
        (["", ""], "desa_kosong"),
        (["Sumberejo", ""], "desa_ragu"),
    ],
)
def test_a_row_without_a_sure_desa_is_for_a_person(cells, reason, tmp_path):
    path = write_csv(tmp_path / "a.csv", [SHORT, ["KIM A", *cells]])
    (row,) = records(path)
    assert (row["outcome"], row["alasan"], row["kode_wilayah"]) == ("ditinjau", [reason], "")


def test_rows_of_a_sheet_without_header_are_rejected_not_dropped(tmp_path):
    path = write_xlsx(tmp_path / "a.xlsx", ("Data", TABLE), ("Catatan", [["apa saja"], ["", "x"]]))
    rows = records(path)
    assert [row["alasan"] for row in rows[2:]] == [["lembar_tanpa_judul"]] * 2


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_template_is_read_without_a_guess(language, tmp_path):
    path = tmp_path / "templat.xlsx"
    path.write_bytes(template(language))
    assert failure(path).key == "intake_no_rows"  # its example is no KIM
    from geodata.registry.intake.column_preview import preview_columns

    columns = preview_columns(path).columns
    assert columns["field"].tolist() == list(OF_TEMPLATE)
    assert (columns["score"] == 1).all()
    assert set(OF_REGISTRY) <= set(OF_TEMPLATE)


def test_every_reason_has_a_text_and_one_effect():
    for reason in Reason:
        for language in ("id", "en"):
            assert text(f"registry.reason.{reason}", language)
    assert not REJECTING & DOUBTING


CELLS = st.sampled_from(
    [
        *(
            "",
            "",
            "-",
            "KIM A",
            "Wajak",
            "Wajak",
            "Turen",
            "Kec. Turen",
            "JUMLAH",
            "1",
            "2",
            "Desa",
        ),
        *("Nama KIM", "35.07.08.2012", "12/8/14", "umkm", "Kecamatan Wajak", "Mengetahui", "=1+1"),
    ]
) | st.text(max_size=8)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    table=st.lists(st.lists(CELLS, min_size=5, max_size=7), min_size=1, max_size=9),
    titles=st.lists(st.sampled_from(["KABUPATEN MALANG", "DATA KIM", ""]), max_size=2),
)
def test_every_row_below_the_header_is_accepted_in_review_or_rejected(table, titles, tmp_path):
    header = ["Nama KIM", "Desa", "Kec", "Kode Desa", "Tgl SK", "Bidang"]
    path = write_csv(tmp_path / "a.csv", [*([title] for title in titles), header, *table])
    try:
        rows = prepared(path).rows
    except IntakeError:
        return
    read = [row for row in pd.read_csv(path, header=None, names=range(9), dtype=str).to_numpy()]
    assert {row["outcome"] for row in rows} <= set(OUTCOMES)
    assert len(rows) <= len(read)
    filled = [line for line, row in enumerate(table, start=len(titles) + 2) if said(row)]
    assert [row["line"] for row in rows] == filled
    for row in rows:
        assert (row["outcome"] == "ditolak") == bool(REJECTING & set(row["alasan"]))
        assert row["outcome"] != "diterima" or row["kode_wilayah"] in load_gazetteer()
        assert row["metode"] in ("", *Method)


def said(row: list[str]) -> bool:
    from geodata.registry.intake.files.cells import tidy

    return any(tidy(cell) for cell in row)
