import hashlib
import io
import json
import re
import zipfile
from dataclasses import replace
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pyogrio
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from geodata import columns
from geodata.analysis.region_metrics import region_metrics
from geodata.boundaries.store import active_set
from geodata.errors import DataFileError, RegionError, SelectionError
from geodata.exports.extracts import KIM_COLUMNS, Extract, kim_extract, region_columns
from geodata.exports.file_names import file_name, named
from geodata.exports.files import pack, save
from geodata.exports.formats import CSV, FORMATS, GPKG, JSON, KML, KMZ, PARQUET, SHP, XLSX, Format
from geodata.exports.manifest import Imprint, manifest
from geodata.lines import on_one_line
from geodata.provenance import Sidecar, Source
from geodata.regions import Level
from geodata.registry.fields import BIDANG
from geodata.registry.schema import COLUMNS
from geodata.registry.snapshot import KimFilter, load_sample
from geodata.view.address import read_view
from geodata.view.metrics import DEFAULT_METRIC, METRICS, metric_table
from geodata.view.view import View
from tests.exports.conftest import HOSTILE
from tests.strategies import codes, kim_filters

GOLDEN = Path(__file__).with_name("golden")
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
    with pytest.raises(RegionError, match="code 99"):
        kim_extract(sample, KimFilter(), "99")


def test_the_figures_of_regions_are_those_of_the_metrics_with_the_names_above(sample):
    extract = Extract(
        sample, View("35.07", Level.DESA, kim_filter=KimFilter(bidang=("umkm",))), "wilayah"
    )
    table = extract.table()
    assert tuple(table.columns) == region_columns(extract.view)
    wanted = region_metrics(sample, extract.view.kim_filter, Level.DESA, "35.07")
    pd.testing.assert_frame_equal(table[list(wanted.columns)], wanted)
    assert set(table["kabupaten_kota"]) == {"Kabupaten Malang"}


VIEWS = [
    View("35", level, metric=name)
    for name, metric in METRICS.items()
    for level in metric.levels
    if level in View("35").levels
]


@pytest.mark.parametrize("view", VIEWS, ids=str)
def test_the_metric_of_the_view_is_a_column_unless_it_takes_seconds(sample, view):
    extract = Extract(sample, view, "wilayah")
    plain = Extract(sample, replace(view, metric=DEFAULT_METRIC), "wilayah")
    metric = view.shown_metric
    if metric.expensive or metric.basic:
        assert extract.columns == plain.columns
        assert extract.data_params() == plain.data_params()
        return
    assert extract.columns == (*plain.columns, metric.name)
    wanted = metric_table(metric.name, sample, KimFilter(), None, view.shown_level, "35")
    told, known = extract.table()[metric.name], wanted[metric.name]
    pd.testing.assert_series_equal(told.astype(object), known.astype(object))
    assert read_view(extract.data_params(), sample.gazetteer)[0].metric == metric.name
    few = replace(extract, chosen=("nama", "cakupan"))
    assert list(few.table().columns) == ["nama", "cakupan"]
    assert few.data_params() == replace(plain, chosen=few.chosen).data_params()


def test_only_the_columns_chosen_are_there_in_the_order_chosen(sample):
    extract = Extract(sample, View("35"), chosen=("desa", "nama_kim"))
    assert list(extract.table().columns) == ["desa", "nama_kim"]
    with pytest.raises(SelectionError, match="telepon"):
        Extract(sample, View(), chosen=("telepon",))


def test_the_parts_of_an_extract_make_up_the_whole(sample):
    extract = Extract(sample, View("35"))
    made = pd.concat([extract.table(part) for part in extract.parts(100)], ignore_index=True)
    pd.testing.assert_frame_equal(made, extract.table())


def test_a_kim_without_a_place_and_a_region_without_a_polygon_stay_without_geometry(registry):
    boundaries = active_set()
    two = registry({"lat": "-8.1", "lng": "112.5"}, {})
    own, of_desa = Extract(two, View()).shapes()
    assert (own.x, own.y) == (112.5, -8.1)
    assert of_desa.distance(boundaries.polygons(Level.DESA).geometry.iloc[0]) > 0
    extract = Extract(two, View(None, Level.DESA), "wilayah", boundaries)
    drawn = boundaries.is_drawn(Level.DESA, extract.table()["kode"])
    assert (extract.frame().geometry.notna().to_numpy() == drawn).all()
    assert not drawn.all()


