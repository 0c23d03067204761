"""Sees a repaint as the reader does: in the frames that the browser puts on the screen.

Chromium's screencast hands over every frame it draws, with its time. A change counts as painted
with the first frame in which all probes have their new colours, and none loses it any more. A map
that Streamlit fades out while a page runs has other colours, so it does not count.
"""

import base64
import io
import time
from collections.abc import Sequence
from typing import Any

import numpy as np
from PIL import Image
from playwright.sync_api import Page

from benchmarks.places import Point
from benchmarks.probes import Probe

_STEADY_SECONDS = 1.5
_STILL_MS = 3_000
_LEAST_RIGHT = 0.6
_TOLERANCE = 8  # of a colour channel, of 255

# Runs in every frame before the page's own scripts: the time of the last click, and how many bytes
# have come in over websockets, both read by ``Screen``.
WATCH = """
window.clickedAt = 0;
const noted = (event) => { window.clickedAt = performance.timeOrigin + event.timeStamp; };
addEventListener("click", noted, true);
window.bytesReceived = 0;
window.WebSocket = class extends WebSocket {
  constructor(...given) {
    super(...given);
    this.addEventListener("message", ({ data }) => {
      window.bytesReceived += data.byteLength ?? data.size ?? data.length;
    });
  }
};
"""


class Screen:
    """The screen of one page, watched from now on."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._frames: list[tuple[float, str]] = []
        self._session = page.context.new_cdp_session(page)
        self._session.on("Page.screencastFrame", self._keep)
        self._session.send("Page.startScreencast", {"format": "png"})
        self._over_http = 0.0
        self._session.on("Network.loadingFinished", self._count)
        self._session.send("Network.enable")

    def _keep(self, frame: dict[str, Any]) -> None:
        self._frames.append((frame["metadata"]["timestamp"], frame["data"]))
        self._session.send("Page.screencastFrameAck", {"sessionId": frame["sessionId"]})

    def look_away(self) -> None:
        """Take no more frames: a page that closes cannot say that one was taken."""
        self._session.remove_listener("Page.screencastFrame", self._keep)
        self._session.send("Page.stopScreencast")

    def _count(self, finished: dict[str, Any]) -> None:
        self._over_http += finished["encodedDataLength"]

    def slow_down(self, line: dict[str, Any]) -> None:
        """Have all come over a line with these conditions (of Chromium's protocol)."""
        self._session.send("Network.emulateNetworkConditions", line)

    @property
    def bytes_in_all(self) -> float:
        """Bytes that have come in over HTTP, as they were sent, and over websockets."""
        return self._over_http + self.bytes_received

    @property
    def bytes_received(self) -> int:
        return self._page.evaluate("window.bytesReceived")

    @property
    def clicked_at(self) -> float:
        """Time of the last click, in seconds since 1970 as frames have it."""
        return self._page.evaluate("window.clickedAt") / 1000

    def painted_at(
        self, probes: Sequence[Probe], points: Sequence[Point], metric: str, timeout: float
    ) -> float:
        """Wait until ``probes``, at ``points`` of the page, steadily show ``metric``.

        Returns
        -------
        Time of the first frame that did, in seconds since 1970.

        Raises
        ------
        TimeoutError
            If they do not.
        """
        wanted = np.array([probe.colours[metric] for probe in probes])
        deadline = time.monotonic() + timeout
        first, since, seen = None, 0.0, "no frame came"
        while first is None or time.monotonic() - since < _STEADY_SECONDS:
            if time.monotonic() > deadline:
                raise TimeoutError(f"{metric} is not on the screen after {timeout:g} s: {seen}")
            self._page.wait_for_timeout(50)
            frames, self._frames = self._frames, []
            for moment, data in frames:
                right = _right(_colours(data, points), wanted)
                seen = f"{right.sum()} of {len(right)} probes are right"
                if not right.all():
                    first = None
                elif first is None:
                    first, since = moment, time.monotonic()
        return first

    def settled_at(self, probes: Sequence[Probe], points: Sequence[Point], metric: str) -> float:
        """Wait until the screen moves no more, and return since when it shows ``metric``.

        Frames of a first visit are looked at from the beginning. Places that lie below a legend or
        a name in the end are not looked at.

        Returns
        -------
        Time of the first frame from which on all others had their colours, in seconds since 1970.

        Raises
        ------
        TimeoutError
            If too few have them in the end.
        """
        wanted = np.array([probe.colours[metric] for probe in probes])
        count = -1
        while count != len(self._frames):
            count = len(self._frames)
            self._page.wait_for_timeout(_STILL_MS)
        seen = [(moment, _right(_colours(data, points), wanted)) for moment, data in self._frames]
        settled, in_the_end = seen[-1]
        if in_the_end.mean() < _LEAST_RIGHT:
            raise TimeoutError(f"{metric} is not on the screen: {in_the_end.mean():.0%} are right")
        for moment, right in reversed(seen):
            if not right[in_the_end].all():
                break
            settled = moment
        return settled


def _right(colours: np.ndarray, wanted: np.ndarray) -> np.ndarray:
    return np.abs(colours - wanted).max(axis=1) <= _TOLERANCE


def _colours(data: str, points: Sequence[Point]) -> np.ndarray:
    with Image.open(io.BytesIO(base64.b64decode(data))) as image:
        pixels = np.asarray(image.convert("RGB"), dtype=int)
    return np.array([pixels[int(y), int(x)] for x, y in points])
