"""The registry in use: that of the database once a batch is in it, else the sample."""

from geodata.registry.database.connection import exists, open_registry, registry_url
from geodata.registry.database.snapshots import latest_snapshot
from geodata.registry.snapshot import Snapshot, load_sample


def load_snapshot() -> Snapshot:
    """Return the registry as it stands; read again only when its version has changed.

    Raises
    ------
    RegistryError
        If the database cannot be reached.
    DataFileError
        If the sample is in use and damaged.
    """
    url = registry_url()
    kept = latest_snapshot(open_registry(url)) if exists(url) else None
    return kept or load_sample()
