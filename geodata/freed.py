"""Memory that is free, given back to the machine."""

import ctypes


def give_back() -> None:
    """Give the machine what this process has freed, which it otherwise keeps to use again.

    After work that takes gigabytes for a while; only glibc (Linux) has to be asked.
    """
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)
