"""What runs confined may take so much and no more, and whoever asked is told what became of it."""

import errno
import os
import signal
import socket
import subprocess
import tempfile
import threading
import time
import tracemalloc
from pathlib import Path

import pytest

from geodata.confinement.confined import Limits, ReaderEnded, confined
from geodata.errors import DataFileError, PetaKimError
from tests.geodata import confined_work as work

MB = 1_000_000
SMALL = Limits(memory=300 * MB, seconds=20, file_bytes=5 * MB)


def call(function, arguments=None, *, limits=SMALL, readable=(), done=None):
    code = Path(work.__file__).parents[1]
    with confined(
        function, arguments, file="a.xlsx", limits=limits, readable=[code, *readable], done=done
    ) as (returned, folder):
        return returned, [path.read_text() for path in sorted(folder.iterdir())]


def ended(function, arguments=None, **given) -> str:
    with pytest.raises(ReaderEnded, match=r"a\.xlsx") as caught:
        call(function, arguments, **given)
    for language in ("id", "en"):
        assert "a.xlsx" in caught.value.message(language)
    return caught.value.key


def test_it_answers_in_json_and_in_files_and_tells_its_progress():
    shares: list[float] = []
    returned, files = call(work.answers, {"sum": [1, 2, 3]}, done=shares.append)
    assert returned == 6
    assert files == ["written"]
    assert shares[-1] == 1.0


def test_an_error_that_we_foresaw_is_the_same_here():
    with pytest.raises(DataFileError, match=r"The data file kim\.csv is missing"):
        call(work.raises)


@pytest.mark.parametrize(
    ("function", "argument", "key"),
    [
        (work.takes, 400 * MB, "reader_memory"),
        (work.writes, 6 * MB, "reader_memory"),
        (work.kills_itself, signal.SIGKILL, "reader_memory"),
        (work.kills_itself, signal.SIGSEGV, "reader_crashed"),
        (work.kills_itself, signal.SIGABRT, "reader_crashed"),
        (work.exits, None, "reader_crashed"),
        (work.stumbles, None, "reader_crashed"),
    ],
)
def test_what_it_runs_into_is_an_error_and_never_ours(function, argument, key):
    assert ended(function, argument) == key


@pytest.mark.parametrize("function", [work.waits, work.computes])
def test_it_ends_when_its_time_is_over(function):
    limits = Limits(memory=300 * MB, seconds=1, file_bytes=MB)
    begun = time.monotonic()
    assert ended(function, limits=limits) == "reader_time"
    assert time.monotonic() - begun < 10


def test_it_is_ended_where_whoever_waits_is_interrupted(monkeypatch):
    class Interrupted(BaseException):
        pass

    def interrupt(share: float) -> None:
        raise Interrupted

    begun: list[subprocess.Popen] = []
    start = subprocess.Popen
    monkeypatch.setattr(
        subprocess, "Popen", lambda *args, **kw: begun.append(start(*args, **kw)) or begun[-1]
    )
    with pytest.raises(Interrupted):
        call(work.begins_and_waits, done=interrupt)
    assert begun
    for process in begun:
        with pytest.raises(ChildProcessError):
            os.waitpid(process.pid, os.WNOHANG)


def test_what_it_began_ends_with_it():
    child, _ = call(work.leaves_a_child)
    for _ in range(100):  # until whoever reaps it has
        try:
            os.kill(child, 0)
        except ProcessLookupError:
            return
        if Path(f"/proc/{child}/stat").read_text().rpartition(")")[2].split()[0] == "Z":
            return
        time.sleep(0.05)
    raise AssertionError("it goes on")


def test_only_the_last_that_it_said_is_read():
    large = Limits(memory=300 * MB, seconds=20, file_bytes=20_000 * MB)
    tracemalloc.start()
    try:
        assert ended(work.talks_and_stumbles, 200 * MB, limits=large) == "reader_memory"
        assert tracemalloc.get_traced_memory()[1] < 20 * MB
    finally:
        tracemalloc.stop()


def test_it_sees_none_of_our_settings(monkeypatch):
    monkeypatch.setenv("KIM_DATABASE_URL", "postgresql://kim:rahasia@host/kim")
    returned, _ = call(work.environment)
    assert not [name for name in returned if name.startswith("KIM_")]


needs_landlock = pytest.mark.skipif(
    not work.has_landlock(), reason="THIS KERNEL HAS NO LANDLOCK: files and hosts are not kept away"
)


@needs_landlock
def test_it_reads_no_file_but_those_it_is_given(tmp_path):
    given, other = tmp_path / "given.csv", tmp_path / "other.csv"
    given.write_text("given")
    other.write_text("secret")
    (tmp_path / "link.csv").symlink_to(other)
    asked = [str(given), str(other), str(tmp_path / "link.csv"), "/etc/passwd", __file__ + "x"]
    returned, _ = call(work.reads, asked, readable=[given])
    assert returned == ["given", "", "", "", ""]


@needs_landlock
def test_it_changes_nothing_outside_its_folder(tmp_path):
    given = tmp_path / "given.csv"
    given.write_text("given")
    returned, _ = call(work.changes, [str(given), str(tmp_path / "new")], readable=[given])
    assert returned == [False, False]
    assert given.read_text() == "given"


@needs_landlock
def test_it_reaches_no_host():
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.5)
        returned, _ = call(work.connects, server.getsockname()[1])
        assert returned == "PermissionError"
        with pytest.raises(TimeoutError):
            server.accept()


def test_several_threads_may_ask_at_once():
    answers: list[int] = []

    def ask(number: int) -> None:
        answers.append(call(work.answers, {"sum": [number]})[0])

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == [0, 1, 2, 3]


def test_a_full_disk_is_not_the_fault_of_the_file(monkeypatch):
    with pytest.raises(PetaKimError, match="cannot be read at the moment: No space") as caught:
        call(work.fills_the_disk)
    assert not isinstance(caught.value, ReaderEnded)

    def full(*_args, **_kwargs):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(tempfile, "mkdtemp", full)
    with pytest.raises(PetaKimError, match="cannot be read at the moment: No space") as caught:
        call(work.answers, {"sum": [1]})
    assert not isinstance(caught.value, ReaderEnded)
