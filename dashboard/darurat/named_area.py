"""What the page Darurat keeps in the address beside the view: its area, and how one is named."""

from dataclasses import dataclass, replace

from dashboard.frame import state
from geodata.area import outlines
from geodata.area.area_error import AreaError
from geodata.area.outlines import Outline
from geodata.gazetteer import Gazetteer
from geodata.view import address

WAYS = ("titik", "gambar", "daftar", "berkas")


@dataclass(frozen=True)
class NamedArea:
    """The outlines of the area, and the way in which the next one is named, of ``WAYS``."""

    daerah: tuple[Outline, ...] = ()
    cara: str = "titik"


def _read(area: NamedArea, written: str, gazetteer: Gazetteer) -> NamedArea:
    return replace(area, daerah=outlines.read(written, gazetteer))


EMERGENCY: address.Part[NamedArea] = address.Part(
    NamedArea(),
    address.Parameter("daerah", _read, lambda area: outlines.write(area.daerah)),
    address.choice_parameter("cara", WAYS),
)


def add(*further: Outline) -> None:
    """Add outlines to the area that the address names; for callbacks.

    Raises
    ------
    AreaError
        If there are too many, or the address becomes too long.
    """
    now = state.own(EMERGENCY)
    daerah = tuple(dict.fromkeys((*now.daerah, *further)))
    if len(daerah) > outlines.MOST_OUTLINES:
        raise AreaError("area_outlines", limit=outlines.MOST_OUTLINES)
    if len(outlines.write(daerah)) > address.LONGEST_VALUE:
        raise AreaError("area_long")
    state.set_own(EMERGENCY, replace(now, daerah=daerah))


def remove(outline: Outline) -> None:
    """Take an outline out of the area; for callbacks."""
    now = state.own(EMERGENCY)
    rest = tuple(it for it in now.daerah if it != outline)
    state.set_own(EMERGENCY, replace(now, daerah=rest))


def clear() -> None:
    """Take all out of the area; for callbacks."""
    state.set_own(EMERGENCY, replace(state.own(EMERGENCY), daerah=()))
