"""Several servers of one registry: they follow each other, and are one site behind nginx."""

import io
import json
import os
import re
import signal
import socket
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from benchmarks.readers import Crowd, longest_away
from dashboard.addresses import tiles_address
from geodata.boundaries.set_manifest import read_manifest, tiles_file, write_manifest
from geodata.boundaries.store import activate, active_set, open_set
from geodata.exports.decks import Deck, Scene, save_deck
from geodata.regions import Level
from geodata.registry.database.history import standing
from geodata.registry.uploads import discard, keep
from geodata.text import text
from tests import messy
from tests.app.visiting import Session, ask, server_of
from tests.browser.conftest import CHROMIUM_FLAGS, launch, visit_with
from tests.operating.conftest import (
    LOG,
    NAME,
    PATH,
    Replicas,
    Site,
    answers,
    draft,
    figures,
    sessions,
    soon,
)

MALANG = "wilayah=35.07"
IN_ORDER = {"siap": True, "registri": True, "batas": True, "aset": True}


def health(address: str) -> tuple[int, dict[str, bool]]:
    answer = ask(address, f"{PATH}/sehat")
    return answer.status, json.loads(answer.text)


def follows(session: Session, page: str, part: bytes) -> bool:
    """Whether a page shows something, soon."""
    return soon(lambda: part in session.run(page, MALANG))


def test_each_server_says_that_it_is_ready_and_no_more(replicas: Replicas) -> None:
    for address in replicas.addresses:
        assert health(address) == (200, IN_ORDER)


def test_what_is_committed_through_one_server_is_shown_by_the_other(replicas: Replicas) -> None:
    here, there = replicas.addresses
    with Session(here, PATH) as first, Session(there, PATH) as second:
        waiting = draft(replicas.registry, "2", "3")
        for session in (first, second):
            assert b"KIM Suara Warga 2" not in session.run("unduh", MALANG)
        first.run("impor", f"kiriman={waiting.id}&langkah=simpan")
        first.run("impor", f"kiriman={waiting.id}&langkah=simpan", press="masukkan")
        assert all(follows(session, "unduh", b"KIM Suara Warga 2") for session in (second, first))


def test_a_boundary_set_that_is_activated_is_used_by_each(replicas: Replicas) -> None:
    used = replicas.store / (replicas.store / "active").read_text().strip()
    official = replicas.store / "resmi-2026"
    official.mkdir()
    for file in used.iterdir():
        os.link(file, official / file.name)
    (official / "manifest.json").unlink()
    write_manifest(replace(read_manifest(used), name="resmi", version="2026"), official)
    here, there = replicas.addresses
    with Session(here, PATH) as first, Session(there, PATH) as second:
        assert b"/batas/2026/" not in first.run("peta") + second.run("peta")
        activate(open_set(official))
        assert all(follows(session, "peta", b"/batas/2026/") for session in (first, second))
        activate(open_set(used))
        former = f"/batas/{used.name.rpartition('-')[2]}/".encode()
        assert all(follows(session, "peta", former) for session in (first, second))


