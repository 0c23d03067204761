"""The atlas: a deck of slides for each region of a level, with a page for each of its parts.

A deck carries a mark of what it was made from, so that a run that was stopped goes on where it
was: decks with the same mark are left as they are.
"""

import hashlib
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from geodata.boundaries.boundary_set import BoundarySet
from geodata.errors import SelectionError
from geodata.exports.briefing.compose import make_briefing
from geodata.exports.briefing.model import Briefing
from geodata.exports.briefing.pack import write_file
from geodata.exports.briefing.powerpoint import to_atlas
from geodata.progress import Report
from geodata.provenance import Sidecar
from geodata.regions import Level, level_of
from geodata.registry.snapshot import Snapshot
from geodata.view.view import View

ATLAS_LEVELS = (Level.PROVINSI, Level.KABUPATEN_KOTA)
"""Levels whose regions have parts that can be drawn."""


def write_atlas(
    snapshot: Snapshot,
    boundaries: BoundarySet,
    view: View,
    sources: Sequence[Sidecar],
    level: Level,
    folder: Path,
    report: Report,
) -> tuple[list[Path], list[Path]]:
    """Write ``atlas-<code>.pptx`` into ``folder`` for each region of ``level`` in ``view.region``.

    Parameters
    ----------
    view
        ``view.level`` is not used: a map shows what lies right below its region.
    sources
        Sidecars of the data that the figures rest on.
    level
        One of :data:`ATLAS_LEVELS`.

    Returns
    -------
    The decks written, and those that were complete already.

    Raises
    ------
    RegionError
        If the gazetteer has no region ``view.region``.
    SelectionError
        If ``level`` is no level of an atlas, or lies above ``view.region``.
    DataFileError
        If a deck cannot be written.
    """
    gazetteer = snapshot.gazetteer
    if level not in ATLAS_LEVELS or (view.region and level_of(view.region).is_below(level)):
        raise SelectionError("atlas_level", level=level, region=view.region or "Indonesia")
    codes = gazetteer.codes(level)[gazetteer.within(level, view.region)].tolist()
    written: list[Path] = []
    kept: list[Path] = []
    for done, code in enumerate(codes):
        report("Atlas", done / len(codes))
        path = folder / f"atlas-{code}.pptx"
        own = replace(view, region=code, level=None)
        mark = _mark(snapshot, boundaries, own)
        if _is_complete(path, mark):
            kept.append(path)
            continue
        whole = make_briefing(snapshot, boundaries, own, sources)
        parts = _parts(snapshot, boundaries, own, sources)
        written.append(write_file(path, to_atlas(whole, parts, mark)))
    report("Atlas", 1.0)
    return written, kept


def _parts(
    snapshot: Snapshot, boundaries: BoundarySet, view: View, sources: Sequence[Sidecar]
) -> Iterator[Briefing]:
    assert view.region is not None
    level = level_of(view.region).child
    assert level is not None
    gazetteer = snapshot.gazetteer
    for code in gazetteer.codes(level)[gazetteer.within(level, view.region)].tolist():
        yield make_briefing(snapshot, boundaries, replace(view, region=code), sources)


def _mark(snapshot: Snapshot, boundaries: BoundarySet, view: View) -> str:
    """Return what tells decks apart that were made from other data or for another view."""
    made_of = (
        snapshot.version,
        snapshot.gazetteer.version,
        boundaries.name,
        boundaries.version,
        view,
    )
    return hashlib.sha256(repr(made_of).encode()).hexdigest()


def _is_complete(path: Path, mark: str) -> bool:
    try:
        with zipfile.ZipFile(path) as deck:
            return mark.encode() in deck.read("docProps/core.xml")
    except (OSError, KeyError, zipfile.BadZipFile):
        return False
