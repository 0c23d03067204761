"""The description of the interfaces (OpenAPI 3.0.3), made of the operations that serve them."""

import json
import re
from collections.abc import Sequence
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from dashboard.addresses import API, OGC, WITH_KEY
from dashboard.api import answers, catalogue, items, ogc, page, tiles
from dashboard.api.asked import FORM, FORMS, PLACE, USUAL, asked_of
from dashboard.api.links import there
from dashboard.api.operation import Operation, reply
from dashboard.api.page import Table, wants_html
from dashboard.api.problem import MEDIA_TYPE
from dashboard.api.schemas import SCHEMAS, Schema
from dashboard.http.base_path import site_of
from geodata.analysis.classes import SCHEMES
from geodata.columns import column
from geodata.features.geojson import CRS, CRS84
from geodata.matching.match import LONGEST_NAME
from geodata.regions import LEVELS
from geodata.registry.fields import BIDANG
from geodata.registry.schema import STATUSES, TAHAP
from geodata.registry.snapshot import MODES
from geodata.search.question import LONGEST
from geodata.text import LANGUAGES, text
from geodata.view.address import read_language
from geodata.view.metrics import METRICS

_PLACEHOLDER = re.compile(r"\{(\w+)\}")


def _several(allowed: Sequence[str]) -> Schema:
    return {"type": "array", "items": {"type": "string", "enum": list(allowed)}}


def _choice(allowed: Sequence[str], **more: Any) -> Schema:
    return {"type": "string", "enum": list(allowed), **more}


PARAMETERS: dict[str, Schema] = {
    "wilayah": {"type": "string", "pattern": r"^\d{2}(\.\d{2}(\.\d{2}(\.\d{4})?)?)?$"},
    "level": _choice(LEVELS),
    "bidang": _several(BIDANG),
    "mode": _choice(MODES),
    "status": _several(STATUSES),
    "tahap": _several(TAHAP),
    "tahun": {"type": "string", "pattern": r"^\d{4}(-\d{4})?$"},
    "per": {"type": "string", "format": "date"},
    "metrik": {"type": "string"},  # of those that there are when it is asked
    "skema": _choice(SCHEMES),
    "kelas": {"type": "string"},
    "syarat": {"type": "string"},
    "bahasa": _choice(LANGUAGES, default=LANGUAGES[0]),
    "limit": {"type": "integer", "minimum": 1, "maximum": 10_000, "default": USUAL},
    "offset": {"type": "integer", "minimum": 0, "default": 0},
    "f": _choice(FORMS),
    "bbox": {"type": "array", "items": {"type": "number"}, "minItems": 4, "maxItems": 6},
    "bbox-crs": _choice(CRS, format="uri", default=CRS84),
    "crs": _choice(CRS, format="uri", default=CRS84),
    "datetime": {"type": "string"},
    "q": {"type": "string", "maxLength": LONGEST},
    **{name: {"type": "string", "maxLength": LONGEST_NAME} for name in PLACE.names},
    "lat": {"type": "number", "minimum": -90, "maximum": 90},
    "lng": {"type": "number", "minimum": -180, "maximum": 180},
    "pribadi": _choice(["1"]),
    "sejak": {"type": "integer", "minimum": 0},
}
"""What each query parameter may be; the text ``api.parameter.<name>`` says what it is for."""

_KEY = "kunci"
_SHARED = "#/components/parameters/"
_KINDS: dict[str, Schema] = {
    "count": {"type": "integer"},
    "year": {"type": "integer"},
    "number": {"type": "number"},
    "share": {"type": "number"},
    "degrees": {"type": "number"},
    "day": {"type": "string", "format": "date"},
}
_MEDIA_TYPES = {
    "feature": ogc.GEOJSON,
    "features": ogc.GEOJSON,
    "tile": tiles.TILE,
    "openapi": ogc.OPENAPI,
    "catalogue": "application/ld+json",
}


def openapi(
    request: Request, operations: Sequence[Operation], name: str, below: str = ""
) -> dict[str, Any]:
    """Return the description of ``operations`` in the language that is asked for.

    Parameters
    ----------
    name
        Of the interface: the texts ``api.title.<name>`` and ``api.about.<name>``.
    below
        The path that all their addresses have in common, which is then the server's.
    """
    lang = read_language(request.query_params)
    return {
        "openapi": "3.0.3",
        "info": {
            "title": text(f"api.title.{name}", lang),
            "description": text(f"api.about.{name}", lang),
            "version": "1.0.0",
        },
        "servers": [{"url": site_of(request) + below}],
        "paths": {
            it.path.removeprefix(below) or "/": {"get": _described(request, it, lang)}
            for it in operations
        },
        "components": {
            "schemas": SCHEMAS,
            # Where QGIS looks for the highest limit.
            "parameters": {name: _parameter(name, lang) for name in PARAMETERS},
            "securitySchemes": {_KEY: {"type": "http", "scheme": "bearer"}},
        },
    }


