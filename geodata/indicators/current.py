"""The figures in use: those that ship, and those that were brought into the registry."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache

from geodata.gazetteer import load_gazetteer
from geodata.indicators.combining import combined
from geodata.indicators.figures import Figures
from geodata.indicators.shipped import IDM_FILE, PEOPLE_FILE, shipped
from geodata.indicators.storing import given_in, version_key
from geodata.provenance import read_sidecar
from geodata.registry.database.connection import Registry, again_if_cut, registry_if_made
from geodata.registry.database.registry_error import RegistryError

_held: ContextVar[list[Figures] | None] = ContextVar("figures", default=None)


@contextmanager
def held_figures() -> Iterator[None]:
    """Within this, the figures stay those that were found when first asked for."""
    known = _held.get()
    token = _held.set([] if known is None else known)
    try:
        yield
    finally:
        _held.reset(token)


def figures() -> Figures:
    """Return the figures in use; made anew only when something was brought in or taken out.

    While the registry cannot be read they are those that ship: whatever shows KIM says so then.

    Raises
    ------
    DataFileError
        If the sidecar of a data file is missing.
    """
    held = _held.get()
    if held:
        return held[0]
    try:
        found = _in_registry()
    except RegistryError:
        found = _figures(None, None)
    if held is not None:
        held.append(found)
    return found


@again_if_cut
def _in_registry() -> Figures:
    registry = registry_if_made()
    return _figures(registry, version_key(registry) if registry else None)


@lru_cache(maxsize=3)  # those in use, those that other readers still look at, those that ship
def _figures(registry: Registry | None, key: tuple[str, int] | None) -> Figures:
    gazetteer = load_gazetteer()
    brought = given_in(registry, gazetteer) if registry and key and key[1] else []
    marks = [read_sidecar(path).sha256[:6] for path in (PEOPLE_FILE, IDM_FILE)]
    if key:
        marks.append(f"{key[0][:8]}-{key[1]}")
    return Figures(gazetteer, combined([*shipped(gazetteer), *brought]), "-".join(marks))
