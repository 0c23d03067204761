"""The way back of who signs in or out: to the view that they left, instead of the first page.

Streamlit leads all to the first page, and a view is its address. Where the provider cannot be
reached there is no way: that is said in a sentence. That somebody came back without having signed
in goes with them in a cookie, for the page to say.
"""

from urllib.parse import quote, unquote, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import cookie_parser
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard.addresses import NOT_SIGNED_IN, below
from dashboard.http.sign_in import SIGN_OUT, claims_of, secure, signs_in
from geodata.settings import settings
from geodata.text import LANGUAGES, text

_LEFT = "peta_kim_asal"
_SECONDS = 900  # for whatever the provider asks
_SECONDS_TO_SAY = 30  # that somebody has not signed in
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
        asked, there_is_a_way = Headers(scope=scope), True

        async def forward(message: Message) -> None:
            nonlocal there_is_a_way
            starts = message["type"] == "http.response.start"
            if starts and message["status"] >= 400:
                there_is_a_way = False
                await _sorry(scope, receive, send)
            elif there_is_a_way:
                if starts:
                    _lead(scope, asked, MutableHeaders(scope=message))
                await send(message)

        await self._app(scope, receive, forward)


async def _sorry(scope: Scope, receive: Receive, send: Send) -> None:
    said = "\n".join(text("http.sign_in_away", lang) for lang in LANGUAGES)
    await PlainTextResponse(said + "\n", 503)(scope, receive, send)


def _lead(scope: Scope, asked: Headers, answered: MutableHeaders) -> None:
    """Note in the answer where somebody left, or lead there whoever comes back."""
    query = scope["query_string"]
    if scope["path"] != below(_BACK):
        answered.append("set-cookie", _cookie(_LEFT, _left(asked), below(_BACK), _SECONDS))
    elif answered.get("location") == below("/"):
        answered["location"] = _back_to(asked)
        tried = b"code=" in query or b"error=" in query
        if tried and not (signs_in(answered.getlist("set-cookie")) or claims_of(asked)):
            answered.append("set-cookie", _cookie(NOT_SIGNED_IN, "1", below("/"), _SECONDS_TO_SAY))
        answered.append("set-cookie", _cookie(_LEFT, "", below(_BACK), 0))


def _left(asked: Headers) -> str:
    """Return the path and query of the page of ours that somebody comes from; "" of no such."""
    page = urlsplit(asked.get("referer", ""))
    left = page._replace(scheme="", netloc="", fragment="").geturl()
    ours = f"{page.scheme}://{page.netloc}" == settings().sign_in_address
    return left if ours and len(left) <= _LONGEST else ""


def _back_to(asked: Headers) -> str:
    """Return where to lead back to, which is on this site whoever has set the cookie."""
    left = unquote(cookie_parser(asked.get("cookie", "")).get(_LEFT, ""))
    ours = left.startswith(below("/")) and not left.startswith("//")
    return quote(left, safe="/?&=%;,:+~") if ours and "\\" not in left else below("/")


def _cookie(name: str, value: str, path: str, seconds: int) -> str:
    where = f"Path={path}; SameSite=Lax{secure()}"
    return f"{name}={quote(value, safe='')}; HttpOnly; Max-Age={seconds}; {where}"
