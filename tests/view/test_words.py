from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from geodata.analysis.region_metrics import region_metrics, totals
from geodata.errors import RegionError
from geodata.gazetteer import Gazetteer
from geodata.regions import LEVELS, Level
from geodata.registry.snapshot import KimFilter, registered_by
from geodata.view.metrics import METRICS
from geodata.view.summary import view_summary
from geodata.view.view import View
from geodata.view.words import (
    as_of_in_words,
    filter_in_words,
    level_name,
    region_path,
    region_title,
)
from tests.registries import without_dates


def in_words(snapshot, code, level, lang, metric="jumlah_kim", **parts) -> str:
    kim_filter = KimFilter(**parts)
    view = View(code, level, kim_filter, metric=metric, lang=lang)
    table = region_metrics(snapshot, kim_filter, level, view.scope)
    return view_summary(snapshot.gazetteer, table, totals(snapshot, kim_filter, code), view)


@pytest.mark.parametrize(
    ("code", "title"),
    [
        (None, "Indonesia"),
        ("34", "Provinsi Daerah Istimewa Yogyakarta"),
        ("35.07", "Kabupaten Malang"),
        ("35.73", "Kota Malang"),
        ("35.07.08", "Kecamatan Wajak"),
        ("35.07.08.2012", "Desa Wajak"),
        ("35.79.01.1001", "Kelurahan Temas"),
        ("91.03.02.3003", "Desa Adat Ayapo"),
    ],
)
def test_a_region_is_called_by_its_kind_and_name_once(gazetteer, code, title):
    assert region_title(gazetteer, code, "id") == title
    assert region_title(gazetteer, code, "en") == title, "kinds of regions have no English names"


def test_a_path_leads_from_the_region_up(gazetteer):
    path = region_path(gazetteer, "35.07.08.2012", "id")
    assert path == "Desa Wajak, Wajak, Kabupaten Malang, Jawa Timur"
    assert region_path(gazetteer, "35", "en") == "Provinsi Jawa Timur"
    assert region_path(gazetteer, None, "en") == "Indonesia"


@pytest.mark.parametrize(
    "name", ["<script>alert(1)</script>", "{nama}", "%s {0} {", 'Soka\'an & "Timur"']
)
def test_a_hostile_name_is_written_as_it_is(registry, name):
    rows = {
        Level.PROVINSI: [("35", name)],
        Level.KABUPATEN_KOTA: [("35.07", name)],
        Level.KECAMATAN: [("35.07.08", name)],
        Level.DESA: [("35.07.08.2001", name), ("35.07.08.2002", "Wonoayu")],
    }
    gazetteer = Gazetteer(
        {level: pd.DataFrame(table, columns=["kode", "nama"]) for level, table in rows.items()},
        "hand-made",
    )
    snapshot = replace(registry({"kode_wilayah": "35.07.08.2001"}), gazetteer=gazetteer)
    assert region_title(gazetteer, "35.07.08.2001", "id") == f"Desa {name}"
    assert in_words(snapshot, "35.07.08", Level.DESA, "en") == (
        f"Kecamatan {name}, {name}, {name} has 1 KIM; 1 of its 2 villages (50.0%) have at least "
        f"one. With an active one: 1 (50.0%). Most are in {name} (1). "
        "1 of 2 villages have no KIM yet."
    )


def test_a_region_that_is_not_on_the_list_has_no_title(gazetteer):
    with pytest.raises(RegionError, match=r"code 35\.99"):
        region_title(gazetteer, "35.99", "id")


def test_levels_have_names_in_both_languages():
    assert [level_name(level, "id") for level in LEVELS] == [
        "provinsi",
        "kabupaten/kota",
        "kecamatan",
        "desa/kelurahan",
    ]
    assert level_name(Level.KABUPATEN_KOTA, "en") == "regencies/cities"


@pytest.mark.parametrize(
    ("metric", "value", "indonesian", "english"),
    [
        ("jumlah_kim", 1031, "1.031", "1,031"),
        ("jumlah_kim", 0, "0", "0"),
        ("cakupan", 0.0123, "1,23%", "1.23%"),
        ("cakupan", 1, "100,00%", "100.00%"),
        ("kim_per_100_desa", 12.14, "12,14", "12.14"),
        ("kim_per_100_desa", float("nan"), "–", "–"),
        ("cakupan", float("nan"), "–", "–"),
    ],
)
def test_a_figure_is_written_with_the_precision_of_its_metric(metric, value, indonesian, english):
    assert METRICS[metric].written(value, "id") == indonesian
    assert METRICS[metric].written(value, "en") == english


