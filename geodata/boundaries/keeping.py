"""What people do with the store of boundary sets, each with its line in the audit log."""

from contextlib import suppress

from geodata.boundaries import store
from geodata.boundaries.boundary_set import BoundarySet
from geodata.errors import DataFileError
from geodata.people.audit import Deed, recording


def note_import(boundaries: BoundarySet, *, who: str) -> None:
    """Note that somebody has brought a set in."""
    with recording(Deed.BATAS, who=who, new={"set": boundaries.path.name}):
        pass  # it is there: nobody writes to the registry as long as an import takes


def activate(boundaries: BoundarySet, *, who: str) -> None:
    """Make a set the one in use, as :func:`geodata.boundaries.store.activate` does."""
    old = {}
    with suppress(DataFileError):  # the one in use may be damaged, and another is chosen for that
        old = {"in_use": store.active_set().path.name}
    with recording(Deed.BATAS, who=who, old=old, new={"in_use": boundaries.path.name}):
        store.activate(boundaries)


def remove(name: str, *, who: str) -> BoundarySet:
    """Remove a set, as :func:`geodata.boundaries.store.remove` does."""
    boundaries = store.find(name)
    with recording(Deed.BATAS, who=who, old={"set": boundaries.path.name}):
        return store.remove(name)
