"""Results that took long to make, kept while they fit into a number of bytes."""

import shutil
import tempfile
import threading
import weakref
from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

_OBJECT = 64  # bytes that any small object takes


class MadeFile:
    """A file in a temporary folder of its own, which goes when nothing refers to it any more."""

    def __init__(self, name: str) -> None:
        folder = tempfile.mkdtemp(prefix="peta-kim-")
        self.path = Path(folder) / name
        weakref.finalize(self, shutil.rmtree, folder, ignore_errors=True)


class Results:
    """Values by key; those not asked for longest go as soon as all are larger than ``most``.

    Attributes
    ----------
    size
        Bytes of all values.
    given, missing
        How often a value was asked for that was there, and that was not.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._lock = threading.Lock()
        self._values: OrderedDict[Hashable, tuple[Any, int]] = OrderedDict()
        self.size = 0
        self.given = self.missing = 0

    def get(self, key: Hashable) -> Any:
        """Return the value of ``key``.

        Raises
        ------
        KeyError
            If it is not kept.
        """
        with self._lock:
            if key not in self._values:
                self.missing += 1
                raise KeyError(key)
            self.given += 1
            self._values.move_to_end(key)
            return self._values[key][0]

    def keep(self, key: Hashable, value: Any) -> None:
        """Keep ``value``, unless it is larger alone than all may be together."""
        size = size_of(value)
        with self._lock:
            self.size -= self._values.pop(key, (None, 0))[1]
            if size > self._most:
                return
            self._values[key] = value, size
            self.size += size
            while self.size > self._most:
                self.size -= self._values.popitem(last=False)[1][1]

    def clear(self) -> None:
        """Let go of everything."""
        with self._lock:
            self._values.clear()
            self.size = 0


def size_of(value: Any) -> int:
    """Return about how many bytes a value takes; of a file, those on the disk."""
    if isinstance(value, bytes | bytearray | str):
        return len(value) + _OBJECT
    if isinstance(value, pd.DataFrame | pd.Series):
        return int(np.sum(value.memory_usage(deep=True)))
    if isinstance(value, np.ndarray):
        return value.nbytes
    if isinstance(value, MadeFile):
        return value.path.stat().st_size
    if isinstance(value, dict):
        return _OBJECT + sum(map(size_of, value.items()))
    if isinstance(value, list | tuple):
        return _OBJECT + sum(map(size_of, value))
    if hasattr(value, "version"):  # a snapshot or boundary set, which others hold, too
        return _OBJECT
    if is_dataclass(value):
        return _OBJECT + sum(size_of(getattr(value, field.name)) for field in fields(value))
    return _OBJECT
