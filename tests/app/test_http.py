"""What answers go through: tags and ETags of pages, log lines, frames, sessions of who left."""

import asyncio
import http.client
import logging
import os
import re
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import urlsplit

import pytest
import streamlit as st
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.testclient import TestClient
from streamlit.proto.BackMsg_pb2 import BackMsg
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

from dashboard import assets, data
from dashboard.addresses import shapes_address, tiles_address
from dashboard.http import base_path, link_preview
from dashboard.http.log import keep_lines
from dashboard.http.routes import ROUTES
from dashboard.http.security_headers import SecurityHeaders
from dashboard.http.sessions import EndingSessions
from dashboard.main import page_title
from geodata.boundaries import store
from geodata.regions import Level
from tests.app.visiting import STREAM, Session, server_of
from tests.browser.conftest import serving


@pytest.fixture
def own_records() -> Iterator[None]:
    factory = logging.getLogRecordFactory()
    keep_lines()
    yield
    logging.setLogRecordFactory(factory)


def lines_of(log) -> list[str]:
    record = logging.getLogger("x").makeRecord("x", logging.ERROR, "f", 1, *log)
    return logging.Formatter("%(levelname)s %(message)s").format(record).split("\n")


def test_what_is_logged_begins_no_line_of_its_own(own_records: None) -> None:
    asked = "x\nERROR forged\r\x1b[2K\u2028"
    assert lines_of(("asked: %s", (asked,), None)) == [
        "ERROR asked: x",
        "    ERROR forged [2K ",
    ]
    try:
        raise ValueError(asked)
    except ValueError as error:
        failed = lines_of(("failed", (), (ValueError, error, error.__traceback__)))
    assert failed[0] == "ERROR failed"
    assert all(line.startswith("    ") for line in failed[1:])
    assert any("ERROR forged" in line for line in failed)


def test_a_failure_is_an_answer_with_the_headers_and_without_its_reason(caplog) -> None:
    async def fails(scope, receive, send) -> None:
        raise RuntimeError("/srv/kim/registry.db")

    client = TestClient(SecurityHeaders(fails))
    answer = client.get("/peta")
    assert answer.status_code == 500
    assert "content-security-policy" in answer.headers
    assert "registry.db" not in answer.text
    assert "registry.db" in caplog.text


def page(monkeypatch: pytest.MonkeyPatch, below: str = "") -> TestClient:
    """Streamlit's own files behind the middleware that puts tags into its pages."""
    from streamlit.web.server.starlette.starlette_static_routes import (
        create_streamlit_static_assets_routes,
    )

    path = {"server.baseUrlPath": below}
    monkeypatch.setattr(st, "get_option", path.get)
    return TestClient(
        Starlette(
            routes=[
                *base_path.moved_below(ROUTES),
                *create_streamlit_static_assets_routes(below),
            ],
            middleware=[
                Middleware(link_preview.PageHead, names=("peta", "unduh"), title=page_title)
            ],
        )
    )


@pytest.mark.parametrize("path", ["/", "/unduh"])
def test_the_etag_of_a_page_is_that_of_what_is_sent(monkeypatch, path: str) -> None:
    client = page(monkeypatch)
    jatim, aceh = client.get(f"{path}?wilayah=35"), client.get(f"{path}?wilayah=11")
    assert jatim.headers["etag"] != aceh.headers["etag"]
    assert "last-modified" not in jatim.headers
    known = {"If-None-Match": jatim.headers["etag"]}
    same = client.get(f"{path}?wilayah=35", headers=known)
    assert (same.status_code, same.content) == (304, b"")
    assert same.headers["etag"] == jatim.headers["etag"]
    other = client.get(f"{path}?wilayah=11", headers=known)
    assert (other.status_code, other.text) == (200, aceh.text)
    part = client.get(f"{path}?wilayah=35", headers={"Range": "bytes=0-9"})
    assert (part.status_code, part.text) == (200, jatim.text)
    head = client.head(f"{path}?wilayah=35")
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-length"] == str(len(jatim.content))
    assert head.headers["etag"] == jatim.headers["etag"]


