"""A desa is clicked on a small map, from region to region, down to it."""

from collections.abc import Callable

import pytest
import streamlit as st

from dashboard import data
from dashboard.map import desa_click
from geodata.regions import Level

WAJAK = "35.07.08.2001"
AT, MAP = "klik-di-form", "peta"


class Located:
    """Boundaries of one place."""

    def locate(self, lat: float, _lng: float, level: Level) -> str | None:
        return WAJAK[: level.code_length] if lat < 0 else None


@pytest.fixture
def click(monkeypatch: pytest.MonkeyPatch) -> Callable[..., dict]:
    monkeypatch.setattr(data, "boundaries", Located)

    def click(here: str | None, level: Level, lat: float = -8.1, own: str = "35.07") -> dict:
        state = {MAP: {"last_clicked": {"lat": lat, "lng": 112.7}}}
        monkeypatch.setattr(st, "session_state", state)
        desa_click._follow(MAP, "form", AT, level, here, lambda kode: kode.startswith(own))
        del state[MAP]
        return state

    return click


def test_clicks_lead_from_provinsi_down_to_the_desa(click) -> None:
    assert click(None, Level.PROVINSI) == {AT: "35"}
    assert click("35", Level.KABUPATEN_KOTA) == {AT: "35.07"}
    assert click("35.07", Level.KECAMATAN) == {AT: "35.07.08"}
    assert click("35.07.08", Level.DESA) == {"klik-form": WAJAK}


def test_the_sea_what_is_elsewhere_and_what_one_may_not_choose_are_nothing(click) -> None:
    assert click("35.07", Level.KECAMATAN, lat=1.0) == {}
    assert click("34", Level.KABUPATEN_KOTA) == {}
    assert click("35.07.08", Level.DESA, own="35.79") == {}


def test_names_on_the_map_are_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desa_click, "region_title", lambda *_: "<b>Wajak")
    drawn = desa_click._map(data.boundaries(), "35.07.08", Level.DESA, WAJAK, "id")
    page = drawn.get_root().render()
    assert "lt;b" in page
    assert "<b>Wajak" not in page
