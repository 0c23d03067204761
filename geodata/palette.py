"""Colours of the map. Ramps are ColorBrewer's sequential schemes, safe for colour-blind readers.

Source: Harrower and Brewer (2003), ColorBrewer.org, as packaged in branca.
"""

from branca.utilities import color_brewer

from geodata.analysis.metrics import Metric

SEA = "#dbe7ee"
LAND = "#eef0f1"
ZERO = "#ffffff"
NO_DATA = "#8e979e"

_SCHEME: dict[Metric, str] = {
    "jumlah_kim": "YlGnBu",
    "cakupan": "YlOrBr",
    "kim_per_100_desa": "BuPu",
}
_PALEST_LEFT_OUT = 2
_FEWEST, _MOST = 3, 9


def ramp(metric: Metric, classes: int) -> list[str]:
    """Return ``classes`` colours from light to dark; the palest of the scheme look like zero."""
    size = min(max(classes + _PALEST_LEFT_OUT, _FEWEST), _MOST)
    colours = color_brewer(_SCHEME[metric], n=size)
    return colours[len(colours) - classes :] if classes else []
