"""What the server measures of itself while it works; ``dashboard.http.meters`` hands it out."""

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import streamlit as st
from prometheus_client import Histogram

from dashboard.request_number import HEADER, request_number

_SECONDS = (0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 30.0, 60.0)

_RUNS = Histogram("peta_kim_run_seconds", "Runs of pages, in seconds.", ["page"], buckets=_SECONDS)

_log = logging.getLogger("peta_kim.run")


@dataclass
class Run:
    """A run of a page; of which one is known only within it."""

    page: str = ""


@contextmanager
def run() -> Iterator[Run]:
    """Measure a run of a page; its lines of the log have the number of what opened the page."""
    request_number.set(st.context.headers.get(HEADER, ""))
    measured, start = Run(), time.perf_counter()
    try:
        yield measured
    finally:
        seconds = time.perf_counter() - start
        _RUNS.labels(measured.page).observe(seconds)
        _log.info("run", extra={"page": measured.page, "seconds": round(seconds, 3)})
