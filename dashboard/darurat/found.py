"""What there is in the area that the address names, made once for all who ask the same."""

from dataclasses import dataclass

from dashboard import data
from dashboard.workshop.kept import kept
from geodata.area import outlines
from geodata.area.answer import Answer, answer
from geodata.area.area import Area
from geodata.area.people import People, people_by_indicator
from geodata.area.zones import area_of
from geodata.boundaries.boundary_set import BoundarySet
from geodata.indicators import current
from geodata.registry.snapshot import KimFilter, Snapshot
from geodata.view.view import View


@dataclass(frozen=True, eq=False)
class Found:
    """An area, what there is in it, and how many people."""

    area: Area
    answer: Answer
    people: People


def found(written: str, view: View) -> Found:
    """Return what there is in the area that outlines say, as ``outlines.write`` writes them.

    Raises
    ------
    AreaError
        If an outline encloses nothing, or names what is kept no longer.
    """
    asked = written, view.lang, data.snapshot(view), view.kim_filter, data.boundaries()
    return kept(_found, *asked, current.figures().version)


def _found(
    written: str,
    lang: str,
    snapshot: Snapshot,
    kim_filter: KimFilter,
    boundaries: BoundarySet,
    _: str,
) -> Found:
    gazetteer = snapshot.gazetteer
    area = area_of(outlines.read(written, gazetteer), gazetteer, lang)
    inside = answer(area, snapshot, kim_filter, boundaries)
    people = people_by_indicator(inside.share, current.figures(), gazetteer, boundaries)
    return Found(area, inside, people)
