import pandas as pd
import pytest

from geodata.registry.intake.column_preview import preview_columns
from geodata.registry.intake.sheets.headers import fields, find_header, guess, personal_fields
from geodata.registry.intake.sheets.sheet import Sheet
from tests.intake.conftest import TABLE, failure, prepared, write_csv, write_xlsx


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("Desa/Kel.", "desa"),
        ("DESA / KELURAHAN *)", "desa"),
        ("Kel/Desa", "desa"),
        ("NAMA KIM", "nama_kim"),
        ("Nama Kelompok Informasi Masyarakat (KIM)", "nama_kim"),
        ("Kec", "kecamatan"),
        ("Kecamtan", "kecamatan"),
        ("Kab/Kota", "kabupaten_kota"),
        ("kabupaten_kota", "kabupaten_kota"),
        ("Prov.", "provinsi"),
        ("Bidang Kegiatan", "bidang"),
        ("Jenis Kegiatan / Potensi", "bidang"),
        ("Alamat Web/ Medsos", "domain"),
        ("Ketua / Kontak", "ketua"),
        ("Tgl SK", "tanggal_terdaftar"),
        ("Tgl. Pengukuhan", "tanggal_terdaftar"),
        ("Nomor Induk", "nomor_induk"),
        ("No. Induk KIM", "nomor_induk"),
        ("Website", "domain"),
        ("Alamat Website", "domain"),
        ("Kode Wilayah (Kemendagri)", "kode_wilayah"),
        ("Jml Anggota", "jumlah_anggota"),
        ("Titik Koordinat", "koordinat"),
        ("Lintang (LS)", "lat"),
        ("Ketua KIM", "ketua"),
        ("No. HP/WA", "telepon"),
        ("Alamat Sekretariat", "alamat"),
    ],
)
def test_many_spellings_lead_to_a_field(header, field):
    guessed, score, _ = guess(header)
    assert guessed == field
    assert score >= 0.88


@pytest.mark.parametrize(
    "header", ["No", "No. SK", "Keterangan", "Kode BPS", "Kode Pos", "Kode Kecamatan", "Dusun", ""]
)
def test_a_header_of_something_else_is_not_taken_for_a_field(header):
    assert guess(header)[0] == ""


@pytest.mark.parametrize(
    "header", ["Nama Sekretaris", "NIK", "Email", "Kontak Ketua", "Tempat Lahir", "Jabatan", "CP"]
)
def test_whatever_tells_of_a_person_is_known_for_it(header):
    field, _, personal = guess(header)
    assert personal
    assert field in ("", *personal_fields())


def test_a_bare_nama_is_the_kim_or_else_a_person():
    def columns(*header):
        heading = find_header(Sheet("", [list(header), ["a"] * len(header)]))
        assert heading is not None
        return [(column.field, column.personal) for column in heading.columns]

    assert columns("Nama", "Desa") == [("nama_kim", False), ("desa", False)]
    assert columns("Nama", "Nama KIM", "Desa")[0] == ("", True)


def test_the_header_stands_below_titles():
    titles = [["DATA KIM"], ["KABUPATEN MALANG TAHUN 2024"], [""], ["Nama Dinas", "Diskominfo"]]
    header = find_header(Sheet("", [*titles, *TABLE]))
    assert header is not None
    assert (header.start, header.stop) == (4, 5)


def test_a_header_may_stand_on_two_rows():
    rows = [
        ["No", "Nama KIM", "Wilayah", "", "SK", ""],
        ["", "", "Kecamatan", "Desa", "Nomor", "Tanggal SK"],
        ["1", "KIM A", "Wajak", "Wajak", "1/2014", "12/8/14"],
    ]
    header = find_header(Sheet("", rows))
    assert header is not None
    assert header.stop == 2
    assert set(header.fields) == {"nama_kim", "kecamatan", "desa", "tanggal_terdaftar"}


def test_without_any_header_there_is_a_clear_error(tmp_path):
    assert failure(write_csv(tmp_path / "a.csv", TABLE[1:])).key == "intake_no_header"


def test_without_any_row_there_is_a_clear_error(tmp_path):
    assert failure(write_csv(tmp_path / "a.csv", TABLE[:1])).key == "intake_no_rows"
    totals = [TABLE[0], ["JUMLAH", "0"]]
    assert failure(write_csv(tmp_path / "b.csv", totals)).key == "intake_no_rows"


