"""The feed of a region: valid Atom, of its own versions, without a name of a person or a file."""

from datetime import datetime
from pathlib import Path
from xml.etree import ElementTree as xml

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from dashboard.addresses import FEED, feed_address
from dashboard.http.routes import EXCEPTION_HANDLERS, ROUTES
from geodata.exports.feed import feed
from geodata.gazetteer import Gazetteer, load_gazetteer
from geodata.registry.database.batches import stage
from geodata.registry.database.committing import commit
from geodata.registry.database.connection import Registry, open_registry
from geodata.registry.database.region_history import RegionVersion
from geodata.registry.database.states import Action
from geodata.registry.database.undoing import undo
from geodata.view.view import View
from tests.registry.rows import SUMBER, staged

WHO, FILE = "sari@malangkab.go.id", "malang.xlsx"
ATOM = "{http://www.w3.org/2005/Atom}"
MALANG = "35.07"


@pytest.fixture(scope="module")
def client() -> TestClient:
    return TestClient(Starlette(routes=ROUTES, exception_handlers=EXCEPTION_HANDLERS))


@pytest.fixture
def registry(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Registry:
    monkeypatch.setenv("KIM_DATABASE_URL", f"sqlite:///{tmp_path}/registry.db")
    return open_registry()


def bring(registry: Registry, number: str, **row: str) -> int:
    rows = staged({"nomor_induk": number, **row}, file_name=FILE)
    batch = stage(registry, rows, load_gazetteer(), who=WHO)
    commit(registry, batch.id, who=WHO)
    return batch.id


def valid(content: bytes) -> xml.Element:
    """Return the feed, with all that RFC 4287 (4.1.1, 4.1.2) requires of it."""
    root = xml.fromstring(content)
    assert root.tag == ATOM + "feed"
    assert root.find(f"{ATOM}author/{ATOM}name").text
    assert {link.get("rel") for link in root.findall(ATOM + "link")} == {"self", "alternate"}
    parts = [root, *root.findall(ATOM + "entry")]
    for part in parts:
        for name in ("id", "title", "updated"):
            [element] = part.findall(ATOM + name)
            assert element.text
        assert part.find(ATOM + "id").text.startswith("urn:uuid:")
        assert datetime.fromisoformat(part.find(ATOM + "updated").text).tzinfo
        assert part.find(f"{ATOM}link[@rel='alternate']").get("href").startswith("http")
    ids = [part.find(ATOM + "id").text for part in parts]
    assert len(set(ids)) == len(ids)
    return root


def titles(root: xml.Element) -> list[str]:
    return [entry.find(ATOM + "title").text for entry in root.findall(ATOM + "entry")]


def test_a_feed_is_of_its_region_and_names_nobody(client: TestClient, registry: Registry) -> None:
    first = bring(registry, "A")
    bring(registry, "B", kode_wilayah=SUMBER)
    reply = client.get(feed_address(View(MALANG)))
    assert reply.headers["content-type"].startswith("application/atom+xml")
    root = valid(reply.content)
    assert titles(root) == ["1 KIM baru"]
    assert root.find(ATOM + "title").text == "Perubahan KIM: Kabupaten Malang, Jawa Timur"
    assert WHO not in reply.text
    assert FILE not in reply.text
    undo(registry, first, who=WHO)
    english = client.get(feed_address(View(MALANG, lang="en")))
    assert titles(valid(english.content)) == ["Undone: 1 new KIM", "1 new KIM"]
    assert len(titles(valid(client.get(FEED).content))) == 3


def test_who_has_a_feed_is_not_sent_it_again_until_something_changes(
    client: TestClient, registry: Registry
) -> None:
    bring(registry, "A")
    address = feed_address(View(MALANG))
    tag = {"If-None-Match": client.get(address).headers["etag"]}
    assert client.get(address, headers=tag).status_code == 304
    bring(registry, "B", kode_wilayah=SUMBER)  # elsewhere
    assert client.get(address, headers=tag).status_code == 304
    bring(registry, "C")
    assert client.get(address, headers=tag).status_code == 200


def test_the_sample_has_a_feed_without_entries(client: TestClient) -> None:
    assert titles(valid(client.get(FEED).content)) == []


def test_a_feed_of_a_region_that_is_none_is_refused(client: TestClient) -> None:
    assert client.get(FEED, params={"wilayah": "99.99"}).status_code == 400


def test_an_entry_has_the_same_id_on_every_server(gazetteer: Gazetteer) -> None:
    version = RegionVersion(7, Action.MASUK, "2026-11-26T10:00:00+00:00", 3, 2)
    feeds = [
        valid(
            feed(
                "0" * 32,
                [version],
                gazetteer,
                MALANG,
                "id",
                own=f"http://{host}/f",
                page="http://p",
            )
        )
        for host in ("satu", "dua")
    ]
    assert titles(feeds[0]) == ["3 KIM baru, 2 KIM diperbarui"]
    ids = [root.find(f"{ATOM}entry/{ATOM}id").text for root in feeds]
    assert ids[0] == ids[1]
