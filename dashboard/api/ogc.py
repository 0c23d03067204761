"""OGC API - Features: what there is. Part 1: Core (17-069r4), Part 2: CRS by reference (18-058r1).

The features themselves are handed out by :mod:`dashboard.api.items`.
"""

import json
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from dashboard import data
from dashboard.addresses import CATALOGUE, OGC, TILES
from dashboard.api import page
from dashboard.api.asked import FORM, HTML, JSON, Form, asked_of
from dashboard.api.links import Link, a_link, here, there
from dashboard.api.operation import Operation, reply
from dashboard.api.page import Cell, Table, wants_html
from geodata.features.collection import COLLECTIONS, Collection
from geodata.features.geojson import CRS, CRS84
from geodata.text import text
from geodata.view.address import read_language

GEOJSON = "application/geo+json"
OPENAPI = "application/vnd.oai.openapi+json;version=3.0"
_JSON = "application/json"
_CORE, _BY_REFERENCE = (
    f"http://www.opengis.net/spec/ogcapi-features-{part}/1.0/conf" for part in (1, 2)
)
CONFORMS = (
    *(f"{_CORE}/{kind}" for kind in ("core", "oas30", "html", "geojson")),
    f"{_BY_REFERENCE}/crs",
)


def beside(request: Request) -> list[Link]:
    """Return the links of an answer to itself and to the same in the other form."""
    return [
        a_link("self", here(request, FORM, Form(JSON)), _JSON),
        a_link("alternate", here(request, FORM, Form(HTML)), "text/html"),
    ]


def above(request: Request, *collections: Collection) -> list[tuple[str, str]]:
    """Return words and addresses of the pages above one."""
    lang = read_language(request.query_params)
    return [
        (text("app.title", lang), there(request, "/")),
        (text("api.title.ogc", lang), there(request, OGC, FORM.write(Form(HTML)))),
        *((it.title(lang), _address(request, it, HTML)) for it in collections),
    ]


def as_json(request: Request, body: dict[str, Any]) -> Response:
    """Return a small answer."""
    return reply(request, json.dumps(body, ensure_ascii=False).encode(), _JSON)


async def landing(request: Request) -> Response:
    """Answer what this interface is, and what it leads to."""
    lang, form = read_language(request.query_params), asked_of(FORM, request.query_params)
    title, about = text("api.title.ogc", lang), text("api.about.ogc", lang)
    leads = {
        "service-desc": ("/api", OPENAPI, JSON, text("api.openapi", lang)),
        "service-doc": ("/api", "text/html", HTML, text("api.documentation", lang)),
        "conformance": ("/conformance", _JSON, "", text("api.conformance", lang)),
        "data": ("/collections", _JSON, "", text("api.collections", lang)),
    }
    if wants_html(request, form):
        shown = [
            (words, there(request, OGC + path, FORM.write(Form(which or HTML))))
            for path, _, which, words in leads.values()
        ]
        catalogue = text("api.catalogue", lang), there(request, CATALOGUE)
        leading = [*shown, catalogue]
        body = page.page(request, title, [about], above=above(request)[:1], leads=leading)
        return reply(request, body, page.MEDIA_TYPE)
    links = [
        a_link(rel, there(request, OGC + path, FORM.write(Form(which))), kind, words)
        for rel, (path, kind, which, words) in leads.items()
    ]
    links.append(a_link("describedby", there(request, CATALOGUE), "application/ld+json"))
    return as_json(
        request, {"title": title, "description": about, "links": [*beside(request), *links]}
    )


async def conformance(request: Request) -> Response:
    """Answer which requirements this interface meets."""
    lang, form = read_language(request.query_params), asked_of(FORM, request.query_params)
    if not wants_html(request, form):
        return as_json(request, {"conformsTo": CONFORMS})
    title = text("api.conformance", lang)
    table = Table(title, [text("api.column.address", lang)], [[name] for name in CONFORMS])
    body = page.page(request, title, [], above=above(request), tables=[table])
    return reply(request, body, page.MEDIA_TYPE)


async def collections(request: Request) -> Response:
    """Answer which collections there are."""
    lang, form = read_language(request.query_params), asked_of(FORM, request.query_params)
    if wants_html(request, form):
        title = text("api.collections", lang)
        rows: list[list[Cell]] = [
            [(it.title(lang), _address(request, it, HTML)), it.about(lang)]
            for it in COLLECTIONS.values()
        ]
        headings = [text(f"api.column.{name}", lang) for name in ("collection", "about")]
        table = Table(title, headings, rows)
        body = page.page(request, title, [], above=above(request), tables=[table])
        return reply(request, body, page.MEDIA_TYPE)
    listed = [
        await run_in_threadpool(_described, request, collection)
        for collection in COLLECTIONS.values()
    ]
    return as_json(request, {"links": beside(request), "crs": CRS, "collections": listed})


async def collection(request: Request, asked: Collection) -> Response:
    """Answer what a collection is."""
    lang, form = read_language(request.query_params), asked_of(FORM, request.query_params)
    described = await run_in_threadpool(_described, request, asked)
    if not wants_html(request, form):
        return as_json(request, {**described, "links": [*beside(request), *described["links"]]})
    leads = [
        (text(f"api.leads.{name}", lang), there(request, _path(asked) + path, FORM.write(Form(f))))
        for name, path, f in (("items", "/items", HTML), ("geojson", "/items", JSON))
    ]
    about = [asked.about(lang), *await run_in_threadpool(data.notes, lang)]
    body = page.page(request, asked.title(lang), about, above=above(request), leads=leads)
    return reply(request, body, page.MEDIA_TYPE)


def _path(asked: Collection) -> str:
    return f"{OGC}/collections/{asked.name}"


def _address(request: Request, asked: Collection, form: str) -> str:
    return there(request, _path(asked), FORM.write(Form(form)))


def _described(request: Request, asked: Collection) -> dict[str, Any]:
    lang = read_language(request.query_params)
    south, west, north, east = data.boundaries().bounds(None)
    first, _ = data.snapshot().years
    links = [
        a_link("items", there(request, f"{_path(asked)}/items"), GEOJSON, asked.title(lang)),
        a_link(
            "items",
            there(request, f"{_path(asked)}/items", FORM.write(Form(HTML))),
            "text/html",
            asked.title(lang),
        ),
    ]
    if asked.level is not None:
        tiles = there(request, f"{TILES}/{asked.level}.json")
        links.append(a_link("related", tiles, _JSON, text("api.tilejson", lang)))
    return {
        "id": asked.name,
        "title": asked.title(lang),
        "description": " ".join([asked.about(lang), *data.notes(lang)]),
        "attribution": data.attribution(lang),
        "extent": {
            "spatial": {"bbox": [[west, south, east, north]], "crs": CRS84},
            "temporal": {"interval": [[f"{first}-01-01T00:00:00Z", None]]},
        },
        "itemType": "feature",
        "crs": CRS,
        "storageCrs": CRS84,
        "links": links,
    }


_OF_FORM = (*FORM.names, "bahasa")


def _of_collection(it: Collection) -> Operation:
    return Operation(
        _path(it),
        f"collection.{it.name}",
        lambda request: collection(request, it),
        _OF_FORM,
        schema="collection",
    )


OPERATIONS = (
    Operation(OGC, "landing", landing, _OF_FORM, schema="landing"),
    Operation(f"{OGC}/conformance", "conformance", conformance, _OF_FORM, schema="conformance"),
    Operation(f"{OGC}/collections", "collections", collections, _OF_FORM, schema="collections"),
    *map(_of_collection, COLLECTIONS.values()),
)
