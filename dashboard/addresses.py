"""Where things are served. Nothing here serves anything, so whatever draws may import it."""

from dataclasses import dataclass, replace

import streamlit as st

from geodata.boundaries.boundary_set import BoundarySet
from geodata.boundaries.petak.tilesets import petak_version
from geodata.boundaries.set_manifest import tiles_file
from geodata.exports.decks import slug
from geodata.regions import Level
from geodata.search.question import LONGEST
from geodata.view.address import VIEW, Part, flag, link, simple_parameter
from geodata.view.view import View

API = "/api/v1"
ASSETS = "/aset"
BOUNDARIES = "/batas"
CATALOGUE = "/katalog.jsonld"
FEED = "/umpan.atom"
HEALTH = "/sehat"
METERS = "/metrics"
PETAK = "/petak"
LIGHT = "/lihat"
OGC = "/ogc"
POINTS = "/titik"
PRESENTATION = "/paparan"
PREVIEW = "/pratinjau.png"
SEARCH = "/cari.json"
TILES = "/ubin"

# A cookie of whoever comes back from the provider of sign-in without having signed in.
NOT_SIGNED_IN = "peta_kim_belum_masuk"


@dataclass(frozen=True)
class Presenting:
    """How a presentation is asked for: to be looked at or saved, with speaker notes or not."""

    save: bool = False
    notes: bool = False


PRESENTING: Part[Presenting] = Part(Presenting(), flag("unduh", "save"), flag("catatan", "notes"))


@dataclass(frozen=True)
class Asking:
    """What the search is asked."""

    query: str = ""


ASKING: Part[Asking] = Part(
    Asking(), replace(simple_parameter("q", str, str, "query"), longest=LONGEST)
)


@dataclass(frozen=True)
class WithKey:
    """What a link to data gives to programs with a key alone: the columns that tell of persons."""

    personal: bool = False


WITH_KEY: Part[WithKey] = Part(WithKey(), flag("pribadi", "personal"))


def base_path() -> str:
    """Return the path below which everything is served: ``/kim``, or nothing at the root."""
    path = (st.get_option("server.baseUrlPath") or "").strip("/")
    return f"/{path}" if path else ""


def below(path: str) -> str:
    """Return the address of ``path`` (which begins with a slash) on this server."""
    return base_path() + path


def tiles_address(boundaries: BoundarySet, level: Level) -> str:
    """Return where the tileset of a level of ``boundaries`` is served."""
    return below(f"{BOUNDARIES}/{boundaries.version}/{tiles_file(level)}")


def shapes_address(boundaries: BoundarySet) -> str:
    """Return below which address the polygons of ``boundaries`` are served as GeoJSON."""
    return below(f"{BOUNDARIES}/{boundaries.version}")


def petak_address() -> str:
    """Return below which address Petak's tilesets and squares are served."""
    return below(f"{PETAK}/{petak_version()}")


def points_address(view: View, version: str) -> str:
    """Return where the KIM of ``view`` are served as points; it changes with the registry."""
    shown = View(view.scope, kim_filter=view.kim_filter, day=view.day)
    return link(below(f"{POINTS}/{version}.json"), VIEW.write(shown))


def search_address(lang: str) -> str:
    """Return where the search answers in ``lang``; what is asked (``ASKING``) is added to it."""
    return link(below(SEARCH), VIEW.write(View(lang=lang)))


def light_address(view: View) -> str:
    """Return where ``view`` is served as a plain page, light enough for a hall full of phones."""
    return link(below(LIGHT), VIEW.write(view))


def answer_address(mark: str, view: View) -> str:
    """Return where the light view asks for ``view``; ``mark`` names the data of now."""
    return link(below(f"{LIGHT}/data/{mark}.json"), VIEW.write(view))


def feed_address(view: View) -> str:
    """Return where the changes of the region of ``view`` are served as a feed."""
    return link(below(FEED), VIEW.write(View(view.region, lang=view.lang)))


def slide_address(view: View) -> str:
    """Return where ``view`` is served as a slide."""
    return link(below(f"{PRESENTATION}/tampilan.html"), VIEW.write(view))


def view_address(view: View) -> str:
    """Return where ``view`` is looked at on the map."""
    return link(below("/"), VIEW.write(view))


def deck_address(name: str, lang: str, *, save: bool = False, notes: bool = False) -> str:
    """Return where the deck ``name`` is served as a presentation: see :class:`Presenting`."""
    params = VIEW.write(View(lang=lang)) | PRESENTING.write(Presenting(save, notes))
    return link(below(f"{PRESENTATION}/dek/{slug(name)}.html"), params)
