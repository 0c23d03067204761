"""The registry in use: the database's; the sample only where none was ever configured or made."""

from geodata.registry.database.batches import list_batches
from geodata.registry.database.connection import (
    again_if_cut,
    find_registry,
    is_configured,
    is_expected,
    sample_is_chosen,
)
from geodata.registry.database.registry_error import RegistryEmpty
from geodata.registry.database.snapshots import latest_snapshot
from geodata.registry.snapshot import Snapshot, load_sample


@again_if_cut
def load_snapshot() -> Snapshot:
    """Return the registry as it stands; read again only when its version has changed.

    Made-up data never stand in for a registry that is not to be found.

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
        return load_sample()
    registry = find_registry()
    kept = latest_snapshot(registry)
    if kept is None and not is_configured() and not list_batches(registry):
        return load_sample()  # somebody has only looked at the page Impor
    if kept is None:
        raise RegistryEmpty("registry_empty", url=registry.url)
    return kept
