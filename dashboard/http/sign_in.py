"""Signing in, which Streamlit does: what it is told of the provider, and what is kept of a sign-in.

Streamlit would keep all that a provider says of somebody, for 30 days, in as many cookies as that
takes. Each of these is signed by itself: parts of two sign-ins would go together, and say what no
provider has said. So one cookie is kept, of the claims that tell who somebody is.
"""

import json
import re
import time
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import cookie_parser
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.auth_util import get_cookie_with_chunks
from streamlit.runtime.secrets import SecretsValue, secrets_singleton
from streamlit.web.server.starlette.starlette_app_utils import (
    create_signed_value,
    decode_signed_value,
)
from streamlit.web.server.starlette.starlette_server_config import (
    TOKENS_COOKIE_NAME,
    USER_COOKIE_NAME,
)

from dashboard.addresses import below
from geodata.settings import settings

SIGN_OUT = "/auth/logout"
_CLAIMS = ("iss", "sub", "email", "email_verified", "name", "iat")
# By cookie; the others are for signing out, of which the provider wants to know.
_KEPT = {
    USER_COOKIE_NAME: (*_CLAIMS, "origin", "is_logged_in", "provider"),
    TOKENS_COOKIE_NAME: ("id_token",),
}
_LONGEST_CLAIM = 255  # characters; as long as a subject may be (OpenID Connect Core 1.0, section 2)
_LONGEST_COOKIE = 4_000  # characters; browsers keep no cookie of more than 4,096 with its name
_NUMBER_OF_PART = re.compile(r"_[0-9]+$")
_ended: dict[tuple[str, ...], float] = {}  # sessions, with the time at which somebody signed out
_MAX_AGE = re.compile(r"(?<=; max-age=)[0-9]+", re.IGNORECASE)


def hand_over() -> None:
    """Tell Streamlit of the provider, if there is one, before it builds its app.

    It is told in memory: a file of secrets would be one more place to guard, and the parameter
    ``secrets`` of ``st.App`` comes too late for the cookie that remembers a sign-in under way,
    which then only the server that has begun it could read.
    """
    now = settings()
    if now.signs_in and now.sign_in_client_secret and now.sign_in_cookie_secret:
        provider: dict[str, SecretsValue] = {
            "redirect_uri": now.sign_in_address + below("/oauth2callback"),
            "cookie_secret": now.sign_in_cookie_secret.get_secret_value(),
            "client_id": now.sign_in_client_id,
            "client_secret": now.sign_in_client_secret.get_secret_value(),
            "server_metadata_url": now.sign_in_metadata,
        }
        secrets_singleton.merge_programmatic_secrets({"auth": provider})


def claims_of(headers: Headers) -> dict[str, Any]:
    """Return what the provider has said of whoever sends these headers; of nobody, nothing."""
    cookies = cookie_parser(headers.get("cookie", ""))
    try:
        said = json.loads(_signed(USER_COOKIE_NAME, cookies.get(USER_COOKIE_NAME, "")) or b"{}")
    except ValueError:  # one of several, which we do not keep
        return {}
    # A secret that two sites share makes the sign-ins of one none of the other.
    if said.get("origin") != settings().sign_in_address:
        return {}
    return {name: said[name] for name in _CLAIMS if name in said}


def signs_in(cookies: Iterable[str]) -> bool:
    """Tell whether an answer that sets these cookies signs somebody in."""
    return any(name == USER_COOKIE_NAME and value for name, value, _ in map(_parts, cookies))


def secure() -> str:
    """Return what a cookie says besides, where people come over an encrypted connection."""
    return "; Secure" if settings().sign_in_address.startswith("https") else ""


def end(claims: Mapping[str, Any]) -> None:
    """Note that the session of these claims is over, for pages that are open in other tabs.

    A cookie that is deleted ends none of these. A browser stays with one server, which remembers
    also what it cannot write into the registry.
    """
    now, longest = time.monotonic(), settings().sign_in_hours * 3600
    for session, at in list(_ended.items()):
        if now - at > longest:
            _ended.pop(session, None)
    _ended[_session(claims)] = now


def has_ended(claims: Mapping[str, Any]) -> bool:
    """Tell whether somebody has signed out of the session of these claims."""
    return _session(claims) in _ended


class SignInCookies:
    """Middleware that keeps cookies of a sign-in few, short, and on encrypted connections."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer as the application does, with other cookies where people sign in."""

        async def forward(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                cookies = headers.getlist("set-cookie")
                del headers["set-cookie"]
                for cookie in _kept(cookies):
                    headers.append("set-cookie", cookie)
            await send(message)

        signs_in = scope["type"] == "http" and settings().signs_in
        await self._app(scope, receive, forward if signs_in else send)


def _session(claims: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(str(claims.get(name)) for name in ("iss", "sub", "iat"))


def _kept(cookies: list[str]) -> Iterator[str]:
    """Yield the cookies that an answer may set, with what becomes of them."""
    values = {name: value for name, value, _ in map(_parts, cookies) if value}
    longest = int(settings().sign_in_hours * 3600)
    for name, value, attributes in map(_parts, cookies):
        whole = _NUMBER_OF_PART.sub("", name)
        if value and whole in _KEPT:
            if name != whole:
                continue
            value = _shortened(name, values)
        if name.startswith("_streamlit"):
            attributes = _MAX_AGE.sub(lambda age: str(min(int(age[0]), longest)), attributes)
            attributes += secure()
        yield f"{name}={value}{attributes}"


def _parts(cookie: str) -> tuple[str, str, str]:
    """Return name, value and attributes of a cookie; of one that is deleted the value is empty."""
    named, semicolon, attributes = cookie.partition(";")
    name, _, value = named.partition("=")
    return name, value.strip('"'), semicolon + attributes


def _shortened(name: str, cookies: dict[str, str]) -> str:
    """Return what is kept of a cookie and its parts as a signed value; none if it is too long."""
    whole = get_cookie_with_chunks(lambda part: _signed(part, cookies.get(part, "")), name)
    kept = {key: value for key, value in json.loads(whole or b"{}").items() if key in _KEPT[name]}
    if name == USER_COOKIE_NAME:
        kept = {key: value for key, value in kept.items() if len(str(value)) <= _LONGEST_CLAIM}
    value = create_signed_value(_secret(), name, json.dumps(kept)).decode()
    return value if len(value) <= _LONGEST_COOKIE else ""


def _signed(name: str, value: str) -> bytes | None:
    """Return what a cookie says, if it is signed by us and no older than a session."""
    days = settings().sign_in_hours / 24
    return decode_signed_value(_secret(), name, value.encode("latin-1"), max_age_days=days)


def _secret() -> str:
    secret = settings().sign_in_cookie_secret
    assert secret is not None  # asked for only where people sign in
    return secret.get_secret_value()
