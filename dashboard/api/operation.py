"""An operation: an address that programs ask, what it takes and what it answers.

Routes and the description of the interface (OpenAPI) are both made of these records, so a parameter
that is described is taken, and no other.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from dashboard.api.pace import pace
from dashboard.api.problem import Problem, problem_of
from dashboard.http.asked import asked_view
from dashboard.http.tags import has_already, tag_of
from dashboard.workshop.workshop import LeftError
from geodata.settings import settings
from geodata.view.address import shortened

# Whoever's page it is may read it: nothing here depends on who asks, but for keys, which a page of
# another site cannot send unasked.
_FOR_ALL = {"Access-Control-Allow-Origin": "*"}

Answer = Callable[[Request], Awaitable[Response]]


@dataclass(frozen=True)
class Operation:
    """An address and what it answers.

    Attributes
    ----------
    path
        Below the app; ``{names}`` stand for one part of it each.
    name
        Its name among all operations; the text ``api.operation.<name>`` says what it answers.
    answer
        Answers a request whose parameters are known.
    parameters
        Names of the query parameters that it takes.
    also_takes
        Names that it takes besides, of this request.
    schema
        Name of what it answers among the schemas of the description.
    counted
        Whether it counts how often an address asks: a map asks for many tiles at once.
    """

    path: str
    name: str
    answer: Answer
    parameters: tuple[str, ...] = ("bahasa",)
    also_takes: Callable[[Request], Sequence[str]] = lambda _: ()
    schema: str = "openapi"
    counted: bool = True

    @property
    def route(self) -> Route:
        """What serves it."""
        return Route(self.path, self._endpoint)

    async def _endpoint(self, request: Request) -> Response:
        try:
            if self.counted:
                _keep_pace(request)
            await run_in_threadpool(self._check, request)
            answer = await self.answer(request)
        except LeftError:
            raise
        except Exception as error:  # noqa: BLE001 - what is no problem of the request is raised
            answer = problem_of(request, error)
        answer.headers.update(_FOR_ALL)
        answer.headers.add_vary_header("Accept")
        return answer

    def _check(self, request: Request) -> None:
        asked_view(request)  # which may hold no mistake, wherever its language alone is asked for
        unknown = [name for name in request.query_params if name not in self.parameters]
        if unknown:
            allowed = (*self.parameters, *self.also_takes(request))
            unknown = [name for name in unknown if name not in allowed]
        if unknown:
            told = shortened(", ".join(unknown))
            raise Problem(400, "parameter", value=told, allowed=", ".join(allowed))


def _keep_pace(request: Request) -> None:
    address = request.client.host if request.client else ""
    if seconds := pace.seconds_to_wait(address, settings().api_per_minute):
        raise Problem(429, "wait", {"Retry-After": str(seconds)})


def reply(
    request: Request, body: bytes, media_type: str, headers: dict[str, str] | None = None
) -> Response:
    """Return the answer with its tag; who has it already is not sent it again."""
    headers = {"ETag": tag_of(body), "Cache-Control": "no-cache", **(headers or {})}
    if has_already(request, headers["ETag"]):
        return Response(status_code=304, headers=headers)
    return Response(body, media_type=media_type, headers=headers)
