"""What readers need is ready before they ask, and what stays is not looked through again.

After each run of a page Streamlit would have Python's collector look through all objects for
cycles: 0.15 of the 0.19 s of CPU that a run takes, with some 400,000 objects of modules and data
that stay as long as the server. These are put aside (``gc.freeze``), and the rest is looked through
here instead, for many runs at once (``postScriptGC`` in ``.streamlit/config.toml``).
"""

import asyncio
import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from starlette.concurrency import run_in_threadpool

from dashboard.http import search
from geodata.errors import PetaKimError

# Seconds between two looks; the first page of a server comes before the index of the search.
_PAUSE = 10.0
# Objects beside those put aside, as a share of these, at which all are sorted anew: whatever was
# put aside and is garbage now goes then.
_BESIDE = 0.25


@asynccontextmanager
async def standing_by() -> AsyncIterator[None]:
    """While the server runs, keep the search ready, also for a new registry, and put aside."""

    async def look_again() -> None:
        while True:
            put_aside()
            await asyncio.sleep(_PAUSE)
            with suppress(PetaKimError):  # pages and answers tell what is wrong
                await run_in_threadpool(search.index)

    looking = asyncio.create_task(look_again())
    try:
        yield
    finally:
        looking.cancel()
        gc.unfreeze()


def put_aside() -> None:
    """Let garbage go, and put what is in use aside if enough has come since that was done."""
    gc.collect()
    if len(gc.get_objects()) > _BESIDE * gc.get_freeze_count():
        gc.unfreeze()
        gc.collect()
        gc.freeze()
