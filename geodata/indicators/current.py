"""The figures in use: those that ship, and those that were brought into the registry."""

from functools import lru_cache

from geodata.gazetteer import load_gazetteer
from geodata.indicators.combining import combined
from geodata.indicators.figures import Figures
from geodata.indicators.shipped import IDM_FILE, PEOPLE_FILE, shipped
from geodata.indicators.storing import given_in, version_key
from geodata.provenance import read_sidecar
from geodata.registry.database.connection import Registry, again_if_cut, registry_if_made


@again_if_cut
def figures() -> Figures:
    """Return the figures in use; made anew only when something was brought in or taken out.

    Raises
    ------
    DataFileError
        If the sidecar of a data file is missing.
    RegistryError
        If the registry cannot be read.
    """
    registry = registry_if_made()
    return _figures(registry, version_key(registry) if registry else None)


@lru_cache(maxsize=2)  # those in use, and those that other readers still look at
def _figures(registry: Registry | None, key: tuple[str, int] | None) -> Figures:
    gazetteer = load_gazetteer()
    brought = given_in(registry, gazetteer) if registry else []
    marks = [read_sidecar(path).sha256[:6] for path in (PEOPLE_FILE, IDM_FILE)]
    if key:
        marks.append(f"{key[0][:8]}-{key[1]}")
    return Figures(gazetteer, combined([*shipped(gazetteer), *brought]), "-".join(marks))
