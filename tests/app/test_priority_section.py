"""Prioritas on the page Potensi: what is chosen is in the link, and the list says why."""

import re

import numpy as np
import pytest

from geodata.indicators import current
from geodata.indicators.figures import Figures, Given
from geodata.indicators.indicator import Indicator
from geodata.indicators.shipped import shipped
from geodata.regions import Level
from geodata.registry.snapshot import KimFilter, load_sample
from geodata.text import text
from geodata.view.priorities import Criterion, PrioritySettings, priorities
from geodata.view.priority_words import reasons_in_words
from tests.app.conftest import Open, press, said
from tests.app.test_indicators_page import HOSTILE

SETTINGS = PrioritySettings(
    (Criterion("cakupan", high_first=False, weight=2), Criterion("jarak_rata_km", high_first=True)),
    pertama=3,
)
ASKED = {
    "telaah": "prioritas",
    "wilayah": "35.07",
    "kriteria": "cakupan.rendah.2,jarak_rata_km.tinggi.1",
    "pertama": "3",
}


def test_the_list_is_that_of_the_link_and_says_why(open_page: Open) -> None:
    app = open_page("potensi", **ASKED)
    ranked = priorities(load_sample(), KimFilter(), Level.KECAMATAN, "35.07", SETTINGS)
    (listed,) = [shown.value for shown in app.dataframe]
    assert listed["kode"].tolist() == ranked.table["kode"].tolist()
    shown = said(app)
    for name, reason in zip(
        ranked.table["nama"].head(3), reasons_in_words(ranked, "id"), strict=False
    ):
        assert f"1. **{name}**: {reason}" in shown.replace("\\", "")
    assert ranked.table["nama"].iloc[3] not in shown


def test_what_is_chosen_is_in_the_link(open_page: Open) -> None:
    app = open_page("potensi", telaah="prioritas", wilayah="35.07")
    app.number_input(key="prioritas-bobot-cakupan").set_value(5).run()
    app.number_input(key="prioritas-pertama").set_value(4)
    app.selectbox(key="prioritas-arah-jarak_rata_km").set_value(False).run()
    assert app.query_params["kriteria"] == "cakupan.rendah.5,jarak_rata_km.rendah.1"
    assert app.query_params["pertama"] == "4"
    app.multiselect(key="prioritas-ukuran").set_value(["cakupan", "jumlah_kim"]).run()
    assert app.query_params["kriteria"] == "cakupan.rendah.5,jumlah_kim.rendah.1"
    press(app, text("prioritas.equal", "id"))
    assert app.query_params["kriteria"] == "cakupan.rendah.1,jumlah_kim.rendah.1"
    assert not app.exception


def test_conditions_on_regions_hold_for_the_order_too(open_page: Open) -> None:
    app = open_page("potensi", **ASKED, syarat="jarak_rata_km:..20")
    (listed,) = [shown.value for shown in app.dataframe]
    assert 0 < len(listed) < 33
    assert (listed["jarak_rata_km"] <= 20).all()


def test_where_nothing_weighs_anything_the_page_says_how_to_mend_it(open_page: Open) -> None:
    app = open_page("potensi", **ASKED | {"kriteria": "cakupan.rendah.0"})
    assert app.error[0].value == text("error.priority_weights", "id")


def test_what_a_level_has_not_is_named(open_page: Open) -> None:
    app = open_page(
        "potensi",
        **ASKED | {"wilayah": "35.07.08", "kriteria": "cakupan.rendah.1,cakupan_eb.rendah.1"},
    )
    assert any("Cakupan desa (perkiraan)" in note.value for note in app.caption)


@pytest.mark.parametrize("wrong", [{"kriteria": "<b>"}, {"pertama": "0"}])
def test_what_cannot_be_used_is_told(open_page: Open, wrong: dict[str, str]) -> None:
    app = open_page("potensi", **ASKED | wrong)
    assert next(iter(wrong)) in app.warning[0].value


def test_what_somebody_calls_a_measure_is_text(open_page: Open, gazetteer, monkeypatch) -> None:
    own = Indicator("jahat", Level.KABUPATEN_KOTA, 2024, "index", "mean", HOSTILE)
    values = np.arange(len(gazetteer.codes(own.level)), dtype=float)
    made = Figures(gazetteer, [*shipped(gazetteer), Given(own, lambda: values)], "hostile")
    monkeypatch.setattr(current, "_in_registry", lambda: made)
    app = open_page("potensi", telaah="prioritas", wilayah="35", kriteria="jahat.tinggi.1")
    labels = [it.label for it in (*app.selectbox, *app.number_input)]
    markdown = "\n".join([said(app), *labels])
    assert "klik" in markdown
    assert not re.search(r"(?<!\\)(\]\(http|<img src=x|:red\[)", markdown)
