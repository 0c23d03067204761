"""Uploads through Streamlit: by whom, how many, and how much.

Streamlit keeps what is uploaded in memory until the session ends, whoever sends it.
"""

from collections import Counter
from collections.abc import Iterable

import streamlit as st
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.runtime import Runtime
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.uploaded_file_manager import UploadedFileRec

from dashboard.addresses import below
from dashboard.http.access import person_of
from geodata.people.rights import Right
from geodata.text import LANGUAGES, text

MOST_FILES = 20  # of a session
MOST_BYTES = 500_000_000  # of a session: the largest file there may be, and smaller ones
MOST_BYTES_OF_ALL = 1_500_000_000

_ADDRESS = "/_stcore/upload_file/"


class UploadBounds:
    """Middleware in front of Streamlit's uploads."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._arriving: Counter[str] = Counter()  # bytes by session
        self._files: Counter[str] = Counter()  # that are arriving, by session

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer with a refusal, or as the application does."""
        if scope["type"] != "http" or not scope["path"].startswith(below(_ADDRESS)):
            await self._app(scope, receive, send)
            return
        session = scope["path"].removeprefix(below(_ADDRESS)).partition("/")[0]
        headers = Headers(scope=scope)
        if scope["method"] == "OPTIONS":
            await self._app(scope, receive, send)
        elif not await run_in_threadpool(_may_bring, headers.items(), session):
            await _refuse(403, "upload_forbidden", scope, receive, send)
        elif scope["method"] != "PUT":
            await self._app(scope, receive, send)
        elif self._files_of(session) >= MOST_FILES or self._room(session) < _announced(headers):
            await _refuse(413, "upload_full", scope, receive, send)
        else:
            await self._take(session, scope, receive, send)

    async def _take(self, session: str, scope: Scope, receive: Receive, send: Send) -> None:
        """Let an upload in while there is room for what arrives of it."""
        arrived = 0

        async def counted() -> Message:
            nonlocal arrived
            message = await receive()
            size = len(message.get("body", b""))
            arrived += size
            self._arriving[session] += size
            if self._room(session) < 0:
                raise HTTPException(413, "\n".join(_said("upload_full")))
            return message

        self._files[session] += 1
        try:
            await self._app(scope, counted, send)
        finally:
            self._arriving.subtract({session: arrived})
            self._files.subtract({session: 1})
            # A session's name is any text: what counts nothing is not kept.
            self._arriving, self._files = +self._arriving, +self._files

    def _files_of(self, session: str) -> int:
        return len(_kept().get(session, ())) + self._files[session]

    def _room(self, session: str) -> int:
        """Return how many bytes more may come from a session."""
        kept = _kept()
        own = _size(kept.get(session, {})) + self._arriving[session]
        everybody = sum(map(_size, kept.values())) + self._arriving.total()
        return min(MOST_BYTES - own, MOST_BYTES_OF_ALL - everybody)


def _kept() -> dict[str, dict[str, UploadedFileRec]]:
    """Return the files that Streamlit holds, by session and name."""
    manager = st.runtime.get_instance().uploaded_file_mgr
    assert isinstance(manager, MemoryUploadedFileManager)
    return {session: dict(files) for session, files in list(manager.file_storage.items())}


def _size(files: dict[str, UploadedFileRec]) -> int:
    return sum(len(file.data) for file in files.values())


def _may_bring(headers: Iterable[tuple[str, str]], session: str) -> bool:
    """Tell whether an upload comes from whoever has the page that it names, and they may."""
    client = Runtime.instance().get_client(session)
    context = client.client_context if client else None
    sender = person_of(headers)
    may = any(map(sender.may_somewhere, (Right.IMPOR, Right.BATAS, Right.SASARAN)))
    return may and context is not None and person_of(context.headers) == sender


def _announced(headers: Headers) -> int:
    length = headers.get("content-length", "0")
    return int(length) if length.isascii() and length.isdigit() else 0


def _said(key: str) -> list[str]:
    return [text(f"http.{key}", lang) for lang in LANGUAGES]


async def _refuse(status: int, key: str, scope: Scope, receive: Receive, send: Send) -> None:
    await PlainTextResponse("\n".join([*_said(key), ""]), status)(scope, receive, send)
