"""The view that a request asks for. Unlike a page, an address of data may hold no mistake."""

import re

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from dashboard import data
from geodata.view.address import Notice, read_view
from geodata.view.view import View

# What chats, mailings and advertisements add to a link that passes through them.
_TRACKING = re.compile(
    r"(utm|mtm|pk|hsa|mc|fb|gad|ref)_\w+|\w*cl(k?)id|igsh(id)?|mibextid|[gw]braid|srsltid|mkt_tok"
    r"|_(ga|gl|hsenc|hsmi)|ref|si",
    re.IGNORECASE,
)


class UnusableError(Exception):
    """Query parameters that cannot be used."""

    def __init__(self, notices: list[Notice]) -> None:
        super().__init__(notices)
        self.notices = notices


def is_tracking(name: str) -> bool:
    """Tell whether a query parameter only says which way a link has come.

    >>> is_tracking("utm_source"), is_tracking("bidnag")
    (True, False)
    """
    return _TRACKING.fullmatch(name) is not None


def asked_view(request: Request) -> View:
    """Return the view that the query parameters say.

    Raises
    ------
    UnusableError
        If one of them cannot be used.
    """
    view, notices = read_view(request.query_params, data.gazetteer())
    if notices:
        raise UnusableError(notices)
    return view


async def unusable(_: Request, error: Exception) -> Response:
    """Answer with the parameters that cannot be used."""
    assert isinstance(error, UnusableError)
    told = {notice.parameter: notice.value for notice in error.notices}
    return JSONResponse({"unusable": told}, status_code=400)


EXCEPTION_HANDLERS = {UnusableError: unusable}
