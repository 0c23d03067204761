"""Serving below a path: every address of ours begins with Streamlit's ``server.baseUrlPath``."""

from collections.abc import Sequence

import streamlit as st
from starlette.requests import Request
from starlette.routing import Route


def base_path() -> str:
    """Return the path below which everything is served: ``/kim``, or nothing at the root."""
    path = (st.get_option("server.baseUrlPath") or "").strip("/")
    return f"/{path}" if path else ""


def below(path: str) -> str:
    """Return the address of ``path`` (which begins with a slash) on this server."""
    return base_path() + path


def site_of(request: Request) -> str:
    """Return the address of the app as the request names it, without a slash at its end."""
    return str(request.base_url).rstrip("/") + base_path()


def moved_below(routes: Sequence[Route]) -> list[Route]:
    """Return ``routes`` as they are served; what is not below the path is none of ours."""
    return [Route(below(route.path), route.endpoint) for route in routes]
