"""The link_preview of a shared link: tags in the page, and the picture they name."""

import io
import re
from datetime import date
from html import unescape

import pytest
from PIL import Image
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient

from dashboard import data
from dashboard.http import link_preview
from dashboard.main import page_title
from geodata.analysis.region_metrics import totals
from geodata.boundaries.store import active_set
from geodata.errors import DataFileError
from geodata.regions import Level
from geodata.registry.snapshot import KimFilter, load_sample, registered_by
from geodata.text import number
from geodata.view.address import VIEW
from geodata.view.choropleth import choropleth
from geodata.view.view import View


def index(_: Request) -> Response:
    return HTMLResponse(f"<html><head><title>x</title></head><body>{'y' * 2_000}</body></html>")


DAY = date(2015, 1, 1)


@pytest.fixture(scope="module")
def client() -> TestClient:
    routes = [
        *link_preview.ROUTES,
        Route("/", index),
        Route("/peta", index),
        Route("/data", lambda _: PlainTextResponse("</head>")),
    ]
    middleware = [
        Middleware(link_preview.PageHead, names=("peta",), title=page_title),
        Middleware(GZipMiddleware),
    ]
    return TestClient(Starlette(routes=routes, middleware=middleware))


def tags(page: str) -> dict[str, str]:
    head = page.partition("</head>")[0]
    tags = re.findall(r'<meta property="([^"]*)" content="([^"]*)">', head)
    return {key: unescape(value) for key, value in tags}


@pytest.mark.parametrize("path", ["/", "/peta"])
def test_a_page_tells_what_its_link_shows(client: TestClient, path: str) -> None:
    reply = client.get(f"{path}?wilayah=35.23&bidang=umkm")
    said = tags(reply.text)
    assert said["og:title"] == "Jumlah KIM: Kabupaten Tuban, Jawa Timur"
    shown = totals(load_sample(), KimFilter(bidang=("umkm",)), "35.23").jumlah_kim
    assert f"{number(shown, 'id')} KIM" in said["og:description"]
    assert said["og:image"] == "http://testserver/pratinjau.png?wilayah=35.23&bidang=umkm"
    assert reply.text.endswith("</body></html>")


def test_its_sentence_is_that_of_the_map_on_the_day_of_the_view(client: TestClient) -> None:
    view = View(region="35.23", level=Level.DESA, metric="cakupan", day=DAY, lang="en")
    then = choropleth(view, registered_by(load_sample(), DAY), active_set()).sentence
    said = tags(client.get("/", params=VIEW.write(view)).text)
    assert said["og:description"] == then != choropleth(view, load_sample(), active_set()).sentence
    assert "per=2015-01-01" in said["og:image"]


def test_the_picture_is_the_map_of_the_view(client: TestClient) -> None:
    address = tags(client.get("/?wilayah=35.23").text)["og:image"]
    reply = client.get(address)
    assert reply.headers["content-type"] == "image/png"
    width, height = Image.open(io.BytesIO(reply.content)).size
    assert width > height > 400


def test_what_is_no_page_is_left_as_it_is(client: TestClient) -> None:
    assert client.get("/data").text == "</head>"


def test_a_hostile_parameter_reaches_no_tag(client: TestClient) -> None:
    page = client.get('/?wilayah="><script>alert(1)</script>').text
    assert "alert" not in page
    assert tags(page)["og:title"] == "Jumlah KIM: Indonesia"


def test_a_page_opens_without_tags_where_the_registry_cannot_be_read(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def damaged(_=None) -> None:
        raise DataFileError("checksum", file="registry_sample.csv")

    monkeypatch.setattr(data, "snapshot", damaged)
    reply = client.get("/")
    assert reply.status_code == 200
    assert tags(reply.text) == {}