# Manifests.


def said(extract, lang, site="", facts=()) -> list[tuple[str, str]]:
    table = manifest(extract, Imprint([SIDECAR], MADE, lang, site), facts)
    return [tuple(table.columns), *table.itertuples(index=False, name=None)]


def test_the_manifest_says_what_an_extract_holds_and_where_it_comes_from(registry):
    snapshot = registry({})
    asked = KimFilter(bidang=("umkm", "pariwisata"), status=("aktif",))
    extract = Extract(snapshot, View("35.07", kim_filter=asked), chosen=("nama_kim",))
    assert said(extract, "id", "https://peta.example") == [
        ("Keterangan", "Isi"),
        ("Isi", "Daftar KIM, satu baris tiap KIM"),
        ("Wilayah", "Kabupaten Malang, Jawa Timur"),
        ("Kode wilayah", "35.07"),
        ("Filter", "bidang UMKM atau Pariwisata; status aktif"),
        (
            "Tautan",
            "https://peta.example/unduh?wilayah=35.07&bidang=umkm,pariwisata&status=aktif"
            "&kolom=nama_kim",
        ),
        ("Jumlah baris", "1"),
        ("Tanggal data", "2024-01-31"),
        ("Versi registri", "hand-made"),
        ("Kolom", "nama_kim (Nama KIM): Seperti dalam registri."),
        ("Dibuat", MADE),
        ("Sumber", "Registri contoh. Dinas Contoh, registri 7; Peta KIM, acak 1. CC0-1.0"),
    ]


def test_the_manifest_of_figures_by_region_names_the_boundaries_and_that_they_are_approximate(
    registry,
):
    boundaries = active_set()
    extract = Extract(
        registry({}, illustrative=True), View(None, Level.PROVINSI), "wilayah", boundaries
    )
    lines = said(extract, "en", facts=[("sha256", "0f")])
    assert ("Level of regions", "provinces") in lines
    assert ("Number of rows", "38") in lines
    assert ("SHA-256 of the data file", "0f") in lines
    told = dict(lines)
    assert boundaries.version in told["Boundaries"]
    notes = [value for key, value in lines if key == "Note"]
    assert notes[0].startswith("Boundaries are approximate")
    assert notes[1].startswith("Sample data: only the number per province is real")
    assert any("OpenStreetMap" in value for key, value in lines if key == "Source")


# Files.


def imprint(lang="id") -> Imprint:
    return Imprint([SIDECAR], MADE, lang)


def lines_of(path, separator=",") -> dict[str, str]:
    return dict(pd.read_csv(path, sep=separator, dtype=str).itertuples(index=False, name=None))


@pytest.fixture
def tuban(sample) -> Extract:
    return Extract(sample, View("35.23"))


@pytest.fixture
def figures(sample) -> Extract:
    return Extract(sample, View("35", Level.KABUPATEN_KOTA), "wilayah", active_set())


@pytest.mark.parametrize("separator", [",", ";"])
def test_an_extract_as_csv_has_its_manifest_in_a_file_beside_it(tuban, tmp_path, separator):
    files = save(tuban, CSV, tmp_path / "tuban.csv", imprint(), separator)
    assert [path.name for path in files] == ["tuban.csv", "tuban-keterangan.csv"]
    kim = pd.read_csv(files[0], sep=separator, dtype=str)
    assert kim["nomor_induk"].tolist() == tuban.table()["nomor_induk"].tolist()
    told = lines_of(files[1], separator)
    assert told["Jumlah baris"] == str(len(tuban))
    assert told["Tanggal data"] == "2023-06-30"
    digest = hashlib.sha256(files[0].read_bytes()).hexdigest()
    assert told["SHA-256 berkas data"] == digest


def test_an_extract_as_a_workbook_has_its_manifest_on_the_second_sheet(tuban, tmp_path):
    (path,) = save(tuban, XLSX, tmp_path / "tuban.xlsx", imprint("en"))
    workbook = CalamineWorkbook.from_filelike(io.BytesIO(path.read_bytes()))
    assert workbook.sheet_names == ["KIM", "Manifest"]
    assert len(workbook.get_sheet_by_name("KIM").to_python()) == 1 + len(tuban)
    told = {row[0]: row[1] for row in workbook.get_sheet_by_name("Manifest").to_python()}
    assert told["Region"] == "Kabupaten Tuban, Jawa Timur"
    csv = b"".join(CSV.pieces(tuban, ","))
    assert told["SHA-256 of the rows as CSV (comma)"] == hashlib.sha256(csv).hexdigest()


