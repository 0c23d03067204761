"""The map of the page Perkembangan: the change of every region, diverging around none."""

from dataclasses import replace
from datetime import date

from streamlit_folium import st_folium

from dashboard import data
from dashboard.map import layer
from geodata.analysis.change import Development
from geodata.view.change_map import change_payload
from geodata.view.change_words import days_in_words
from geodata.view.view import View
from geodata.view.words import region_title


def draw(view: View, development: Development, days: tuple[date, date]) -> None:
    """Draw the regions of the view's level by how many KIM more or fewer they have."""
    view = replace(view, petak=False)
    lang, scope, boundaries = view.lang, view.scope, data.boundaries()
    far = development.by_region(view.far_level, scope) if view.far_level else None
    shown = change_payload(
        view,
        development.by_region(view.shown_level, scope),
        far,
        about=days_in_words(days, lang),
        bounds=boundaries.bounds(scope),
        region=region_title(data.gazetteer(), scope, lang),
        attribution=data.attribution(lang),
    )
    st_folium(
        layer.base_map(boundaries),
        key="peta-perkembangan",
        height=layer.HEIGHT_PX,
        use_container_width=True,
        returned_objects=[],
        feature_group_to_add=layer.update(layer.showing(shown)),
    )
