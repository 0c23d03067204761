"""Kesenjangan in every section and Profil wilayah, for every kind of region."""

import numpy as np
import pytest

from dashboard import data
from dashboard.kesenjangan.gaps_settings import SECTIONS
from geodata.analysis.bidang_gaps import bidang_coverage
from geodata.analysis.coverage import coverage_by_region, desa_behind
from geodata.analysis.distance import distances
from geodata.analysis.region_metrics import totals
from geodata.analysis.siting.plans import plan_siting
from geodata.analysis.targets import Target, target_progress
from geodata.regions import Level
from geodata.registry.snapshot import KimFilter, Snapshot, load_sample
from geodata.text import number, text
from geodata.view.plan_weights import plan_weights
from geodata.view.priorities import PrioritySettings
from geodata.view.words import region_title
from tests.app.conftest import Open, press, said
from tests.registries import without_dates

# All, one of many desa, one desa, an island regency, and a provinsi without a single KIM.
REGIONS = ["", "35.07", "35.07.08.2001", "81.08", "15"]
NOBODY = {"bidang": "kebencanaan", "mode": "semua", "tahun": "1990-1990"}


def table(app, *columns):
    """The first table that has ``columns``."""
    return next(shown.value for shown in app.dataframe if set(columns) <= set(shown.value.columns))


@pytest.mark.parametrize("section", SECTIONS)
@pytest.mark.parametrize("wilayah", REGIONS)
def test_every_section_opens_for_every_kind_of_region(
    open_page: Open, section: str, wilayah: str
) -> None:
    app = open_page("kesenjangan", bagian=section, wilayah=wilayah)
    assert not app.error
    assert not app.warning
    assert app.button_group(key="bagian-celah").value == section


@pytest.mark.parametrize("section", SECTIONS)
def test_every_section_opens_in_english_and_where_no_kim_passes_it_says_what_to_do(
    open_page: Open, section: str
) -> None:
    app = open_page("kesenjangan", bagian=section, wilayah="35", bahasa="en", **NOBODY)
    assert not app.error
    if section in ("cakupan", "pemerataan"):
        assert text("celah.no_kim_counted", "en") in said(app)
    if section == "jarak":
        assert text("celah.no_distance_counted", "en") in said(app)
    if section == "gugus":
        assert text("celah.no_clusters_counted", "en") in said(app)


def test_the_section_goes_into_the_address_and_the_first_one_out_of_it(open_page: Open) -> None:
    app = open_page("kesenjangan", wilayah="35")
    app.button_group(key="bagian-celah").set_value("jarak").run()
    assert app.query_params == {"wilayah": "35", "bagian": "jarak"}
    app.button_group(key="bagian-celah").set_value("daftar").run()
    assert app.query_params == {"wilayah": "35"}


def test_a_change_of_region_or_filter_keeps_the_section_and_its_settings(open_page: Open) -> None:
    app = open_page("kesenjangan", bagian="rencana", tambah="3", wilayah="35.07.08")
    app.button(key="naik").click().run()
    app.multiselect(key="bidang").set_value(["umkm"]).run()
    assert app.query_params == {
        "bagian": "rencana",
        "tambah": "3",
        "wilayah": "35.07",
        "bidang": "umkm",
    }


def test_a_setting_that_cannot_be_used_is_told(open_page: Open) -> None:
    app = open_page("kesenjangan", bagian="ajaib")
    assert "bagian" in app.warning[0].value


def test_coverage_shows_the_estimates_and_how_many_can_be_ranked(open_page: Open) -> None:
    expected = coverage_by_region(load_sample(), KimFilter(), Level.KECAMATAN, "35.07")
    app = open_page("kesenjangan", bagian="cakupan", wilayah="35.07")
    assert table(app, "cakupan_eb")["cakupan_eb"].tolist() == expected["cakupan_eb"].tolist()
    figures = {metric.label: metric.value for metric in app.metric}
    too_few = int((~expected["dapat_diperingkat"]).sum())
    assert figures[text("celah.too_few", "id")] == number(too_few, "id")


def test_kota_and_kabupaten_are_ranked_apart_by_choice(open_page: Open) -> None:
    app = open_page("kesenjangan", bagian="cakupan", wilayah="35")
    assert (table(app, "peringkat")["peringkat"] == 1).sum() == 1
    app.toggle(key="pisah").set_value(True).run()
    assert app.query_params["pisah"] == "1"
    assert (table(app, "peringkat")["peringkat"] == 1).sum() == 2


def test_distances_show_the_share_beyond_each_limit_and_name_the_farthest(open_page: Open) -> None:
    expected = distances(load_sample(), KimFilter(bidang=("umkm",)), "35.07")
    app = open_page("kesenjangan", bagian="jarak", wilayah="35.07", bidang="umkm")
    figures = {metric.label: metric.delta for metric in app.metric}
    beyond = number(int((expected["jarak_km"] > 10).sum()), "id")
    assert figures[text("celah.farther", "id", batas="10")].startswith(f"{beyond} desa")
    assert table(app, "jarak_km")["kode"].iloc[0] == expected["kode"].iloc[0]


