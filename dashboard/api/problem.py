"""What is wrong with a request, as programs read it: problem details (RFC 9457)."""

import logging
from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import JSONResponse

from dashboard.http.asked import UnusableError
from dashboard.http.keys import NO_STORE, KeyRefused
from dashboard.workshop.workshop import RETRY_SECONDS, BusyError
from geodata.errors import PetaKimError, RegionError, SelectionError
from geodata.people.rights import NotAllowed
from geodata.text import text
from geodata.view.address import read_language

MEDIA_TYPE = "application/problem+json"


class Problem(Exception):
    """A request that is answered with what is wrong with it.

    ``key`` is a text below ``api.problem``, whose placeholders ``values`` fill.
    """

    def __init__(
        self, status: int, key: str, headers: dict[str, str] | None = None, **values: object
    ) -> None:
        super().__init__(key)
        self.status = status
        self.key = key
        self.headers = headers or {}
        self.values = values

    def message(self, lang: str) -> str:
        return text(f"api.problem.{self.key}", lang, **self.values)


def problem_of(request: Request, error: Exception) -> JSONResponse:
    """Return the answer that tells of ``error``, in the language that is asked for."""
    lang, headers = read_language(request.query_params), NO_STORE
    match error:
        case Problem():
            status, detail = error.status, error.message(lang)
            headers = headers | error.headers
        case KeyRefused():
            status, detail = error.status, text(f"http.{error.key}", lang)
            headers = headers | error.headers
        case NotAllowed():
            status, detail = 403, error.message(lang)
        case UnusableError():
            told = "; ".join(f"{notice.parameter}={notice.value}" for notice in error.notices)
            status, detail = 400, text("api.problem.value", lang, value=told)
        case SelectionError() | RegionError():
            status, detail = 400, error.message(lang)
        case BusyError():
            status, detail = 503, error.message(lang)
            headers = headers | {"Retry-After": str(RETRY_SECONDS)}
        case PetaKimError():
            # What it names (a path, a host, a user) is for the operator, in the log.
            logging.getLogger("peta_kim").error("%s", error)
            status, detail = 503, text("error.unavailable", lang)
        case _:
            raise error
    body = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
    }
    return JSONResponse(body, status, headers, media_type=MEDIA_TYPE)
