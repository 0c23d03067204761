"""Links of answers: to the same with another part of the address, and to what belongs to it."""

from dataclasses import replace
from typing import TypeVar

from starlette.requests import Request

from dashboard.api.asked import PAGING, Paging
from dashboard.http.base_path import origin_of, site_of
from geodata.view.address import VIEW, Part, link, read_language
from geodata.view.view import View

T = TypeVar("T")

Link = dict[str, str]


def here(request: Request, part: Part[T], value: T) -> str:
    """Return the address of the request with ``part`` of it changed."""
    changed = part.rest(request.query_params) | part.write(value)
    return link(origin_of(request) + request.url.path, changed)


def there(request: Request, path: str, params: dict[str, str] | None = None) -> str:
    """Return the address of ``path`` on the server of the request, in its language."""
    lang = VIEW.write(View(lang=read_language(request.query_params)))
    return link(site_of(request) + path, (params or {}) | lang)


def a_link(rel: str, address: str, media_type: str, title: str = "") -> Link:
    """Return a link as answers hold it (RFC 8288)."""
    return {"href": address, "rel": rel, "type": media_type} | ({"title": title} if title else {})


def further(request: Request, paging: Paging, size: int, media_type: str) -> list[Link]:
    """Return links to the pages after and before one of a list of ``size`` rows."""
    end = paging.offset + paging.limit
    offsets = {"next": end} if end < size else {}
    if paging.offset:
        offsets["prev"] = max(0, paging.offset - paging.limit)
    return [
        a_link(rel, here(request, PAGING, replace(paging, offset=offset)), media_type)
        for rel, offset in offsets.items()
    ]
