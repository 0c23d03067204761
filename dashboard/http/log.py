"""Log lines that nobody but the server begins: what comes from outside cannot break one."""

import logging
import re
from textwrap import indent
from traceback import format_exception

_INDENT = "    "
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]")


class _Record(logging.LogRecord):
    """A record whose message and traceback begin no line of their own."""

    def getMessage(self) -> str:
        return _kept_in(super().getMessage())


def keep_lines() -> None:
    """Have every record of this process written so; once, before anything is logged."""
    logging.setLogRecordFactory(_record)


def _record(*args: object, **kwargs: object) -> logging.LogRecord:
    record = _Record(*args, **kwargs)  # type: ignore[arg-type]
    if record.exc_info and record.exc_info[0]:
        # A formatter writes this where it is there, and else makes it from exc_info.
        record.exc_text = indent(_plain("".join(format_exception(*record.exc_info))), _INDENT)
    return record


def _kept_in(message: str) -> str:
    first, *rest = _plain(message).split("\n")
    return "\n".join([first, *(_INDENT + line for line in rest)])


def _plain(message: str) -> str:
    return _CONTROL.sub(lambda match: f"\\x{ord(match[0]):02x}", message)
