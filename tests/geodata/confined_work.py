"""What the tests of confinement let a confined process do."""

import errno
import os
import socket
import sys
import time
from pathlib import Path

from geodata.errors import DataFileError


def answers(given, folder: Path, done):
    (folder / "file").write_text("written")
    done(0.5)
    done(1.0)
    print("a library talks")
    return sum(given["sum"])


def raises(_given, _folder, _done):
    raise DataFileError("missing_file", file=Path("kim.csv"))


def takes(size: int, _folder, _done):
    return len(bytearray(size))


def writes(size: int, _folder, _done):
    return "x" * size


def kills_itself(number: int, _folder, _done):
    os.kill(os.getpid(), number)


def exits(_given, _folder, _done):
    os._exit(0)


def stumbles(_given, _folder, _done):
    raise LookupError("a mistake of ours")


def fills_the_disk(_given, _folder, _done):
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def waits(_given, _folder, _done):
    time.sleep(60)


def computes(_given, _folder, _done):
    while True:
        pass


def leaves_a_child(_given, _folder, _done):
    child = os.fork()
    if not child:
        os.closerange(0, 256)  # else the answer would be waited for
        time.sleep(60)
        os._exit(0)
    return child


def talks_and_stumbles(size: int, _folder, _done):
    os.ftruncate(2, size)
    os.lseek(2, 0, os.SEEK_END)
    os.write(2, b"std::bad_alloc")
    os._exit(1)


def begins_and_waits(_given, _folder, done):
    done(0.5)
    time.sleep(60)


def environment(_given, _folder, _done):
    return sorted(os.environ)


def reads(paths: list[str], _folder, _done):
    return [_read(Path(path)) for path in paths]


def _read(path: Path) -> str:
    try:
        return path.read_text()
    except OSError:
        return ""


def changes(paths: list[str], _folder, _done):
    return [_changed(Path(path)) for path in paths]


def _changed(path: Path) -> bool:
    try:
        path.write_text("changed")
    except OSError:
        return False
    return True


def connects(port: int, _folder, _done):
    try:
        socket.create_connection(("127.0.0.1", port), timeout=5)
    except OSError as error:
        return type(error).__name__
    return "connected"


def has_landlock() -> bool:
    if sys.platform != "linux":
        return False
    import ctypes

    return ctypes.CDLL(None).syscall(444, None, ctypes.c_size_t(0), 1) >= 4
