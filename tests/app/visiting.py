"""A running server met without a browser: raw handshakes, Streamlit's websocket, uploads."""

import http.client
import os
import socket
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

STREAM = "/_stcore/stream"


@dataclass(frozen=True)
class Answer:
    """What a server answered."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode("utf-8", "replace")


def ask(
    address: str, path: str, method: str = "GET", body: bytes | None = None, **headers: str
) -> Answer:
    """Ask as a program would; ``x_real_ip`` is the header ``x-real-ip``."""
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=30)
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    try:
        connection.request(method, path, body, named)
        reply = connection.getresponse()
        lowered = {name.lower(): value for name, value in reply.getheaders()}
        return Answer(reply.status, lowered, reply.read())
    finally:
        connection.close()


def handshake(address: str, path: str = STREAM, **headers: str) -> int:
    """Ask for a websocket and return the status of the answer: 101 where it is opened."""
    server = urlsplit(address)
    lines = {
        "host": server.netloc,
        "upgrade": "websocket",
        "connection": "Upgrade",
        "sec-websocket-version": "13",
        "sec-websocket-key": "dGhlIHNhbXBsZSBub25jZQ==",
    } | {name.replace("_", "-"): value for name, value in headers.items()}
    asked = f"GET {path} HTTP/1.1\r\n" + "".join(f"{k}: {v}\r\n" for k, v in lines.items())
    with socket.create_connection((server.hostname, server.port), timeout=10) as connection:
        connection.sendall(asked.encode() + b"\r\n")
        return int(connection.recv(4096).split()[1])


def server_of(address: str) -> Path:
    """The folder in which Linux tells of the process that serves an address."""
    port = f"--server.port={address.rpartition(':')[2]}".encode()
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if port in (process / "cmdline").read_bytes().split(b"\0"):
                return process
        except OSError:
            continue
    pytest.skip("This system does not tell what a process holds open (/proc)")


class Session:
    """A page that is open: Streamlit's websocket, and what it takes to upload."""

    def __init__(self, address: str, path: str = "", page: str = "", **headers: str) -> None:
        """Open the page of that name; ``origin`` is that of the address unless said."""
        self.address = address
        self._path = path
        server = urlsplit(address)
        origin, host = headers.pop("origin", address), headers.pop("host", server.netloc)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self._open = ExitStack()
        self._socket: ClientConnection = self._open.enter_context(
            connect(
                f"ws://{host}{path}{STREAM}",
                sock=socket.create_connection((server.hostname, server.port), timeout=30),
                origin=origin,  # type: ignore[arg-type]
                additional_headers=named,
                max_size=None,
            )
        )
        self._buttons: dict[str, str] = {}
        self.run(page)

    def run(self, page: str = "", query: str = "", press: str = "") -> bytes:
        """Run a page, perhaps with the button of that key pressed, and return all it showed."""
        self.ask(page, query, press)
        self.id, self.shown = self._read()
        return self.shown

    def ask(self, page: str, query: str, press: str = "") -> None:
        """Ask for a run of a page, and do not wait for it."""
        asked = BackMsg()
        asked.rerun_script.page_name = page
        asked.rerun_script.query_string = query
        if press:
            widgets = asked.rerun_script.widget_states.widgets
            widgets.add(id=self._buttons[press], trigger_value=True)
        self._socket.send(asked.SerializeToString())

    def _read(self) -> tuple[str, bytes]:
        """Return the session's name and all that the page showed in a run."""
        name, shown = "", b""
        while True:
            received = self._socket.recv(timeout=60)
            assert isinstance(received, bytes)
            message = ForwardMsg.FromString(received)
            shown += received
            if message.WhichOneof("type") == "new_session":
                name = message.new_session.initialize.session_id
            if button := message.delta.new_element.button.id:
                self._buttons[button.rpartition("-")[2]] = button
            if message.WhichOneof("type") == "script_finished" and name:
                return name, shown

    def until_closed(self) -> int:
        """Wait until the server closes the websocket, and return the reason: 1012 if it stops."""
        try:
            while True:
                self._socket.recv(timeout=60)
        except ConnectionClosed as closed:
            return closed.rcvd.code if closed.rcvd else 1006

    def upload(self, size: int, file: str = "berkas", **headers: str) -> Answer:
        """Put a file of that many bytes."""
        token = ask(self.address, f"{self._path}/_stcore/health").headers["set-cookie"]
        token = token.partition("=")[2].partition(";")[0]
        mark = os.urandom(8).hex()
        about = 'Content-Disposition: form-data; name="f"; filename="f.csv"'
        body = f"--{mark}\r\n{about}\r\n\r\n{'x' * size}\r\n--{mark}--\r\n".encode()
        sent = {
            "content-type": f"multipart/form-data; boundary={mark}",
            "x-xsrftoken": token,
        } | headers
        sent["cookie"] = f"_streamlit_xsrf={token}; {headers.get('cookie', '')}"
        path = f"{self._path}/_stcore/upload_file/{self.id}/{file}"
        return ask(self.address, path, "PUT", body, **sent)

    def __enter__(self) -> "Session":
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()