def read_back(path, form: Format) -> pd.DataFrame:
    """The rows of a file, its columns under their long names, codes as text."""
    if form is CSV:
        return pd.read_csv(path, dtype={"kode": str}, encoding="utf-8-sig")
    if form is XLSX:
        return pd.read_excel(path, engine="calamine", dtype={"kode": str})
    if form is JSON:
        return pd.DataFrame(json.loads(path.read_bytes()))
    if form is PARQUET:
        return gpd.read_parquet(path)
    if form in (KML, KMZ):  # which have fields of its own beside those of the rows
        read = pyogrio.read_dataframe(path, datetime_as_string=True)
        return read.drop(columns="Name").dropna(axis="columns", how="all")
    long = {known.short_name: name for name, known in columns.COLUMNS.items()}
    return pyogrio.read_dataframe(path).rename(columns=long)


@pytest.mark.parametrize("form", FORMATS.values(), ids=str)
def test_every_format_is_read_back_with_the_same_rows(figures, tuban, tmp_path, form):
    for extract, key in ((figures, "kode"), (tuban, "nomor_induk")):
        path = save(extract, form, tmp_path / f"{extract.subject}.{form}", imprint())[0]
        read, wanted = read_back(path, form), extract.table()
        assert read[key].tolist() == wanted[key].tolist()
        for name in wanted.select_dtypes("number"):
            got, expected = read[name].astype(float), wanted[name].astype(float)
            np.testing.assert_allclose(got, expected, rtol=1e-9, err_msg=name)
        for name in wanted.select_dtypes("str"):
            blank = wanted[name].replace("", None)
            assert read[name].replace("", None).isna().equals(blank.isna()), name
            assert read[name][blank.notna()].tolist() == blank.dropna().tolist(), name
        for name in wanted.select_dtypes("datetime"):
            days = pd.to_datetime(read[name]).dt.strftime("%Y-%m-%d")
            assert days.equals(wanted[name].dt.strftime("%Y-%m-%d")), name
        if form.spatial:
            assert read.crs == "EPSG:4326"
            shapes = gpd.GeoSeries(extract.shapes(), crs="EPSG:4326")
            assert (
                read.geometry.normalize()
                .geom_equals_exact(_alike(shapes, form, extract).normalize(), 1e-9)
                .all()
            )


def _alike(shapes: gpd.GeoSeries, form: Format, extract: Extract) -> gpd.GeoSeries:
    """Regions are MultiPolygons where a layer holds one kind of geometry."""
    if form is GPKG and extract.level:
        from shapely import MultiPolygon

        return shapes.map(
            lambda shape: shape if shape.geom_type[0] == "M" else MultiPolygon([shape])
        )
    return shapes


@pytest.mark.parametrize("form", FORMATS.values(), ids=str)
def test_an_extract_without_rows_is_a_file_all_the_same(sample, tmp_path, form):
    empty = Extract(sample, View("93"))
    path = save(empty, form, tmp_path / f"kosong.{form}", imprint())[0]
    assert len(read_back(path, form)) == 0


def test_a_shapefile_has_short_names_that_its_manifest_explains_and_says_its_encoding(
    figures, tmp_path
):
    path, beside = save(figures, SHP, tmp_path / "jatim.shp.zip", imprint())
    with zipfile.ZipFile(path) as archive:
        assert {"wilayah.shp", "wilayah.dbf", "wilayah.prj"} <= set(archive.namelist())
        assert archive.read("wilayah.cpg").strip() == b"UTF-8"
    assert beside.name == "jatim-keterangan.csv"
    assert "kim_100ds = kim_per_100_desa" in beside.read_text(encoding="utf-8-sig")


def test_no_column_is_longer_than_a_shapefile_allows_nor_meets_another():
    for listed in (KIM_COLUMNS, *map(region_columns, VIEWS)):
        short = [columns.column(str(name)).short_name for name in listed]
        assert max(map(len, short)) <= 10
        assert len(set(short)) == len(short)


