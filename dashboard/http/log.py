"""Log lines that nobody but the server begins: what comes from outside cannot break one."""

import logging
from textwrap import indent

from geodata.lines import on_one_line, traceback_of

_INDENT = "    "
# uvicorn adds the traceback of how it noticed; nothing of ours has failed.
_MISTAKE_OF_A_CLIENT = "Invalid UTF-8 sequence received from client."


class _Record(logging.LogRecord):
    """A record whose message and traceback begin no line of their own."""

    def getMessage(self) -> str:
        first, *rest = super().getMessage().split("\n")
        return "\n".join([on_one_line(first), *(_INDENT + on_one_line(line) for line in rest)])


def keep_lines() -> None:
    """Have every record of this process written so; once, before anything is logged."""
    logging.setLogRecordFactory(_record)


def _record(*args: object, **kwargs: object) -> logging.LogRecord:
    record = _Record(*args, **kwargs)  # type: ignore[arg-type]
    if record.msg == _MISTAKE_OF_A_CLIENT:
        record.exc_info = None
    if record.exc_info and record.exc_info[1]:
        # A formatter writes this where it is there, and else makes it from exc_info.
        record.exc_text = indent(traceback_of(record.exc_info[1]), _INDENT, lambda _: True)
    return record
