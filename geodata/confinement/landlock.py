"""Lets this process read and write only what it is told, and open no TCP connection: Landlock.

A process gives rights up for good, without being root. Nothing of Python does that, so the three
system calls are made by number; they are the same on every architecture.
Of the network it knows TCP alone: UDP, and so a name looked up, stays possible.
See https://docs.kernel.org/userspace-api/landlock.html.
"""

import ctypes
import os
import stat
import sys
from collections.abc import Iterable
from pathlib import Path

_CREATE, _ADD, _RESTRICT = 444, 445, 446
_VERSION_FLAG, _PATH_BENEATH = 1, 1
_NO_NEW_PRIVILEGES = 38  # prctl
_READ_FILE, _READ_FOLDER = 1 << 2, 1 << 3
_FILE_RIGHTS = 0b111 | 1 << 14  # those that a rule about a single file may name
_FOLDERS_SINCE = {1: (1 << 13) - 1, 2: 1 << 13, 3: 1 << 14}  # rights by version of Landlock
_TCP_SINCE, _TCP = 4, 0b11  # listening and connecting


class _Ruleset(ctypes.Structure):
    _fields_ = (("files", ctypes.c_uint64), ("network", ctypes.c_uint64))


class _Beneath(ctypes.Structure):
    _pack_ = 1
    _fields_ = (("allowed", ctypes.c_uint64), ("parent", ctypes.c_int32))


def confine(*, readable: Iterable[Path], listable: Iterable[Path], writable: Path) -> bool:
    """Give up, for good, every right to files but these, and to TCP altogether.

    To be called while the process has one thread: others keep their rights.

    Parameters
    ----------
    readable
        Files, and folders with all that is in them; what does not exist is passed over.
    listable
        Folders of which only the names of the files may be known.
    writable
        The folder in which all is allowed.

    Returns
    -------
    Whether the kernel holds to it; ``False`` where it has no Landlock.
    """
    if sys.platform != "linux":
        return False
    kernel = ctypes.CDLL(None, use_errno=True).syscall
    version = kernel(_CREATE, None, ctypes.c_size_t(0), _VERSION_FLAG)
    if version < 1:
        return False
    every = sum(rights for since, rights in _FOLDERS_SINCE.items() if version >= since)
    wanted = _Ruleset(every, _TCP if version >= _TCP_SINCE else 0)
    size = ctypes.sizeof(wanted) if version >= _TCP_SINCE else 8
    rules = kernel(_CREATE, ctypes.byref(wanted), ctypes.c_size_t(size), 0)
    if rules < 0:
        return False
    allowed = [(path, _READ_FILE | _READ_FOLDER) for path in readable]
    allowed += [(path, _READ_FOLDER) for path in listable]
    for path, rights in [*allowed, (writable, every)]:
        _allow(kernel, rules, path, rights)
    ctypes.CDLL(None, use_errno=True).prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0)
    held = kernel(_RESTRICT, rules, 0) == 0
    os.close(rules)
    return held


def _allow(kernel, rules: int, path: Path, rights: int) -> None:  # type: ignore[no-untyped-def]
    try:
        opened = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return
    if not stat.S_ISDIR(os.fstat(opened).st_mode):
        rights &= _FILE_RIGHTS
    rule = _Beneath(rights, opened)
    kernel(_ADD, rules, _PATH_BENEATH, ctypes.byref(rule), 0)
    os.close(opened)
