from html.parser import HTMLParser

import numpy as np
import pandas as pd
import pytest

import geodata.view.choropleth
import geodata.view.legend
import geodata.view.metric
from dashboard.map import legend_html as legend
from dashboard.map.legend_html import legend_html
from geodata.analysis.classes import categorise, classify
from geodata.regions import Level
from geodata.view.choropleth import Layer
from geodata.view.legend import legend_rows
from geodata.view.metrics import METRICS
from geodata.view.palette import NO_DATA, ZERO


class Items(HTMLParser):
    """Collects the text and the style of each list item, and checks that tags are closed."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.items: list[list[str]] = []
        self.fills: list[str] = []
        self.outside: list[str] = []
        self.feed(html)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        if tag == "br":
            return
        self.open.append(tag)
        if tag == "li":
            self.items.append([])
        style = dict(attrs).get("style", "")
        if "background:" in style:
            self.fills.append(style.split("background:")[1].split(";")[0])

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        (self.items[-1] if "li" in self.open else self.outside).append(data)


def layer(
    values, *, colours, metric="jumlah_kim", decimals=0, classes=None, not_drawn=0, lang="id"
):
    made = classify(np.array(values, dtype=float), decimals, **(classes or {}))
    return layer_of_classes(made, colours, metric, not_drawn, lang)


def layer_of_classes(made, colours, metric, not_drawn=0, lang="id"):
    known = METRICS[metric]
    rows = legend_rows(made, colours, known, lang)
    drawn = np.zeros(not_drawn, dtype=bool)
    return Layer(Level.KECAMATAN, known, pd.DataFrame(), made, tuple(colours), rows, drawn)


def drawn(values, *, lang="id", **made):
    return Items(legend_html(layer(values, lang=lang, **made), lang))


def test_every_class_is_listed_with_its_range_and_count_the_highest_first():
    listed = drawn(
        [0, 0, 0, 1, 1, 2, 4, 1_500],
        colours=["#a", "#b", "#c"],
        classes={"scheme": "sendiri", "breaks": (1, 5)},
    )
    assert listed.items == [
        ["6 – 1.500", "1 kecamatan"],
        ["2 – 5", "2 kecamatan"],
        ["1", "2 kecamatan"],
        ["Nol (belum ada KIM)", "3 kecamatan"],
        ["Tidak ada data", "0 kecamatan"],
    ]
    assert listed.fills[:4] == ["#c", "#b", "#a", ZERO]
    assert NO_DATA in listed.fills[4]
    assert listed.outside == ["Jumlah KIM"]


def test_shares_are_written_as_percentages_in_the_reader_s_language():
    listed = drawn(
        [0.0123, 0.5, float("nan")],
        colours=["#a", "#b"],
        metric="cakupan",
        decimals=4,
        lang="en",
        classes={"k": 2},
    )
    assert listed.items == [
        ["1.24% – 50.00%", "1 districts"],
        ["1.23%", "1 districts"],
        ["Zero (no KIM yet)", "0 districts"],
        ["No data", "1 districts"],
    ]


@pytest.mark.parametrize("values", [[0, 0], [float("nan")] * 2, []])
def test_zero_and_no_data_are_listed_even_where_there_is_no_class(values):
    listed = drawn(values, colours=[])
    zeros, without = values.count(0), len(values) - values.count(0)
    assert listed.items == [
        ["Nol (belum ada KIM)", f"{zeros} kecamatan"],
        ["Tidak ada data", f"{without} kecamatan"],
    ]


def test_regions_that_are_not_drawn_are_owned_up_to():
    assert len(drawn([1], colours=["#a"], not_drawn=0).outside) == 1
    note = drawn([1], colours=["#a"], not_drawn=1_552).outside[1]
    assert note.startswith("1.552 kecamatan tidak punya poligon")


def test_categories_are_listed_by_name_in_their_order_and_have_no_zero():
    names = [category.name for category in METRICS["kelas"].categories]
    made = categorise(["rendah_rendah", "lain"], names)
    colours = [f"#{number}" for number in range(len(names))]
    listed = Items(legend_html(layer_of_classes(made, colours, "kelas"), "id"))
    assert [label for label, _ in listed.items] == [
        *(category.title("id") for category in METRICS["kelas"].categories),
        "Tidak ada data",
    ]
    assert listed.items[0][1] == "1 kecamatan"
    assert listed.items[-1][1] == "1 kecamatan"
    assert listed.fills[: len(colours)] == colours


def test_distances_are_written_with_one_decimal_and_their_zero_is_not_called_no_kim():
    listed = drawn(
        [0, 3.25, float("nan")], colours=["#a"], metric="jarak_rata_km", decimals=1,
        not_drawn=0, lang="id",
    )  # fmt: skip
    assert [item[0] for item in listed.items] == ["3,2", "Nol", "Tidak ada data"]


def test_texts_are_escaped(monkeypatch):
    for module in (legend, geodata.view.legend, geodata.view.metric, geodata.view.choropleth):
        monkeypatch.setattr(module, "text", lambda *_, **__: '<img src=x> & "')
    for module in (legend, geodata.view.choropleth):
        monkeypatch.setattr(module, "level_name", lambda *_: "<b>")
    listed = drawn([1, 2], colours=["#a", "#b"], not_drawn=3)
    assert set(sum(listed.items, listed.outside)) == {'<img src=x> & "', "1", "2"}
