"""What is kept can be brought back, and is then what it was: on both databases."""

import os
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from geodata.registry.database.batches import find_batch
from geodata.registry.database.committing import commit
from geodata.registry.database.connection import open_registry
from geodata.registry.database.history import standing
from geodata.registry.database.snapshots import latest_snapshot
from geodata.registry.database.states import State
from geodata.registry.database.undoing import redo, undo
from tests.operating.conftest import ROOT, draft, own_store
from tests.registry import postgres

NewDatabase = Callable[[str], str]


@pytest.fixture(params=["sqlite", "postgresql"])
def new_database(request, tmp_path: Path) -> Iterator[NewDatabase]:
    """Gives the address of a database of that name in which there is nothing."""
    if request.param == "sqlite":
        yield lambda name: f"sqlite:///{tmp_path}/{name}.db"
    elif postgres.binaries() is None:
        pytest.skip("NOT TESTED ON POSTGRESQL: it is not installed; see .ci/postgresql.sh")
    else:
        with postgres.cluster() as cluster:
            yield cluster.make_database


def run(script: str, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a script of deploy/ with PostgreSQL's programs at hand."""
    path = f"{postgres.binaries()}:{os.environ['PATH']}"
    return subprocess.run(
        [ROOT / "deploy" / script, *arguments],
        env=os.environ | {"PATH": path} | environment,
        capture_output=True,
        text=True,
        timeout=120,
    )


def test_a_registry_is_brought_back_with_its_history(
    new_database: NewDatabase, tmp_path: Path
) -> None:
    url = new_database("asli")
    registry = open_registry(url)
    kept = draft(registry, "1", "2").id
    commit(registry, kept, who="operator", covers=["35.07"])
    undone = draft(registry, "3").id
    commit(registry, undone, who="operator")
    undo(registry, undone, who="operator")
    waiting = draft(registry, "4").id
    (tmp_path / "decks").mkdir()
    (tmp_path / "decks" / "rakor.json").write_text("{}")
    settings = {
        "KIM_DATABASE_URL": url,
        "KIM_STORE": str(own_store(tmp_path / "store")),
        "KIM_DECKS": str(tmp_path / "decks"),
    }

    made = run("backup.sh", str(tmp_path / "copies"), **settings)
    assert made.returncode == 0, made.stderr
    copy = Path(made.stdout.strip())
    assert copy.parent == tmp_path / "copies"
    assert copy.stat().st_mode & 0o077 == 0
    commit(registry, waiting, who="operator")  # it is lost, as what came since the copy is
    registry.engine.dispose()

    back = new_database("kembali")
    folders = [str(tmp_path / "new-store"), str(tmp_path / "new-decks")]
    done = run("restore.sh", str(copy), back, *folders)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("Restored, and as it was: version 3, 2 KIM")
    restored = open_registry(back)
    assert standing(restored).version == 3
    assert latest_snapshot(restored).kim["nomor_induk"].tolist() == ["1", "2"]
    assert find_batch(restored, waiting).state is State.DRAF
    assert redo(restored, undone, who="operator")
    restored.engine.dispose()
    active = (tmp_path / "new-store" / "active").read_text().strip()
    assert (tmp_path / "new-store" / active / "manifest.json").is_file()
    assert (tmp_path / "new-decks" / "rakor.json").read_text() == "{}"

    again = run("restore.sh", str(copy), back)
    assert again.returncode == 1
    assert "already" in again.stderr


def test_a_copy_that_cannot_be_made_leaves_none_that_looks_whole(tmp_path: Path) -> None:
    gone = run(
        "backup.sh", str(tmp_path / "copies"), KIM_DATABASE_URL=f"sqlite:///{tmp_path}/no.db"
    )
    assert gone.returncode != 0
    assert list((tmp_path / "copies").iterdir()) == []
