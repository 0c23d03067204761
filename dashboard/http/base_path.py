"""Serving below a path: every route of ours begins with Streamlit's ``server.baseUrlPath``."""

from collections.abc import Sequence

from starlette.requests import Request
from starlette.routing import Route

from dashboard.addresses import base_path, below


def site_of(request: Request) -> str:
    """Return the address of the app as the request names it, without a slash at its end."""
    return origin_of(request) + base_path()


def origin_of(request: Request) -> str:
    """Return the server as the request names it, for an address that begins with a slash."""
    return str(request.base_url).rstrip("/")


def moved_below(routes: Sequence[Route]) -> list[Route]:
    """Return ``routes`` as they are served; what is not below the path is none of ours."""
    return [Route(below(route.path), route.endpoint) for route in routes]
