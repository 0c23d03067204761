"""Colours of the map: ColorBrewer's sequential and diverging schemes, safe for the colour-blind.

Source: Harrower and Brewer (2003), ColorBrewer.org, as packaged in branca. Which scheme a metric
has stands in its record (``metrics``).
"""

from branca.utilities import color_brewer

from geodata.regions import Level

SEA = "#dbe7ee"
LAND = "#eef0f1"
ZERO = "#ffffff"
NO_DATA = "#8e979e"
LEFT_OUT = LAND
"""Of regions that do not meet the conditions: as if they were not there."""
NOT_REPORTED = "#e9e4d6"
"""Below lines, which say more than the colour."""
HATCH_PX = 12
"""From one of these lines to the next, on the map."""
CHOSEN = "#b5179e"
FOCUSED = "#14323d"
"""Of the region that the keyboard is at."""
BORDERS = {
    Level.PROVINSI: "#4a5560",
    Level.KABUPATEN_KOTA: "#5f6b76",
    Level.KECAMATAN: "#77828c",
    Level.DESA: "#8a949d",
}

_PALEST_LEFT_OUT = 2
_FEWEST, _MOST = 3, 9


def ramp(scheme: str, classes: int) -> tuple[str, ...]:
    """Return ``classes`` colours from light to dark; the palest of ``scheme`` look like zero.

    Of more than seven there are colours between those of the scheme.
    """
    size = max(classes + _PALEST_LEFT_OUT, _FEWEST)
    colours = color_brewer(scheme, n=size)
    return tuple(colours[len(colours) - classes :]) if classes else ()


def diverging(scheme: str, classes: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return ``classes`` colours for less and as many for more, each from light to dark.

    The middle of ``scheme`` looks like zero, which is a class of its own, so it is left out.
    """
    colours = color_brewer(scheme, n=_MOST)
    half = _MOST // 2 - 1  # the palest of either side looks like zero, too
    less, more = colours[:half][::-1], colours[-half:]
    return tuple(less[half - classes :]), tuple(more[half - classes :])
