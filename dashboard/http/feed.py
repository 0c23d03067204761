"""The feed of a region over HTTP: who follows it is told what changed, and sent it once."""

from collections.abc import Hashable

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from dashboard import data
from dashboard.addresses import FEED, feed_address, view_address
from dashboard.http.asked import asked_view
from dashboard.http.base_path import origin_of
from dashboard.http.tags import has_already, tag_of
from dashboard.workshop.kept import kept
from geodata.exports.feed import MEDIA_TYPE, MOST_ENTRIES, feed
from geodata.registry.database.history import version_key
from geodata.registry.database.region_history import RegionVersion, region_history
from geodata.registry.database.registry_error import RegistryEmpty
from geodata.view.view import View


async def send(request: Request) -> Response:
    """Serve the feed of the region that the query parameters name."""
    asked = asked_view(request)
    view = View(asked.region, lang=asked.lang)
    content = await run_in_threadpool(_feed, view, origin_of(request))
    headers = {"ETag": tag_of(content), "Cache-Control": "no-cache"}
    if has_already(request, headers["ETag"]):
        return Response(status_code=304, headers=headers)
    return Response(content, media_type=MEDIA_TYPE, headers=headers)


def _feed(view: View, origin: str) -> bytes:
    uuid, versions = history(view.region, MOST_ENTRIES)
    return feed(
        uuid,
        versions,
        data.gazetteer(),
        view.region,
        view.lang,
        own=origin + feed_address(view),
        page=origin + view_address(view),
    )


def history(
    region: str | None, most: int, since: int | None = None
) -> tuple[str, list[RegionVersion]]:
    """Return which registry this is, and versions of a region: see :func:`region_history`."""
    try:
        if data.snapshot().illustrative:
            return "", []
    except RegistryEmpty:  # what came was undone, which the feed tells
        pass
    return kept(_read, version_key(data.registry()), region, most, since)


def _read(
    _: Hashable, region: str | None, most: int, since: int | None
) -> tuple[str, list[RegionVersion]]:
    return region_history(data.registry(), region, most, since)


ROUTES = [Route(FEED, send)]