def test_a_deck_is_shown_by_each_as_it_was_last_saved(
    replicas: Replicas, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KIM_DECKS", str(replicas.decks))
    deck = save_deck(Deck("Rakor", (Scene("wilayah=35.07"),)))
    for note in ("Selamat pagi", "Selamat siang"):
        deck = save_deck(deck.noted(0, note))
        for address in replicas.addresses:
            assert note in ask(address, f"{PATH}/paparan/dek/rakor.html?catatan=1").text


def test_a_file_that_waits_for_its_columns_is_gone_on_with_at_each(
    replicas: Replicas, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KIM_UPLOADS", str(replicas.uploads))
    waiting = keep(io.BytesIO(messy.csv_bytes()), "daftar.csv", "Diskominfo Malang")
    for address in replicas.addresses:
        with Session(address, PATH) as session:
            assert b"daftar.csv" in session.run("impor", f"unggahan={waiting.key}")
    discard(waiting)


def test_readers_notice_nothing_of_a_database_that_is_started_again(replicas: Replicas) -> None:
    def again() -> None:
        replicas.database.stop()
        replicas.database.start()

    views = [f"unduh?{MALANG}", "tentang?wilayah=35"]
    crowd = Crowd(replicas.front + PATH, views, 4, 4.0, ramp=1, every=1, events=[(2.0, again)])
    runs = crowd.watch()
    assert len(runs) >= 8
    assert not any(run.failed or run.away for run in runs)
    assert longest_away(runs, 2.0) == 0


def test_a_database_that_stays_away_is_told_in_a_sentence_and_found_again(
    replicas: Replicas,
) -> None:
    sentence = text("error.unavailable", "id")
    address = replicas.addresses[1]
    with Session(address, PATH, host=NAME, origin=f"https://{NAME}") as reader:
        replicas.database.stop()
        shown = reader.run("peta", MALANG)
        assert health(address) == (
            503,
            {"siap": False, "registri": False, "batas": True, "aset": True},
        )
        replicas.database.start()
        assert sentence.encode() in shown
        assert b"127.0.0.1" not in shown
        assert sentence.encode() not in reader.run("peta", MALANG)
    assert health(address)[0] == 200


def test_figures_tell_of_runs_sessions_and_imports(replicas: Replicas) -> None:
    with Session(replicas.addresses[0], PATH, page="unduh"):
        value = figures(replicas.addresses[0])
    assert float(value['peta_kim_run_seconds_count{page="unduh"}']) >= 1
    assert float(value["peta_kim_sessions"]) == 1
    assert float(value["peta_kim_registry_version"]) == standing(replicas.registry).version
    assert float(value['peta_kim_batches{state="masuk"}']) >= 1
    assert float(value['peta_kim_kept_asked_total{kept="yes"}']) >= 0


def test_the_log_is_objects_with_the_number_of_the_request_and_nothing_that_was_asked(
    replicas: Replicas,
) -> None:
    number = "a3f0c1d2-9b"
    asked = f"{PATH}/cari.json?q=Siti+Aminah"
    answer = ask(replicas.addresses[0], asked, x_request_id=number)
    assert answer.headers["x-request-id"] == number
    with Session(replicas.addresses[0], PATH, page="unduh", x_request_id="b4e1"):
        pass
    lines = LOG.read_text(encoding="utf-8").splitlines()
    assert not any("Aminah" in line for line in lines)
    entries = [json.loads(line) for line in lines if line.startswith("{")]
    search = next(entry for entry in entries if entry["request"] == number)
    assert (search["method"], search["path"], search["status"]) == ("GET", "/peta/cari.json", 200)
    opened = [entry for entry in entries if entry.get("method") == "WEBSOCKET"][-1]
    assert opened["request"] != "b4e1"  # too short for a number
    runs = [entry for entry in entries if entry["request"] == opened["request"]]
    assert [entry.get("page") for entry in runs] == ["unduh", None]


def test_a_commit_goes_on_though_its_page_is_gone_and_its_server_is_told_to_stop(
    replicas: Replicas,
) -> None:
    waiting = draft(replicas.registry, "9")
    before = standing(replicas.registry).kim
    with Session(replicas.addresses[0], PATH) as operator:
        page = ("impor", f"kiriman={waiting.id}&langkah=simpan")
        operator.run(*page)
        with replicas.registry.writing():  # the one writer; that of the server waits
            operator.ask(*page, press="masukkan")
            assert soon(lambda: is_waiting(replicas), 10)
            server = server_of(replicas.addresses[0])
            os.kill(int(server.name), signal.SIGTERM)
            assert operator.until_closed() == 1012
            assert not soon(lambda: has_ended(server), 0.2)
    assert soon(lambda: has_ended(server), 10)
    assert standing(replicas.registry).kim == before + 1
    with Session(replicas.front, PATH) as reader:  # of whoever is there
        assert b"KIM Suara Warga 9" in reader.run("unduh", MALANG)
    assert soon(lambda: answers(replicas.addresses[0]), 60)  # it was started again


def test_readers_of_a_server_that_is_killed_are_with_the_other_one_at_once(
    replicas: Replicas,
) -> None:
    reader = {"cookie": "peta_kim=5eed5eed"}
    with Session(replicas.front, PATH, **reader):
        (busy,) = (address for address in replicas.addresses if sessions(address) == 1)
        os.kill(int(server_of(busy).name), signal.SIGKILL)
    with Session(replicas.front, PATH, **reader) as back:
        assert b"KIM Suara Warga" in back.run("unduh", MALANG)


def is_waiting(replicas: Replicas) -> bool:
    """Whether somebody waits for a lock of the database."""
    with replicas.registry.engine.connect() as connection:
        waiting = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
        return connection.exec_driver_sql(waiting).scalar_one() > 0


def has_ended(server: Path) -> bool:
    """Whether a process is gone, or waits only to be asked how it ended."""
    try:
        return not (server / "cmdline").read_bytes()
    except OSError:
        return True


# Behind nginx, as deploy/ sets it up


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
    for path in (
        f"{PATH}/",
        f"{PATH}/profil?wilayah=35",
        f"{PATH}/unduh/kim.csv",
        tiles,
        "/beside",
    ):
        headers = site.get(path).headers
        assert "max-age=" in headers["strict-transport-security"]
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "same-origin"
        assert headers["x-frame-options"] == "DENY"
        assert "default-src" in headers["content-security-policy"]


def test_links_name_the_site_its_path_and_tls(site: Site) -> None:
    page = site.get(f"{PATH}/?wilayah=35").text
    assert f'content="https://{NAME}{PATH}/pratinjau.png?wilayah=35"' in page
    assert f'src="{PATH}/aset/' in page
    manifest = site.get(f"{PATH}/unduh/kim.keterangan.csv?wilayah=35.07").text
    assert f"https://{NAME}{PATH}/unduh" in manifest
    assert "127.0.0.1" not in page + manifest


def test_a_browser_is_given_a_name_once_and_by_tls_only(site: Site) -> None:
    cookie = site.get(f"{PATH}/").headers["set-cookie"]
    assert re.fullmatch(r"peta_kim=\w{32}; Path=/; HttpOnly; SameSite=Lax; Secure", cookie)
    known = site.get(f"{PATH}/", cookie=cookie.partition(";")[0])
    assert "set-cookie" not in known.headers
    assert "set-cookie" not in site.get(f"{PATH}/unduh/kim.csv").headers


def test_what_never_changes_is_fetched_from_a_server_once_whichever_part_is_asked(
    site: Site,
) -> None:
    boundaries = active_set()
    path = PATH + tiles_address(boundaries, Level.KABUPATEN_KOTA)
    tiles = (boundaries.path / tiles_file(Level.KABUPATEN_KOTA)).read_bytes()
    asset = re.search(rf"{PATH}/aset/\S+/tour.js", site.get(f"{PATH}/").text)[0]
    for first, last in ((0, 16_383), (300_000, 310_000), (5, 20_000)):
        part = site.get(path, range=f"bytes={first}-{last}")
        assert (part.status, part.body) == (206, tiles[first : last + 1])
    for _ in range(2):
        assert site.get(asset).status == 200
    # Each of nginx's workers writes the log when it has time to.
    assert soon(lambda: sorted(site.kept(path)) == ["HIT", "MISS", "MISS"]), site.kept(path)
    assert soon(lambda: sorted(site.kept(asset)) == ["HIT", "MISS"]), site.kept(asset)


def test_pages_and_what_may_change_are_never_kept(site: Site) -> None:
    for path in (f"{PATH}/mutu", f"{PATH}/unduh/kim.csv", f"{PATH}/cari.json"):
        for _ in range(2):
            assert site.get(f"{path}?wilayah=34&q=malang").status in (200, 400)
        assert soon(partial(is_never_kept, site, path))


def is_never_kept(site: Site, path: str) -> bool:
    known = site.kept(path)
    return len(known) >= 2 and set(known) == {"MISS"}


def test_what_was_asked_for_is_in_no_log(site: Site) -> None:
    assert site.get(f"{PATH}/cari.json?q=Siti+Aminah").status == 200
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