def test_a_plan_follows_the_form_and_the_form_the_address(open_page: Open) -> None:
    app = open_page("kesenjangan", bagian="rencana", wilayah="35.07.08")
    app.number_input(key="rencana-tambah").set_value(2)
    app.number_input(key="rencana-radius").set_value(2.5)
    app.multiselect(key="rencana-tetap").set_value(["35.07.08.2003"])
    app.multiselect(key="rencana-kecuali").set_value(["35.07.08.2001"])
    press(app, text("celah.plan", "id"))
    assert app.query_params == {
        "bagian": "rencana",
        "wilayah": "35.07.08",
        "tambah": "2",
        "radius": "2.5",
        "tetap": "35.07.08.2003",
        "kecuali": "35.07.08.2001",
    }
    plan = plan_siting(
        load_sample(),
        KimFilter(),
        add=2,
        radius_km=2.5,
        within="35.07.08",
        locked=["35.07.08.2003"],
        forbidden=["35.07.08.2001"],
    )
    assert table(app, "urutan", "terkunci")["kode"].tolist() == plan.table["kode"].tolist()
    assert open_page("kesenjangan", **app.query_params).number_input(
        key="rencana-radius"
    ).value == pytest.approx(2.5)


def test_a_plan_by_priority_counts_the_scores_and_says_so(open_page: Open) -> None:
    app = open_page("kesenjangan", bagian="rencana", wilayah="35.07", tambah="2", radius="2")
    app.selectbox(key="rencana-bobot").set_value("prioritas")
    press(app, text("celah.plan", "id"))
    assert app.query_params["bobot"] == "prioritas"
    asked = load_sample(), KimFilter(), "35.07", Level.KECAMATAN, PrioritySettings()
    weights = plan_weights("prioritas", *asked)
    plan = plan_siting(
        load_sample(), KimFilter(), add=2, radius_km=2, within="35.07", weights=weights
    )
    shown = table(app, "urutan", "terkunci")
    assert shown["kode"].tolist() == plan.table["kode"].tolist()
    assert shown["tambahan"].tolist() == pytest.approx(plan.table["tambahan"].tolist())
    assert any("skor prioritas (0–100) kecamatan" in note.value for note in app.caption)


def test_inside_a_kabupaten_people_tell_nothing_apart_and_are_not_offered(
    open_page: Open,
) -> None:
    app = open_page("kesenjangan", bagian="rencana", wilayah="35.07.08", bobot="penduduk")
    offered = app.selectbox(key="rencana-bobot").options
    assert not any(label.startswith("Penduduk") for label in offered)
    assert text("celah.people_inside", "id") in [note.value for note in app.caption]


@pytest.mark.parametrize(
    ("settings", "problem"),
    [
        ({"tetap": "11.01.01.2001"}, "11.01.01.2001"),
        ({"tetap": "35.07.08.2001", "kecuali": "35.07.08.2001"}, "35.07.08.2001"),
        ({"tambah": "1", "tetap": "35.07.08.2001,35.07.08.2003"}, "2"),
    ],
)
def test_a_plan_that_cannot_be_made_says_why(
    open_page: Open, settings: dict[str, str], problem: str
) -> None:
    app = open_page("kesenjangan", bagian="rencana", wilayah="35.07.08", **settings)
    assert problem in app.error[0].value


def test_targets_follow_the_form(open_page: Open) -> None:
    app = open_page("kesenjangan", bagian="sasaran", wilayah="35")
    app.selectbox(key="sasaran-satuan").set_value(Level.DESA)
    app.number_input(key="sasaran-persen").set_value(20.0)
    app.number_input(key="sasaran-tenggat").set_value(2027)
    press(app, text("celah.count", "id"))
    assert app.query_params == {
        "bagian": "sasaran",
        "wilayah": "35",
        "satuan": "desa",
        "persen": "20",
        "tenggat": "2027",
    }
    target = Target(Level.DESA, 0.2, 2027)
    expected = target_progress(load_sample(), KimFilter(), target, Level.KABUPATEN_KOTA, "35")
    assert table(app, "sasaran")["kurang"].tolist() == expected["kurang"].tolist()


