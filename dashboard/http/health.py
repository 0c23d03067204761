"""Whether this server can answer readers: for whatever sends them here, or somewhere else.

Whoever asks may be a stranger, so only whether each part is in order is said: why not, and where,
is in the log.
"""

import logging
from collections.abc import Callable
from contextlib import suppress

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from dashboard import assets, data
from dashboard.addresses import HEALTH
from geodata.errors import PetaKimError
from geodata.registry.database.registry_error import RegistryEmpty

_log = logging.getLogger("peta_kim.health")


def _registry() -> None:
    with suppress(RegistryEmpty):  # the page Impor can fill it
        data.snapshot()


_PARTS: dict[str, Callable[[], object]] = {
    "registri": _registry,
    "batas": data.boundaries,
    "aset": assets.check,
}


async def health(_: Request) -> Response:
    """Answer 200 if everything that a page needs is in order, else 503; and which part is not."""
    parts = {name: await run_in_threadpool(_in_order, look) for name, look in _PARTS.items()}
    ready = all(parts.values())
    return JSONResponse(
        {"siap": ready, **parts}, 200 if ready else 503, {"Cache-Control": "no-store"}
    )


def _in_order(look: Callable[[], object]) -> bool:
    try:
        look()
    except PetaKimError as error:
        _log.error("%s", error)
        return False
    return True


ROUTES = [Route(HEALTH, health)]
