"""Expensive answers over HTTP: made in the workshop, sent packed and in pieces."""

import asyncio
import gzip
import zlib
from collections.abc import AsyncIterator, Callable, Hashable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse

from dashboard.workshop.workshop import RETRY_SECONDS, BusyError, LeftError, workshop
from geodata.view.address import read_language

_PIECE = 1 << 16
_LEVEL = 5  # of gzip; Streamlit's own
_CLIENT_LEFT = 499  # nobody reads it, but the log does

Made = TypeVar("Made")


@dataclass(frozen=True)
class Packed:
    """A body as gzip, and its size in bytes before."""

    body: bytes
    size: int


def compressed(body: bytes) -> Packed:
    """Return ``body`` packed: once in the workshop, and not by the server at every request."""
    return Packed(gzip.compress(body, _LEVEL, mtime=0), len(body))


async def made_for_request(request: Request, key: Hashable, maker: Callable[[], Made]) -> Made:
    """Return what ``maker`` makes for ``key``; see :mod:`dashboard.workshop.workshop`."""
    return await workshop().make_for_request(key, maker, request.is_disconnected)


def reply(
    request: Request, packed: Packed, media_type: str, headers: Mapping[str, str]
) -> Response:
    """Return the response that sends ``packed``, unpacked if the client wants it so.

    A body of megabytes in one piece would be copied for each client and hold up everybody else.
    """
    as_it_is = "gzip" in request.headers.get("accept-encoding", "")
    size = len(packed.body) if as_it_is else packed.size
    own = {**headers, "Content-Length": str(size), "Vary": "Accept-Encoding"}
    if as_it_is:
        own["Content-Encoding"] = "gzip"
    return StreamingResponse(_pieces(packed.body, as_it_is), media_type=media_type, headers=own)


async def _pieces(body: bytes, as_it_is: bool) -> AsyncIterator[bytes]:
    unpacking = zlib.decompressobj(zlib.MAX_WBITS | 16)
    for start in range(0, len(body), _PIECE):
        piece = body[start : start + _PIECE]
        yield piece if as_it_is else unpacking.decompress(piece)
        await asyncio.sleep(0)


async def busy(request: Request, error: Exception) -> Response:
    """Answer that the server is busy, and when to try again."""
    assert isinstance(error, BusyError)
    said = error.message(read_language(request.query_params))
    return JSONResponse({"error": said}, 503, {"Retry-After": str(RETRY_SECONDS)})


async def left(_: Request, __: Exception) -> Response:
    """Answer nobody."""
    return Response(status_code=_CLIENT_LEFT)


EXCEPTION_HANDLERS = {BusyError: busy, LeftError: left}
