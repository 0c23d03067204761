"""Text that browsers may keep for good is packed once, and sent packed to whoever can unpack it."""

import gzip
from collections import Counter

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from dashboard.http.packing import PackedOnce

SCRIPT = b"let kim = 1;\n" * 1_000
KEEP = {"Cache-Control": "public, immutable, max-age=31536000"}
ANSWERS = {
    "static/script.js": (SCRIPT, "text/javascript", KEEP),
    "unduh/script.js": (SCRIPT, "text/javascript", KEEP),
    "component/streamlit_folium.st_folium/static/js/main.521860b0.js": (
        SCRIPT,
        "text/javascript",
        {"Cache-Control": "public"},
    ),
    "component/streamlit_folium.st_folium/index.html": (
        SCRIPT,
        "text/html",
        {"Cache-Control": "no-cache"},
    ),
    "static/now.js": (SCRIPT, "text/javascript", {"Cache-Control": "no-cache"}),
    "static/tiles": (SCRIPT, "application/vnd.pmtiles", KEEP),
    "static/packed.js": (
        gzip.compress(SCRIPT),
        "text/javascript",
        KEEP | {"Content-Encoding": "gzip"},
    ),
}


@pytest.fixture
def asked() -> Counter:
    return Counter()


@pytest.fixture
def client(asked: Counter) -> TestClient:
    async def answer(request: Request) -> Response:
        name = request.path_params["name"]
        asked[name] += 1
        if name not in ANSWERS:
            return Response(status_code=404, headers=KEEP)
        body, kind, headers = ANSWERS[name]
        pieces = (body[start : start + 999] for start in range(0, len(body), 999))
        return StreamingResponse(pieces, media_type=kind, headers=headers)

    routes = [Route("/{name:path}", answer)]
    return TestClient(Starlette(routes=routes, middleware=[Middleware(PackedOnce)]))


def test_a_script_that_never_changes_is_made_and_packed_once(client, asked) -> None:
    for _ in range(3):
        reply = client.get("/static/script.js", headers={"Accept-Encoding": "gzip"})
        assert reply.content == SCRIPT
        assert reply.headers["content-encoding"] == "gzip"
        assert int(reply.headers["content-length"]) < len(SCRIPT) / 10
        assert reply.headers["cache-control"] == KEEP["Cache-Control"]
        assert reply.headers["vary"] == "Accept-Encoding"
    assert asked["static/script.js"] == 1


def test_browsers_that_take_brotli_are_sent_that(client) -> None:
    reply = client.get("/static/script.js", headers={"Accept-Encoding": "gzip, deflate, br, zstd"})
    assert reply.headers["content-encoding"] == "br"
    assert int(reply.headers["content-length"]) < len(SCRIPT) / 10


def test_scripts_of_a_component_are_kept_since_their_names_tell_their_content(client) -> None:
    reply = client.get("/component/streamlit_folium.st_folium/static/js/main.521860b0.js")
    assert reply.headers["cache-control"] == "public, max-age=31536000, immutable"
    page = client.get("/component/streamlit_folium.st_folium/index.html")
    assert "immutable" not in page.headers["cache-control"]


def test_an_address_without_a_version_is_the_applications_own(client, asked) -> None:
    for _ in range(2):
        assert "content-encoding" not in client.get("/unduh/script.js").headers
    assert asked["unduh/script.js"] == 2


def test_who_cannot_unpack_it_is_sent_it_as_it_is(client) -> None:
    client.get("/static/script.js")
    reply = client.get("/static/script.js", headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in reply.headers
    assert reply.content == SCRIPT


@pytest.mark.parametrize("name", ["now.js", "tiles", "packed.js", "absent.js"])
def test_all_else_is_sent_on(client, asked, name: str) -> None:
    for _ in range(2):
        reply = client.get(f"/static/{name}")
        assert reply.headers.get("content-encoding") == ("gzip" if name == "packed.js" else None)
        assert reply.content == (SCRIPT if f"static/{name}" in ANSWERS else b"")
    assert asked[f"static/{name}"] == 2


def test_a_part_and_a_question_whether_it_has_changed_are_for_the_application(client, asked):
    client.get("/static/script.js")
    for name, value in {"Range": "bytes=0-9", "If-None-Match": '"x"'}.items():
        assert (
            "content-encoding" not in client.get("/static/script.js", headers={name: value}).headers
        )
    assert asked["static/script.js"] == 3
