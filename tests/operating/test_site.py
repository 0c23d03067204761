"""The servers as people reach them: by TLS, below a path, through nginx as deploy/ sets it up."""

import http.client
import os
import re
import signal
import socket
from functools import partial

import pytest
from playwright.sync_api import sync_playwright

from dashboard.addresses import tiles_address
from geodata.boundaries.set_manifest import tiles_file
from geodata.boundaries.store import active_set
from geodata.regions import Level
from tests.app.visiting import Answer, server_of
from tests.browser.conftest import CHROMIUM_FLAGS, launch, visit_with
from tests.operating.conftest import NAME, PATH, Replicas, Site, sessions, soon


def get(site: Site, path: str, **headers: str) -> Answer:
    """Ask the site as a browser does."""
    connection = http.client.HTTPConnection(NAME, timeout=30)
    plain = socket.create_connection(("127.0.0.1", site.port), timeout=30)
    connection.sock = site.trusted.wrap_socket(plain, server_hostname=NAME)
    connection.request("GET", path, headers={n.replace("_", "-"): v for n, v in headers.items()})
    reply = connection.getresponse()
    answer = Answer(reply.status, {k.lower(): v for k, v in reply.getheaders()}, reply.read())
    connection.close()
    return answer


def test_it_speaks_http2(site: Site) -> None:
    site.trusted.set_alpn_protocols(["h2", "http/1.1"])
    with (
        socket.create_connection(("127.0.0.1", site.port)) as plain,
        site.trusted.wrap_socket(plain, server_hostname=NAME) as secured,
    ):
        assert secured.selected_alpn_protocol() == "h2"
    site.trusted.set_alpn_protocols(["http/1.1"])


def test_every_kind_of_answer_has_the_headers(site: Site) -> None:
    tiles = PATH + tiles_address(active_set(), Level.PROVINSI)
    for path in (f"{PATH}/", f"{PATH}/peta?wilayah=35", f"{PATH}/unduh/kim.csv", tiles, "/beside"):
        headers = get(site, path).headers
        assert "max-age=" in headers["strict-transport-security"]
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "same-origin"
        assert headers["x-frame-options"] == "DENY"
        assert "default-src" in headers["content-security-policy"]


def test_links_name_the_site_its_path_and_tls(site: Site) -> None:
    page = get(site, f"{PATH}/peta?wilayah=35").text
    assert f'content="https://{NAME}{PATH}/pratinjau.png?wilayah=35"' in page
    assert f'src="{PATH}/aset/' in page
    manifest = get(site, f"{PATH}/unduh/kim.keterangan.csv?wilayah=35.07").text
    assert f"https://{NAME}{PATH}/unduh" in manifest
    assert "127.0.0.1" not in page + manifest


def test_a_browser_is_given_a_name_once_and_by_tls_only(site: Site) -> None:
    cookie = get(site, f"{PATH}/").headers["set-cookie"]
    assert re.fullmatch(r"peta_kim=\w{32}; Path=/; HttpOnly; SameSite=Lax; Secure", cookie)
    known = get(site, f"{PATH}/", cookie=cookie.partition(";")[0])
    assert "set-cookie" not in known.headers
    assert "set-cookie" not in get(site, f"{PATH}/unduh/kim.csv").headers


def test_what_never_changes_is_fetched_from_a_server_once_whichever_part_is_asked(
    site: Site,
) -> None:
    boundaries = active_set()
    path = PATH + tiles_address(boundaries, Level.KABUPATEN_KOTA)
    tiles = (boundaries.path / tiles_file(Level.KABUPATEN_KOTA)).read_bytes()
    asset = re.search(rf"{PATH}/aset/\S+/tour.js", get(site, f"{PATH}/").text)[0]
    for first, last in ((0, 16_383), (300_000, 310_000), (5, 20_000)):
        part = get(site, path, range=f"bytes={first}-{last}")
        assert (part.status, part.body) == (206, tiles[first : last + 1])
    for _ in range(2):
        assert get(site, asset).status == 200
    assert soon(lambda: cached(site, path) == ["MISS", "MISS", "HIT"])
    assert soon(lambda: cached(site, asset) == ["MISS", "HIT"])


def cached(site: Site, path: str) -> list[str]:
    """What the log says of whether answers were kept already."""
    lines = site.log.read_text(encoding="utf-8").splitlines()
    return [line.rsplit(" ", 1)[1] for line in lines if f'"GET {path}"' in line]


def test_pages_and_what_may_change_are_never_kept(site: Site) -> None:
    for path in (f"{PATH}/mutu", f"{PATH}/unduh/kim.csv", f"{PATH}/cari.json"):
        for _ in range(2):
            assert get(site, f"{path}?wilayah=34&q=malang").status in (200, 400)
        assert soon(partial(is_never_kept, site, path))


def is_never_kept(site: Site, path: str) -> bool:
    known = cached(site, path)
    return len(known) >= 2 and set(known) == {"MISS"}


def test_what_was_asked_for_is_in_no_log(site: Site) -> None:
    assert get(site, f"{PATH}/cari.json?q=Siti+Aminah").status == 200
    assert soon(lambda: "cari.json" in site.log.read_text(encoding="utf-8"))
    assert "Aminah" not in site.log.read_text(encoding="utf-8")


@pytest.mark.browser
def test_in_a_browser_the_map_is_painted_and_comes_back_when_its_server_is_killed(
    site: Site, replicas: Replicas
) -> None:
    flags = [f"--host-resolver-rules=MAP {NAME} 127.0.0.1", "--ignore-certificate-errors"]
    with sync_playwright() as driver, launch(driver, [*CHROMIUM_FLAGS, *flags]) as chromium:
        visit = visit_with(chromium.new_context(), f"https://{NAME}:{site.port}{PATH}")
        visit.open("/?wilayah=35.07")
        visit.map.wait_for_paint()
        (busy,) = (address for address in replicas.addresses if sessions(address) == 1)
        os.kill(int(server_of(busy).name), signal.SIGKILL)
        assert soon(lambda: any(sessions(other) for other in {*replicas.addresses} - {busy}), 30)
        visit.settle()
        visit.page.get_by_role("link", name="Ringkasan").first.click()
        visit.page.get_by_role("heading", level=1, name="Ringkasan").wait_for(timeout=30_000)
        assert visit.errors == []
        assert {host for host in visit.hosts if host} == {f"{NAME}:{site.port}"}
