"""The folium map: mounted once with a script that never changes, then only told what to show."""

import json
from typing import Any

import folium
from branca.element import MacroElement
from folium.template import Template

from dashboard import assets
from dashboard.addresses import petak_address, shapes_address, tiles_address
from geodata.boundaries.boundary_set import BoundarySet, Bounds
from geodata.boundaries.petak.squares import EXTENT
from geodata.boundaries.tiles import MARKS_LAYER
from geodata.regions import LEVELS
from geodata.view.palette import BORDERS, CHOSEN, FOCUSED, LAND, SEA, ZERO
from geodata.view.payload import Payload

HEIGHT_PX = 560
_MIDDLE_OF_INDONESIA = (-2.3, 118.0)
OPTIONS = {
    "keyboard": False,  # arrows go from region to region: see `keyboard.js`
    "zoom_snap": 0.25,
    "zoom_delta": 1,
    "wheel_px_per_zoom_level": 120,
    "min_zoom": 3,
    "max_zoom": 15,
}
"""Leaflet's options of the map, as folium writes their names."""
_NEAR_ZOOM = 8  # Leaflet's, from which all of the country's desa are drawn; see the payload's `far`


class _Script(MacroElement):
    """A script on a map, which ``st_folium`` takes as it is.

    Folium would compile it as a template, at every change, and a name with a template's marks in it
    would be one.
    """

    def render(self, **_: object) -> str:
        """Leave nothing to folium's own page."""
        return ""


class _Mount(_Script):
    """Puts the choropleth on the map; part of the main script."""

    _template = Template(
        "{% macro script(this, kwargs) %}"
        "PetaKim.mount({{ this._parent.get_name() }}, {{ this.config }});"
        "{% endmacro %}"
    )

    def __init__(self, config: dict[str, Any]) -> None:
        super().__init__()
        self._name = "Mount"
        self.config = json.dumps(config)


class _Show(_Script):
    """Tells the mounted choropleth what to show; sent with every change."""

    _template = Template("{% macro script(this, kwargs) %}{{ this.script }}{% endmacro %}")

    def __init__(self, script: str) -> None:
        super().__init__()
        self._name = "Show"
        self.script = script


class FrameTitle(_Script):
    """Names the frame that a map stands in, for screen readers."""

    _template = Template(
        "{% macro script(this, kwargs) %}"
        "window.frameElement?.setAttribute('title', {{ this.title }});"
        "{% endmacro %}"
    )

    def __init__(self, title: str) -> None:
        super().__init__()
        self._name = "FrameTitle"
        self.title = _in_script(title)


def _in_script(value: object) -> str:
    """Return a value as JavaScript has it; no name in it ends the script that it stands in."""
    written = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return written.replace("<", "\\u003c")


def base_map(boundaries: BoundarySet) -> folium.Map:
    """Return the map that stays mounted as long as ``boundaries`` are in use."""
    base = folium.Map(
        location=_MIDDLE_OF_INDONESIA,
        tiles=None,
        zoom_start=5,
        control_scale=True,
        zoom_control="topright",
    )
    base.options.update(OPTIONS)
    base.default_js = assets.links(".js")
    base.default_css = assets.links(".css")
    base.add_child(_Mount(configuration(boundaries, petak_address())))
    return base


def configuration(boundaries: BoundarySet, petak_served: str) -> dict[str, Any]:
    """Return what the scripts are told once: ``Config`` in ``map/scripts/contract.js``.

    Parameters
    ----------
    petak_served
        Below which address Petak is served.
    """
    return {
        "tiles": {level.value: tiles_address(boundaries, level) for level in LEVELS},
        "shapes": shapes_address(boundaries),
        "digits": {level.value: level.digits for level in LEVELS},
        "marks": MARKS_LAYER if boundaries.manifest.marks > 0 else None,
        "nearZoom": _NEAR_ZOOM,
        "extent": _corners(boundaries.bounds(None)),
        "petak": {"served": petak_served, "extent": _corners(EXTENT)},
        "colours": {
            "sea": SEA,
            "land": LAND,
            "zero": ZERO,
            "chosen": CHOSEN,
            "focused": FOCUSED,
            "borders": {level.value: colour for level, colour in BORDERS.items()},
        },
    }


def _corners(bounds: Bounds) -> list[list[float]]:
    south, west, north, east = bounds
    return [[south, west], [north, east]]


def showing(payload: Payload) -> str:
    """Return the script that has the map show ``payload``."""
    return f"PetaKim.show({_in_script(payload)});"


def update(script: str) -> folium.FeatureGroup:
    """Return what carries ``script`` to the mounted map."""
    group = folium.FeatureGroup(name="view", control=False)
    group.add_child(_Show(script))
    return group
