"""The page Mutu data: of the sample it claims nothing on places; of a registry it adds up."""

from pathlib import Path

import pytest

from geodata.gazetteer import Gazetteer
from geodata.registry.database.batches import stage
from geodata.registry.database.committing import commit
from geodata.registry.database.connection import open_registry
from geodata.text import text
from tests.app.conftest import Open, said
from tests.registry.rows import in_review, staged


@pytest.fixture
def imported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, gazetteer: Gazetteer) -> None:
    """Two KIM and a row in review in Malang, a row in review of nowhere, one rejected; a draft."""
    monkeypatch.setenv("KIM_DATABASE_URL", f"sqlite:///{tmp_path}/registry.db")
    registry = open_registry()
    wajak = {"kode": "35.07.08.2012", "nama": "Wajak", "wilayah": "", "skor": 0.8, "metode": "nama"}
    rows = staged(
        {"metode": "kode"},
        {"nama_kim": "KIM Dua", "metode": "nama_mirip", "lat": "-9.5", "lng": "112.6"},
        in_review(kandidat=[wajak]),
        in_review(),
        in_review(outcome="ditolak"),
    )
    commit(registry, stage(registry, rows, gazetteer, who="p").id, who="p")
    stage(registry, staged(in_review(), {}, file_name="draf.csv"), gazetteer, who="p")


def test_of_the_sample_it_says_that_no_placement_is_recorded(open_page: Open) -> None:
    app = open_page("mutu")
    assert text("mutu.sample", "id") in said(app)
    assert text("mutu.place.heading", "id") not in said(app)
    figures = {metric.label: metric.value for metric in app.metric}
    assert figures[text("mutu.kim", "id")] == "4.114"
    assert text("mutu.doubtful", "id") not in figures
    assert text("mutu.points.approximate", "id") in said(app)


def test_sure_and_doubtful_are_all_rows_and_drafts_do_not_count(
    open_page: Open, imported: None
) -> None:
    app = open_page("mutu")
    figures = {metric.label: metric.value for metric in app.metric}
    assert figures[text("mutu.kim", "id")] == "2"
    assert figures[text("mutu.sure", "id")] == "1 (25,0%)"
    assert figures[text("mutu.doubtful", "id")] == "3 (75,0%)"
    assert figures[text("mutu.review", "id")] == "2 (50,0%)"
    assert figures[text("mutu.outside", "id")] == "1 (50,0%)"
    assert text("mutu.no_region", "id", jumlah="1") in said(app)
    by_provinsi = app.dataframe[0].value.set_index("kode")
    assert by_provinsi.at["35", "baris_dinilai"] == 3
    assert by_provinsi["tanpa_desa"].sum() == 1


def test_a_kabupaten_shows_its_own_figures(open_page: Open, imported: None) -> None:
    app = open_page("mutu", wilayah="35.07")
    assert {metric.label: metric.value for metric in app.metric}[text("mutu.sure", "id")] == (
        "1 (33,3%)"
    )
    empty = open_page("mutu", wilayah="11")
    assert text("mutu.fields.empty", "id") in said(empty)


def test_older_is_staler(open_page: Open, imported: None) -> None:
    app = open_page("mutu")
    label = text("mutu.stale", "id")
    assert {m.label: m.value for m in app.metric}[label] == "2 (100,0%)"  # registered in 2020
    app.selectbox(key="lama").set_value(10).run()
    assert {m.label: m.value for m in app.metric}[label] == "0 (0,0%)"
