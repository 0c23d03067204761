"""Figures, rows of KIM, regions, hits, matches and changes, as JSON: the interface ``/api/v1``.

What an answer holds under which name is promised as long as there is a version 1: names are added,
none is changed or taken away.
"""

import json
import math
from collections.abc import Callable
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from dashboard import data
from dashboard.addresses import API, ASKING, WITH_KEY
from dashboard.api.asked import FOLLOWING, PAGING, PLACE, asked_of
from dashboard.api.links import further, there
from dashboard.api.operation import Operation, reply
from dashboard.api.problem import Problem
from dashboard.http.asked import asked_view
from dashboard.http.downloads import looked_at
from dashboard.http.expensive import made_for_request
from dashboard.http.feed import history
from dashboard.http.keys import NO_STORE, person_with_key
from dashboard.http.search import index
from dashboard.unduh.view_extract import extract_of
from geodata.analysis.region_metrics import totals
from geodata.errors import RegionError
from geodata.exports.extracts import Download, Extract
from geodata.exports.formats import FORMATS
from geodata.exports.personal_extract import personal_extract
from geodata.exports.pieces import records
from geodata.features.collection import require_extracted
from geodata.matching.candidate import Candidate
from geodata.people.rights import Person
from geodata.regions import level_of, lineage, parse
from geodata.registry.intake.matching_place import match_place
from geodata.registry.intake.placing import Asked
from geodata.text import text
from geodata.view.address import read_language
from geodata.view.words import region_path

_JSON = "application/json"
MOST_ROWS, MOST_HITS, MOST_VERSIONS = 10_000, 50, 1_000

_OF_VIEW = ("wilayah", "bidang", "mode", "status", "tahap", "tahun", "per", "bahasa")


def answering(make: Callable[[Request], dict[str, Any]]) -> Callable:
    """Return what answers a request with what ``make`` makes of it, as JSON with its tag."""

    async def answer(request: Request) -> Response:
        body = await run_in_threadpool(lambda: _written(make(request)))
        return reply(request, body, _JSON)

    return answer


def _written(body: dict[str, Any]) -> bytes:
    return json.dumps(body, ensure_ascii=False, allow_nan=False).encode()


def _figures(request: Request) -> dict[str, Any]:
    """Return the figures of a region, and those of the regions of a level in it."""
    view = asked_view(request)
    require_extracted(view)
    with data.held():
        extract = extract_of(view, Download("wilayah"), FORMATS["json"])
        notes = data.notes(view.lang)
    snapshot = extract.snapshot
    figures = totals(snapshot, view.kim_filter, view.region).figures
    return {
        **_region(view.region, view.lang),
        "tingkat_baris": view.shown_level,
        "angka": {name: None if math.isnan(value) else value for name, value in figures.items()},
        **_rows(request, extract),
        "tanggal_data": snapshot.date,
        "keterangan": notes,
    }


async def kim(request: Request) -> Response:
    """Answer rows of KIM: public columns, and with a key that opens them those of persons, too."""
    if not asked_of(WITH_KEY, request.query_params).personal:
        return reply(request, await run_in_threadpool(_kim, request), _JSON)
    person = await person_with_key(request)
    return Response(
        await run_in_threadpool(_kim, request, person), headers=NO_STORE, media_type=_JSON
    )


def _kim(request: Request, person: Person | None = None) -> bytes:
    view = asked_view(request)
    form = FORMATS["json"]
    with data.held():
        extract = extract_of(view, Download("kim"), form)
        notes = data.notes(view.lang)
    if person is not None:
        extract = looked_at(request, personal_extract(extract, form, person), person)
    body = {
        **_region(view.region, view.lang),
        **_rows(request, extract),
        "tanggal_data": extract.snapshot.date,
        "keterangan": notes,
    }
    return _written(body)


def _rows(request: Request, extract: Extract) -> dict[str, Any]:
    """Return the part of an extract that is asked for."""
    paging = asked_of(PAGING, request.query_params).at_most(MOST_ROWS)
    part = slice(paging.offset, paging.offset + paging.limit)
    return {
        "jumlah_baris": len(extract),
        "baris": [json.loads(row) for row in records(extract.table(part))],
        "tautan": further(request, paging, len(extract), _JSON),
    }


def _regions(request: Request) -> dict[str, Any]:
    """Return a region, with those above it and right below it, and where it lies."""
    lang = read_language(request.query_params)
    code = request.path_params.get("kode")
    gazetteer = data.gazetteer()
    try:
        code = None if code is None else parse(code)
        below = gazetteer.children(code)
        above = [] if code is None else lineage(code)[:-1]
        south, west, north, east = data.boundaries().bounds(code)
    except RegionError as error:
        raise Problem(404, "region", kode=error.values["code"]) from None
    return {
        **_region(code, lang),
        "di_atas": [_named(step) for step in above],
        "di_bawah": [_named(step) for step in below["kode"]],
        "kotak": [west, south, east, north],
        "batas_perkiraan": data.boundaries().approximate,
    }


