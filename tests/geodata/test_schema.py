import pandas as pd
import pytest

from geodata.errors import DataFileError
from geodata.registry.schema import COLUMNS, read_registry


@pytest.fixture
def read(registry_file, gazetteer):
    return lambda *rows: read_registry(registry_file(*rows), gazetteer)


def refusal(read, *rows) -> str:
    with pytest.raises(DataFileError, match=r"registri\.csv") as caught:
        read(*rows)
    assert caught.value.message("id") != caught.value.message("en")
    return caught.value.message("en")


def test_the_public_columns_of_a_registry_name_no_person():
    assert list(COLUMNS) == [
        "nomor_induk",
        "nama_kim",
        "kode_wilayah",
        "bidang",
        "status",
        "tanggal_terdaftar",
        "tanggal_diperbarui",
        "domain",
        "jumlah_anggota",
        "lat",
        "lng",
    ]


def test_a_registry_is_read_typed_and_in_the_order_of_its_rows(read):
    registry = read(
        {
            "nomor_induk": "KIM-3507-2020-0002",
            "nama_kim": "KIM Swara Desa, Wajak",
            "tanggal_diperbarui": "2021-01-02",
            "domain": "swara.contoh.kim.id",
            "jumlah_anggota": "17",
            "lat": "-8.11",
            "lng": "112.73",
        },
        {"nomor_induk": "0001", "bidang": "umkm;pariwisata"},
    )
    assert list(registry.columns) == list(COLUMNS)
    first, second = registry.itertuples(index=False)
    assert first.nomor_induk == "KIM-3507-2020-0002"
    assert first.nama_kim == "KIM Swara Desa, Wajak"
    assert first.tanggal_terdaftar == pd.Timestamp("2020-05-17")
    assert first.tanggal_diperbarui == pd.Timestamp("2021-01-02")
    assert (first.jumlah_anggota, first.lat, first.lng) == (17, -8.11, 112.73)
    assert second.nomor_induk == "0001", "a number keeps its zeros"
    assert second.domain == ""
    assert pd.isna([second.tanggal_diperbarui, second.jumlah_anggota, second.lat]).all()


def test_a_registry_of_no_rows_has_its_columns_all_the_same(read):
    empty = read()
    assert empty.empty
    assert list(empty.columns) == list(COLUMNS)


def test_the_columns_may_stand_in_any_order_among_others(registry_file, gazetteer):
    path = registry_file({"nama_kim": "KIM Gema"})
    shuffled = pd.read_csv(path, dtype=str)[list(COLUMNS)[::-1]].assign(catatan="diabaikan")
    shuffled.to_csv(path, index=False)
    registry = read_registry(path, gazetteer)
    assert list(registry.columns) == list(COLUMNS)
    assert registry["nama_kim"].tolist() == ["KIM Gema"]


WRONG_VALUES = [
    ("bidang", "tani"),
    ("bidang", "umkm;"),
    ("kode_wilayah", "35.07.08.2999"),
    ("kode_wilayah", "35.07.08"),
    ("kode_wilayah", "3507082001"),
    ("status", "Aktif"),
    ("tanggal_terdaftar", "17-05-2020"),
    ("tanggal_terdaftar", "2020-02-30"),
    ("tanggal_diperbarui", "kemarin"),
    ("jumlah_anggota", "sekitar 20"),
    ("jumlah_anggota", "12.5"),
    ("jumlah_anggota", "-3"),
    ("jumlah_anggota", "inf"),
    ("lat", "8,14 LS"),
    ("lat", "95"),
    ("lng", "inf"),
    ("lng", "-181"),
    ("nama_kim", "  "),
]


@pytest.mark.parametrize(("column", "value"), WRONG_VALUES)
def test_a_wrong_value_is_refused_by_file_line_and_column(read, column, value):
    # The header is line 1, so the second row is line 3.
    message = refusal(read, {}, {column: value}, {column: value})
    assert f"Registry file registri.csv, line 3, column {column}: the value “{value}”" in message


@pytest.mark.parametrize(
    "column",
    ["nomor_induk", "nama_kim", "kode_wilayah", "bidang", "status", "tanggal_terdaftar"],
)
def test_a_required_value_that_is_empty_is_refused(read, column):
    assert f"line 4, column {column}: the value “”" in refusal(read, {}, {}, {column: ""})


@pytest.mark.parametrize("column", ["tanggal_diperbarui", "domain", "jumlah_anggota", "lat", "lng"])
def test_the_other_values_may_be_empty(read, column):
    assert len(read({column: ""})) == 1


def test_a_number_given_twice_is_refused_at_its_second_place(read):
    rows = [{"nomor_induk": number} for number in ("KIM-A", "KIM-B", "KIM-A")]
    assert "line 4, column nomor_induk: the value “KIM-A”" in refusal(read, *rows)


def test_an_unknown_field_is_not_taken_for_a_known_one_it_is_a_part_of(read):
    rows = [{"bidang": "seni_budaya"}, {"bidang": "umkm;seni"}]
    assert "line 3, column bidang: the value “umkm;seni”" in refusal(read, *rows)


def test_the_line_is_that_of_the_file_even_after_blank_lines_and_cells_of_several(
    registry_file, gazetteer
):
    path = registry_file({"nama_kim": "KIM\nGema"}, {}, {"bidang": "tani"})
    header, rest = path.read_text(encoding="utf-8").split("\n", 1)
    path.write_text(f"{header}\n\n{rest}", encoding="utf-8")
    with pytest.raises(DataFileError, match="line 6, column bidang"):
        read_registry(path, gazetteer)


def test_missing_columns_are_all_named(registry_file, gazetteer):
    path = registry_file({})
    pd.read_csv(path, dtype=str).drop(columns=["status", "lng"]).to_csv(path, index=False)
    with pytest.raises(
        DataFileError, match=r"registri\.csv lacks the columns: status, lng"
    ) as caught:
        read_registry(path, gazetteer)
    assert (
        caught.value.message("id") == "Berkas registri registri.csv tidak punya kolom: status, lng."
    )


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"nomor_induk,nama_kim\nKIM-1,Caf\xe9\n",
        b"nomor_induk,nama_kim\nKIM-1,Gema,lebih\n,,,,\n",
    ],
    ids=["empty", "not UTF-8", "rows of several lengths"],
)
def test_what_is_no_csv_in_utf_8_is_refused_by_name(tmp_path, gazetteer, content):
    path = tmp_path / "registri.csv"
    path.write_bytes(content)
    with pytest.raises(DataFileError, match=r"registri\.csv cannot be read as UTF-8 CSV"):
        read_registry(path, gazetteer)


def test_a_registry_that_is_not_there_is_named(tmp_path, gazetteer):
    with pytest.raises(DataFileError, match=r"tidak-ada\.csv cannot be read"):
        read_registry(tmp_path / "tidak-ada.csv", gazetteer)
