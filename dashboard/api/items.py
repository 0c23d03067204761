"""OGC API - Features: the features of a collection, page by page, and one by its id.

Features are the rows of the extract that the page Unduh would give for the same view.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import numpy as np
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from dashboard import data
from dashboard.api import page
from dashboard.api.asked import FORM, HTML, PAGING, SELECTING, Form, Paging, Selecting, asked_of
from dashboard.api.links import Link, a_link, further, there
from dashboard.api.ogc import GEOJSON, OGC, above, beside
from dashboard.api.operation import Operation
from dashboard.api.page import Cell, Table, wants_html
from dashboard.api.problem import Problem
from dashboard.http.asked import asked_view
from dashboard.http.expensive import compressed, made_for_request, reply
from dashboard.http.tags import has_already, tag_of
from geodata.boundaries.boundary_set import BoundarySet
from geodata.columns import column
from geodata.exports.extracts import Extract
from geodata.features.collection import COLLECTIONS, Collection
from geodata.features.geojson import features
from geodata.features.selection import selected
from geodata.registry.snapshot import Snapshot
from geodata.text import number, text
from geodata.view.address import VIEW
from geodata.view.view import View

_OF_KIM = ("wilayah", "bidang", "mode", "status", "tahap", "tahun", "bahasa")
_MOST_SHOWN = 500  # rows of a page that somebody reads
_OF_REGIONS = (*_OF_KIM, "metrik", "syarat")


def _of_view(collection: Collection) -> tuple[str, ...]:
    """Return the parameters of the view that a collection takes."""
    return _OF_KIM if collection.level is None else _OF_REGIONS


def _of_features(collection: Collection) -> tuple[str, ...]:
    return (*_of_view(collection), *SELECTING.names, *PAGING.names, *FORM.names)


@dataclass(frozen=True, eq=False)
class _Asked:
    """What a request asks of a collection, and what its answer rests on."""

    request: Request
    collection: Collection
    view: View
    snapshot: Snapshot
    boundaries: BoundarySet
    versions: tuple[str, ...]
    selecting: Selecting
    paging: Paging
    properties: Mapping[str, str]
    html: bool

    @property
    def tag(self) -> str:
        """The same for the same data asked for alike."""
        rests_on = *self.versions, self.snapshot.gazetteer.version
        return tag_of("\n".join([*rests_on, str(self.request.url), str(self.html)]).encode())

    def extract(self) -> Extract:
        return self.collection.extract(self.view, self.snapshot, self.boundaries)


def _asked(request: Request, collection: Collection) -> _Asked:
    params = request.query_params
    selecting = asked_of(SELECTING, params)
    html = wants_html(request, asked_of(FORM, params))
    paging = asked_of(PAGING, params).at_most(_MOST_SHOWN if html else collection.most)
    view = replace(asked_view(request), day=selecting.day)
    with data.held():
        found = data.snapshot(view), data.boundaries(), data.versions(view)
    known = _of_features(collection)
    properties = {name: value for name, value in params.items() if name not in known}
    return _Asked(request, collection, view, *found, selecting, paging, properties, html)


async def items(request: Request, collection: Collection) -> Response:
    """Answer the features that are asked for, so many from one on."""
    return await _answer(await run_in_threadpool(_asked, request, collection), _page_of)


async def item(request: Request, collection: Collection) -> Response:
    """Answer the feature of an id."""
    return await _answer(await run_in_threadpool(_asked, request, collection), _one_of)


async def _answer(asked: _Asked, make: Callable[[_Asked], bytes]) -> Response:
    headers = {"ETag": asked.tag, "Cache-Control": "no-cache"}
    if has_already(asked.request, asked.tag):
        return Response(status_code=304, headers=headers)
    headers["Content-Crs"] = f"<{asked.selecting.crs}>"
    media_type = page.MEDIA_TYPE if asked.html else GEOJSON
    if asked.collection.level is None or asked.html:  # no polygon is read
        body = await run_in_threadpool(make, asked)
        return Response(body, media_type=media_type, headers=headers)
    packed = await made_for_request(
        asked.request, ("features", asked.tag), lambda: compressed(make(asked))
    )
    return reply(asked.request, packed, media_type, headers)


def _page_of(asked: _Asked) -> bytes:
    extract, paging = asked.extract(), asked.paging
    rows = selected(asked.collection, extract, asked.selecting.bbox, asked.properties)
    part = rows[paging.offset : paging.offset + paging.limit]
    links = further(asked.request, paging, len(rows), GEOJSON)
    if asked.html:
        return _list(asked, extract, part, len(rows), links)
    head = {
        "type": "FeatureCollection",
        "numberMatched": len(rows),
        "numberReturned": len(part),
        "links": [*_beside(asked), *links],
    }
    written = ",\n".join(features(extract, part, asked.selecting.crs))
    return f'{json.dumps(head)[:-1]},"features":[\n{written}\n]}}\n'.encode()


def _one_of(asked: _Asked) -> bytes:
    name, extract = asked.request.path_params["feature"], asked.extract()
    rows = asked.collection.rows(extract)
    rows = rows[extract.ids[rows] == name]
    if not len(rows):
        raise Problem(404, "feature", kode=name)
    if asked.html:
        return _single(asked, extract, rows)
    collection = there(asked.request, f"{OGC}/collections/{asked.collection.name}")
    links = [*_beside(asked), a_link("collection", collection, "application/json")]
    [written] = features(extract, rows, asked.selecting.crs)
    return f'{written[:-1]},"links":{json.dumps(links)}}}\n'.encode()


def _beside(asked: _Asked) -> list[Link]:
    itself, other = beside(asked.request)
    return [itself | {"type": GEOJSON}, other]


def _list(
    asked: _Asked, extract: Extract, part: np.ndarray, matched: int, links: list[Link]
) -> bytes:
    lang, collection = asked.view.lang, asked.collection
    first = asked.paging.offset
    shown = {
        "dari": number(first + 1 if len(part) else first, lang),
        "sampai": number(first + len(part), lang),
        "jumlah": number(matched, lang),
    }
    said = text("api.shown", lang, **shown) if len(part) else text("api.none", lang)
    words, headings = _in_words(extract, part, lang)
    path = f"{OGC}/collections/{collection.name}/items"
    form = FORM.write(Form(HTML))
    rows: list[list[Cell]] = [
        [(cells[0] or name, there(asked.request, f"{path}/{name}", form)), *cells[1:]]
        for name, cells in zip(extract.ids[part].tolist(), words, strict=True)
    ]
    leads = [(text(f"api.{link['rel']}", lang), link["href"]) for link in links]
    leads.append(_on_map(asked, asked.view.region))
    table = Table(collection.title(lang), headings, rows)
    about = [said, *data.notes(lang)]
    title, crumbs = collection.title(lang), above(asked.request, collection)
    return page.page(asked.request, title, about, above=crumbs, leads=leads, tables=[table])


def _single(asked: _Asked, extract: Extract, rows: np.ndarray) -> bytes:
    lang = asked.view.lang
    [words], headings = _in_words(extract, rows, lang)
    named = dict(zip(extract.columns, words, strict=True))
    title = named.get("nama") or named.get("nama_kim") or words[0]
    heads = [text(f"api.column.{name}", lang) for name in ("property", "value")]
    table = Table(title, heads, list(zip(headings, words, strict=True)))
    [code] = extract.table(rows)["kode_wilayah" if extract.level is None else "kode"]
    return page.page(
        asked.request,
        title,
        data.notes(lang),
        above=above(asked.request, asked.collection),
        leads=[_on_map(asked, code)],
        tables=[table],
    )


def _on_map(asked: _Asked, region: str | None) -> tuple[str, str]:
    """Return what leads to a region on the page Peta, by the filter that is asked for."""
    view = View(region, kim_filter=asked.view.kim_filter, day=asked.view.day)
    return text("api.on_map", asked.view.lang), there(asked.request, "/", VIEW.write(view))


def _in_words(
    extract: Extract, rows: np.ndarray, lang: str
) -> tuple[list[tuple[str, ...]], list[str]]:
    """Return the cells of rows as people read them, and their headings."""
    table = extract.table(rows)
    told = [column(name).told(table[name], lang) for name in extract.columns]
    return list(zip(*told, strict=True)), [column(name).title(lang) for name in extract.columns]


def _columns(request: Request, collection: Collection) -> tuple[str, ...]:
    return collection.all_columns(asked_view(request), data.snapshot())


def _operations(collection: Collection) -> tuple[Operation, ...]:
    path = f"{OGC}/collections/{collection.name}/items"
    return (
        Operation(
            path,
            f"items.{collection.name}",
            lambda request: items(request, collection),
            _of_features(collection),
            lambda request: _columns(request, collection),
            schema="features",
        ),
        Operation(
            f"{path}/{{feature}}",
            f"item.{collection.name}",
            lambda request: item(request, collection),
            (*_of_view(collection), "datetime", "crs", *FORM.names),
            schema="feature",
        ),
    )


OPERATIONS = tuple(
    operation for collection in COLLECTIONS.values() for operation in _operations(collection)
)
