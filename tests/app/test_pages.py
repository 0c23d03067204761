"""Each page in Streamlit's own test harness: what it says, and that widgets move the address."""

from dataclasses import replace
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import data, permission
from dashboard.main import PAGES
from dashboard.unduh import briefing_panel
from geodata.analysis.gaps import regions_without_kim
from geodata.analysis.region_metrics import totals
from geodata.boundaries.store import active_set
from geodata.errors import DataFileError
from geodata.exports.briefing.model import Briefing
from geodata.exports.decks import (
    Deck,
    Scene,
    change_deck,
    list_decks,
    load_deck,
    remove_deck,
    save_deck,
)
from geodata.people.rights import READER
from geodata.progress import Report
from geodata.regions import Level
from geodata.registry.database.connection import open_registry
from geodata.registry.database.registry_error import RegistryError
from geodata.registry.fields import SEPARATOR
from geodata.registry.snapshot import KimFilter, Snapshot, load_sample
from geodata.text import LANGUAGES, number, text
from tests.app.conftest import Open, press, said


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("wilayah", ["", "35", "35.07.08", "35.07.08.2001"])
def test_every_page_opens_for_every_kind_of_region_in_every_language(
    open_page: Open, name: str, lang: str, wilayah: str
) -> None:
    app = open_page(name, bahasa=lang, wilayah=wilayah)
    assert not app.error
    assert text("app.sample", lang) in said(app), "made-up data are labelled on every page"


