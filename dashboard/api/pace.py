"""How often an address may ask: so many times a minute, all of them at once if it likes."""

import time
from collections import OrderedDict
from collections.abc import Callable
from math import ceil

_SECONDS = 60.0
_MOST_ADDRESSES = 10_000  # that are remembered; the one that asked longest ago is forgotten


class Pace:
    """When each address has used up what it may: the generic cell rate algorithm (ITU-T I.371).

    Each server counts for itself. Asked from the server's own thread alone, so there is no lock.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._used_until: OrderedDict[str, float] = OrderedDict()

    def seconds_to_wait(self, address: str, a_minute: int) -> int:
        """Note that ``address`` asks, and return 0; or for how long it has to wait before it may.

        Who has to wait has asked for nothing.
        """
        now = self._clock()
        before = max(self._used_until.pop(address, now), now)
        after = before + _SECONDS / a_minute
        late = after - now - _SECONDS
        self._used_until[address] = before if late > 0 else after
        if len(self._used_until) > _MOST_ADDRESSES:
            self._used_until.popitem(last=False)
        return max(0, ceil(late))


pace = Pace()
