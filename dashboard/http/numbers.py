"""A number for every request, by which its lines of the log belong together.

It is that of the web server before us, where there is one, and stands in the answer, so that a
reader can tell it. What was asked for is not logged: searches and addresses may name people.
"""

import logging
import re
import time
import uuid

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard.request_number import HEADER, request_number

_NUMBER = re.compile(r"[0-9A-Za-z-]{8,64}")
_SWITCHED = 101
_SHOWN = 2  # first parts of a path; after them there may be names of decks, or of sessions

_log = logging.getLogger("peta_kim.request")


class Numbered:
    """Middleware that gives each request its number, and tells the log of its answer."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer as the application does, with the number."""
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        sent = Headers(scope=scope).get(HEADER, "")
        number = sent if _NUMBER.fullmatch(sent) else uuid.uuid4().hex
        status, start = 0, time.perf_counter()

        async def forward(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)[HEADER] = number
            elif message["type"] == "websocket.accept":
                status = _SWITCHED
            await send(message)

        request_number.set(number)
        try:
            await self._app(scope, receive, forward)
        finally:
            said = {
                "method": scope.get("method", "WEBSOCKET"),
                "path": "/".join(scope["path"].split("/")[: _SHOWN + 1]),
                "status": status,
                "seconds": round(time.perf_counter() - start, 3),
            }
            _log.info("request", extra=said)
