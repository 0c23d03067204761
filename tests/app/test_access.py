"""Who comes in, who operates and who uploads, asked of a running server."""

import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from websockets.exceptions import InvalidStatus

from dashboard import assets
from dashboard.http.access import OPERATES
from geodata.text import text
from tests.app.visiting import STREAM, Session, ask, handshake
from tests.browser.conftest import free_port, serving

NAME = "kim.contoh.go.id"
SCRIPT = assets.address("leaflet.js")
HEADERS = (
    "content-security-policy",
    "permissions-policy",
    "referrer-policy",
    "x-content-type-options",
    "x-frame-options",
)
NOT_ALLOWED = text("impor.not_allowed", "id").encode()[:30]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server as it starts by itself, but for a name by which it is reached through others."""
    folder = tmp_path_factory.mktemp("operating")
    with serving(
        "access",
        KIM_HOSTS=NAME,
        KIM_UPLOADS=str(folder / "uploads"),
    ) as url:
        yield url


def test_who_sits_at_the_machine_operates_and_uploads(address: str) -> None:
    with Session(address, page="impor") as session:
        assert NOT_ALLOWED not in session.shown
        assert session.upload(1_000).status == 204


def test_a_reader_through_a_web_server_sees_pages_and_may_change_nothing(address: str) -> None:
    through = {"host": NAME, "x_forwarded_for": "203.0.113.7"}
    with Session(address, page="impor", origin=f"https://{NAME}", **through) as reader:
        assert NOT_ALLOWED in reader.shown
        assert reader.upload(1_000).status == 403
        assert reader.upload(1_000, host=NAME).status == 403
        with Session(address) as operator:
            # Neither with the session of somebody who may, nor the other way about.
            path = f"/_stcore/upload_file/{operator.id}/f"
            assert ask(address, path, "PUT", b"x", x_real_ip="203.0.113.7").status == 403
            assert ask(address, path, "DELETE", via="1.1 web").status == 403
            assert operator.upload(10).status == 204


def test_whoever_says_of_itself_that_it_operates_does_not(address: str) -> None:
    claimed = {"x_peta_kim_visitor": OPERATES}
    with Session(address, page="impor", **claimed) as reader:
        assert NOT_ALLOWED in reader.shown
        assert reader.upload(10).status == 403


def test_uploads_are_bounded_in_number(address: str) -> None:
    with Session(address) as session:
        statuses = [session.upload(10, f"f{i}").status for i in range(22)]
    assert statuses == [204] * 20 + [413] * 2


def test_uploads_are_bounded_in_size_whatever_they_announce(address: str) -> None:
    with Session(address) as session:
        path = f"/_stcore/upload_file/{session.id}/f"
        said = ask(address, path, "PUT", content_length="900000000")
        assert said.status == 413
        assert said.text.startswith(text("http.upload_full", "id"))


@pytest.mark.parametrize(
    "origin",
    ["https://jahat.example", "http://127.0.0.1:1", "null", "http://203.0.113.9", "chrome://x"],
)
def test_a_websocket_of_another_site_s_page_is_refused_at_once(address: str, origin: str) -> None:
    began = time.monotonic()
    assert handshake(address, origin=origin) == 403
    assert time.monotonic() - began < 1  # nobody was asked for anything
    assert handshake(address, origin=address) == 101


def test_a_name_that_is_not_ours_is_misdirected(address: str) -> None:
    for path in ("/", "/peta", "/_stcore/health", "/unduh/kim.csv", "/static/js/x.js"):
        answer = ask(address, path, host="jahat.example")
        assert answer.status == 421
        assert "KIM_HOSTS" in answer.text
    assert handshake(address, host="jahat.example", origin="http://jahat.example") == 403
    assert ask(address, "/_stcore/health", host=NAME).status == 200


def test_a_page_of_another_site_changes_nothing(address: str) -> None:
    for method in ("PUT", "DELETE", "POST", "PATCH"):
        answer = ask(address, "/_stcore/upload_file/a/b", method, origin="https://jahat.example")
        assert answer.status == 403


def test_every_answer_has_the_headers(address: str) -> None:
    asked = {
        "/": 200, "/peta": 307, "/ringkasan": 200,
        "/_stcore/health": 200, "/_stcore/host-config": 200,
        "/favicon.png": 200, SCRIPT: 200, "/unduh/kim.csv?wilayah=51": 200,
        "/unduh/kim.exe": 404, "/titik/x.json": 404, "/media/x": 404, "/..%2f": 400,
        "/component/streamlit_folium.st_folium/index.html": 200, "/component/x/y": 404,
        "/_stcore/metrics": 404, "/_stcore/script-health-check": 404,
    }  # fmt: skip
    for path, status in asked.items():
        answer = ask(address, path)
        assert (path, answer.status) == (path, status)
        assert set(HEADERS) <= set(answer.headers), path
    assert "'unsafe-eval'" not in ask(address, "/").headers["content-security-policy"]


def test_head_answers_like_get_without_a_body(address: str) -> None:
    for path in ("/", "/ringkasan?wilayah=35", SCRIPT, "/unduh/kim.csv?wilayah=51", "/x"):
        got, head = ask(address, path), ask(address, path, "HEAD")
        assert (head.status, head.body) == (200, b"")
        for name in ("content-type", "etag", "cache-control", *HEADERS):
            assert (path, got.headers.get(name)) == (path, head.headers.get(name))
        if "content-length" in got.headers:
            assert head.headers["content-length"] == str(len(got.body))


@contextmanager
def nginx(folder: Path, address: str, *lines: str) -> Iterator[str]:
    """Run nginx before a server, with further lines of its ``location``, and give its address."""
    program = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    if program is None:
        pytest.skip("No nginx: access behind a web server is not tested (Debian: nginx-light)")
    port = free_port()
    config = folder / "nginx.conf"
    places = "".join(
        f"{kind}_temp_path {folder}/{kind};"
        for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    config.write_text(
        f"daemon off; pid {folder}/pid; error_log {folder}/error.log; events {{}}\n"
        f"http {{ access_log off; {places} server {{ listen 127.0.0.1:{port};\n"
        f"location / {{ proxy_pass {address}; {' '.join(lines)} }} }} }}\n"
    )
    server = subprocess.Popen([program, "-p", folder, "-e", folder / "error.log", "-c", config])
    try:
        for _ in range(100):
            try:
                ask(f"http://127.0.0.1:{port}", SCRIPT)
                break
            except OSError:
                time.sleep(0.05)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(timeout=10)


WEBSOCKETS = (
    "proxy_http_version 1.1;",
    "proxy_set_header Upgrade $http_upgrade;",
    'proxy_set_header Connection "upgrade";',
)


def test_behind_a_real_web_server_nobody_operates(address: str, tmp_path: Path) -> None:
    usual = (
        "proxy_set_header Host $http_host;",
        "proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;",
    )
    with nginx(tmp_path, address, *WEBSOCKETS, *usual) as front:
        for host in (NAME, "localhost"):
            with Session(front, page="impor", host=host, origin=f"http://{host}") as reader:
                assert NOT_ALLOWED in reader.shown
                assert reader.upload(10, host=host).status == 403
        assert ask(front, "/", host="jahat.example").status == 421


def test_behind_a_web_server_that_hides_itself_a_browser_s_page_is_refused(
    address: str, tmp_path: Path
) -> None:
    with nginx(tmp_path, address, *WEBSOCKETS) as front:
        assert ask(front, "/").status == 200
        with pytest.raises(InvalidStatus):
            Session(front)  # a browser names the address in its bar, nginx another
        with Session(front, page="impor", origin=f"https://{NAME}") as reader:
            assert NOT_ALLOWED in reader.shown
        with Session(front, page="impor", origin=None) as program:
            assert NOT_ALLOWED in program.shown
    folder = tmp_path / "plain"
    folder.mkdir()
    with nginx(folder, address) as front, Session(address) as operator:
        path = f"/_stcore/upload_file/{operator.id}/f"
        assert ask(front, path, "PUT", b"x").status == 403


@pytest.mark.slow
def test_a_server_that_lets_everybody_operate_still_refuses_other_sites() -> None:
    with serving(
        "access-everybody",
        KIM_HOSTS=NAME,
        KIM_OPERATOR="1",
        STREAMLIT_SERVER_BASE_URL_PATH="kim",
    ) as url:
        assert url.endswith("/kim")
        address = url.removesuffix("/kim")
        through = {"host": NAME, "x_forwarded_for": "203.0.113.7"}
        with Session(address, "/kim", page="impor", origin=f"https://{NAME}", **through) as reader:
            assert NOT_ALLOWED not in reader.shown
            assert reader.upload(10, host=NAME).status == 204
        assert handshake(address, f"/kim{STREAM}", origin="https://jahat.example") == 403
        _everything_is_below_the_path(address)


def _everything_is_below_the_path(address: str) -> None:
    page = ask(address, "/kim/?wilayah=35")
    assert f'content="{address}/kim/pratinjau.png?wilayah=35"' in page.text
    assert ask(address, "/kim/ringkasan?wilayah=35").text.count("og:image") == 1
    script = ask(address, f"/kim{SCRIPT}")
    assert "javascript" in script.headers["content-type"]
    extract = ask(address, "/kim/unduh/kim.csv?wilayah=51")
    assert extract.headers["link"].startswith("</kim/unduh/kim.keterangan.csv?")
    about = ask(address, "/kim/unduh/kim.keterangan.csv?wilayah=51")
    assert f"{address}/kim/unduh?" in about.text
    for path in (SCRIPT, "/unduh/kim.csv", "/cari.json", "/batas/x/desa.pmtiles"):
        assert ask(address, path).status == 404
    assert ask(address, "/kim/_stcore/metrics").status == 404
    assert ask(address, "/kim/unduh/kim.exe").status == 404
