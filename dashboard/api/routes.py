"""All addresses for programs, and what is answered where there is none."""

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from dashboard.addresses import API, OGC, TILES
from dashboard.api.openapi import FEATURES, REST
from dashboard.api.problem import Problem, problem_of


async def nothing(request: Request) -> Response:
    """Answer that there is nothing at an address; where it only ends with a slash, lead on."""
    if not request.path_params["rest"]:
        return RedirectResponse(request.url.replace(path=request.url.path.rstrip("/")), 308)
    return problem_of(request, Problem(404, "address"))


ROUTES = [
    *(operation.route for operation in (*FEATURES, *REST)),
    *(Route(f"{path}/{{rest:path}}", nothing) for path in (OGC, API, TILES)),
]
