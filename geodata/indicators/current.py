"""The figures in use: those that ship."""

from functools import cache

from geodata.gazetteer import load_gazetteer
from geodata.indicators.figures import Figures
from geodata.indicators.shipped import IDM_FILE, PEOPLE_FILE, shipped
from geodata.provenance import read_sidecar


@cache
def figures() -> Figures:
    """Return the figures in use, read once.

    Raises
    ------
    DataFileError
        If the sidecar of a data file is missing.
    """
    gazetteer = load_gazetteer()
    marks = (read_sidecar(path).sha256[:6] for path in (PEOPLE_FILE, IDM_FILE))
    return Figures(gazetteer, shipped(gazetteer), "".join(marks))