@pytest.mark.parametrize(
    ("path", "language", "title"),
    [
        ("/", "id", "Peta · Peta KIM"),
        ("/?bahasa=en", "en", "Map · KIM Map"),
        ("/unduh?bahasa=id", "id", "Unduh · Peta KIM"),
        ("/unduh?bahasa=%22%3E", "id", "Unduh · Peta KIM"),
    ],
)
def test_a_page_says_its_language_and_its_title(monkeypatch, path, language, title) -> None:
    sent = page(monkeypatch).get(path).text
    assert re.findall("<html[^>]*>", sent) == [f'<html lang="{language}">']
    assert re.findall("<title>.*?</title>", sent) == [f"<title>{title}</title>"]
    assert f'<script src="{assets.address("language.js")}"' in sent, "follows a change of language"


@pytest.mark.parametrize("below", ["", "/kim/"])
def test_the_name_of_the_map_leads_to_the_root_with_all_that_was_asked(monkeypatch, below) -> None:
    client, root = page(monkeypatch, below), below or "/"
    for query in ("", "?wilayah=35.07&bahasa=en", "?wilayah=%0d%0aSet-Cookie:x"):
        answer = client.get(f"{root}peta{query}", follow_redirects=False)
        assert (answer.status_code, answer.headers["location"]) == (307, f"{root}{query}")
        assert "set-cookie" not in answer.headers


def test_below_a_path_addresses_are_below_it_and_nothing_is_beside_it(monkeypatch) -> None:
    client = page(monkeypatch, "/kim/")
    tileset = tiles_address(data.boundaries(), Level.DESA)
    assert tileset.startswith("/kim/batas/")
    tiles = client.get(tileset, headers={"Range": "bytes=0-6"})
    assert tiles.content == b"PMTiles"
    assert "http://testserver/kim/pratinjau.png" in client.get("/kim/").text
    assert client.get("/pratinjau.png").status_code == 404
    assert client.get("/batas/x/desa.pmtiles").status_code == 404


def test_a_former_tileset_is_served_as_long_as_the_store_holds_it(
    monkeypatch, tmp_path: Path
) -> None:
    now = data.boundaries()
    for folder, version in (("batas-lama", "lama"), ("batas-baru.2", "baru")):
        (tmp_path / folder).mkdir()
        for file in now.path.iterdir():
            if file.name != "manifest.json":
                os.link(file, tmp_path / folder / file.name)
        said = (now.path / "manifest.json").read_text()
        (tmp_path / folder / "manifest.json").write_text(
            said.replace(f'"version": "{now.version}"', f'"version": "{version}"')
        )
    monkeypatch.setenv("KIM_STORE", str(tmp_path))
    former, following = (store.open_set(tmp_path / name) for name in ("batas-lama", "batas-baru.2"))
    assert (former.version, following.version) == ("lama", "baru")
    client = TestClient(Starlette(routes=ROUTES))
    store.activate(former)
    addresses = tiles_address(former, Level.DESA), f"{shapes_address(former)}/provinsi/id.json"
    store.activate(following)
    assert [client.get(address).status_code for address in addresses] == [200, 200]
    store.remove("batas-lama")
    assert [client.get(address).status_code for address in addresses] == [404, 404]


def test_a_session_that_is_forgotten_is_ended_and_one_that_is_taken_up_again_is_not() -> None:
    ended: list[str] = []

    def session(name: str) -> SimpleNamespace:
        return SimpleNamespace(
            session=SimpleNamespace(id=name, shutdown=lambda: ended.append(name))
        )

    storage = EndingSessions(seconds=1)
    storage.save(session("gone"))
    storage.save(session("back"))
    storage.delete("back")
    storage.end()
    assert ended == []
    time.sleep(1.1)
    storage.end()
    storage.end()
    assert ended == ["gone"]


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with serving("sessions", STREAMLIT_SERVER_DISCONNECTED_SESSION_TTL="1") as url:
        yield url


