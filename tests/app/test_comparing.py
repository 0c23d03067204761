"""The page Banding: what is compared, and where it stands."""

from dataclasses import replace
from io import BytesIO

import pytest
from PIL import Image

from dashboard import data
from dashboard.banding import thumbnails
from dashboard.banding.compared import MOST
from geodata.analysis.region_metrics import totals
from geodata.registry.snapshot import KimFilter, load_sample
from geodata.text import number, percent, text
from geodata.view.view import View
from tests.app.conftest import Open, said
from tests.registries import reported_only


def cards(app) -> str:
    return "".join(html.proto.body for html in app.get("html"))


def test_the_region_of_the_view_stands_first_and_the_chosen_ones_beside_it(open_page: Open) -> None:
    app = open_page("banding", wilayah="35", banding="33,51")
    assert not app.error
    told = cards(app)
    assert told.index("Provinsi Jawa Timur") < told.index("Provinsi Jawa Tengah")
    for code in ("35", "33", "51"):
        figures = totals(load_sample(), KimFilter(), code)
        assert f"<b>{number(figures.jumlah_kim, 'id')}</b>" in told
        assert f"<b>{percent(figures.cakupan, 'id')}</b>" in told


def test_what_is_chosen_stands_in_the_address_beside_the_view(open_page: Open) -> None:
    app = open_page("banding", wilayah="35", bidang="umkm")
    app.multiselect(key="banding").set_value(["33", "35.07"]).run()
    assert app.query_params == {"wilayah": "35", "bidang": "umkm", "banding": "33,35.07"}
    app.selectbox(key="kanan").set_value("cakupan").run()
    assert app.query_params["kanan"] == "cakupan"


def test_alone_a_region_is_offered_those_that_are_like_it(open_page: Open) -> None:
    app = open_page("banding", wilayah="35.07")
    assert text("banding.of_region", "id", wilayah="Kabupaten Malang") in said(app)
    alike = [button for button in app.button if str(button.key).startswith("banding-")]
    assert len(alike) == MOST
    alike[0].click().run()
    assert app.query_params["banding"] == str(alike[0].key)[len("banding-") :].replace("-", ".")


def test_between_which_regions_coverage_differs_most_is_said_in_words(open_page: Open) -> None:
    shares = {code: totals(load_sample(), KimFilter(), code).cakupan for code in ("35", "51")}
    apart = number(100 * abs(shares["35"] - shares["51"]), "id", 1)
    app = open_page("banding", wilayah="35", banding="51")
    assert f"selisih {apart} poin persen" in said(app)
    assert f"<em>{text('banding.tertinggi', 'id')}</em>" in cards(app)


@pytest.mark.parametrize("banding", ["99", "35,33,51,11,12", "<b>"])
def test_regions_that_are_none_or_too_many_are_told_and_left_out(
    open_page: Open, banding: str
) -> None:
    app = open_page("banding", wilayah="35", banding=banding)
    assert "banding" in app.warning[0].value
    assert not app.exception


def test_kecamatan_of_one_name_are_told_apart(open_page: Open) -> None:
    told = cards(open_page("banding", wilayah="35.10.23", banding="35.78.05"))
    assert "<dt>Kecamatan Tegalsari, Kabupaten Banyuwangi, Jawa Timur</dt>" in told
    assert "<dt>Kecamatan Tegalsari, Kota Surabaya, Jawa Timur</dt>" in told


def test_who_has_not_reported_has_no_figures_and_is_not_the_least(
    open_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    partly = replace(load_sample(), version="sebagian", unreported=frozenset({"35.78"}))
    monkeypatch.setattr(data, "load_snapshot", lambda: partly)
    told = cards(open_page("banding", wilayah="35.78", banding="35.07,35.08"))
    assert "<b>belum melapor</b> <em></em>" in told
    assert "<b>0</b>" in told, "Kabupaten Malang has reported, and has none"


def test_regions_of_any_levels_and_indonesia_can_be_compared(open_page: Open) -> None:
    app = open_page("banding", banding="35,35.07.08,35.07.08.2001", bahasa="en")
    assert not app.error
    assert "Indonesia" in cards(app)
    assert "Desa Sumberputih" in cards(app)


def test_what_is_known_beside_kim_is_said_also_of_who_has_not_reported(
    open_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    only_malang = reported_only(load_sample(), "35.07")
    monkeypatch.setattr(data, "snapshot", lambda *_: only_malang)
    told = cards(open_page("banding", wilayah="35.07", banding="35.08"))
    assert text("legend.not_reported", "id").lower() in told
    people = told[told.index("<h2>Penduduk</h2>") :]
    assert text("legend.not_reported", "id").lower() not in people


def test_small_maps_are_of_one_scale_and_one_set_of_classes() -> None:
    sample = load_sample()
    views = [View("35.07"), View("35.79"), View("35")]
    made = thumbnails.thumbnails(views, [sample] * 3, data.boundaries())
    sizes = [Image.open(BytesIO(picture)).size for picture in made.pictures]
    assert max(abs(width - sizes[0][0]) for width, _ in sizes) <= 1
    regions = 33 + 3 + 38
    assert sum(row.count for row in made.legend) == regions


def test_each_region_has_a_small_map_that_says_what_it_is_of(open_page: Open) -> None:
    told = cards(open_page("banding", wilayah="35.07", banding="35.79"))
    assert told.count("<figure>") == 2
    assert "<figcaption>Kota Batu</figcaption>" in told
