"""Answers that browsers may keep for good, packed once instead of at every request.

Streamlit sends its scripts as they are, since it would pack the same 4 MB for every reader.
"""

import gzip
from dataclasses import dataclass

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard.workshop.results import Results

_LEVEL = 9  # of gzip: it is done once
_KEPT_BYTES = 32 << 20
_TEXT = ("text/", "application/javascript", "application/json", "image/svg+xml")
# Whoever sends one of these wants a part, or to know whether what he has is still right.
_CONDITIONS = ("range", "if-none-match", "if-modified-since")


@dataclass(frozen=True)
class _Packed:
    """An answer that is sent again as it is."""

    headers: tuple[tuple[bytes, bytes], ...]
    body: bytes


class PackedOnce:
    """Middleware that packs text that never changes at its address, and keeps it packed."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._kept = Results(_KEPT_BYTES)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer as the application does; text that may be kept for good is packed."""
        if scope["type"] != "http" or scope["method"] != "GET" or not _may_pack(Request(scope)):
            await self._app(scope, receive, send)
            return
        key = scope["path"], scope["query_string"]
        try:
            packed = self._kept.get(key)
        except KeyError:
            await self._app(scope, receive, _Packing(send, key, self._kept).forward)
            return
        await _send(packed, send)


class _Packing:
    """Holds an answer back until it is whole, if it is one that will be kept."""

    def __init__(self, send: Send, key: tuple[str, bytes], kept: Results) -> None:
        self._send, self._key, self._kept = send, key, kept
        self._start: Message | None = None
        self._body = bytearray()

    async def forward(self, message: Message) -> None:
        """Send a message on, now or with the whole answer."""
        if message["type"] == "http.response.start" and _is_kept(message):
            self._start = message
            return
        if self._start is None:
            await self._send(message)
            return
        self._body.extend(message.get("body", b""))
        if message.get("more_body"):
            return
        body = await run_in_threadpool(gzip.compress, bytes(self._body), _LEVEL, mtime=0)
        headers = MutableHeaders(scope=self._start)
        headers["content-encoding"] = "gzip"
        headers["content-length"] = str(len(body))
        headers.add_vary_header("Accept-Encoding")
        packed = _Packed(tuple(self._start["headers"]), body)
        self._kept.keep(self._key, packed)
        await _send(packed, self._send)


async def _send(packed: _Packed, send: Send) -> None:
    headers = list(packed.headers)
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": packed.body})


def _may_pack(request: Request) -> bool:
    asked = request.headers
    return "gzip" in asked.get("accept-encoding", "") and not any(map(asked.get, _CONDITIONS))


def _is_kept(start: Message) -> bool:
    headers = MutableHeaders(scope=start)
    return (
        start["status"] == 200
        and "immutable" in headers.get("cache-control", "")
        and headers.get("content-type", "").startswith(_TEXT)
        and "content-encoding" not in headers
        and "set-cookie" not in headers
    )
