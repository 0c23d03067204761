"""Runs a function in a process of its own, which may take so much memory and time and no more.

What opens files of strangers runs there: a file that makes its reader take all memory, run for ever
or crash ends that process, and whoever asked gets an error that says so. The process sees none of
our settings and, where the kernel can hold it to that, reaches no host over TCP and reads no file
but those it is given (module ``landlock``). It answers in JSON and in files, never in objects.
"""

import errno
import json
import logging
import os
import selectors
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from geodata.errors import PetaKimError
from geodata.progress import Done

_CODE = Path(__file__).resolve().parent.parent.parent
_PROGRESS_BYTES = 64  # of a line: a number
_STDERR_BYTES = 4_000  # of what the process said in its last moments
_SECONDS_BETWEEN = 0.002  # looks whether a process that closed its output has ended
_GB = 1_000_000_000
_TOO_MUCH = (b"emory", b"bad_alloc", b"failed to map segment", os.strerror(errno.EFBIG).encode())
_ENVIRONMENT = {
    "PYTHONPATH": str(_CODE),
    "PYTHONSAFEPATH": "1",  # never import what was unpacked
    "PYTHONDONTWRITEBYTECODE": "1",
    "PYTHONUTF8": "1",
    # Each of their threads takes addresses, of which there is a limit; the work is one thread's.
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "MALLOC_ARENA_MAX": "1",
    "ARROW_DEFAULT_MEMORY_POOL": "system",
    "GDAL_DRIVER_PATH": "disable",
    "GDAL_HTTP_PROXY": "127.0.0.1:0",  # leads nowhere: a GeoJSON may name an address of its CRS
    "PROJ_NETWORK": "OFF",
}


class ReaderEnded(PetaKimError):
    """The process that read a file did not come to an end of its own; its file is to blame."""


@dataclass(frozen=True)
class Limits:
    """What a confined process may take.

    Attributes
    ----------
    memory
        Bytes of address space; held to on Linux.
    seconds
        Of the clock, and of the processor.
    file_bytes
        Of any file that it writes, its answer included.
    """

    memory: int
    seconds: int
    file_bytes: int


@contextmanager
def confined(
    function: Callable[[Any, Path, Done], Any],
    arguments: object,
    *,
    file: str,
    limits: Limits,
    readable: Sequence[Path],
    done: Done | None = None,
) -> Iterator[tuple[Any, Path]]:
    """Call ``function(arguments, folder, done)`` in a process of its own.

    Parameters
    ----------
    function
        A function of a module. What it returns, and ``arguments``, can be written as JSON; larger
        things it writes into ``folder``.
    file
        What an error calls the file that is read.
    readable
        Files and folders that it may read.

    Returns
    -------
    What it returned, and the folder, which is deleted afterwards.

    Raises
    ------
    ReaderEnded
        If it took more than it may, or crashed.
    PetaKimError
        The very error that ``function`` raised; or the process cannot be started, or the disk is
        full.
    """
    request = {
        "module": function.__module__,
        "function": function.__name__,
        "arguments": arguments,
        "limits": asdict(limits),
        "readable": [str(path) for path in readable],
    }
    with ExitStack() as stack:
        try:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="kim-"))).resolve()
            (folder / "work").mkdir()
            (folder / "request.json").write_text(json.dumps(request), encoding="utf-8")
            process = _start(folder)
        except OSError as error:
            raise PetaKimError("reader_start", file=file, reason=error.strerror) from error
        answer = _answer(process, folder, file, limits, done or _silent)
        if "error" in answer:
            raised, key, values = answer["error"]
            raise _error_class(raised)(key, **values)
        yield answer["returned"], folder / "work"


def _start(folder: Path) -> subprocess.Popen[bytes]:
    environment = _ENVIRONMENT | {"TMPDIR": str(folder / "work"), "HOME": str(folder / "work")}
    with (folder / "stderr").open("wb") as stderr:
        return subprocess.Popen(
            [sys.executable, "-m", "geodata.confinement.confined_process"],
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=stderr,
            start_new_session=True,
        )


def _answer(
    process: subprocess.Popen[bytes], folder: Path, file: str, limits: Limits, done: Done
) -> dict[str, Any]:
    """Wait for the process, and return what it wrote last."""
    try:
        in_time = _follow(process, time.monotonic() + limits.seconds, done)
    finally:  # also where whoever waits is interrupted
        if process.returncode is None:  # not reaped, so its number is nobody else's yet
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)  # with all that it began
        status = process.wait()
        assert process.stdout is not None
        process.stdout.close()
    if in_time and status == 0:
        try:
            answer: dict[str, Any] = json.loads((folder / "answer.json").read_bytes())
            return answer
        except (OSError, ValueError, RecursionError):
            pass
    said = _end_of(folder / "stderr")
    if os.strerror(errno.ENOSPC).encode() in said:
        raise PetaKimError("reader_start", file=file, reason=os.strerror(errno.ENOSPC))
    key = _why(status, in_time, said)
    logging.getLogger(__name__).warning(
        "The reader of a file ended: %s, status %s: %s", key, status, said.decode(errors="replace")
    )
    memory, minutes = f"{limits.memory / _GB:g}", f"{limits.seconds / 60:g}"
    raise ReaderEnded(key, file=file, memory=memory, minutes=minutes)


def _follow(process: subprocess.Popen[bytes], deadline: float, done: Done) -> bool:
    """Pass on what is done, until the process ends or its time is over; tell whether it ended."""
    assert process.stdout is not None
    pipe, tail = process.stdout.fileno(), b""
    with selectors.DefaultSelector() as selector:
        selector.register(pipe, selectors.EVENT_READ)
        while selector.select(max(deadline - time.monotonic(), 0)):
            chunk = os.read(pipe, 1 << 16)
            if not chunk:
                return _ends(process, deadline)
            *lines, tail = (tail + chunk).split(b"\n")
            tail = tail[-_PROGRESS_BYTES:]
            for line in lines[-1:]:
                try:
                    done(min(max(float(line), 0.0), 1.0))
                except ValueError:
                    continue
    return False


def _ends(process: subprocess.Popen[bytes], deadline: float) -> bool:
    """Wait for a process to end; tell whether it did before its time was over.

    It is not reaped, but on macOS, which cannot wait without that.
    """
    while process.poll() is None if sys.platform != "linux" else _runs(process.pid):
        if time.monotonic() > deadline:
            return False
        time.sleep(_SECONDS_BETWEEN)
    return True


def _runs(pid: int) -> bool:
    return os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None


def _end_of(path: Path) -> bytes:
    """Return the last bytes of a file, which may be larger than our memory."""
    with path.open("rb") as file:
        file.seek(max(path.stat().st_size - _STDERR_BYTES, 0))
        return file.read(_STDERR_BYTES)


def _why(status: int, in_time: bool, said: bytes) -> str:
    """Return which text tells why the process ended."""
    if not in_time or -status == signal.SIGXCPU:
        return "reader_time"
    # A kill that is not ours is the kernel's, out of memory; others say so with their last words.
    if -status == signal.SIGKILL or any(words in said for words in _TOO_MUCH):
        return "reader_memory"
    return "reader_crashed"


def _silent(_share: float) -> None:
    pass


def _error_class(name: str) -> type[PetaKimError]:
    known = [PetaKimError]
    for kind in known:  # grows while it is gone through
        known += kind.__subclasses__()
    return next((kind for kind in known if kind.__name__ == name), PetaKimError)