def test_a_target_is_written_as_it_was_set_and_a_short_term_in_days(open_page: Open) -> None:
    target = {"bagian": "sasaran", "satuan": "desa", "persen": "12.5"}
    words = said(open_page("kesenjangan", **target, tenggat="2027", bahasa="en"))
    assert "to reach 12.5% by the end of 2027" in words
    assert " a year**" in words
    app = open_page("kesenjangan", **target, tenggat="2023", wilayah="35.08")
    table_shown = table(app, "kurang")
    missing = number(int(table_shown["kurang"].sum()), "id")
    assert f"masih kurang **{missing} desa/kelurahan yang punya KIM dalam 185 hari**" in said(app)
    assert "laju_perlu" not in table_shown


@pytest.fixture
def undated(monkeypatch: pytest.MonkeyPatch) -> Snapshot:
    """The sample, the KIM of Kabupaten Lumajang without a day of registration."""
    sample = load_sample()
    snapshot = without_dates(sample, np.flatnonzero(sample.mask(KimFilter(), "35.08")))
    monkeypatch.setattr(data, "snapshot", lambda _=None: snapshot)
    return snapshot


def test_kim_without_a_date_are_counted_and_said_to_be_of_no_known_year(
    open_page: Open, undated: Snapshot
) -> None:
    kim = totals(undated, KimFilter(), "35.08").jumlah_kim
    app = open_page("kesenjangan", bagian="pemerataan", wilayah="35.08")
    assert table(app, "gini")["jumlah_kim"].tolist()[-2:] == [0, kim]
    assert text("celah.over_time_unknown", "id", jumlah=kim) in said(app)
    app = open_page("kesenjangan", bagian="sasaran", wilayah="35.08")
    lumajang = table(app, "laju").set_index("kode").loc["35.08"]
    assert lumajang["tanpa_tahun"] == lumajang["tercapai"] > 0
    app = open_page("profil", wilayah="35.08")
    assert text("profil.tren_tanpa_tanggal", "id", jumlah=kim) in said(app)


@pytest.mark.parametrize("page", ["peta", "ringkasan", "profil", "kesenjangan", "unduh"])
def test_a_filter_of_years_says_how_many_kim_it_leaves_out(
    open_page: Open, undated: Snapshot, page: str
) -> None:
    kim = totals(undated, KimFilter(), "35.08").jumlah_kim
    app = open_page(page, wilayah="35.08", tahun="2010-2020")
    assert text("filter.without_year", "id", jumlah=kim) in said(app)
    assert text("widget.without_year", "id", jumlah=kim) in said(app)


def test_a_target_whose_year_is_over_says_so(open_page: Open) -> None:
    app = open_page("kesenjangan", bagian="sasaran", tenggat="2001")
    assert "2001" in app.error[0].value


def test_a_number_opens_the_kim_and_the_desa_behind_it(open_page: Open) -> None:
    app = open_page("ringkasan", rincian="35.23:umkm")
    kim_filter = KimFilter(bidang=("umkm",))
    desa = desa_behind(load_sample(), kim_filter, "35.23")
    shown = table(app, "jenis", "jumlah_kim")
    assert shown["jumlah_kim"].sum() == desa["jumlah_kim"].sum()
    assert sorted(shown["kode"]) == desa["kode"].tolist()
    assert len(table(app, "nomor_induk")) == desa["jumlah_kim"].sum()


@pytest.mark.parametrize("rincian", ["99", "abc", "35:ajaib"])
def test_rows_that_do_not_exist_are_told(open_page: Open, rincian: str) -> None:
    assert len(open_page("kesenjangan", rincian=rincian).warning) == 1


@pytest.mark.parametrize("lang", ["id", "en"])
@pytest.mark.parametrize("wilayah", REGIONS)
def test_every_kind_of_region_has_a_profile(open_page: Open, wilayah: str, lang: str) -> None:
    app = open_page("profil", wilayah=wilayah, bahasa=lang)
    assert not app.error
    title = region_title(load_sample().gazetteer, wilayah or None, lang)
    assert app.title[0].value == text("profil.title", lang, wilayah=title)


def test_a_profile_of_a_region_without_kim_says_what_to_do(open_page: Open) -> None:
    assert text("profil.no_kim", "id") in said(open_page("profil", wilayah="15"))


def test_a_metric_that_the_level_has_not_is_told_and_coverage_is_drawn(open_page: Open) -> None:
    app = open_page(wilayah="35.07.08", metrik="kelas")
    assert text("metrik.kelas", "id") in app.info[0].value
    assert app.selectbox(key="metrik").value == "cakupan"


def test_what_is_sorted_on_the_page_is_unrounded(
    open_page: Open,
) -> None:
    rows = bidang_coverage(load_sample(), KimFilter(), Level.PROVINSI)
    umkm = rows[rows["bidang"] == "umkm"]["cakupan"].tolist()
    app = open_page("kesenjangan", bagian="bidang")
    assert table(app, "umkm")["umkm"].tolist() == umkm
    far = table(open_page("kesenjangan", bagian="jarak"), "jarak_km")["jarak_km"]
    assert far.tolist() == sorted(far, reverse=True)