@pytest.mark.parametrize("form", FORMATS.values(), ids=str)
def test_hostile_names_come_back_as_the_text_they_are(hostile, tmp_path, form):
    path = save(Extract(hostile, View()), form, tmp_path / f"x.{form}", imprint())[0]
    names = read_back(path, form)["nama_kim"].tolist()[: len(HOSTILE)]
    wanted = list(HOSTILE)
    if form is CSV:
        wanted[2] = "'" + wanted[2]
    if form in (KML, KMZ):
        wanted = [on_one_line(name).strip().replace("]]>", "]] >") for name in wanted]
    if form is SHP:
        wanted = [name.encode()[:254].decode(errors="ignore") for name in wanted]
    assert names == wanted


def test_one_file_to_hand_out_holds_the_data_and_the_manifest_or_the_data_alone(tuban, tmp_path):
    body = pack(tuban, GPKG, "tuban", imprint())
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        assert archive.namelist() == ["tuban.gpkg", "tuban-keterangan.csv"]
    saved, _ = save(tuban, CSV, tmp_path / "tuban.csv", imprint(), ";")
    assert pack(tuban, CSV, "tuban", imprint(), ";", alone=True) == saved.read_bytes()


def test_writing_again_replaces_the_file_and_leaves_nothing_half_done(tuban, tmp_path):
    (tmp_path / "tuban.csv").write_text("old")
    files = save(tuban, CSV, tmp_path / "tuban.csv", imprint())
    assert set(tmp_path.iterdir()) == set(files)
    assert "old" not in files[0].read_text(encoding="utf-8")


@pytest.mark.parametrize("form", FORMATS.values(), ids=str)
def test_a_file_that_cannot_be_written_is_named_with_the_reason(tuban, tmp_path, form):
    out = tmp_path / "tidak-ada" / f"tuban.{form}"
    with pytest.raises(DataFileError, match="No such file") as caught:
        save(tuban, form, out, imprint())
    assert str(out) in caught.value.message("id")


def test_a_separator_that_excel_does_not_know_is_refused(tuban, tmp_path):
    with pytest.raises(SelectionError, match=r"“\|”") as caught:
        save(tuban, CSV, tmp_path / "tuban.csv", imprint(), "|")
    assert "“|”" in caught.value.message("id")
    assert list(tmp_path.iterdir()) == []


# As people read them.


@pytest.fixture
def two_kim(registry) -> Extract:
    """Two KIM, one of them with all that a row can have, the other with as little as it may."""
    snapshot = registry(
        {
            "nama_kim": "KIM Gema; Wajak",
            "bidang": "umkm;pariwisata",
            "status": "tidak_aktif",
            "jumlah_anggota": "12",
            "lat": "-8.1",
            "lng": "112.5",
            "tanggal_diperbarui": "2023-01-31",
        },
        {"nama_kim": "=1+1", "tanggal_diperbarui": ""},
    )
    return Extract(snapshot, View())


@pytest.mark.parametrize("subject", ["kim", "wilayah"])
@pytest.mark.parametrize(("lang", "separator"), [("id", ";"), ("en", ","), ("", ","), ("", ";")])
def test_a_csv_for_people_and_for_programs_is_byte_for_byte_as_its_golden_file(
    two_kim, subject, lang, separator
):
    extract = replace(two_kim, subject=subject, readable_in=lang)
    if subject == "wilayah":
        view = View("35.79", Level.KECAMATAN, metric="jarak_rata_km")
        extract = replace(extract, view=view)
    name = f"{subject}.{lang or 'program'}.{'comma' if separator == ',' else 'semicolon'}.csv"
    assert b"".join(CSV.pieces(extract, separator)) == (GOLDEN / name).read_bytes()


def test_a_workbook_for_people_has_words_and_percentages_and_numbers_that_count(two_kim, tmp_path):
    extract = replace(two_kim, readable_in="id")
    (path,) = save(extract, XLSX, tmp_path / "kim.xlsx", imprint())
    workbook = CalamineWorkbook.from_path(str(path))
    header, first, _ = workbook.get_sheet_by_name("KIM").to_python()
    row = dict(zip(header, first, strict=True))
    assert row["Bidang"] == "UMKM, Pariwisata"
    assert row["Status"] == "Tidak aktif"
    assert row["Anggota"] == 12
    figures = replace(
        extract, view=View(), subject="wilayah", chosen=("nama", "cakupan", "kim_per_100_desa")
    )
    (path,) = save(figures, XLSX, tmp_path / "wilayah.xlsx", imprint())
    header, *rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
    assert header == ["Nama", "Cakupan (%)", "KIM per 100 desa"]
    jatim = next(row for row in rows if row[0] == "Jawa Timur")
    assert jatim[1:] == [0.01, 0.02]  # two KIM in one of 8,494 desa


