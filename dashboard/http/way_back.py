"""The way back of who signs in or out: to the view that they left, instead of the first page.

Streamlit leads all to the first page, and a view is its address.
"""

from urllib.parse import quote, unquote, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import cookie_parser
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard.addresses import below
from dashboard.http.sign_in import SIGN_OUT, secure
from geodata.settings import settings

_COOKIE = "peta_kim_asal"
_SECONDS = 900  # for whatever the provider asks
_LONGEST = 2_000  # characters; of a longer address the first page is as good
_AWAY, _BACK = ("/auth/login", SIGN_OUT), "/oauth2callback"


class WayBack:
    """Middleware that remembers, in a cookie, where somebody left for the provider."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer as the application does, and lead back."""
        path = scope["path"] if scope["type"] == "http" and settings().signs_in else None
        if path not in (below(_BACK), *map(below, _AWAY)):
            await self._app(scope, receive, send)
            return
        asked = Headers(scope=scope)

        async def forward(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                if path != below(_BACK):
                    headers.append("set-cookie", _cookie(_left(asked), _SECONDS))
                elif headers.get("location") == below("/"):
                    headers["location"] = _back_to(asked)
                    headers.append("set-cookie", _cookie("", 0))
            await send(message)

        await self._app(scope, receive, forward)


def _left(asked: Headers) -> str:
    """Return the path and query of the page of ours that somebody comes from; "" of no such."""
    page = urlsplit(asked.get("referer", ""))
    left = page._replace(scheme="", netloc="", fragment="").geturl()
    ours = f"{page.scheme}://{page.netloc}" == settings().sign_in_address
    return left if ours and len(left) <= _LONGEST else ""


def _back_to(asked: Headers) -> str:
    """Return where to lead back to, which is on this site whoever has set the cookie."""
    left = unquote(cookie_parser(asked.get("cookie", "")).get(_COOKIE, ""))
    ours = left.startswith(below("/")) and not left.startswith("//")
    return quote(left, safe="/?&=%;,:+~") if ours and "\\" not in left else below("/")


def _cookie(value: str, seconds: int) -> str:
    where = f"Path={below(_BACK)}; SameSite=Lax{secure()}"
    return f"{_COOKIE}={quote(value, safe='')}; HttpOnly; Max-Age={seconds}; {where}"
