"""The number of the request that is being answered, or that opened the page being drawn."""

from contextvars import ContextVar

HEADER = "x-request-id"

request_number: ContextVar[str] = ContextVar("request_number", default="")
