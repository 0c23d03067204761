"""An empty registry, on SQLite and on PostgreSQL."""

from collections.abc import Callable, Iterator
from itertools import count

import pytest
from sqlalchemy import create_engine

from geodata.registry.database.connection import Registry, open_registry
from tests.registry import postgres

KINDS = ("sqlite", "postgresql")

NewUrl = Callable[[str], str]


@pytest.fixture(scope="session")
def new_url(tmp_path_factory, request) -> NewUrl:
    """Gives the address of a database that is empty."""
    numbers = count()

    def make(kind: str) -> str:
        number = next(numbers)
        if kind == "sqlite":
            return f"sqlite:///{tmp_path_factory.mktemp('registry')}/registry.db"
        server = request.getfixturevalue("postgresql")
        engine = create_engine(
            f"{server}/postgres".replace("postgresql:", "postgresql+psycopg:"),
            isolation_level="AUTOCOMMIT",
        )
        with engine.connect() as connection:
            connection.exec_driver_sql(f"CREATE DATABASE kim{number}")
        engine.dispose()
        return f"{server}/kim{number}"

    return make


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    if postgres.binaries() is None:
        pytest.skip("NOT TESTED ON POSTGRESQL: it is not installed; see .ci/postgresql.sh")
    with postgres.cluster() as started:
        yield started.address


@pytest.fixture(params=KINDS)
def url(request, new_url: NewUrl) -> str:
    return new_url(request.param)


@pytest.fixture
def registry(url: str) -> Iterator[Registry]:
    opened = open_registry(url)
    yield opened
    opened.engine.dispose()  # else PostgreSQL runs out of connections before the last test