def test_readers_who_left_hold_nothing_open(address: str) -> None:
    held = server_of(address) / "fd"
    with Session(address):
        pass
    time.sleep(3)
    before = len(list(held.iterdir()))
    for _ in range(12):
        with Session(address):
            pass
    for _ in range(40):
        if len(list(held.iterdir())) <= before + 2:
            break
        time.sleep(0.5)
    assert len(list(held.iterdir())) <= before + 2


def test_an_answer_waits_for_no_acknowledgement(address: str) -> None:
    where = urlsplit(address)
    connection = http.client.HTTPConnection(where.hostname, where.port)
    taken = []
    for _ in range(60):
        begun = time.perf_counter()
        connection.request("GET", "/_stcore/health")
        connection.getresponse().read()
        taken.append(time.perf_counter() - begun)
    # The first ones are acknowledged at once; later ones after 40 ms, and they would wait for it.
    assert min(taken[-30:]) < 0.03


@pytest.mark.parametrize(("frame", "code"), [("text", 1003), (b"\xff\xff\xff", 1002)])
def test_a_frame_that_streamlit_cannot_read_closes_its_websocket(
    address: str, frame: str | bytes, code: int
) -> None:
    log = Path("artefacts/sessions.log")
    with connect(address.replace("http", "ws") + STREAM, origin=address) as socket:  # type: ignore[arg-type]
        socket.send(BackMsg(rerun_script={}).SerializeToString())
        socket.send(frame)
        with pytest.raises(ConnectionClosed) as closed:
            list(iter(partial(socket.recv, timeout=20), None))
        assert closed.value.rcvd is not None
        assert closed.value.rcvd.code == code
    assert "Traceback" not in log.read_text()


def test_a_foreign_origin_has_nobody_asked_for_an_address(monkeypatch) -> None:
    """Streamlit would ask another host for the machine's own address, and all would wait."""
    from streamlit import net_util

    from dashboard.http.access import Access

    asked: list[str] = []
    monkeypatch.setattr(net_util, "get_external_ip", lambda: asked.append("external"))
    monkeypatch.setattr(net_util, "get_internal_ip", lambda: asked.append("internal"))
    monkeypatch.setenv("KIM_HOSTS", "kim.contoh.go.id")
    seen: list[tuple[str, str]] = []

    async def streamlit(scope, receive, send) -> None:
        from streamlit.web.server.starlette.starlette_websocket import _is_origin_allowed

        headers = {name.decode(): value.decode() for name, value in scope["headers"]}
        seen.append((headers["host"], headers["origin"]))
        assert _is_origin_allowed(headers["origin"], headers["host"])

    async def handshake(host: str, origin: str) -> list[dict]:
        sent: list[dict] = []

        async def send(message) -> None:
            sent.append(message)

        scope = {
            "type": "websocket",
            "path": STREAM,
            "headers": [(b"host", host.encode()), (b"origin", origin.encode())],
            "client": ("127.0.0.1", 1),
        }
        await Access(streamlit)(scope, None, send)  # type: ignore[arg-type]
        return sent

    pool = ThreadPoolExecutor(1)  # a browser of other tests may have a loop in this thread
    closed = pool.submit(asyncio.run, handshake("localhost:8501", "https://jahat.example")).result()
    assert [message["type"] for message in closed] == ["websocket.close"]
    assert seen == []
    for host, origin in (
        ("kim.contoh.go.id", "https://KIM.contoh.go.id:443"),
        ("127.0.0.1:8501", "https://kim.contoh.go.id"),  # a web server that passes no Host on
    ):
        assert pool.submit(asyncio.run, handshake(host, origin)).result() == []
    assert len(seen) == 2
    assert asked == []
