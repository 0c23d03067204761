"""What goes into the map's page."""

import folium
import pytest
from streamlit_folium import generate_leaflet_string

from dashboard.map import layer


@pytest.mark.parametrize("name", ["KIM {% Maju", "KIM {{ 7 * 7 }}", "KIM {# Maju"])
@pytest.mark.parametrize("carrier", [layer.update, layer.FrameTitle])
def test_marks_of_a_template_in_a_name_are_text(name, carrier):
    """A list called so once took the map away from everybody."""
    drawn = folium.Map()
    drawn.add_child(carrier(name))
    drawn.get_root().render()
    assert name in generate_leaflet_string(drawn)
