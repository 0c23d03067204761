"""Several servers of one registry: each follows the others, and none loses what it writes."""

import json
import os
import signal
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from geodata.boundaries.set_manifest import read_manifest, write_manifest
from geodata.boundaries.store import activate, open_set
from geodata.exports.decks import Deck, Scene, save_deck
from geodata.registry.database.history import standing
from geodata.text import text
from tests.app.visiting import Session, ask, server_of
from tests.browser.conftest import ARTEFACTS
from tests.operating.conftest import Replicas, draft

SECONDS = 2.0  # in which a server follows the others
MALANG = "wilayah=35.07"


def soon(is_so: Callable[[], bool], seconds: float = SECONDS) -> bool:
    """Whether something is so within so many seconds."""
    last = time.monotonic() + seconds
    while not is_so():
        if time.monotonic() > last:
            return False
        time.sleep(0.05)
    return True


IN_ORDER = {"siap": True, "registri": True, "batas": True, "aset": True}


def health(address: str) -> tuple[int, dict[str, bool]]:
    answer = ask(address, "/sehat")
    return answer.status, json.loads(answer.text)


def test_each_server_says_that_it_is_ready_and_no_more(replicas: Replicas) -> None:
    for address in replicas.addresses:
        assert health(address) == (
            200,
            {"siap": True, "registri": True, "batas": True, "aset": True},
        )


def test_what_is_committed_through_one_server_is_shown_by_the_other(replicas: Replicas) -> None:
    with Session(replicas.addresses[0]) as first, Session(replicas.addresses[1]) as second:
        waiting = draft(replicas.registry, "2", "3")
        for session in (first, second):
            assert b"KIM Suara Warga 2" not in session.run("unduh", MALANG)
        first.run("impor", f"kiriman={waiting.id}&langkah=simpan")
        first.run("impor", f"kiriman={waiting.id}&langkah=simpan", press="masukkan")
        for session in (second, first):
            assert soon(lambda: b"KIM Suara Warga 2" in session.run("unduh", MALANG))  # noqa: B023


def test_a_boundary_set_that_is_activated_is_used_by_each(replicas: Replicas) -> None:
    used = replicas.store / (replicas.store / "active").read_text().strip()
    other = replicas.store / "resmi-2026"
    other.mkdir()
    for file in used.iterdir():
        os.link(file, other / file.name)
    (other / "manifest.json").unlink()
    write_manifest(replace(read_manifest(used), name="resmi", version="2026"), other)
    with Session(replicas.addresses[0]) as first, Session(replicas.addresses[1]) as second:
        assert b"/batas/2026/" not in first.run("peta") + second.run("peta")
        activate(open_set(other))
        for session in (first, second):
            assert soon(lambda: b"/batas/2026/" in session.run("peta"))  # noqa: B023
        activate(open_set(used))
        for session in (first, second):
            assert soon(lambda: b"/batas/2026/" not in session.run("peta"))  # noqa: B023


def test_a_deck_is_shown_by_each_as_it_was_last_saved(
    replicas: Replicas, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KIM_DECKS", str(replicas.decks))
    deck = save_deck(Deck("Rakor", (Scene("wilayah=35.07"),)))
    for note in ("Selamat pagi", "Selamat siang"):
        deck = save_deck(deck.noted(0, note))
        for address in replicas.addresses:
            assert note in ask(address, "/paparan/dek/rakor.html?catatan=1").text


def test_while_the_database_is_started_again_readers_wait_and_then_go_on(
    replicas: Replicas,
) -> None:
    with Session(replicas.addresses[0]) as reader:
        replicas.database.stop()
        with ThreadPoolExecutor() as reading:
            shown = reading.submit(reader.run, "unduh", MALANG)
            replicas.database.start()
        assert b"KIM Suara Warga" in shown.result()


def test_a_database_that_stays_away_is_told_in_a_sentence_and_found_again(
    replicas: Replicas,
) -> None:
    sentence = text("error.unavailable", "id")
    address = replicas.addresses[1]
    with Session(address, host="kim.contoh.go.id", origin="https://kim.contoh.go.id") as reader:
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
    with Session(replicas.addresses[0], page="unduh"):
        figures = ask(replicas.addresses[0], "/metrics").text
    value = dict(line.rsplit(" ", 1) for line in figures.splitlines() if line[0] != "#")
    assert float(value['peta_kim_run_seconds_count{page="unduh"}']) >= 1
    assert float(value["peta_kim_sessions"]) == 1
    assert float(value["peta_kim_registry_version"]) == standing(replicas.registry).version
    assert float(value['peta_kim_batches{state="masuk"}']) >= 1


def test_the_log_is_objects_with_the_number_of_the_request_and_nothing_that_was_asked(
    replicas: Replicas,
) -> None:
    number = "a3f0c1d2-9b"
    asked = "/cari.json?q=Siti+Aminah"
    answer = ask(replicas.addresses[0], asked, x_request_id=number)
    assert answer.headers["x-request-id"] == number
    with Session(replicas.addresses[0], page="unduh", x_request_id="b4e1"):
        pass
    lines = (ARTEFACTS / "server-satu.log").read_text(encoding="utf-8").splitlines()
    assert not any("Aminah" in line for line in lines)
    first = next(n for n, line in enumerate(lines) if line.startswith("{"))
    entries = [json.loads(line) for line in lines[first:]]
    search = next(entry for entry in entries if entry["request"] == number)
    assert (search["method"], search["path"], search["status"]) == ("GET", "/cari.json", 200)
    opened = entries[-1]  # the websocket of the page, whose number is ours: theirs is too short
    assert opened["path"] == "/_stcore/stream"
    runs = [entry for entry in entries if entry["request"] == opened["request"]]
    assert [entry.get("page") for entry in runs] == ["unduh", None]


def test_a_server_that_is_stopped_finishes_its_commit(replicas: Replicas) -> None:
    waiting = draft(replicas.registry, "9")
    before = standing(replicas.registry).kim
    with Session(replicas.addresses[0]) as operator:
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
    assert b"KIM Suara Warga 9" in Session(replicas.addresses[1]).run("unduh", MALANG)


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
