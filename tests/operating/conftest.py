"""Two servers of one PostgreSQL, which share their folders, too."""

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest

from geodata.boundaries.store import active_set
from geodata.gazetteer import load_gazetteer
from geodata.registry.database.batches import Batch, stage
from geodata.registry.database.committing import commit
from geodata.registry.database.connection import Registry, open_registry
from tests.browser.conftest import serving
from tests.registry import postgres
from tests.registry.rows import staged


@dataclass(frozen=True)
class Replicas:
    """Addresses of the servers, and what they share."""

    addresses: tuple[str, ...]
    registry: Registry
    database: postgres.Cluster
    store: Path
    decks: Path


@pytest.fixture(scope="session")
def replicas(tmp_path_factory) -> Iterator[Replicas]:
    if postgres.binaries() is None:
        pytest.skip("SERVERS ARE NOT TESTED TOGETHER: no PostgreSQL; see .ci/postgresql.sh")
    shared = tmp_path_factory.mktemp("shared")
    store = own_store(shared / "boundaries")
    with postgres.cluster() as database, ExitStack() as running:
        url = database.make_database("kim")
        registry = open_registry(url)
        commit(registry, draft(registry, "1").id, who="operator", covers=["35.07"])
        environment = {
            "KIM_DATABASE_URL": url,
            "KIM_STORE": str(store),
            "KIM_DECKS": str(shared / "decks"),
            "KIM_HOSTS": "kim.contoh.go.id",
            "KIM_UPLOADS": str(shared / "uploads"),
            "KIM_METRICS": "1",
            "KIM_LOG": "json",
        }
        servers = [serving(f"server-{name}", **environment) for name in ("satu", "dua")]
        with ThreadPoolExecutor() as starting:
            addresses = starting.map(running.enter_context, servers)
            yield Replicas(tuple(addresses), registry, database, store, shared / "decks")
        registry.engine.dispose()


def draft(registry: Registry, *numbers: str) -> Batch:
    """Stage a file with a KIM of Malang of each number, which waits to be committed."""
    rows = [{"nomor_induk": number} for number in numbers]
    file = staged(*rows, file_name=f"malang-{numbers[0]}.xlsx")
    return stage(registry, file, load_gazetteer(), who="operator")


def own_store(folder: Path) -> Path:
    """Make a store that holds the active set, without a second copy of its bytes."""
    used = active_set().path
    (folder / used.name).mkdir(parents=True)
    for file in used.iterdir():
        os.link(file, folder / used.name / file.name)
    (folder / "active").write_text(f"{used.name}\n")
    return folder
