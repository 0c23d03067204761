"""Who comes in at all: called by a name of ours, and not sent by another site's page.

The verdict on whether a visitor operates is made here, once, and travels with the request; pages
read it from the headers of their websocket (see ``dashboard.permission``).
"""

import logging
from collections.abc import Iterable

import streamlit as st
from starlette.datastructures import MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from dashboard.addresses import METERS, below
from dashboard.http.visitor import Visitor, visitor_of
from dashboard.request_number import HEADER, request_number
from geodata.operator import operator_name
from geodata.people.rights import READER, Person, Role
from geodata.settings import settings
from geodata.text import LANGUAGES, text

VERDICT = "x-peta-kim-operates"
_SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
_METRICS = (METERS, "/_stcore/metrics")
_SCRIPT_HEALTH = "/_stcore/script-health-check"

_log = logging.getLogger("peta_kim.access")


class Access:
    """Middleware that turns away who may not come in, and says of the rest whether they operate."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer with a refusal, or as the application does."""
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        visitor = visitor_of(scope)
        if refused := _refusal(scope, visitor):
            status, key = refused
            _log.warning("Refused (%s): %s %r", key, scope["type"], visitor)
            if scope["type"] == "websocket":
                # Closed before it is accepted, which a browser sees as 403.
                await send({"type": "websocket.close", "code": 1008})
            else:
                said = "\n".join(text(f"http.{key}", lang) for lang in LANGUAGES)
                await PlainTextResponse(said + "\n", status)(scope, receive, send)
            return
        await self._app(_with_verdict(scope, visitor), receive, send)


def person_of(headers: Iterable[tuple[str, str]]) -> Person:
    """Return from the headers of a request that has come in who makes it."""
    operates = [value for name, value in headers if name.lower() == VERDICT] == ["1"]
    return Person(operator_name(), Role.OPERATOR) if operates else READER


def _refusal(scope: Scope, visitor: Visitor) -> tuple[int, str] | None:
    """Return the status and the reason with which a visitor is turned away, if it is."""
    if visitor.host is None:
        return 400, "no_host"
    if not visitor.knows_us:
        return 421, "host"
    changes = scope["type"] == "websocket" or scope["method"] not in _SAFE_METHODS
    if changes and not visitor.from_our_page:
        return 403, "origin"
    closed = {
        **{below(path): settings().metrics for path in _METRICS},
        below(_SCRIPT_HEALTH): st.get_option("server.scriptHealthCheckEnabled"),
    }
    return None if closed.get(scope["path"], True) else (404, "closed")


def _with_verdict(scope: Scope, visitor: Visitor) -> Scope:
    scope = {**scope, "headers": list(scope["headers"])}
    headers = MutableHeaders(scope=scope)
    del headers[VERDICT]  # whoever sends it does not say it of itself
    headers[VERDICT] = "1" if visitor.operates else "0"
    headers[HEADER] = request_number.get()  # pages read it there, too
    if visitor.origin is not None and visitor.from_our_page:
        # Written as Host is: Streamlit compares the two as text, and where they differ asks another
        # host for this machine's address while everybody waits.
        scheme = visitor.origin.partition("://")[0]
        headers["origin"] = f"{scheme}://{headers['host']}"
    return scope
