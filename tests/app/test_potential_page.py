"""The page Potensi: its sections, two measures in the address, one region picked everywhere."""

import pytest

from dashboard.charts.scatter import scatter
from dashboard.potensi.settings import SECTIONS
from geodata.boundaries.store import active_set
from geodata.regions import Level
from geodata.registry.snapshot import load_sample
from geodata.text import number, text
from geodata.view.two_measures import two_measures
from geodata.view.view import View
from tests.app.conftest import Open, said

NOBODY = {"bidang": "kebencanaan", "mode": "semua", "tahun": "1990-1990"}
FAR = {"potensi": "idm"}


@pytest.mark.parametrize("section", SECTIONS)
@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"wilayah": "35.07"},
        {"wilayah": "35.07.08.2001"},
        {"wilayah": "15", "bahasa": "en"},
        NOBODY,
    ],
    ids=["Indonesia", "kabupaten", "desa", "without KIM", "nothing passes"],
)
def test_every_section_opens_for_every_kind_of_region(
    open_page: Open, section: str, asked: dict[str, str]
) -> None:
    app = open_page("potensi", telaah=section, **asked)
    assert not app.error
    assert not app.warning


def test_the_sentence_counts_where_a_planner_looks_first(open_page: Open) -> None:
    shown = two_measures(View("35.07"), "idm", load_sample(), active_set())
    first = int((shown.regions.quadrant == 0).sum())
    app = open_page("potensi", wilayah="35.07", **FAR)
    of = number(sum(shown.regions.counts), "id")
    assert f"**{number(first, 'id')} dari {of}** kecamatan" in said(app)
    (listed,) = [table.value for table in app.dataframe]
    assert len(listed) == sum(shown.regions.counts)


def test_both_measures_the_quadrant_and_the_region_are_in_the_link(open_page: Open) -> None:
    app = open_page("potensi", wilayah="35.07", tunjuk="35.07.08")
    app.selectbox(key="potensi").set_value("ike").run()
    app.selectbox(key="metrik").set_value("cakupan").run()
    app.button_group(key="pilih-kuadran").set_value("tinggi_rendah").run()
    assert app.query_params == {
        "wilayah": "35.07",
        "tunjuk": "35.07.08",
        "potensi": "ike",
        "metrik": "cakupan",
        "kuadran": "tinggi_rendah",
    }
    assert not app.exception


def test_too_many_regions_for_points_are_counted_in_squares_in_the_language_of_the_page() -> None:
    view = View(level=Level.KECAMATAN, metric="cakupan", lang="en")
    shown = two_measures(view, "idm", load_sample(), active_set())
    drawn = scatter(shown, "", "en").to_dict()
    (squares,) = [it for it in drawn["layer"] if it["mark"]["type"] == "rect"]
    assert squares["encoding"]["color"]["title"] == "Number of districts"
    counted = drawn["datasets"][squares["data"]["name"]]
    assert sum(square["jumlah"] for square in counted) == sum(shown.regions.counts)


def test_the_region_pointed_at_stands_first_in_the_list(open_page: Open) -> None:
    app = open_page("potensi", wilayah="35.07", tunjuk="35.07.30", **FAR)
    assert app.dataframe[0].value["kode"].iloc[0] == "35.07.30"


def test_a_field_against_a_potential_says_that_a_correlation_is_no_cause(open_page: Open) -> None:
    app = open_page("potensi", telaah="bidang", bidang_potensi="pariwisata", wilayah="35", **FAR)
    assert text("potensi.no_cause", "id") in said(app)
    assert "95%" in said(app)


@pytest.mark.parametrize(
    "wrong", [{"telaah": "<b>"}, {"potensi": "kelas"}, {"kuadran": "x"}, {"tunjuk": "99.99"}]
)
def test_what_cannot_be_used_is_told(open_page: Open, wrong: dict[str, str]) -> None:
    app = open_page("potensi", wilayah="35.07", **wrong)
    assert next(iter(wrong)) in app.warning[0].value
