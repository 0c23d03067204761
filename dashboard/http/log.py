"""Log lines that nobody but the server begins: what comes from outside cannot break one.

As text, or as JSON for whatever collects logs: an object a line, with the number of the request.
"""

import json
import logging
import sys
from datetime import UTC, datetime
from textwrap import indent

from dashboard.request_number import request_number
from geodata.lines import on_one_line, traceback_of
from geodata.settings import settings

_INDENT = "    "
# uvicorn adds the traceback of how it noticed; nothing of ours has failed.
_MISTAKE_OF_A_CLIENT = "Invalid UTF-8 sequence received from client."
# What a record says of its request or run, beside its message.
_BESIDE = ("method", "path", "status", "page", "seconds")


class _Record(logging.LogRecord):
    """A record whose message and traceback begin no line of their own."""

    number = ""

    def getMessage(self) -> str:
        first, *rest = super().getMessage().split("\n")
        return "\n".join([on_one_line(first), *(_INDENT + on_one_line(line) for line in rest)])


class _AsJson(logging.Formatter):
    """Writes a record as one JSON object."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line of ``record``."""
        said = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
            "request": getattr(record, "number", ""),
            **{name: getattr(record, name) for name in _BESIDE if hasattr(record, name)},
            "traceback": record.exc_text or "",
        }
        return json.dumps({name: value for name, value in said.items() if value != ""})


def keep_lines() -> None:
    """Have every record of this process written so; once, before anything is logged."""
    logging.setLogRecordFactory(_record)


def write_as_chosen() -> None:
    """Have all loggers write as the settings say; once those of libraries are set up."""
    if settings().log != "json":
        return
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_AsJson())
    logging.getLogger().handlers = [handler]
    for logger in logging.Logger.manager.loggerDict.values():
        if isinstance(logger, logging.Logger) and logger.handlers:
            logger.handlers, logger.propagate = [], True
    logging.getLogger("peta_kim").setLevel(logging.INFO)


def _record(*args: object, **kwargs: object) -> logging.LogRecord:
    record = _Record(*args, **kwargs)  # type: ignore[arg-type]
    record.number = request_number.get()
    if record.msg == _MISTAKE_OF_A_CLIENT:
        record.exc_info = None
    if record.exc_info and record.exc_info[1]:
        # A formatter writes this where it is there, and else makes it from exc_info.
        record.exc_text = indent(traceback_of(record.exc_info[1]), _INDENT, lambda _: True)
    return record
