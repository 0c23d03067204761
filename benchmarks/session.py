"""A session of Streamlit as a browser has one, without the browser."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect

_PATIENCE = 180  # seconds


@dataclass(frozen=True)
class Ran:
    """What a run of a page sent: its warnings, ids of its buttons, and how many bytes."""

    said: str
    buttons: tuple[str, ...]
    size: int


@dataclass(eq=False)
class Session:
    """A session, which tells the server what it has been sent already."""

    socket: ClientConnection
    has: set[str] = field(default_factory=set)

    def run(self, page: str, query: str, press: str = "") -> Ran:
        """Run ``page`` at the query parameters ``query``; ``press`` is the id of a button."""
        asked = BackMsg(rerun_script=ClientState(page_name=page, query_string=query))
        asked.rerun_script.cached_message_hashes.extend(self.has)
        if press:
            asked.rerun_script.widget_states.widgets.add(id=press, trigger_value=True)
        self.socket.send(asked.SerializeToString())
        said, buttons, size = "", [], 0
        kept: set[str] = set()
        while True:
            raw = self.socket.recv(timeout=_PATIENCE, decode=False)
            message, size = ForwardMsg.FromString(raw), size + len(raw)
            element = message.delta.new_element
            said += element.alert.body
            buttons += filter(None, [element.button.id])
            if message.metadata.cacheable or message.ref_hash:
                kept.add(message.ref_hash or message.hash)
            if message.WhichOneof("type") == "script_finished":
                self.has = kept
                return Ran(said, tuple(buttons), size)


@contextmanager
def session(address: str) -> Iterator[Session]:
    """Open a session with the server at ``address``."""
    stream = f"{address.replace('http', 'ws', 1)}/_stcore/stream"
    with connect(stream, subprotocols=["streamlit"], max_size=None) as socket:  # type: ignore[list-item]
        yield Session(socket)
