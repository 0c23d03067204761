"""Several servers of one registry: each follows the others, and none loses what it writes."""

import io
import json
import os
import signal
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.readers import Crowd, longest_away
from geodata.boundaries.set_manifest import read_manifest, write_manifest
from geodata.boundaries.store import activate, open_set
from geodata.exports.decks import Deck, Scene, save_deck
from geodata.registry.database.history import standing
from geodata.registry.uploads import discard, keep
from geodata.text import text
from tests import messy
from tests.app.visiting import Session, ask, server_of
from tests.operating.conftest import (
    LOG,
    NAME,
    PATH,
    Replicas,
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
