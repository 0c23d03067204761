"""Sessions of readers who left: ended once they may not come back.

Streamlit only forgets such a session. What it holds (its files, and an event loop of three file
descriptors) would stay until Python happens to collect it.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import streamlit as st
from streamlit.runtime import Runtime
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.memory_session_storage import MemorySessionStorage
from streamlit.runtime.session_manager import SessionInfo


class EndingSessions(MemorySessionStorage):
    """Streamlit's storage of sessions without a connection, which ends those that it forgets."""

    def __init__(self, seconds: int) -> None:
        super().__init__(ttl_seconds=seconds)
        self._waiting: dict[str, AppSession] = {}

    def save(self, session_info: SessionInfo) -> None:
        """Keep a session for a reader who may come back."""
        self._waiting[session_info.session.id] = session_info.session
        super().save(session_info)

    def delete(self, session_id: str) -> None:
        """Give a session back to its reader, or give it up."""
        super().delete(session_id)
        self._waiting.pop(session_id, None)

    def end(self) -> None:
        """End the sessions that have been forgotten."""
        kept = {info.session.id for info in self.list()}
        for name in self._waiting.keys() - kept:
            self._waiting.pop(name).shutdown()


@asynccontextmanager
async def ending_sessions(_: object) -> AsyncIterator[None]:
    """While the server runs, end sessions whose readers have not come back in time."""
    seconds = st.get_option("server.disconnectedSessionTTL")
    storage = EndingSessions(seconds)
    # Streamlit's App makes the storage itself and takes no other.
    Runtime.instance()._session_mgr._session_storage = storage  # type: ignore[attr-defined]

    async def end_again() -> None:
        while True:
            await asyncio.sleep(max(1, seconds / 4))
            storage.end()

    ending = asyncio.create_task(end_again())
    try:
        yield
    finally:
        ending.cancel()
