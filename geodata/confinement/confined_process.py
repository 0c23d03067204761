"""The other side of the module ``confined``: the process that gives rights up, and then works."""

import contextlib
import importlib
import json
import os
import resource
import sys
import traceback
from pathlib import Path
from typing import Any

from geodata.confinement.landlock import confine
from geodata.errors import PetaKimError

_OUT_OF_MEMORY = 3
# Whoever asked may have a thread's stack: what is too deep for that ends here.
_STACK_BYTES = 4 << 20
# Python, its packages, our own code, and the libraries of the system.
_ALWAYS = (
    *(Path(path) for path in (sys.prefix, sys.base_prefix)),
    Path(__file__).resolve().parent.parent,
    *(
        Path(path)
        for path in ("/usr/lib", "/usr/local/lib", "/lib", "/lib64", "/usr/share/zoneinfo")
    ),
    *(Path(path) for path in ("/etc/ld.so.cache", "/dev/urandom", "/dev/null")),
)


def main() -> int:
    """Do what ``request.json`` says, and write ``answer.json``; return the status to exit with."""
    folder = Path.cwd()
    request = json.loads((folder / "request.json").read_bytes())
    progress = os.dup(1)
    os.dup2(2, 1)  # what a library prints is no progress
    _limit(**request["limits"])
    readable = [Path(path) for path in request["readable"]]
    beside = {path.parent for path in readable}
    confine(readable=[*_ALWAYS, *readable], listable=beside, writable=folder)
    answer: dict[str, Any]
    try:
        function = getattr(importlib.import_module(request["module"]), request["function"])
        returned = function(
            request["arguments"],
            folder / "work",
            lambda share: os.write(progress, f"{share:.4f}\n".encode()),
        )
        answer = {"returned": returned}
    except PetaKimError as error:
        values = {name: _plain(value) for name, value in error.values.items()}
        answer = {"error": [type(error).__name__, error.key, values]}
    except MemoryError:
        traceback.print_exc()
        return _OUT_OF_MEMORY
    # In one go, which is several times as fast as json.dump: that encodes in Python, bit by bit.
    (folder / "answer.json").write_text(json.dumps(answer), encoding="utf-8")
    return 0


def _plain(value: object) -> int | float | str:
    return value if isinstance(value, int | float | str) else str(value)


def _limit(memory: int, seconds: int, file_bytes: int) -> None:
    for what, most in (
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_FSIZE, file_bytes),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_STACK, _STACK_BYTES),
        (resource.RLIMIT_AS, memory),
    ):
        hardest = resource.getrlimit(what)[1]
        if hardest != resource.RLIM_INFINITY:
            most = min(most, hardest)
        try:
            resource.setrlimit(what, (most, most if what != resource.RLIMIT_CPU else hardest))
        except (ValueError, OSError):  # macOS knows no limit of addresses
            continue
    with contextlib.suppress(OSError):
        # If the machine itself runs out of memory, this process is the one to go.
        Path("/proc/self/oom_score_adj").write_text("1000", encoding="ascii")


if __name__ == "__main__":
    sys.exit(main())
