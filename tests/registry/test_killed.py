"""Whenever the process is killed, the registry is at the old version or at the new one.

The process kills itself with SIGKILL before every COMMIT, right after it, and before every
eighth statement besides: within a transaction they are alike. Another one then finds the
registry whole and unlocked.
"""

import os
import signal

import pytest
from sqlalchemy import Engine, create_engine, event, inspect

from geodata.gazetteer import load_gazetteer
from geodata.registry.database.batches import list_batches, read_staged_rows, stage
from geodata.registry.database.committing import commit
from geodata.registry.database.connection import open_registry
from geodata.registry.database.erasure.erasing_scope import ErasingTarget
from geodata.registry.database.history import standing
from geodata.registry.database.relations import metadata
from geodata.registry.database.snapshots import read_snapshot_at
from geodata.registry.database.undoing import redo, undo
from geodata.registry.forgetting import erase
from tests.processes import forked
from tests.registry.rows import in_review, staged

pytestmark = pytest.mark.slow

WHO = "operator"
_STATEMENTS_A_KILL = 8
_MOST_KILLS = 60

load_gazetteer()  # once, in the process that all others are forked from

FIRST = [{"nomor_induk": f"A{i}"} for i in range(20)]
SECOND = [
    {"nomor_induk": "A3", "status": "tidak_aktif", "personal": {"ketua": "Siti"}},
    {"nomor_induk": "B", "nama_kim": "KIM Dua"}, {"nomor_induk": "B", "nama_kim": "KIM Tiga"},
    {"nama_kim": "KIM Suara Warga"}, in_review(),
]  # fmt: skip


def bring(registry, rows) -> None:
    stage(registry, staged(*rows), load_gazetteer(), who=WHO, update=True)


def import_file(registry, rows) -> None:
    bring(registry, rows)
    commit(registry, len(list_batches(registry)), who=WHO)


WORK = {
    "open": lambda registry: None,
    "stage": lambda registry: bring(registry, SECOND),
    "commit": lambda registry: commit(registry, 2, who=WHO),
    "undo": lambda registry: undo(registry, 1, who=WHO),
    "redo": lambda registry: redo(registry, 2, who=WHO),
    "erase": lambda registry: erase(registry, ErasingTarget("batch", 1), who=WHO, why="diminta"),
}


def work_and_be_killed(url: str, work: str, before: int) -> None:
    """Do ``work``, and be killed at the ``before``-th moment of it that counts."""
    moments, statements = 0, 0

    def count() -> None:
        nonlocal moments
        moments += 1
        if moments > before:
            os.kill(os.getpid(), signal.SIGKILL)

    def count_statement(*_) -> None:
        nonlocal statements
        if statements % _STATEMENTS_A_KILL == 0:
            count()
        statements += 1

    def count_commit(*_) -> None:
        nonlocal statements
        count()
        statements = 0  # so that the next one counts

    def listen() -> None:
        event.listen(Engine, "before_cursor_execute", count_statement)
        event.listen(Engine, "commit", count_commit)

    if work == "open":
        listen()
    registry = open_registry(url)
    if work != "open":
        listen()
    WORK[work](registry)


def state_of(url: str) -> tuple:
    """All that can be seen of a registry."""
    registry = open_registry(url)
    version = standing(registry).version
    kim = read_snapshot_at(registry, version, load_gazetteer()).kim.to_csv(index=False)
    batches = list_batches(registry)
    rows = [read_staged_rows(registry, batch.id).to_csv() for batch in batches]
    seen = version, kim, [(batch.id, batch.state, batch.rows) for batch in batches], rows
    registry.engine.dispose()
    return seen


def kill_at_each_moment(url: str, work: str, found_whole) -> None:
    """Kill ``work`` at each moment and look; at last let it come to its end."""
    for number in range(_MOST_KILLS):
        process = forked.Process(target=work_and_be_killed, args=(url, work, number))
        process.start()
        process.join(60)
        if process.exitcode == 0:
            break
        assert process.exitcode == -signal.SIGKILL
        found_whole()
    assert process.exitcode == 0, "it was not killed to its end"
    assert number > 2


@pytest.mark.parametrize("work", [name for name in WORK if name not in ("open", "erase")])
def test_killed_at_any_moment_it_is_at_the_old_or_the_new_version(url, work):
    registry = open_registry(url)
    import_file(registry, FIRST)
    if work == "commit":
        bring(registry, SECOND)
    elif work == "redo":
        import_file(registry, SECOND)
        undo(registry, 2, who=WHO)
    registry.engine.dispose()
    before = state_of(url)

    def found_whole() -> None:
        assert state_of(url) == before

    kill_at_each_moment(url, work, found_whole)
    assert state_of(url) != before


def test_killed_while_it_erases_all_of_it_is_there_or_none(url):
    registry = open_registry(url)
    import_file(registry, [{**row, "personal": {"ketua": "Siti Aminah"}} for row in FIRST])
    before = personal_of(registry)
    seen = []

    def found_whole() -> None:
        seen.append(personal_of(registry))
        assert seen[-1] in (before, [{}] * len(FIRST))

    kill_at_each_moment(url, "erase", found_whole)
    assert before in seen
    assert personal_of(registry) == [{}] * len(FIRST)


def personal_of(registry) -> list[dict]:
    personal = read_staged_rows(registry, 1, with_personal=True)["personal"].tolist()
    registry.engine.dispose()
    return personal


def test_killed_while_its_tables_are_made_it_has_none_or_all(url):
    engine = create_engine(url.replace("postgresql:", "postgresql+psycopg:"))

    everything = {"alembic_version", *metadata.tables}

    def found_empty() -> None:
        assert set(inspect(engine).get_table_names()) in (set(), everything)
        engine.dispose()

    kill_at_each_moment(url, "open", found_empty)
    assert state_of(url)[0] == 0