def _region(code: str | None, lang: str) -> dict[str, Any]:
    gazetteer = data.gazetteer()
    return {
        "kode": code,
        "nama": gazetteer.name(code) if code else text("region.indonesia", lang),
        "sebutan": region_path(gazetteer, code, lang),
        "tingkat": level_of(code) if code else None,
    }


def _named(code: str) -> dict[str, Any]:
    return {"kode": code, "nama": data.gazetteer().name(code), "tingkat": level_of(code)}


def _hits(request: Request) -> dict[str, Any]:
    """Return the regions and KIM that a few words mean, the likest first."""
    lang = read_language(request.query_params)
    asking = asked_of(ASKING, request.query_params)
    limit = min(asked_of(PAGING, request.query_params).limit, MOST_HITS)
    found = index().find(asking.query, limit)
    return {
        "jumlah": found.total,
        "hasil": [
            {
                "jenis": "kim" if hit.is_kim else level_of(hit.code),
                "kode": hit.code,
                "nama": hit.name,
                "sebutan": region_path(data.gazetteer(), hit.code, lang),
                "menurut": hit.by,
                "kemiripan": hit.likeness,
            }
            for hit in found.hits
        ],
    }


async def match(request: Request) -> Response:
    """Answer the region that a place means as it is written, if that is beyond doubt.

    A desa anywhere in Indonesia takes seconds when it is first asked for.
    """
    place = asked_of(PLACE, request.query_params)
    if place == PLACE.default or (place.lat is None) is not (place.lng is None):
        raise Problem(400, "no_place")
    lat, lng = (math.nan if side is None else side for side in (place.lat, place.lng))
    names = place.provinsi, place.kabupaten_kota, place.kecamatan, place.desa
    asked = Asked(place.kode, *names, lat=lat, lng=lng)
    boundaries = await run_in_threadpool(data.boundaries)
    placement = await made_for_request(
        request,
        ("match", place, boundaries.version),
        lambda: match_place(asked, data.gazetteer(), boundaries),
    )
    lang = read_language(request.query_params)
    body = {
        "status": placement.verdict,
        "kode_wilayah": placement.code or None,
        "kandidat": [_candidate(candidate, lang) for candidate in placement.candidates],
        "alasan": [
            {"kode": reason, "keterangan": text(f"registry.reason.{reason}", lang)}
            for reason in placement.reasons
        ],
    }
    return reply(request, _written(body), _JSON)


def _candidate(candidate: Candidate, lang: str) -> dict[str, Any]:
    return {
        **_named(candidate.code),
        "sebutan": region_path(data.gazetteer(), candidate.code, lang),
        "metode": candidate.method,
        "skor": candidate.share,
    }


def _changes(request: Request) -> dict[str, Any]:
    """Return what the versions of the registry did to the KIM of a region."""
    view, since = asked_view(request), asked_of(FOLLOWING, request.query_params).since
    most = asked_of(PAGING, request.query_params).at_most(MOST_VERSIONS).limit
    uuid, versions = history(view.region, most, since)
    return {
        **_region(view.region, view.lang),
        "registri": uuid or None,
        "perubahan": [
            {
                "versi": version.version,
                "kegiatan": version.action,
                "pada": version.at,
                "baru": version.baru,
                "diperbarui": version.diperbarui,
            }
            for version in versions
        ],
    }


async def start(request: Request) -> Response:
    """Answer what this interface is, and what there is to ask."""
    lang = read_language(request.query_params)
    body = {
        "judul": text("api.title.v1", lang),
        "keterangan": text("api.about.v1", lang),
        "uraian": there(request, f"{API}/openapi.json"),
        "alamat": [
            {
                "alamat": there(request, operation.path),
                "keterangan": text(f"api.operation.{operation.name}", lang),
            }
            for operation in OPERATIONS
            if "{" not in operation.path
        ],
    }
    return reply(request, _written(body), _JSON)


OPERATIONS = (
    Operation(API, "v1", start, schema="start"),
    Operation(
        f"{API}/angka",
        "figures",
        answering(_figures),
        (*_OF_VIEW, "level", "metrik", "syarat", *PAGING.names),
        schema="figures",
    ),
    Operation(f"{API}/kim", "kim", kim, (*_OF_VIEW, *PAGING.names, *WITH_KEY.names), schema="rows"),
    Operation(f"{API}/wilayah", "country", answering(_regions), schema="region"),
    Operation(f"{API}/wilayah/{{kode}}", "region", answering(_regions), schema="region"),
    Operation(
        f"{API}/cari", "search", answering(_hits), (*ASKING.names, "limit", "bahasa"), schema="hits"
    ),
    Operation(f"{API}/cocok", "match", match, (*PLACE.names, "bahasa"), schema="match"),
    Operation(
        f"{API}/perubahan",
        "changes",
        answering(_changes),
        ("wilayah", *FOLLOWING.names, "limit", "bahasa"),
        schema="changes",
    ),
)
