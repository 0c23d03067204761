"""What many look at is made once: answers by the function that makes them, and what it is asked.

What is kept is shared by all who ask for it, so nobody may change it.
"""

import hashlib
import pickle
import weakref
from collections.abc import Callable, Hashable
from typing import Any, ParamSpec, TypeVar

import numpy as np
import pandas as pd

from dashboard.workshop.workshop import workshop
from geodata.indicators.current import figures

Asked = ParamSpec("Asked")
Made = TypeVar("Made")


def kept(maker: Callable[Asked, Made], *asked: Asked.args, **named: Asked.kwargs) -> Made:
    """Return what ``maker`` makes of what it is asked, made once for all who ask the same."""
    return workshop().make_at_once(key_of(maker, *asked, **named), lambda: maker(*asked, **named))


def key_of(maker: Callable, *asked: Any, **named: Any) -> Hashable:
    """Return the key of an answer: what makes it, and the name of all that it rests on.

    Any answer may rest on an indicator: metrics and columns are made of them.
    """
    by_name = ((name, _name(value)) for name, value in named.items())
    return maker, figures().version, *map(_name, asked), *by_name


def _name(value: Any) -> Hashable:
    """Return what ``value`` is known by: its version, its content, or that it is the same object.

    A key keeps no object alive.
    """
    version = getattr(value, "version", None)
    if version is not None:
        return type(value), version
    if isinstance(value, pd.DataFrame | pd.Series | np.ndarray | list):
        return hashlib.blake2b(pickle.dumps(value, pickle.HIGHEST_PROTOCOL)).digest()
    if value is not None and type(value).__eq__ is object.__eq__:
        return weakref.ref(value)
    return value
