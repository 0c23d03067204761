"""Two thousand spoilt files of every format, read as the files of strangers are.

Each is a small valid file with bits turned, cut short, with the beginning or a piece of another, a
length that is too large, or an address or a path written into it. What is told is how many were
read or refused with an error that we foresaw, how many ended their reader by a signal (which the
server survives), and the most memory that one took. Nobody may have been asked for that address.
"""

import socket
from collections import Counter
from typing import TYPE_CHECKING

from benchmarks.results import Result, Row
from tests import mutations

if TYPE_CHECKING:
    from benchmarks.__main__ import Options

_FILES, _SEED = 2_000, 2025
_MEMORY = 500_000_000


def run(_options: "Options") -> Result:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.2)
        address = f"http://127.0.0.1:{listener.getsockname()[1]}/x"
        outcomes = mutations.outcomes(_FILES, _SEED, [address.encode(), b"/etc/hostname"])
        try:
            listener.accept()
        except TimeoutError:
            asked = 0
        else:
            asked = 1
    ends = Counter(outcome.end for outcome in outcomes)
    unforeseen = sum(count for end, count in ends.items() if end.startswith("mistake"))
    signals = sum(count for end, count in ends.items() if end.startswith("signal"))
    said = ", ".join(f"{end} {count:,}" for end, count in ends.most_common())
    return Result(
        "mutated-files",
        f"{_FILES:,} spoilt files; {signals} ended their reader by a signal, {asked} asked a host",
        [
            Row("read or foreseen", "share", [1 - unforeseen / _FILES], not_below=1),
            Row(
                "most memory",
                "byte",
                [max(outcome.memory for outcome in outcomes)],
                at_most=_MEMORY,
            ),
        ],
        [said],
    )
