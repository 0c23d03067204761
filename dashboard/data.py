"""Data access of the dashboard: one copy a process, whichever page or route asks."""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from typing import Any, TypeVar

import pandas as pd

from dashboard.workshop.kept import kept
from geodata.analysis.quality import rows_of_sample
from geodata.boundaries.boundary_set import BoundarySet
from geodata.boundaries.land import LAND_FILE
from geodata.boundaries.official_area import OFFICIAL_AREA_FILE
from geodata.boundaries.store import active_set, set_of_version
from geodata.gazetteer import CROSSWALK_FILE, REGIONS_FILE, Gazetteer, load_gazetteer
from geodata.indicators.current import figures, held_figures
from geodata.indicators.shipped import IDM_FILE, PEOPLE_FILE
from geodata.lineage.lineage import LINEAGE_FILE
from geodata.provenance import Sidecar, read_sidecar
from geodata.registry.current import load_board, load_snapshot
from geodata.registry.database.board import board_day, board_version
from geodata.registry.database.connection import Registry, open_registry
from geodata.registry.database.placement_quality import latest_quality
from geodata.registry.database.placement_quality import quality_version as quality_version_of
from geodata.registry.published import PUBLISHED_FILE
from geodata.registry.snapshot import Snapshot
from geodata.text import in_language, text
from geodata.view.view import View
from geodata.view.words import data_date_in_words

T = TypeVar("T")

_held: ContextVar[dict[Hashable, Any] | None] = ContextVar("held", default=None)


@contextmanager
def held() -> Iterator[None]:
    """Within this, registry, boundaries and indicators stay those found when first asked for.

    A page is drawn of one version of each, though somebody commits while it is being drawn.
    """
    known = _held.get()
    token = _held.set({} if known is None else known)
    try:
        with held_figures():
            yield
    finally:
        _held.reset(token)


def _first(find: Callable[..., T], *asked: Hashable) -> T:
    """Return what ``find`` returned when it was first asked so within :func:`held`."""
    known = _held.get()
    if known is None:
        return find(*asked)
    if (find, asked) not in known:
        known[find, asked] = find(*asked)
    return known[find, asked]


def gazetteer() -> Gazetteer:
    """Return the reference of regions."""
    return load_gazetteer()


def snapshot(view: View | None = None) -> Snapshot:
    """Return the registry as it stands, a new one as soon as its version has changed.

    Of a ``view`` that is of a day it is the registry as of then.
    """
    if view is None or view.day is None:
        return _first(load_snapshot)
    return _first(load_snapshot, view.day, view.region)


def registry() -> Registry:
    """Return the registry's database, which is made if there is none yet."""
    return open_registry()


def quality_rows() -> pd.DataFrame:
    """Return how each KIM was placed and what its row lacks; of the sample without the former."""
    now = snapshot()
    return rows_of_sample(now) if now.illustrative else latest_quality(registry())


def quality_version() -> Hashable:
    """Return what changes whenever :func:`quality_rows` does."""
    now = snapshot()
    return now.version if now.illustrative else quality_version_of(registry())


def board() -> pd.DataFrame:
    """Return who has reported, counted up to :func:`board_day`."""
    now = snapshot()
    version = now.version if now.illustrative else board_version(registry())
    return kept(_board, version, board_day(now))


def _board(_: Hashable, __: date) -> pd.DataFrame:
    return load_board()


def boundaries() -> BoundarySet:
    """Return the active boundary set."""
    return _first(active_set)


def boundaries_of(version: str) -> BoundarySet | None:
    """Return the boundary set of a version, in use or not: whoever shows it may go on with it."""
    now = boundaries()
    return now if now.version == version else set_of_version(version)


def versions(view: View | None = None) -> tuple[str, str, str]:
    """Return the versions of registry, boundary set and indicators: what a kept answer rests on."""
    return snapshot(view).version, boundaries().version, figures().version


def sources() -> list[Sidecar]:
    """Return where the registry comes from, and all data that ship with the app."""
    files = (
        PUBLISHED_FILE, REGIONS_FILE, CROSSWALK_FILE, LINEAGE_FILE, LAND_FILE, OFFICIAL_AREA_FILE,
        PEOPLE_FILE, IDM_FILE,
    )  # fmt: skip
    return [*snapshot().sources, *(read_sidecar(path) for path in files)]


def attribution(lang: str, *, petak: bool = False) -> str:
    """Return what the map must say of its boundaries, or of the places of Petak's squares."""
    if petak:
        return text("attribution.petak", lang)
    if boundaries().approximate:
        return f"{text('attribution.approximate', lang)} · {text('attribution.land', lang)}"
    manifest = boundaries().manifest
    return " · ".join(
        filter(None, [in_language(manifest.title, lang), manifest.vintage, manifest.licence])
    )


def notes(lang: str) -> list[str]:
    """Return what is to be said of figures and boundaries that somebody takes away."""
    now = snapshot()
    return [
        f"{data_date_in_words(now, lang)}.",
        *([text("app.illustrative", lang)] if now.illustrative else []),
        *([text("app.approximate", lang)] if boundaries().approximate else []),
    ]
