import io

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from geodata.errors import DataFileError, RegionError, SelectionError
from geodata.exports.extracts import kim_extract, manifest, write_extract
from geodata.provenance import Sidecar, Source
from geodata.registry.schema import COLUMNS
from geodata.registry.snapshot import KimFilter, load_sample
from tests.strategies import codes, kim_filters

MADE = "2024-02-01T08:00:00+00:00"
SIDECAR = Sidecar(
    description={"id": "Registri contoh", "en": "Sample registry"},
    licence="CC0-1.0",
    date="2024-01-31",
    made_by="by hand",
    sources=[
        Source("Dinas Contoh", "registri", "berkas", "CC0-1.0", "7"),
        Source("Peta KIM", "acak", "berkas", "CC0-1.0", "1"),
    ],
    notes=[],
    rows=1,
    sha256="",
)


@given(kim_filters, st.none() | codes())
@settings(max_examples=12)
def test_an_extract_holds_the_kim_that_pass_in_the_registry_s_order(kim_filter, within):
    sample = load_sample()
    extract = kim_extract(sample, kim_filter, within)
    wanted = sample.kim[sample.mask(kim_filter, within)].reset_index(drop=True)
    pd.testing.assert_frame_equal(extract[list(COLUMNS)], wanted)


def test_an_extract_names_the_regions_of_each_kim_beside_its_code(registry):
    two = registry({"kode_wilayah": "35.79.01.1001"}, {"kode_wilayah": "91.03.02.3003"})
    extract = kim_extract(two, KimFilter())
    names = ["kode_wilayah", "provinsi", "kabupaten_kota", "kecamatan", "desa"]
    columns = list(COLUMNS)
    assert list(extract.columns) == [*columns[:2], *names, *columns[3:]]
    assert extract[names].to_numpy().tolist() == [
        ["35.79.01.1001", "Jawa Timur", "Kota Batu", "Batu", "Temas"],
        ["91.03.02.3003", "Papua", "Kabupaten Jayapura", "Sentani Timur", "Desa Adat Ayapo"],
    ]


def test_an_extract_in_which_no_kim_passes_still_has_its_columns(sample):
    extract = kim_extract(sample, KimFilter(), "93")
    assert extract.empty
    assert list(extract.columns) == list(kim_extract(sample, KimFilter()).columns)


def test_an_extract_of_a_region_that_is_not_on_the_list_is_refused(sample):
    with pytest.raises(RegionError):
        kim_extract(sample, KimFilter(), "99")


def explained(snapshot, lang, within=None, **parts) -> list[tuple[str, str]]:
    table = manifest(
        snapshot,
        KimFilter(**parts),
        within=within,
        rows=1_234,
        sources=[SIDECAR],
        made=MADE,
        lang=lang,
    )
    return [tuple(table.columns), *table.itertuples(index=False, name=None)]


def test_the_manifest_says_what_an_extract_holds_and_where_it_comes_from(registry):
    snapshot = registry({})
    assert explained(snapshot, "id", "35.07", bidang=("umkm",), status=("aktif",)) == [
        ("Keterangan", "Isi"),
        ("Wilayah", "Kabupaten Malang, Jawa Timur"),
        ("Kode wilayah", "35.07"),
        ("Saringan", "bidang UMKM; status aktif"),
        ("Jumlah baris", "1.234"),
        ("Tanggal data", "2024-01-31"),
        ("Versi registri", "hand-made"),
        ("Dibuat", MADE),
        ("Sumber", "Registri contoh. Dinas Contoh, registri 7; Peta KIM, acak 1. CC0-1.0"),
    ]
    assert explained(snapshot, "en") == [
        ("Item", "Value"),
        ("Region", "Indonesia"),
        ("Region code", "–"),
        ("Filter", "all KIM"),
        ("Number of rows", "1,234"),
        ("Data date", "2024-01-31"),
        ("Registry version", "hand-made"),
        ("Made", MADE),
        ("Source", "Sample registry. Dinas Contoh, registri 7; Peta KIM, acak 1. CC0-1.0"),
    ]


def test_the_manifest_of_made_up_data_says_so(registry):
    note = dict(explained(registry({}, illustrative=True), "en"))["Note"]
    assert note.startswith("Sample data: only the number per province is real")


# Files.


def written(snapshot, out, **changes):
    asked = {"within": "35.07", "form": "csv", "separator": ",", "made": MADE, "lang": "id"}
    return write_extract(out, snapshot, KimFilter(), **{**asked, **changes})


@pytest.mark.parametrize("separator", [",", ";"])
def test_an_extract_as_csv_has_its_manifest_in_a_file_beside_it(sample, tmp_path, separator):
    files = written(sample, tmp_path / "malang.csv", separator=separator)
    assert [path.name for path in files] == ["malang.csv", "malang-keterangan.csv"]
    kim, said = (pd.read_csv(path, sep=separator, dtype=str) for path in files)
    in_malang = kim_extract(sample, KimFilter(), "35.07")
    assert kim["nomor_induk"].tolist() == in_malang["nomor_induk"].tolist()
    lines = dict(said.itertuples(index=False, name=None))
    assert lines["Jumlah baris"] == str(len(in_malang))
    assert lines["Tanggal data"] == "2023-06-30"
    assert (said["Keterangan"] == "Sumber").sum() == 2


def test_an_extract_as_a_workbook_has_its_manifest_on_the_second_sheet(sample, tmp_path):
    (path,) = written(sample, tmp_path / "malang.xlsx", form="xlsx", lang="en")
    workbook = CalamineWorkbook.from_filelike(io.BytesIO(path.read_bytes()))
    assert workbook.sheet_names == ["KIM", "Manifest"]
    rows = workbook.get_sheet_by_name("KIM").to_python()
    assert len(rows) == 1 + len(kim_extract(sample, KimFilter(), "35.07"))
    assert workbook.get_sheet_by_name("Manifest").to_python()[1] == [
        "Region",
        "Kabupaten Malang, Jawa Timur",
    ]


def test_writing_again_replaces_the_file_and_leaves_nothing_half_done(sample, tmp_path):
    (tmp_path / "malang.csv").write_text("old")
    files = written(sample, tmp_path / "malang.csv")
    assert set(tmp_path.iterdir()) == set(files)
    assert "old" not in files[0].read_text(encoding="utf-8")


def test_a_file_that_cannot_be_written_is_named_with_the_reason(sample, tmp_path):
    out = tmp_path / "tidak-ada" / "malang.csv"
    with pytest.raises(DataFileError) as caught:
        written(sample, out)
    assert str(out) in caught.value.message("id")
    assert "No such file" in caught.value.message("en")


def test_a_separator_that_excel_does_not_know_is_refused(sample, tmp_path):
    with pytest.raises(SelectionError) as caught:
        written(sample, tmp_path / "malang.csv", separator="|")
    assert "“|”" in caught.value.message("id")
    assert list(tmp_path.iterdir()) == []