@pytest.mark.parametrize(
    ("kim_filter", "indonesian", "english"),
    [
        (KimFilter(), "semua KIM", "all KIM"),
        (KimFilter(bidang=("pertanian",)), "bidang Pertanian", "field Farming"),
        (
            KimFilter(bidang=("umkm", "pariwisata")),
            "bidang UMKM atau Pariwisata",
            "field Small business (UMKM) or Tourism",
        ),
        (
            KimFilter(bidang=("umkm", "pariwisata", "kesehatan"), mode="semua"),
            "bidang UMKM dan Pariwisata dan Kesehatan",
            "field Small business (UMKM) and Tourism and Health",
        ),
        (
            KimFilter(status=("aktif", "belum_terverifikasi")),
            "status aktif atau belum terverifikasi",
            "status active or not yet verified",
        ),
        (KimFilter(tahun=(2019, 2019)), "terdaftar tahun 2019", "registered in 2019"),
        (
            KimFilter(bidang=("umkm",), status=("aktif",), tahun=(2015, 2020)),
            "bidang UMKM; status aktif; terdaftar tahun 2015–2020",
            "field Small business (UMKM); status active; registered in 2015–2020",
        ),
    ],
)
def test_a_filter_is_put_into_words(kim_filter, indonesian, english):
    assert filter_in_words(kim_filter, "id") == indonesian
    assert filter_in_words(kim_filter, "en") == english


# Summaries.


@pytest.fixture
def malang(registry):
    """Seven KIM: four in Wajak, two in Kalipare, one in Kota Batu."""
    return registry(
        {"kode_wilayah": "35.07.08.2001", "bidang": "umkm;pariwisata"},
        {"kode_wilayah": "35.07.08.2001", "bidang": "umkm"},
        {"kode_wilayah": "35.07.08.2012", "bidang": "umkm", "status": "tidak_aktif"},
        {"kode_wilayah": "35.07.08.2003", "bidang": "pertanian"},
        {"kode_wilayah": "35.07.11.2002", "bidang": "pertanian"},
        {"kode_wilayah": "35.07.11.2001", "bidang": "pertanian"},
        {"kode_wilayah": "35.79.01.1001", "bidang": "pariwisata"},
    )


def test_the_summary_of_the_country(malang):
    assert in_words(malang, None, Level.PROVINSI, "id") == (
        "Di Indonesia ada 7 KIM; 6 dari 83.762 desa/kelurahan (<0,1%) punya sedikitnya satu. "
        "Yang punya KIM aktif: 5 desa/kelurahan (<0,1%). Terbanyak: Jawa Timur (7). "
        "37 dari 38 provinsi belum punya KIM."
    )
    assert in_words(malang, None, Level.PROVINSI, "en") == (
        "Indonesia has 7 KIM; 6 of its 83,762 villages (<0.1%) have at least one. "
        "With an active one: 5 (<0.1%). Most are in Jawa Timur (7). "
        "37 of 38 provinces have no KIM yet."
    )


def test_the_summary_of_a_kabupaten_names_at_most_three_kecamatan(malang):
    assert in_words(malang, "35.07", Level.KECAMATAN, "id") == (
        "Di Kabupaten Malang, Jawa Timur ada 6 KIM; 5 dari 390 desa/kelurahan (1,3%) punya "
        "sedikitnya satu. Yang punya KIM aktif: 4 desa/kelurahan (1,0%). "
        "Terbanyak: Wajak (4); Kalipare (2). 31 dari 33 kecamatan belum punya KIM."
    )
    assert in_words(malang, "35.07", Level.DESA, "en").endswith(
        "Most are in Sumberputih (2); Bambang (1); Wajak (1). 385 of 390 villages have no KIM yet."
    )


def test_kecamatan_and_desa_of_a_wide_region_are_named_with_their_kabupaten(malang):
    assert in_words(malang, "35", Level.KECAMATAN, "id").endswith(
        "Terbanyak: Wajak, Kabupaten Malang (4); Kalipare, Kabupaten Malang (2); "
        "Batu, Kota Batu (1). 663 dari 666 kecamatan belum punya KIM."
    )
    assert "Most are in Sumberputih, Kabupaten Malang (2);" in in_words(
        malang, None, Level.DESA, "en"
    )