def _described(request: Request, it: Operation, lang: str) -> dict[str, Any]:
    kind, _, of = it.name.partition(".")
    about = text(f"api.operation.{kind}", lang)
    media_type = _MEDIA_TYPES.get(it.schema, "application/json")
    problem = {"schema": {"$ref": "#/components/schemas/problem"}}
    answered = {media_type: {"schema": {"$ref": f"#/components/schemas/{it.schema}"}}}
    keyed = set(WITH_KEY.names) <= set(it.parameters)
    if "f" in it.parameters:
        answered["text/html"] = {"schema": {"type": "string"}}
    return {
        "operationId": it.name,
        "summary": f"{about} ({of})" if of else about,
        "parameters": [
            *(_in_path(name) for name in _PLACEHOLDER.findall(it.path)),
            *({"$ref": f"{_SHARED}{name}"} for name in it.parameters),
            *_properties(request, it, lang),
        ],
        "responses": {
            "200": {"description": about, "content": answered},
            **{
                status: {
                    "description": text(f"api.status.{status}", lang),
                    "content": {MEDIA_TYPE: problem},
                }
                for status in ("400", *(("401", "403") if keyed else ()), "404", "429", "503")
            },
        },
        **({"security": [{}, {_KEY: []}]} if keyed else {}),
    }


def _in_path(name: str) -> dict[str, Any]:
    whole = name in ("z", "x", "y")
    schema = {"type": "integer", "minimum": 0} if whole else {"type": "string"}
    if name == "level":
        schema = _choice(LEVELS)
    return {"name": name, "in": "path", "required": True, "schema": schema}


def _parameter(name: str, lang: str) -> dict[str, Any]:
    schema = _choice(list(METRICS)) if name == "metrik" else PARAMETERS[name]
    listed = {"style": "form", "explode": False} if schema["type"] == "array" else {}
    about = text(f"api.parameter.{name.replace('-', '_')}", lang)
    return {"name": name, "in": "query", "description": about, "schema": schema, **listed}


def _properties(request: Request, it: Operation, lang: str) -> list[dict[str, Any]]:
    """Return the properties by which features can be asked for."""
    columns = [name for name in it.also_takes(request) if name not in it.parameters]
    return [
        {
            "name": name,
            "in": "query",
            "description": column(name).title(lang),
            "schema": _KINDS.get(column(name).kind, {"type": "string"}),
        }
        for name in columns
    ]


async def of_ogc(request: Request) -> Response:
    """Answer the description of the OGC API, for programs or for people."""
    lang, form = read_language(request.query_params), asked_of(FORM, request.query_params)
    described = await run_in_threadpool(openapi, request, FEATURES, "ogc", OGC)
    if not wants_html(request, form):
        return _reply(request, described)
    body = page.page(
        request,
        text("api.documentation", lang),
        [described["info"]["description"]],
        above=ogc.above(request),
        leads=[(text("api.title.v1", lang), there(request, API))],
        tables=_tables(described, lang),
    )
    return reply(request, body, page.MEDIA_TYPE)


def _tables(described: dict[str, Any], lang: str) -> list[Table]:
    """Return what there is to ask, and what every parameter is for."""
    paths: list[list[str]] = []
    parameters: dict[str, Any] = {}
    for path, methods in described["paths"].items():
        shared = described["components"]["parameters"]
        taken = [
            shared[it["$ref"].removeprefix(_SHARED)] if "$ref" in it else it
            for it in methods["get"]["parameters"]
        ]
        asked = ", ".join(it["name"] for it in taken if it["in"] == "query")
        paths.append([path, methods["get"]["summary"], asked])
        parameters |= {it["name"]: it for it in taken if it["in"] == "query"}
    rows = [[name, it["description"], _values(it["schema"])] for name, it in parameters.items()]
    heading = {
        name: text(f"api.column.{name}", lang)
        for name in ("address", "about", "parameters", "property", "value")
    }
    return [
        Table(
            text("api.operations", lang),
            [heading["address"], heading["about"], heading["parameters"]],
            paths,
        ),
        Table(
            heading["parameters"], [heading["parameters"], heading["about"], heading["value"]], rows
        ),
    ]


def _values(schema: Schema) -> str:
    allowed = schema.get("enum") or schema.get("items", {}).get("enum")
    return ", ".join(allowed) if allowed else str(schema.get("pattern", schema["type"]))


async def of_api(request: Request) -> Response:
    """Answer the description of ``/api/v1``, of tilesets and of the catalogue."""
    return _reply(request, await run_in_threadpool(openapi, request, REST, "v1"))


def _reply(request: Request, described: dict[str, Any]) -> Response:
    return reply(request, json.dumps(described, ensure_ascii=False).encode(), ogc.OPENAPI)


FEATURES = (
    *ogc.OPERATIONS,
    Operation(f"{OGC}/api", "openapi", of_ogc, (*FORM.names, "bahasa")),
    *items.OPERATIONS,
)
REST = (
    *answers.OPERATIONS,
    Operation(f"{API}/openapi.json", "openapi", of_api),
    *tiles.OPERATIONS,
    *catalogue.OPERATIONS,
)
