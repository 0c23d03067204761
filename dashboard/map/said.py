"""What a map says besides its figures: its region, what is counted, whose boundaries these are."""

from typing import Any

from dashboard import data
from dashboard.addresses import points_address
from geodata.text import text
from geodata.view.choropleth import Choropleth
from geodata.view.conditions import conditions_in_words
from geodata.view.view import View
from geodata.view.words import data_date_in_words, filter_in_words, level_name, region_title


def said_of(shown: Choropleth) -> dict[str, Any]:
    """Return what ``choropleth_payload`` is told of ``shown`` besides itself."""
    view, boundaries = shown.view, data.boundaries()
    points = view.points and not view.petak
    return {
        "region": region_title(data.gazetteer(), view.scope, view.lang),
        "attribution": data.attribution(view.lang, petak=view.petak),
        "about": about(view),
        "marks": boundaries.manifest.marks > 0 and not view.petak,
        "points": points_address(view, data.snapshot(view).version) if points else None,
    }


def about(view: View) -> str:
    """Say by what level, what is counted, and how new and how exact it is."""
    lang, snapshot = view.lang, data.snapshot(view)
    approximate = data.boundaries().approximate and not view.petak
    parts = (
        text("map.by_level", lang, tingkat=level_name(view.shown_level, lang)),
        filter_in_words(view.kim_filter, lang),
        conditions_in_words(view.conditions, view.shown_level, lang),
        data_date_in_words(snapshot, lang),
        text("app.sample", lang) if snapshot.illustrative else "",
        text("attribution.approximate", lang) if approximate else "",
    )
    return " · ".join(filter(None, parts))
