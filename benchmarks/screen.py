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

    def _keep(self, frame: dict[str, Any]) -> None:
        self._frames.append((frame["metadata"]["timestamp"], frame["data"]))
        self._session.send("Page.screencastFrameAck", {"sessionId": frame["sessionId"]})

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
                colours = _colours(data, points)
                right = np.abs(colours - wanted).max(axis=1) <= _TOLERANCE
                seen = f"{right.sum()} of {len(right)} probes are right"
                if not right.all():
                    first = None
                elif first is None:
                    first, since = moment, time.monotonic()
        return first


def _colours(data: str, points: Sequence[Point]) -> np.ndarray:
    with Image.open(io.BytesIO(base64.b64decode(data))) as image:
        pixels = np.asarray(image.convert("RGB"), dtype=int)
    return np.array([pixels[int(y), int(x)] for x, y in points])
