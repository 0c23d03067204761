"""The server: pages and HTTP routes meet here and nowhere else. Start it with ``make run``."""

import logging

import streamlit as st
from starlette.middleware import Middleware

from dashboard import state
from dashboard.main import PAGES
from dashboard.preview import PreviewTags
from dashboard.routes import EXCEPTION_HANDLERS, ROUTES
from geodata.text import text


def _say_sorry(error: Exception) -> bool:
    """Log the error for the operator and show the reader a sentence instead of a stack trace."""
    logging.getLogger("peta_kim").error("Unexpected error in a page", exc_info=error)
    st.error(text("error.unexpected", state.language()))
    return True


app = st.App(
    "dashboard/main.py",
    routes=ROUTES,
    middleware=[Middleware(PreviewTags, names=tuple(name for name, _ in PAGES))],
    exception_handlers=EXCEPTION_HANDLERS,
    on_script_error=_say_sorry,
)