@pytest.mark.parametrize("form", FORMATS.values(), ids=str)
def test_formats_that_people_open_have_headings_in_words_and_all_others_names(
    two_kim, tmp_path, form
):
    extract = replace(two_kim, readable_in="id" if form.readable else "")
    path = save(extract, form, tmp_path / f"kim.{form}", imprint())[0]
    names = set(read_back(path, form).columns)
    assert ("Nama KIM" in names) == form.readable
    assert ("nama_kim" in names) != form.readable


@pytest.mark.parametrize("lang", ["id", "en"])
@pytest.mark.parametrize("readable", [True, False])
def test_the_manifest_explains_every_column_under_the_name_that_it_has(
    two_kim, figures, lang, readable
):
    for extract in (two_kim, replace(figures, view=replace(figures.view, metric="cakupan_eb"))):
        extract = replace(extract, readable_in=lang if readable else "")
        of_columns = [
            value
            for key, value in said(extract, lang)
            if key == {"id": "Kolom", "en": "Column"}[lang]
        ]
        known = [columns.column(name) for name in extract.columns]
        named = [record.heading(lang) if readable else record.name for record in known]
        assert [line.startswith(name) for line, name in zip(of_columns, named, strict=True)] == [
            True
        ] * len(known)


def test_the_manifest_says_what_codes_mean_where_there_are_codes(two_kim):
    few = replace(two_kim, chosen=("status",))
    assert ("Kolom", "Status: Apakah KIM masih aktif.") in said(
        replace(few, readable_in="id"), "id"
    )
    assert (
        "Kolom",
        "status (Status): Apakah KIM masih aktif. Kode: aktif = Aktif; tidak_aktif = Tidak aktif; "
        "belum_terverifikasi = Belum terverifikasi.",
    ) in said(few, "id")


def test_no_two_columns_have_one_heading(figures):
    for lang in ("id", "en"):
        for names in (KIM_COLUMNS, region_columns(View("35", Level.DESA), partly=True)):
            headings = [columns.column(name).heading(lang) for name in names]
            assert len(set(headings)) == len(headings)


# Names of files.


@pytest.mark.parametrize(
    ("view", "name"),
    [
        (View(), "kim-indonesia"),
        (View("35.07"), "kim-35.07-kabupaten-malang"),
        (
            View("35.07", kim_filter=KimFilter(("umkm", "pariwisata"), status=("aktif",))),
            "kim-35.07-kabupaten-malang-umkm-atau-pariwisata-aktif",
        ),
        (
            View(kim_filter=KimFilter(("umkm", "pariwisata"), "semua", tahun=(2015, 2020))),
            "kim-indonesia-umkm-dan-pariwisata-2015-2020",
        ),
        (
            View(kim_filter=KimFilter(tuple(BIDANG), tahun=(2015, 2015))),
            "kim-indonesia-12-bidang-2015",
        ),
    ],
)
def test_the_name_of_a_file_tells_region_filter_and_day(sample, view, name):
    assert file_name(Extract(sample, view)) == f"{name}-per-2023-06-30"


def test_the_name_of_a_file_of_regions_tells_their_level(sample):
    extract = Extract(sample, View("35", Level.KECAMATAN), "wilayah")
    assert file_name(extract) == "wilayah-kecamatan-35-jawa-timur-per-2023-06-30"


def test_a_table_of_a_page_is_named_by_what_it_is_about_and_as_an_extract_is(sample):
    name = named("tanpa-kim-kecamatan", "35.07", KimFilter(("umkm",)), sample)
    assert name == "tanpa-kim-kecamatan-35.07-kabupaten-malang-umkm-per-2023-06-30"


@given(kim_filters, st.none() | codes())
@settings(max_examples=20)
def test_whatever_is_filtered_the_name_of_a_file_is_short_and_safe(kim_filter, within):
    name = file_name(Extract(load_sample(), View(within, kim_filter=kim_filter)))
    assert re.fullmatch(r"[a-z0-9]+(?:[.-][a-z0-9]+)*", name)
    assert len(name) < 150
