"""Whose key a request carries (RFC 6750, section 2.1); after wrong ones an address has to wait."""

import logging
import time
from collections import OrderedDict, deque
from collections.abc import Callable
from math import ceil

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from geodata.people import keys
from geodata.people.rights import NotAllowed, Person
from geodata.registry.database.connection import find_registry, sample_is_chosen
from geodata.registry.database.registry_error import RegistryEmpty
from geodata.text import LANGUAGES, text

NO_STORE = {"Cache-Control": "no-store"}
_WRONG, _SECONDS = 5, 60.0
_MOST_ADDRESSES = 10_000  # that are remembered; the one that tried longest ago is forgotten

_log = logging.getLogger("peta_kim.access")


class KeyRefused(Exception):
    """A request whose key opens nothing: the status of the answer, and what it says."""

    def __init__(self, status: int, key: str, headers: dict[str, str]) -> None:
        super().__init__(key)
        self.status = status
        self.key = key
        self.headers = headers


class WrongKeys:
    """The wrong keys of the last minute, by the address they came from.

    Each server counts for itself. Asked from the server's own thread alone, so there is no lock.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._tries: OrderedDict[str, deque[float]] = OrderedDict()

    def note(self, address: str) -> None:
        """Remember that a wrong key came from ``address``."""
        tries = self._tries.pop(address, None) or deque(maxlen=_WRONG)
        tries.append(self._clock())
        self._tries[address] = tries
        if len(self._tries) > _MOST_ADDRESSES:
            self._tries.popitem(last=False)

    def seconds_to_wait(self, address: str) -> int:
        """Return for how long no key from ``address`` is looked at; 0 if one may come now."""
        tries = self._tries.get(address)
        if tries is None or len(tries) < _WRONG:
            return 0
        return max(0, ceil(tries[0] + _SECONDS - self._clock()))


wrong_keys = WrongKeys()


async def person_with_key(request: Request) -> Person:
    """Return who the program is whose key the request carries.

    Raises
    ------
    KeyRefused
        If it carries none, or a wrong, expired or revoked one, or has to wait after such.
    """
    address = request.client.host if request.client else ""
    if seconds := wrong_keys.seconds_to_wait(address):
        raise KeyRefused(429, "key_wait", {"Retry-After": str(seconds)})
    scheme, _, key = request.headers.get("authorization", "").partition(" ")
    asked = {"WWW-Authenticate": "Bearer"}
    if scheme.lower() != "bearer":
        raise KeyRefused(401, "key_needed", asked)
    person = await run_in_threadpool(_person_of, key.strip())
    if person is None:
        wrong_keys.note(address)
        _log.warning("A wrong, expired or revoked key came from %s", address)
        raise KeyRefused(401, "key_wrong", asked)
    return person


def _person_of(key: str) -> Person | None:
    if sample_is_chosen():
        return None
    try:
        return keys.person_of_key(find_registry(), key)
    except RegistryEmpty:
        return None


async def refused(_: Request, error: Exception) -> Response:
    """Answer why a key opens nothing, in both languages: a program has none."""
    assert isinstance(error, KeyRefused)
    said = "\n".join(text(f"http.{error.key}", lang) for lang in LANGUAGES)
    return JSONResponse({"error": said}, error.status, NO_STORE | error.headers)


async def not_allowed(_: Request, error: Exception) -> Response:
    """Answer what whoever asks may not, in both languages."""
    assert isinstance(error, NotAllowed)
    said = "\n".join(error.message(lang) for lang in LANGUAGES)
    return JSONResponse({"error": said}, 403, NO_STORE)


EXCEPTION_HANDLERS = {KeyRefused: refused, NotAllowed: not_allowed}
