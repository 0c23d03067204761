"""Petak on the pages: the switch stands on Peta alone, and other maps stay as they are."""

import pytest

from dashboard.map import panel
from geodata.view.choropleth import Choropleth
from tests.app.conftest import Open


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[Choropleth]:
    """What the pages have the map show."""
    shown: list[Choropleth] = []
    monkeypatch.setattr(panel, "draw", lambda choropleth, *_, **__: shown.append(choropleth))
    return shown


def test_the_switch_changes_the_address_and_the_map(open_page: Open, drawn) -> None:
    app = open_page(wilayah="35", titik="1")
    app.button_group(key="petak").set_value(True).run()
    assert app.query_params["petak"] == "1"
    assert [choropleth.view.petak for choropleth in drawn] == [False, True]
    assert app.toggle(key="titik").disabled, "points have no place among squares"


@pytest.mark.parametrize(
    ("page", "more"), [("profil", {}), ("banding", {}), ("kesenjangan", {"bagian": "gugus"})]
)
def test_other_pages_draw_the_map_though_the_address_says_petak(
    open_page: Open, drawn, page: str, more: dict[str, str]
) -> None:
    app = open_page(page, wilayah="35", petak="1", **more)
    assert not app.error
    assert {choropleth.view.petak for choropleth in drawn} == {False}


def test_where_the_tiles_are_missing_petak_is_not_offered_and_a_link_to_it_is_told(
    open_page: Open, drawn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dashboard.frame.state.has_petak", lambda: False)
    monkeypatch.setattr("dashboard.peta.controls.has_petak", lambda: False)
    app = open_page(petak="1")
    assert not drawn[0].view.petak
    assert "petak" in app.warning[0].value
    assert not [group for group in app.button_group if group.key == "petak"]
