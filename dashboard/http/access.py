"""Who comes in at all: called by a name of ours, and not sent by another site's page.

The verdict on who a visitor is, as far as the connection and its cookies tell, is made here, once,
and travels with the request; pages read it from the headers of their websocket (see
``dashboard.permission``). What that person may is looked up anew whenever it is asked.
"""

import json
import logging
from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

import streamlit as st
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from dashboard.addresses import METERS, below
from dashboard.http.sign_in import SIGN_OUT, claims_of, end, has_ended
from dashboard.http.visitor import Visitor, visitor_of
from dashboard.request_number import HEADER, request_number
from geodata.errors import PetaKimError
from geodata.operator import machine_operator
from geodata.people import accounts
from geodata.people.rights import READER, Person
from geodata.registry.database.connection import find_registry
from geodata.settings import settings
from geodata.text import LANGUAGES, text

VERDICT = "x-peta-kim-visitor"
OPERATES = '{"operates": true}'
_SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
_FROM, _ELSEWHERE = "sec-fetch-site", ("cross-site", "same-site")
_METRICS = (METERS, "/_stcore/metrics")
_SCRIPT_HEALTH = "/_stcore/script-health-check"

_log = logging.getLogger("peta_kim.access")


class Access:
    """Middleware that turns away who may not come in, and says of the rest who they are."""

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
        if scope["path"] == below(SIGN_OUT) and settings().signs_in:
            await run_in_threadpool(_sign_out, claims_of(Headers(scope=scope)))
        await self._app(_with_verdict(scope, visitor), receive, send)


def person_of(headers: Iterable[tuple[str, str]]) -> Person:
    """Return from the headers of a request that has come in who makes it."""
    said = [value for name, value in headers if name.lower() == VERDICT]
    verdict = json.loads(said[0]) if len(said) == 1 else {}
    if "operates" in verdict:
        return machine_operator()
    sign_in = accounts.sign_in_of(verdict)
    if sign_in is None or has_ended(verdict):
        return READER
    longest = timedelta(hours=settings().sign_in_hours)
    try:
        return accounts.person_of(find_registry(), sign_in, longest)
    except PetaKimError as error:  # where accounts cannot be looked up, nobody has one
        _log.error("Who signed in is not known: %s", error)
        return READER


def _sign_out(claims: Mapping[str, Any]) -> None:
    """End the session of these claims: here at once, and for the other servers by the registry."""
    sign_in = accounts.sign_in_of(claims)
    if sign_in is None:
        return
    end(claims)
    try:
        longest = timedelta(hours=settings().sign_in_hours)
        accounts.end_session(find_registry(), sign_in, longest)
    except PetaKimError as error:
        _log.warning("Other servers do not know that somebody signed out: %s", error)


def _refusal(scope: Scope, visitor: Visitor) -> tuple[int, str] | None:
    """Return the status and the reason with which a visitor is turned away, if it is."""
    if visitor.host is None:
        return 400, "no_host"
    if not visitor.knows_us:
        return 421, "host"
    changes = scope["type"] == "websocket" or scope["method"] not in _SAFE_METHODS
    # Signing out is a link, with which browsers send no origin, but say whose page it stands on.
    led = scope["path"] == below(SIGN_OUT) and Headers(scope=scope).get(_FROM) in _ELSEWHERE
    if (changes and not visitor.from_our_page) or led:
        return 403, "origin"
    closed = {
        **{below(path): settings().metrics for path in _METRICS},
        below(_SCRIPT_HEALTH): st.get_option("server.scriptHealthCheckEnabled"),
    }
    return None if closed.get(scope["path"], True) else (404, "closed")


def _with_verdict(scope: Scope, visitor: Visitor) -> Scope:
    scope = {**scope, "headers": list(scope["headers"])}
    headers = MutableHeaders(scope=scope)
    # In place of what the visitor says of itself.
    headers[VERDICT] = _verdict(visitor, headers)
    headers[HEADER] = request_number.get()  # pages read it there, too
    if visitor.origin is not None and visitor.from_our_page:
        # Written as Host is: Streamlit compares the two as text, and where they differ asks another
        # host for this machine's address while everybody waits.
        scheme = visitor.origin.partition("://")[0]
        headers["origin"] = f"{scheme}://{headers['host']}"
    return scope


def _verdict(visitor: Visitor, headers: Headers) -> str:
    """Return who a visitor is, as JSON: the claims of a sign-in, or whether it operates."""
    if settings().signs_in:
        return json.dumps(claims_of(headers))
    return OPERATES if visitor.operates else "{}"