def test_the_summary_under_a_filter_says_what_was_counted(malang):
    parts = {"bidang": ("umkm", "pariwisata"), "status": ("aktif",), "tahun": (2015, 2020)}
    assert in_words(malang, "35.07.08", Level.DESA, "id", **parts) == (
        "Di Kecamatan Wajak, Kabupaten Malang, Jawa Timur ada 2 KIM; 1 dari 13 desa/kelurahan "
        "(7,7%) punya sedikitnya satu. Terbanyak: Sumberputih (2). "
        "12 dari 13 desa/kelurahan tidak punya KIM yang dihitung. "
        "Yang dihitung: bidang UMKM atau Pariwisata; status aktif; terdaftar tahun 2015–2020."
    )
    assert in_words(malang, "35.07.08", Level.DESA, "en", **parts).endswith(
        "Counted: field Small business (UMKM) or Tourism; status active; registered in 2015–2020."
    )


def test_the_summary_where_no_kim_passes(malang):
    assert in_words(malang, "93", Level.KABUPATEN_KOTA, "id") == (
        "Di Provinsi Papua Selatan ada 0 KIM; 0 dari 690 desa/kelurahan (0,0%) punya sedikitnya "
        "satu. Tidak satu pun dari 4 kabupaten/kota punya KIM."
    )
    assert in_words(malang, "93", Level.KABUPATEN_KOTA, "en") == (
        "Provinsi Papua Selatan has 0 KIM; 0 of its 690 villages (0.0%) have at least one. "
        "None of 4 regencies/cities has a KIM."
    )


def test_the_summary_of_one_desa_has_no_parts_to_speak_of(malang):
    assert in_words(malang, "35.07.08.2001", Level.DESA, "id") == (
        "Di Desa Sumberputih, Wajak, Kabupaten Malang, Jawa Timur ada 2 KIM. Yang aktif: 2."
    )
    assert in_words(malang, "35.07.08.2004", Level.DESA, "en", tahun=(2020, 2020)) == (
        "Desa Bringin, Wajak, Kabupaten Malang, Jawa Timur has 0 KIM. Counted: registered in 2020."
    )


def test_the_summary_where_every_region_has_a_kim(registry, gazetteer):
    kasembon = gazetteer.children("35.07.28")["kode"]
    full = registry(*({"kode_wilayah": code} for code in kasembon))
    assert in_words(full, "35.07.28", Level.DESA, "id").endswith(
        "Semua 6 desa/kelurahan sudah punya KIM."
    )
    assert in_words(full, "35.07.28", Level.DESA, "en").endswith("All 6 villages have a KIM.")


def test_the_summary_names_the_regions_highest_in_the_metric_on_the_map(registry):
    snapshot = registry(
        *[{"kode_wilayah": "35.07.08.2001"}] * 3,  # Wajak: three KIM in one of 13 desa
        {"kode_wilayah": "35.07.21.2001"},  # two KIM in two desa of another
        {"kode_wilayah": "35.07.21.2002"},
    )
    by_number = in_words(snapshot, "35.07", Level.KECAMATAN, "id")
    by_coverage = in_words(snapshot, "35.07", Level.KECAMATAN, "id", metric="cakupan")
    assert "Terbanyak: Wajak (3); " in by_number
    assert "Cakupan tertinggi: " in by_coverage
    assert by_coverage.index("; Wajak (7,69%)") > by_coverage.index("Cakupan tertinggi: ")


def test_a_day_says_how_it_is_known_and_which_kim_are_left_out(sample):
    undated = without_dates(sample, range(4))
    then = registered_by(undated, date(2015, 12, 31))
    said = as_of_in_words(then, None, "id")
    assert said.startswith("Keadaan per 31 Desember 2015, menurut tanggal terdaftar")
    assert "4 KIM tanpa tanggal terdaftar tidak ikut dihitung" in said
    assert "Belum ada KIM" in as_of_in_words(registered_by(sample, date(1990, 1, 1)), None, "id")
    by_version = replace(sample, as_of="2024-12-31")
    assert "menurut isi registri" in as_of_in_words(by_version, None, "id")
