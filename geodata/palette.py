"""Colours of the map: ColorBrewer's sequential and diverging schemes, safe for the colour-blind.

Source: Harrower and Brewer (2003), ColorBrewer.org, as packaged in branca.
"""

from branca.utilities import color_brewer

from geodata.analysis.classes import Classification
from geodata.regions import Level

SEA = "#dbe7ee"
LAND = "#eef0f1"
ZERO = "#ffffff"
NO_DATA = "#8e979e"
CHOSEN = "#b5179e"
BORDERS = {
    Level.PROVINSI: "#4a5560",
    Level.KABUPATEN_KOTA: "#5f6b76",
    Level.KECAMATAN: "#77828c",
    Level.DESA: "#8a949d",
}

_SCHEME: dict[str, str] = {
    "jumlah_kim": "YlGnBu",
    "cakupan": "YlOrBr",
    "kim_per_100_desa": "BuPu",
    "cakupan_eb": "YlGn",
    "jarak_rata_km": "OrRd",
}
# RdYlBu: low is blue, high is red, and what stands out from its neighbours is paler.
CATEGORIES = {
    "rendah_rendah": "#2c7bb6",
    "rendah_tinggi": "#abd9e9",
    "tinggi_rendah": "#fdae61",
    "tinggi_tinggi": "#d7191c",
    "titik_dingin": "#2c7bb6",
    "titik_panas": "#d7191c",
    "tidak_nyata": "#f7f4e6",
    "tanpa_tetangga": "#c2b5cf",
}
_PALEST_LEFT_OUT = 2
_FEWEST, _MOST = 3, 9


def fills(metric: str, classification: Classification) -> list[str]:
    """Return a colour for each class of ``metric``."""
    if classification.categories:
        return [CATEGORIES[name] for name in classification.categories]
    return ramp(metric, len(classification.counts))


def ramp(metric: str, classes: int) -> list[str]:
    """Return ``classes`` colours from light to dark; the palest of the scheme look like zero."""
    size = min(max(classes + _PALEST_LEFT_OUT, _FEWEST), _MOST)
    colours = color_brewer(_SCHEME[metric], n=size)
    return colours[len(colours) - classes :] if classes else []