def test_one_header_twice_with_other_contents_is_a_clear_error(tmp_path):
    rows = [["Nama KIM", "Desa", "Kec", "Desa"], ["KIM A", "Wajak", "Wajak", "Turen"]]
    error = failure(write_csv(tmp_path / "a.csv", rows))
    assert error.key == "intake_header_twice"
    assert (error.values["columns"], error.values["row"]) == ("B, D", 1)


def test_one_header_twice_does_no_harm_where_it_fills_nothing_or_the_same(tmp_path):
    rows = [
        ["Nama KIM", "Desa", "Kec", "Ket", "Ket", "Desa"],
        ["KIM A", "Wajak", "Wajak", "x", "y", "Wajak"],
    ]
    (row,) = prepared(write_csv(tmp_path / "a.csv", rows)).rows
    assert row["raw"] == {
        "Nama KIM": "KIM A",
        "Desa": "Wajak",
        "Kec": "Wajak",
        "Ket": "x",
        "Ket (2)": "y",
        "Desa (2)": "Wajak",
    }


def test_an_operator_corrects_what_a_column_is_taken_for(tmp_path):
    rows = [
        ["Nama KIM", "Desa", "Desa", "Kec", "Potensi lain"],
        ["KIM A", "x", "Wajak", "Wajak", "wisata"],
    ]
    path = write_csv(tmp_path / "a.csv", rows)
    columns = preview_columns(path).columns
    assert columns["field"].tolist() == ["nama_kim", "desa", "", "kecamatan", ""]
    assert columns["examples"].tolist() == ["KIM A", "x", "Wajak", "Wajak", "wisata"]
    corrected = dict(zip(columns["header"], columns["field"], strict=True))
    corrected |= {"Desa": "", "Desa (2)": "desa", "Potensi lain": "bidang"}
    staged = prepared(path, mapping=corrected)
    (row,) = staged.rows
    assert (row["desa"], row["bidang"]) == ("Wajak", "pariwisata")
    remembered = preview_columns(path, staged.mapping).columns
    assert remembered.set_index("header")["field"]["Desa (2)"] == "desa"


def test_a_preview_shows_nothing_of_persons(tmp_path):
    rows = [["Nama KIM", "Desa", "Ketua", "Ket"], ["KIM A", "Wajak", "Budi", "0812-3456-7890"]]
    columns = preview_columns(write_csv(tmp_path / "a.csv", rows)).columns.set_index("header")
    assert columns.loc["Ketua", "personal"]
    assert columns.loc[["Ketua", "Ket"], "examples"].tolist() == ["", ""]


def test_sheets_may_have_their_columns_in_another_order(tmp_path):
    other = [["Desa", "Kec", "Kab", "Nama KIM"], ["Turen", "Turen", "Kab. Malang", "KIM Turen"]]
    path = write_xlsx(tmp_path / "a.xlsx", ("A", TABLE), ("B", other))
    rows = pd.DataFrame(list(prepared(path).rows))
    assert rows["nama_kim"].tolist() == ["KIM Wajak", "KIM Suko", "KIM Turen"]
    assert rows["sheet"].tolist() == ["A", "A", "B"]


def test_every_field_can_be_reached_and_no_spelling_means_two_things():
    assert {guess(name.replace("_", " "))[0] for name in fields()} >= {"nama_kim", "kode_wilayah"}
    from geodata.registry.intake.sheets.headers import _table

    table = _table()
    spellings = [spelling for names in table["fields"].values() for spelling in names]
    spellings += [spelling for name in personal_fields() for spelling in table["personal"][name]]
    spellings += table["other"]["headers"] + table["ambiguous"]["headers"]
    assert len(spellings) == len(set(spellings))


def test_the_columns_of_all_lists_of_a_sheet_can_be_corrected(tmp_path):
    table = [
        ["No", "Nama KIM", "Desa", "Kec"],
        ["1", "KIM A", "Sukoanyar", "Wajak"],
        ["No", "Desa", "Kec", "Nama KIM", "Website"],
        ["1", "Turen", "Turen", "KIM B", "turen"],
    ]
    path = write_csv(tmp_path / "a.csv", table)
    columns = preview_columns(path).columns
    assert columns["header"].tolist() == ["No", "Nama KIM", "Desa", "Kec", "Kolom E", "Website"]
    mapping = dict(zip(columns["header"], columns["field"], strict=True))
    rows = pd.DataFrame(list(prepared(path, mapping=mapping).rows))
    assert rows["nama_kim"].tolist() == ["KIM A", "", "KIM B"]
    assert rows["desa"].tolist() == ["Sukoanyar", "", "Turen"]
    assert rows["domain"].tolist() == ["", "", "turen.kim.id"]
