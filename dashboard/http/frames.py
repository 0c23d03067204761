"""What a websocket may say: only messages that Streamlit can read reach it.

It would write a traceback into the log for each of the others.
"""

from contextlib import suppress

from google.protobuf.message import DecodeError
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.proto.BackMsg_pb2 import BackMsg

_NO_TEXT = 1003
_UNREADABLE = 1002


class ReadableFrames:
    """Middleware that closes a websocket at the first message that is none of Streamlit's."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer as the application does, which sees a reader leave instead."""
        if scope["type"] != "websocket":
            await self._app(scope, receive, send)
            return

        async def readable() -> Message:
            message = await receive()
            wrong = _wrong(message)
            if wrong is None:
                return message
            with suppress(RuntimeError):  # uvicorn may have closed it for another fault meanwhile
                await send({"type": "websocket.close", "code": wrong})
            return {"type": "websocket.disconnect", "code": wrong}

        await self._app(scope, readable, send)


def _wrong(message: Message) -> int | None:
    """Return the code with which a message has the websocket closed."""
    if message["type"] != "websocket.receive":
        return None
    if message.get("bytes") is None:
        return _NO_TEXT
    try:
        BackMsg.FromString(message["bytes"])
    except DecodeError:
        return _UNREADABLE
    return None
