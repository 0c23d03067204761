"""Bantuan: every question leads to a view in which its answer stands. And the steps of the tour."""

import re
from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.bantuan.questions import GROUPS, Question
from dashboard.peta.tour import STEPS
from geodata.analysis.gaps import regions_without_kim
from geodata.analysis.region_metrics import totals
from geodata.regions import Level
from geodata.registry.snapshot import KimFilter, load_sample
from geodata.text import LANGUAGES, number, text
from tests.app.conftest import Open, said

QUESTIONS = {question.name: question for group in GROUPS.values() for question in group}


def html(app: AppTest) -> str:
    return "".join(element.proto.body for element in app.get("html"))


def tables(app: AppTest) -> str:
    return "".join(table.value.to_csv() for table in app.dataframe)


def count(code: str | None, **kim_filter: tuple[str, ...]) -> str:
    kim = totals(load_sample(), KimFilter(**kim_filter), code).jumlah_kim  # type: ignore[arg-type]
    return f"ada {number(kim, 'id')} KIM"


def _empty(level: Level, code: str) -> str:
    return regions_without_kim(load_sample(), KimFilter(), level, code)["nama"].iloc[0]


# What is on the page that a question leads to, if it answers it.
ANSWERS: dict[str, Callable[[AppTest], bool]] = {
    "bencana": lambda app: "KIM Cahaya Sejahtera (Awang-awang, Mojosari" in app.code[-1].value,
    "desa_saya": lambda app: "KIM di Desa Sumberputih" in said(app),
    "pariwisata": lambda app: count("53", bidang=("pariwisata",)) in said(app),
    "aktif": lambda app: count(None, status=("aktif",)) in said(app),
    "arti": lambda app: text("column_meaning.cakupan_eb", "id") in said(app),
    "satu_halaman": lambda app: "Profil Kabupaten Malang" in said(app),
    "dua_provinsi": lambda app: "poin persen" in said(app) and "Jawa Tengah" in html(app),
    "dua_ukuran": lambda app: app.selectbox(key="kanan").value == "cakupan",
    "setara": lambda app: "menurut cakupan, di antara yang serupa" in said(app),
    "desa_tanpa": lambda app: _empty(Level.DESA, "35.07") in tables(app),
    "maju_tanpa": lambda app: "Status desa menurut IDM: Mandiri atau Maju" in said(app),
    "sepuluh": lambda app: any(len(table.value) == 10 for table in app.dataframe),
    "terjauh": lambda app: text("celah.farthest", "id") in said(app),
    "bidang_belum": lambda app: any("nama_tetangga" in table.value for table in app.dataframe),
    "sasaran": lambda app: "per tahun" in said(app),
    "potensi": lambda app: "belum ada KIM" in said(app),
    "prioritas": lambda app: text("prioritas.list", "id") in [it.value for it in app.header],
    "bidang_potensi": lambda app: text("potensi.no_cause", "id") in said(app),
    "excel": lambda app: app.radio(key="pemisah").value == ";",
    "angka": lambda app: app.button_group(key="isi").value == "wilayah",
    "qgis": lambda app: "`/ogc`" in said(app),
    "membagikan": lambda app: text("app.link_help", "id") in said(app),
    "layar": lambda app: text("paparan.now", "id") in said(app),
    "bahan": lambda app: "PowerPoint" in said(app),
    "daftar_kim": lambda app: text("impor.lead", "id") in said(app),
    "perbaiki": lambda app: text("mutu.lead", "id") in said(app),
    "batas_resmi": lambda app: text("batas.import_lead", "id") in said(app),
    "tahun_ke_tahun": lambda app: any("per_hari" in table.value for table in app.dataframe),
    "sasaran_tahun_ini": lambda app: "Permenkominfo 22/2010" in said(app),
    "laporan": lambda app: text("laporan.make", "id") in [button.label for button in app.button],
    "tabel_indikator": lambda app: text("indikator.bring.lead", "id") in said(app),
}


@pytest.mark.parametrize("question", QUESTIONS.values(), ids=QUESTIONS)
def test_a_question_leads_to_its_answer(open_page: Open, question: Question) -> None:
    app = open_page(question.page, **question.params("id"))
    assert not app.error
    assert not app.warning, "nothing in the link is unknown"
    assert ANSWERS[question.name](app)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_question_is_asked_and_says_how_it_is_done(open_page: Open, lang: str) -> None:
    app = open_page("bantuan", bahasa=lang)
    links = [link.proto.label for link in app.get("page_link")]
    for name in QUESTIONS:
        assert text(f"bantuan.tanya.{name}", lang) in links
        assert text(f"bantuan.cara.{name}", lang) in said(app)


def test_the_tour_points_at_what_is_on_the_page(open_page: Open) -> None:
    app = open_page()
    drawn = html(app)
    assert [text(f"tur.title.{name}", "id") for name in STEPS] == re.findall(
        'data-title="([^"]*)"', drawn
    )
    assert len(STEPS) == 6
