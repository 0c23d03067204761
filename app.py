"""The server: pages and HTTP routes meet here and nowhere else. Start it with ``make run``."""

import logging
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import streamlit as st
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware

from dashboard.frame import state
from dashboard.http.access import Access
from dashboard.http.at_once import send_at_once
from dashboard.http.base_path import moved_below
from dashboard.http.frames import ReadableFrames
from dashboard.http.link_preview import PageHead
from dashboard.http.log import keep_lines, write_as_chosen
from dashboard.http.numbers import Numbered
from dashboard.http.packing import PackedOnce
from dashboard.http.routes import EXCEPTION_HANDLERS, ROUTES
from dashboard.http.security_headers import SecurityHeaders
from dashboard.http.sessions import ending_sessions
from dashboard.http.sign_in import SignInCookies, hand_over
from dashboard.http.standby import standing_by
from dashboard.http.upload_bounds import UploadBounds
from dashboard.http.way_back import WayBack
from dashboard.main import PAGES, page_title
from dashboard.workshop.workshop import workshop
from geodata.lines import traceback_of
from geodata.private_files import write_private
from geodata.registry.database.writers import wait_for_writers
from geodata.text import text

keep_lines()
write_private()
hand_over()

# Makers of expensive answers compute for seconds. The 5 ms after which a thread gives way add up
# over the many steps of a small request: with half a millisecond it is answered in half the time.
sys.setswitchinterval(0.0005)


# Seconds that a server which is told to stop waits for a commit; what starts it must wait longer.
_LONGEST_WRITING = 300


def _say_sorry(error: Exception) -> bool:
    """Log the error for the operator and show the reader a sentence instead of a stack trace."""
    logging.getLogger("peta_kim").error("Unexpected error in a page\n%s", traceback_of(error))
    st.error(text("error.unexpected", state.language()))
    return True


@asynccontextmanager
async def _lifetime(server: object) -> AsyncIterator[None]:
    """While the server runs, end sessions of readers who left and stand by for others.

    It ends once what is being written to the registry is there: scripts of pages end with it.
    """
    write_as_chosen()
    send_at_once()
    async with ending_sessions(server), standing_by():
        yield
    await run_in_threadpool(wait_for_writers, _LONGEST_WRITING)
    workshop().results.clear()


app = st.App(
    "dashboard/main.py",
    routes=moved_below(ROUTES),
    middleware=[
        Middleware(Numbered),
        Middleware(SecurityHeaders),
        Middleware(Access),
        Middleware(SignInCookies),
        Middleware(WayBack),
        Middleware(UploadBounds),
        Middleware(ReadableFrames),
        Middleware(PageHead, names=PAGES, title=page_title),
        Middleware(PackedOnce),
    ],
    exception_handlers=EXCEPTION_HANDLERS,
    lifespan=_lifetime,
    on_script_error=_say_sorry,
)
