"""The catalogue of what is published, at an address that a portal can harvest."""

import json

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from dashboard import data
from dashboard.addresses import API, CATALOGUE, OGC, TILES
from dashboard.api.operation import Operation, reply
from dashboard.http.base_path import site_of
from geodata.exports.catalogue import Served, catalogue
from geodata.indicators.current import figures


async def send(request: Request) -> Response:
    """Answer the catalogue, in both languages."""

    def made() -> bytes:
        served = Served(site_of(request), CATALOGUE, OGC, API, TILES)
        with data.held():
            written = catalogue(
                data.snapshot(), data.boundaries().manifest, figures().indicators, served
            )
        return json.dumps(written, ensure_ascii=False).encode()

    return reply(request, await run_in_threadpool(made), "application/ld+json")


OPERATIONS = (Operation(CATALOGUE, "catalogue", send, schema="catalogue"),)
