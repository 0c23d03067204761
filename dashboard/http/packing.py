"""Answers that browsers may keep for good, packed once instead of at every request.

Streamlit sends its scripts as they are, since it would pack the same 4 MB for every reader.
"""

import gzip
import re
from dataclasses import dataclass

import brotli
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard.addresses import ASSETS, LIGHT, POINTS, below
from dashboard.packed_files import packed, packed_before
from dashboard.workshop.results import Results

# Browsers take the first over TLS and from their own machine only.
_CODINGS = ("br", "gzip")
_QUICK = 5  # of brotli's qualities: as small as gzip, in a third of its time
_KEPT_BYTES = 32 << 20
# Streamlit has browsers ask again for the scripts of components, whose names change with them.
_NAMED_BY_CONTENT = re.compile(r"/component/[^/]+/static/.+\.[0-9a-f]{8}\.\w+$")
_KEEP = "public, max-age=31536000, immutable"
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
        coding = _coding(Request(scope)) if scope["type"] == "http" else None
        if coding is None or not scope["path"].startswith(_versioned()):
            await self._app(scope, receive, send)
            return
        key = scope["path"], scope["query_string"], coding
        try:
            answer = self._kept.get(key)
        except KeyError:
            # Streamlit would pack the answers of our routes before they come here.
            asked = [pair for pair in scope["headers"] if pair[0] != b"accept-encoding"]
            plain = {**scope, "headers": asked}
            await self._app(plain, receive, _Packing(send, key, self._kept).forward)
            return
        await _send(answer, send)


class _Packing:
    """Holds an answer back until it is whole, if it is one that will be kept."""

    def __init__(self, send: Send, key: tuple[str, bytes, str], kept: Results) -> None:
        self._send, self._key, self._kept = send, key, kept
        *_, self._coding = key
        self._start: Message | None = None
        self._body = bytearray()

    async def forward(self, message: Message) -> None:
        """Send a message on, now or with the whole answer."""
        if message["type"] == "http.response.start":
            if _NAMED_BY_CONTENT.search(self._key[0]) and message["status"] == 200:
                MutableHeaders(scope=message)["cache-control"] = _KEEP
            if _is_kept(message):
                self._start = message
                return
        if self._start is None:
            await self._send(message)
            return
        self._body.extend(message.get("body", b""))
        if message.get("more_body"):
            return
        headers = MutableHeaders(scope=self._start)
        body = await run_in_threadpool(_pack, bytes(self._body), self._coding)
        headers["content-encoding"] = self._coding
        headers["content-length"] = str(len(body))
        headers.add_vary_header("Accept-Encoding")
        answer = _Packed(tuple(self._start["headers"]), body)
        self._kept.keep(self._key, answer)
        await _send(answer, self._send)


async def _send(answer: _Packed, send: Send) -> None:
    headers = list(answer.headers)
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": answer.body})


def _versioned() -> tuple[str, ...]:
    """Return the beginnings of paths whose answers mostly never change."""
    return tuple(
        map(below, (f"{ASSETS}/", f"{POINTS}/", f"{LIGHT}/data/", "/static/", "/component/"))
    )


def _coding(request: Request) -> str | None:
    """Return how the answer may be packed; ``None`` if it may not."""
    if request.method != "GET" or any(map(request.headers.get, _CONDITIONS)):
        return None
    listed = request.headers.get("accept-encoding", "").split(",")
    taken = {part.split(";")[0].strip() for part in listed}
    return next((coding for coding in _CODINGS if coding in taken), None)


def pack_well(body: bytes) -> bytes:
    """Return ``body`` as small as brotli makes it, and keep that: a large one takes a second."""
    return packed(body, lambda: brotli.compress(body))


def _pack(body: bytes, coding: str) -> bytes:
    if coding == "gzip":
        return gzip.compress(body, mtime=0)
    return packed_before(body) or brotli.compress(body, quality=_QUICK)


def _is_kept(start: Message) -> bool:
    headers = MutableHeaders(scope=start)
    return (
        start["status"] == 200
        and "immutable" in headers.get("cache-control", "")
        and headers.get("content-type", "").startswith(_TEXT)
        and "content-encoding" not in headers
        and "set-cookie" not in headers
    )
