"""The browser assets: pinned npm packages and our own scripts, served by the app itself."""

import hashlib
from collections.abc import Callable
from functools import cache
from pathlib import Path

from dashboard import fonts
from dashboard.addresses import ASSETS, below
from dashboard.map import script
from geodata.errors import DataFileError

_ROOT = Path(__file__).resolve().parent.parent
_NPM = _ROOT / "node_modules"

_OF_THE_MAP: dict[str, Path] = {
    "leaflet.js": _NPM / "leaflet/dist/leaflet.js",
    "leaflet.css": _NPM / "leaflet/dist/leaflet.css",
    "maplibre-gl.js": _NPM / "maplibre-gl/dist/maplibre-gl.js",
    "maplibre-gl.css": _NPM / "maplibre-gl/dist/maplibre-gl.css",
    "maplibre-gl-leaflet.js": _NPM / "@maplibre/maplibre-gl-leaflet/leaflet-maplibre-gl.js",
    "pmtiles.js": _NPM / "pmtiles/dist/pmtiles.js",
    "markercluster.js": _NPM / "leaflet.markercluster/dist/leaflet.markercluster.js",
    "markercluster.css": _NPM / "leaflet.markercluster/dist/MarkerCluster.css",
    "choropleth.js": script.ENTRY,
    "choropleth.css": script.SCRIPTS.parent / "choropleth.css",
}
ICON, LIGHT, LIGHT_STYLE = "icon.svg", "light.js", "lihat.css"
ICONS, LETTERS, STREAMLIT = "icons.woff2", "letters.woff2", "streamlit.css"
CONNECTION, EARLY, LANGUAGE, MEND, TOUR, WIDGET_WORDS = _OF_THE_FRAME = (
    "connection.js",
    "early.js",
    "language.js",
    "mend.js",
    "tour.js",
    "widget_words.js",
)
FILES = {
    **_OF_THE_MAP,
    **{name: _ROOT / "dashboard/frame" / name for name in _OF_THE_FRAME},
    ICON: _ROOT / "dashboard/frame/icon.svg",
    LIGHT: _ROOT / "dashboard/lihat/scripts/light.js",
    LIGHT_STYLE: _ROOT / "dashboard/lihat/lihat.css",
    ICONS: fonts.file("MaterialSymbols-Rounded"),
    LETTERS: fonts.file("SourceSansVF-Upright"),
    STREAMLIT: fonts.STYLE,
}
"""What the browser may ask for, in the order in which scripts must load. Nothing else is served.

Scripts of several modules are named by the first, and served with those that this one imports.
Fonts are cut down to what is used of them, and Streamlit's style names these.
"""
_MADE: dict[str, Callable[[Path], bytes]] = {
    "choropleth.js": lambda entry: script.joined(entry).encode(),
    LIGHT: lambda entry: script.joined(entry).encode(),
    ICONS: fonts.icons,
    LETTERS: fonts.letters,
    STREAMLIT: lambda style: fonts.naming(style, address(ICONS), address(LETTERS)),
}


def links(ending: str) -> list[tuple[str, str]]:
    """Return (name, address) of the map's scripts (``.js``) or styles (``.css``) for folium."""
    return [(name, address(name)) for name in _OF_THE_MAP if name.endswith(ending)]


def address(name: str) -> str:
    """Return where the asset ``name`` of :data:`FILES` is served: elsewhere once it is another."""
    return below(f"{ASSETS}/{mark(name)}/{name}")


@cache
def mark(name: str) -> str:
    """Return what tells the content of the asset ``name`` from what it was, or will be."""
    return hashlib.sha256(content(name)).hexdigest()[:12]


@cache
def content(name: str) -> bytes:
    """Return what the asset ``name`` of :data:`FILES` holds; it is read once."""
    return _MADE.get(name, Path.read_bytes)(FILES[name])


def check() -> None:
    """Make sure that every asset is installed.

    Raises
    ------
    DataFileError
        Naming the first one that is missing.
    """
    for name, path in FILES.items():
        if not path.is_file():
            raise DataFileError("asset_missing", file=name)