@pytest.mark.parametrize("name", ["peta", "unduh", "profil"])
def test_a_page_is_drawn_of_one_registry_though_somebody_commits_meanwhile(
    open_page: Open, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    versions = []

    def committed_again() -> Snapshot:
        versions.append(f"versi-{len(versions)}")
        return replace(load_sample(), version=versions[-1])

    monkeypatch.setattr(data, "load_snapshot", committed_again)
    app = open_page(name, wilayah="35.07", bidang="umkm")
    assert versions == ["versi-0"]
    app.run()
    assert versions == ["versi-0", "versi-1"], "the next run looks again"


def test_the_map_page_says_in_words_what_the_map_shows(open_page: Open) -> None:
    app = open_page(wilayah="35", bidang="umkm")
    shown = totals(load_sample(), KimFilter(bidang=("umkm",)), "35")
    assert f"Di Provinsi Jawa Timur ada {number(shown.jumlah_kim, 'id')} KIM" in said(app)
    assert text("app.approximate", "id") in said(app)


def test_a_desa_lists_its_kim_with_their_fields_in_words(open_page: Open) -> None:
    kim = load_sample().kim
    code = kim["kode_wilayah"].iloc[0]
    told = said(open_page(wilayah=code))
    for here in kim[kim["kode_wilayah"] == code].itertuples():
        assert here.nama_kim in told
        assert (
            f"{here.nomor_induk} · {text(f'bidang.{here.bidang.split(SEPARATOR)[0]}', 'id')}"
            in told
        )


def test_beside_the_map_stand_all_kim_and_those_that_are_active(open_page: Open) -> None:
    told = said(open_page(wilayah="35"))
    everything = totals(load_sample(), KimFilter(), "35")
    active = totals(load_sample(), KimFilter(status=("aktif",)), "35")
    for figures in (everything.jumlah_kim, everything.desa_terlayani):
        assert f"**{number(figures, 'id')}**" in told
    for figures in (active.jumlah_kim, active.desa_terlayani):
        assert text("peta.active", "id", jumlah=number(figures, "id")) in told
    asked = said(open_page(wilayah="35", status="aktif"))
    assert text("peta.active", "id", jumlah=number(active.jumlah_kim, "id")) not in asked


def test_the_ranking_beside_the_map_goes_both_ways_and_into_its_regions(open_page: Open) -> None:
    app = open_page()
    ranked = [button for button in app.button if str(button.key).startswith("peringkat-")]
    assert ranked[0].label == "Jawa Timur **1.031**"
    app.button_group(key="urutan").set_value("terendah").run()
    assert app.query_params["urutan"] == "terendah", "who gets the link sees the same"
    ranked = [button for button in app.button if str(button.key).startswith("peringkat-")]
    assert ranked[0].label.endswith("**0**")
    app.button(key=ranked[0].key).click().run()
    assert app.query_params["wilayah"] == str(ranked[0].key).removeprefix("peringkat-")


def test_a_desa_without_kim_says_what_to_do(open_page: Open) -> None:
    empty = regions_without_kim(load_sample(), KimFilter(), Level.DESA, "35.07")["kode"].iloc[0]
    told = said(open_page(wilayah=empty))
    assert text("peta.no_kim_here", "id") in told
    assert "filter" not in text("peta.no_kim_here", "id"), "there is none to be cleared"
    assert text("peta.no_kim_here_counted", "id") in said(open_page(wilayah=empty, status="aktif"))


def test_a_filter_is_written_into_the_address_and_default_values_are_not(open_page: Open) -> None:
    app = open_page()
    app.multiselect(key="bidang").set_value(["umkm", "pariwisata"]).run()
    assert app.query_params == {"bidang": "umkm,pariwisata"}
    app.radio(key="mode").set_value("semua").run()
    assert app.query_params == {"bidang": "umkm,pariwisata", "mode": "semua"}
    app.multiselect(key="bidang").set_value([]).run()
    app.selectbox(key="metrik").set_value("cakupan").run()
    assert app.query_params["metrik"] == "cakupan"


def test_the_years_slider_is_left_out_of_the_address_when_it_spans_all(open_page: Open) -> None:
    first, last = load_sample().years
    app = open_page(tahun="2015-2020")
    assert app.slider(key="tahun").value == (2015, 2020)
    app.slider(key="tahun").set_value((first, last)).run()
    assert "tahun" not in app.query_params


def test_one_step_up_leads_to_the_region_above(open_page: Open) -> None:
    app = open_page(wilayah="35.07.08")
    app.button(key="naik").click().run()
    assert app.query_params["wilayah"] == "35.07"


def test_picking_a_region_below_goes_into_it(open_page: Open) -> None:
    app = open_page()
    app.selectbox(key="anak").set_value("35").run()
    assert app.query_params["wilayah"] == "35"


def test_own_breaks_are_read_as_indonesians_write_them(open_page: Open) -> None:
    app = open_page(skema="sendiri", kelas="1,5,10")
    app.text_input(key="batas").set_value("0,5; 2; 8").run()
    assert app.query_params["kelas"] == "0.5,2,8"


def test_breaks_that_do_not_rise_are_refused_with_a_reason_and_the_old_ones_kept(
    open_page: Open,
) -> None:
    app = open_page(skema="sendiri", kelas="1,5,10")
    app.text_input(key="batas").set_value("5; 1").run()
    assert "5; 1" in app.error[0].value
    assert app.query_params["kelas"] == "1,5,10"


def test_an_unknown_value_in_the_address_is_named(open_page: Open) -> None:
    app = open_page(metrik="ajaib")
    assert "metrik" in app.warning[0].value
    assert "ajaib" in app.warning[0].value


def test_the_overview_shows_the_published_total(open_page: Open) -> None:
    app = open_page("ringkasan")
    figures = {metric.label: metric.value for metric in app.metric}
    assert figures[text("metrik.jumlah_kim", "id")] == "4.114"


def test_an_overview_without_kim_says_so_instead_of_drawing_nothing(open_page: Open) -> None:
    assert text("ringkasan.empty", "id") in said(open_page("ringkasan", wilayah="15"))


def test_the_gaps_page_counts_what_it_lists(open_page: Open) -> None:
    levels = (Level.KECAMATAN, Level.DESA)
    kim_filter = KimFilter(bidang=("umkm",))
    for listed in levels:
        app = open_page("kesenjangan", wilayah="35.07", bidang="umkm", level=listed.value)
        empty = {
            level: regions_without_kim(load_sample(), kim_filter, level, "35.07")
            for level in levels
        }
        for metric, level in zip(app.metric, levels, strict=True):
            assert metric.value.startswith(f"{len(empty[level])} dari ")
        assert app.dataframe[0].value["kode"].tolist() == empty[listed]["kode"].tolist()


def test_a_long_table_comes_in_pages_that_the_server_sorts(open_page: Open) -> None:
    app = open_page(wilayah="35", level="desa")
    app.session_state["laci"] = True  # the drawer is open
    app.run()
    app.selectbox(key="wilayah-desa-urut").set_value("jumlah_kim").run()
    app.toggle(key="wilayah-desa-turun").set_value(True).run()
    first = app.dataframe[0].value["jumlah_kim"]
    assert len(first) == 500
    assert first.is_monotonic_decreasing
    assert (
        first.iloc[0]
        == load_sample()
        .kim.query("kode_wilayah.str[:2] == '35'")["kode_wilayah"]
        .value_counts()
        .iloc[0]
    )


def test_the_download_page_counts_the_rows_it_offers(open_page: Open) -> None:
    app = open_page("unduh", wilayah="35.23", status="aktif")
    rows = totals(load_sample(), KimFilter(status=("aktif",)), "35.23").jumlah_kim
    assert f"**{rows} KIM**" in said(app)


def test_what_is_downloaded_stands_in_the_address_and_in_the_link(open_page: Open) -> None:
    app = open_page("unduh", wilayah="35.23", bidang="umkm")
    app.button_group(key="isi").set_value("wilayah").run()
    app.selectbox(key="berkas").set_value("geojson").run()
    app.multiselect(key="kolom").set_value(["kode", "cakupan"]).run()
    assert app.query_params["isi"] == "wilayah"
    assert app.query_params["kolom"] == "kode,cakupan"
    query = "wilayah=35.23&level=kecamatan&bidang=umkm&kolom=kode,cakupan"
    assert app.code[2].value.endswith(f"/unduh/wilayah.geojson?{query}")
    assert list(app.dataframe[0].value.columns) == ["kode", "cakupan"]


def test_columns_that_a_level_does_not_have_are_dropped_on_the_way_there(open_page: Open) -> None:
    app = open_page("unduh", wilayah="35", isi="wilayah", level="desa", kolom="kecamatan,nama")
    app.button_group(key="level").set_value("kecamatan").run()
    assert app.multiselect(key="kolom").value == ["nama"]
    assert app.code[2].value.endswith("kolom=nama")
    assert not app.warning


def test_a_download_that_would_take_too_long_is_explained_instead(open_page: Open) -> None:
    app = open_page("unduh", isi="wilayah", level="desa", berkas="gpkg", bahasa="en")
    assert "too many" in app.warning[0].value


def test_a_briefing_pack_is_made_of_the_view_on_screen_and_of_no_other(
    open_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = []

    def pack(briefing: Briefing, report: Report) -> bytes:
        report("Briefing pack", 1.0)
        made.append(briefing)
        return b"zip"

    monkeypatch.setattr(briefing_panel, "pack_zip", pack)
    app = open_page("unduh", wilayah="35.23", bidang="umkm", metrik="jumlah_kim")
    app.button(key="buat-briefing").click().run()
    assert not app.exception
    (briefing,) = made
    assert briefing.title == "Kabupaten Tuban"
    assert briefing.counted == "bidang UMKM"
    ready = text("briefing.ready", "id")
    assert ready in [button.label for button in app.get("download_button")]
    app.multiselect(key="bidang").set_value([]).run()
    assert ready not in [button.label for button in app.get("download_button")]


def test_a_desa_has_no_briefing_pack_and_the_page_says_what_to_do(open_page: Open) -> None:
    code = load_sample().kim["kode_wilayah"].iloc[0]
    assert text("briefing.not_desa", "id") in said(open_page("unduh", wilayah=code))


def test_nothing_to_download_is_said_and_no_button_is_shown(open_page: Open) -> None:
    app = open_page("unduh", wilayah="15")
    assert text("unduh.empty", "id") in said(app)


def test_a_reader_is_not_told_where_what_cannot_be_read_is_kept(
    open_page: Open, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    reason = "connection refused at 10.0.0.7 for user kim"
    problem = RegistryError(
        "registry_unreachable", url="postgresql://kim@db.intern/kim", reason=reason
    )

    def unreachable(_=None) -> None:
        raise problem

    monkeypatch.setattr(data, "snapshot", unreachable)
    monkeypatch.setattr(permission, "person", lambda: READER)
    app = open_page(bahasa="en")
    assert [error.value for error in app.error] == [text("error.unavailable", "en")]
    assert reason in caplog.text


@pytest.mark.parametrize("lang", ["id", "en"])
def test_a_store_that_cannot_be_read_is_a_clear_message_and_no_stack_trace(
    open_page: Open, monkeypatch: pytest.MonkeyPatch, lang: str
) -> None:
    problem = DataFileError("store_missing", folder="var/boundaries")

    def missing() -> None:
        raise problem

    monkeypatch.setattr(data, "boundaries", missing)
    app = open_page(bahasa=lang)
    assert app.error[0].value == problem.message(lang)


def test_a_damaged_registry_is_a_clear_message_even_in_an_unknown_language(
    open_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    problem = DataFileError("checksum", file="registry_sample.csv")

    def damaged(_=None) -> None:
        raise problem

    monkeypatch.setattr(data, "snapshot", damaged)
    app = open_page(bahasa="xx")
    assert app.error[0].value == problem.message("id")


def test_with_an_official_set_in_use_its_name_year_and_licence_are_shown(
    open_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    embedded = data.boundaries()
    title = {"id": "Batas wilayah: BIG", "en": "Boundaries: BIG"}
    manifest = replace(
        embedded.manifest, approximate=False, title=title, vintage="2024", licence="CC BY 4.0"
    )
    official = replace(embedded, manifest=manifest)
    monkeypatch.setattr(data, "boundaries", lambda: official)
    about = said(open_page("tentang", bahasa="en"))
    assert "Boundaries: BIG" in about
    assert "Year 2024" in about
    assert "CC BY 4.0" in about
    assert data.attribution("en") == "Boundaries: BIG · 2024 · CC BY 4.0"
    assert text("app.approximate", "en") not in said(open_page(bahasa="en"))


def test_a_deck_is_made_of_views_and_keeps_their_order_and_notes(open_page: Open) -> None:
    app = open_page("paparan", wilayah="35")
    app.text_input(key="dek-nama").set_value("Rakor").run()
    press(app, text("paparan.create", "id"))
    app.text_area(key="rakor-0-catatan").set_value("Salam").run()
    assert load_deck("Rakor").scenes == (Scene("wilayah=35", "Salam"),)
    app = open_page("paparan", wilayah="11", metrik="cakupan")
    press(app, text("paparan.add", "id"))
    app.button(key="rakor-1-up").click().run()
    assert [scene.query for scene in load_deck("Rakor").scenes] == [
        "wilayah=11&metrik=cakupan",
        "wilayah=35",
    ]


def test_who_may_not_operate_sees_the_slides_of_a_deck_and_neither_notes_nor_a_link_to_them(
    open_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    save_deck(Deck("Rakor", (Scene("wilayah=35", "Salam"),)))

    def links(app: AppTest) -> str:
        return " ".join(link.proto.url for link in app.get("link_button"))

    app = open_page("paparan")
    assert app.text_area(key="rakor-0-catatan").value == "Salam"
    assert "catatan" in links(app)
    monkeypatch.setattr(permission, "person", lambda: READER)
    app = open_page("paparan")
    assert "/paparan/dek/rakor.html" in links(app)
    assert "catatan" not in links(app)
    assert "Salam" not in said(app)
    assert (len(app.text), len(app.text_area)) == (0, 0)


def test_slides_go_into_the_deck_that_was_made_last_and_the_page_says_so(open_page: Open) -> None:
    save_deck(Deck("Apel pagi", (Scene("wilayah=11"),)))
    app = open_page("paparan", wilayah="35")
    app.text_input(key="dek-nama").set_value("Rakor").run()
    press(app, text("paparan.create", "id"))
    assert app.query_params["dek"] == "rakor"
    app.query_params = {"wilayah": "35.07"}  # as a link to another page leaves it
    app.switch_page("../pages/peta.py").run()
    app.switch_page("../pages/paparan.py").run()
    assert "masuk ke bahan paparan **Rakor**, menjadi slide 2" in said(app)
    press(app, text("paparan.add", "id"))
    assert "Slide 2 sudah masuk ke bahan paparan **Rakor**." in said(app)
    assert [len(load_deck(name).scenes) for name in ("Rakor", "Apel pagi")] == [2, 1]


def test_among_several_decks_none_is_in_use_before_it_is_chosen(open_page: Open) -> None:
    for name in ("A", "B"):
        save_deck(Deck(name, (Scene("wilayah=11"),)))
    app = open_page("paparan")
    assert text("paparan.add", "id") not in [button.label for button in app.button]
    app.selectbox(key="dek").set_value("B").run()
    press(app, text("paparan.add", "id"))
    assert [len(load_deck(name).scenes) for name in ("A", "B")] == [1, 2]
    assert "“c”" in open_page("paparan", dek="c").error[0].value  # gone, and no other for it


def test_what_was_removed_from_decks_comes_back_step_by_step(open_page: Open) -> None:
    kept = save_deck(Deck("Rakor", (Scene("wilayah=35", "Salam"), Scene("wilayah=11"))))
    app = open_page("paparan")
    app.button(key="rakor-0-remove").click().run()
    assert load_deck("Rakor").scenes == kept.scenes[1:]
    press(app, text("paparan.remove_deck", "id"))
    assert list_decks() == []
    for said_now in ("Bahan paparan **Rakor** dihapus.", "Slide 1 dihapus dari"):
        app.run()
        assert said_now in said(app)
        press(app, text("paparan.undo", "id"))
    assert load_deck("Rakor") == kept
    assert text("paparan.undo", "id") not in [button.label for button in app.button]


def test_what_cannot_come_back_is_still_there_to_be_tried_again(open_page: Open) -> None:
    save_deck(Deck("Rakor", (Scene("wilayah=35", "Salam"),)))
    app = open_page("paparan")
    press(app, text("paparan.remove_deck", "id"))
    other = save_deck(Deck("Rakor", (Scene("wilayah=12"),)))
    press(app, text("paparan.undo", "id"))
    assert "Sudah ada bahan paparan" in app.error[0].value
    assert load_deck("Rakor") == other
    remove_deck(other)
    press(app, text("paparan.undo", "id"))
    assert load_deck("Rakor").scenes == (Scene("wilayah=35", "Salam"),)


def test_a_name_that_cannot_be_a_deck_s_is_said_and_makes_none(open_page: Open) -> None:
    app = open_page("paparan")
    app.text_input(key="dek-nama").set_value("…").run()
    press(app, text("paparan.create", "id"))
    assert "tidak dapat dipakai" in app.error[0].value
    assert list_decks() == []


def test_notes_that_somebody_else_wrote_first_stay_and_one_s_own_can_be_copied(
    open_page: Open,
) -> None:
    save_deck(Deck("Rakor", (Scene("wilayah=35"),)))
    app = open_page("paparan")
    change_deck(load_deck("Rakor"), lambda now: now.noted(0, "Kata orang lain."))
    app.text_area(key="rakor-0-catatan").set_value("Kata saya.").run()
    assert "baru saja diubah di tempat lain" in app.error[0].value
    assert app.code[2].value == "Kata saya."
    assert app.text_area(key="rakor-0-catatan").value == "Kata orang lain."


@pytest.mark.parametrize("name", PAGES)
def test_of_a_registry_that_is_not_there_every_page_says_so_and_shows_no_figures(
    open_page: Open, name: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("KIM_DATABASE_URL", f"sqlite:///{tmp_path}/salah-tulis.db")
    app = open_page(name)
    assert "salah-tulis.db belum ada" in app.info[0].value
    assert text("app.sample", "id") not in said(app)
    assert app.title
    assert name == "batas" or not app.metric


def test_with_a_broken_active_file_other_boundaries_can_be_chosen(
    open_page: Open, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    set_in_use = active_set().path
    (tmp_path / "store").mkdir()
    (tmp_path / "store" / set_in_use.name).symlink_to(set_in_use)
    (tmp_path / "store" / "active").write_text("../lain")
    monkeypatch.setenv("KIM_STORE", str(tmp_path / "store"))
    assert "tidak menyebut batas wilayah" in open_page().error[0].value
    app = open_page("batas")
    assert "tidak menyebut batas wilayah" in app.error[0].value
    press(app, text("batas.activate", "id"))
    assert active_set().path.name == set_in_use.name


@pytest.mark.parametrize("page", ["perkembangan", "pelaporan"])
def test_without_kim_a_page_has_its_title_and_says_what_to_do_next(
    open_page: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, page: str
) -> None:
    monkeypatch.setenv("KIM_DATABASE_URL", f"sqlite:///{tmp_path}/registry.db")
    open_registry()
    app = open_page(page)
    assert [title.value for title in app.title] == [text(f"page.{page}", "id")]
    links = [link.proto.label for link in app.get("page_link")]
    assert text("app.import", "id") in links
    monkeypatch.setattr(permission, "person", lambda: READER)
    app = open_page(page)
    assert text("app.no_kim", "id") in said(app)
    assert text("app.import", "id") not in [link.proto.label for link in app.get("page_link")]


def test_a_time_lapse_is_in_the_link_and_has_its_figures_as_a_table(open_page: Open) -> None:
    app = open_page(gerak="tahun", wilayah="35")
    [table] = [shown.value for shown in app.dataframe if "per_hari" in shown.value]
    assert table["jumlah_kim"].iloc[-1] == totals(load_sample(), KimFilter(), "35").jumlah_kim
    assert not app.warning
    assert not [
        it for it in open_page(gerak="tahun", level="desa").dataframe if "per_hari" in it.value
    ]
    assert "gerak" in open_page(gerak="mundur").warning[0].value
