"""The registry in use: the database's; the sample only where none was ever configured or made."""

from datetime import date
from functools import lru_cache

import pandas as pd

from geodata.registry.database.as_of import snapshot_as_of
from geodata.registry.database.batches import list_batches
from geodata.registry.database.board import board_day, board_of_sample, read_board
from geodata.registry.database.connection import (
    again_if_cut,
    find_registry,
    is_configured,
    is_expected,
    sample_is_chosen,
)
from geodata.registry.database.registry_error import RegistryEmpty
from geodata.registry.database.snapshots import latest_snapshot
from geodata.registry.snapshot import Snapshot, load_sample, registered_by


@again_if_cut
def load_snapshot(day: date | None = None, region: str | None = None) -> Snapshot:
    """Return the registry as it stands; read again only when its version has changed.

    Made-up data never stand in for a registry that is not to be found.

    Parameters
    ----------
    day, region
        As of the end of this day, where it is ``region``: see :func:`snapshot_as_of`.

    Raises
    ------
    RegistryEmpty
        If there is a registry, or is to be one, but there are no KIM in it.
    RegistryError
        If the database cannot be reached, is damaged, or was here and is gone.
    DataFileError
        If the sample is in use and damaged.
    """
    if sample_is_chosen() or not is_expected():
        return _sample(day)
    registry = find_registry()
    kept = latest_snapshot(registry)
    if kept is None and not is_configured() and not list_batches(registry):
        return _sample(day)  # somebody has only looked at the page Impor
    if kept is None:
        raise RegistryEmpty("registry_empty", url=registry.url)
    return kept if day is None else snapshot_as_of(registry, day, region)


@lru_cache(maxsize=8)
def _sample(day: date | None) -> Snapshot:
    sample = load_sample()
    return sample if day is None else registered_by(sample, day)


def load_board() -> pd.DataFrame:
    """Return who has reported to the registry in use, up to ``board_day``: see ``read_board``.

    Raises
    ------
    PetaKimError
        As :func:`load_snapshot` does.
    """
    snapshot = load_snapshot()
    if snapshot.illustrative:
        return board_of_sample(snapshot)
    return read_board(find_registry(), snapshot.gazetteer, board_day(snapshot))
