"""Headers of every answer: what a page may load, who may frame it, and that types are as said.

Streamlit styles elements in place, and streamlit-folium makes its map by evaluating what folium
wrote, but in a frame of its own: only that frame may.
"""

import base64
import hashlib
import logging
import re
from functools import cache
from pathlib import Path

import streamlit
from starlette.datastructures import MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard.addresses import LIGHT, below
from dashboard.paparan.slide import deck_script
from geodata.settings import settings
from geodata.text import LANGUAGES, text

_INLINE_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)
_INDEX = Path(streamlit.__file__).parent / "static" / "index.html"

_ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), display-capture=(), geolocation=(), microphone=(), "
    "midi=(), payment=(), usb=()",
}

_log = logging.getLogger("peta_kim")


class SecurityHeaders:
    """Middleware that puts the headers on every answer; a failure becomes an answer, too."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer as the application does, with the headers."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = False

        async def forward(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                headers = MutableHeaders(scope=message)
                headers.update(_headers(scope["path"]))
            await send(message)

        try:
            await self._app(scope, receive, forward)
        except Exception:
            _log.exception("Unexpected error in %s %r", scope["method"], scope["path"])
            if started:
                raise
            said = "\n".join(text("http.failed", lang) for lang in LANGUAGES)
            await PlainTextResponse(said + "\n", 500)(scope, receive, forward)


def _headers(path: str) -> dict[str, str]:
    if path.startswith(below("/component/")):
        return _ALWAYS | {"X-Frame-Options": "SAMEORIGIN", "Content-Security-Policy": _component()}
    if path == below(LIGHT):
        return _ALWAYS | _framing()
    policy = _presentation() if path.startswith(below("/paparan/")) else _page()
    return _ALWAYS | {"X-Frame-Options": "DENY", "Content-Security-Policy": policy}


# What Streamlit's page and the frames of its components need alike.
_STREAMLIT = {
    "style": "'self' 'unsafe-inline'",
    "img": "'self' data: blob:",
    "font": "'self' data:",
    "worker": "'self' blob:",
}


@cache
def _page() -> str:
    """Return the policy of Streamlit's page, and of whatever else is served."""
    inline = _INLINE_SCRIPT.findall(_INDEX.read_text(encoding="utf-8"))
    return _policy(
        default="'self'",
        script=" ".join(["'self'", *map(_hash, inline)]),
        **_STREAMLIT,
        frame="'self'",
        frame_ancestors="'none'",
    )


@cache
def _component() -> str:
    """Return the policy of a component's frame, such as that of the map."""
    return _policy(
        default="'self'",
        script="'self' 'unsafe-inline' 'unsafe-eval'",
        **_STREAMLIT,
        frame="'none'",
        frame_ancestors="'self'",
    )


def _framing() -> dict[str, str]:
    """Return the policy of the light view, which other sites may show if a setting lets them."""
    sites = settings().framed_by
    policy = _policy(
        default="'self'", script="'self'", **_STREAMLIT, frame_ancestors=sites or "'none'"
    )
    refused = {} if sites else {"X-Frame-Options": "DENY"}
    return {"Content-Security-Policy": policy, **refused}


@cache
def _presentation() -> str:
    """Return the policy of a presentation, which holds all that it shows."""
    return _policy(
        default="'none'",
        script=_hash(deck_script()),
        style="'unsafe-inline'",
        img="data:",
        frame_ancestors="'none'",
    )


def _policy(*, default: str, frame_ancestors: str, **sources: str) -> str:
    parts = {
        "default-src": default,
        **{f"{name}-src": allowed for name, allowed in sources.items()},
        "frame-ancestors": frame_ancestors,
        "object-src": "'none'",
        "base-uri": "'none'",
        "form-action": "'none'",
    }
    return "; ".join(f"{name} {allowed}" for name, allowed in parts.items())


def _hash(script: str) -> str:
    digest = hashlib.sha256(script.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"
