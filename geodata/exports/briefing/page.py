"""A briefing as one HTML file: an interactive map and all tables, without any request.

Leaflet and the shapes stand in the file itself. Its content policy forbids the browser to fetch
anything, whatever a name may hold.
"""

import json
import re
from dataclasses import astuple
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from geodata.errors import DataFileError
from geodata.exports.briefing.model import Briefing
from geodata.exports.briefing.shapes import GRID, compact
from geodata.folders import DATA_DIR
from geodata.regions import Level
from geodata.text import number, text
from geodata.view import palette

_TEMPLATES = Path(__file__).parent / "templates"
STYLE = _TEMPLATES / "page.css"
_LEAFLET = DATA_DIR.parent / "node_modules" / "leaflet" / "dist"
_SHAPES_AT_MOST = 3_200_000  # characters, which leaves a file of less than 5 MB


def to_html(briefing: Briefing) -> bytes:
    """Return a briefing as HTML.

    Raises
    ------
    DataFileError
        If Leaflet is not installed.
    """
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES), autoescape=True, undefined=StrictUndefined
    )
    page = environment.get_template("page.html").render(
        briefing=briefing,
        lang=briefing.lang,
        text=text,
        number=number,
        data=_in_script(_map_data(briefing)),
        leaflet_script=Markup(_asset("leaflet.js")),
        # Its pictures are for controls that the page does not have.
        leaflet_style=Markup(re.sub(r"url\([^)]*\)", "none", _asset("leaflet.css"))),
        script=Markup((_TEMPLATES / "page.js").read_text(encoding="utf-8")),
        style=Markup(STYLE.read_text(encoding="utf-8")),
    )
    return page.encode("utf-8")


def _asset(name: str) -> str:
    try:
        return (_LEAFLET / name).read_text(encoding="utf-8").partition("//# sourceMapping")[0]
    except OSError as error:
        raise DataFileError("asset_missing", file=name) from error


def _map_data(briefing: Briefing) -> str:
    shapes = compact(
        [layer.regions.geometry.to_numpy() for layer in briefing.layers], _SHAPES_AT_MOST
    )
    layers = []
    for layer, written in zip(briefing.layers, shapes, strict=True):
        columns = (layer.regions["kode"], layer.regions["nama"], layer.regions["fill"])
        rows = zip(*columns, layer.regions["line"], written, strict=True)
        regions = ",\n".join(
            f"[{json.dumps([kode, nama, fill, line], ensure_ascii=False)[1:-1]},{shape}]"
            for kode, nama, fill, line, shape in rows
        )
        layers.append(f'{{"regions":[{regions}]}}')
    sites = json.dumps([astuple(site) for site in briefing.sites], ensure_ascii=False)
    colours = json.dumps(
        {
            "border": palette.BORDERS[Level.KABUPATEN_KOTA],
            "chosen": palette.CHOSEN,
            "hatched": palette.NOT_REPORTED,
        }
    )
    drawn = f'"grid":{GRID},"drawn":{briefing.drawn},"colours":{colours},"sites":{sites}'
    return f'{{{drawn},"layers":[{",".join(layers)}]}}'


def _in_script(data: str) -> Markup:
    """Return JSON that cannot end the script element it stands in."""
    return Markup(data.replace("<", "\\u003c").replace("\u2028", " ").replace("\u2029", " "))
