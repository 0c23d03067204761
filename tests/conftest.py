"""What all tests share: the reference and the sample registry, and how hypothesis runs."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from geodata.gazetteer import Gazetteer, load_gazetteer
from geodata.registry.database.connection import SAMPLE
from geodata.registry.snapshot import Snapshot, load_sample

# The first example of a process reads 90,000 regions, so no example has a deadline.
settings.register_profile("peta-kim", deadline=None, max_examples=50)
settings.load_profile("peta-kim")

# Files that take a minute or more, the longest first: begun last, each would keep one worker while
# the others have nothing left to do.
_LONGEST = (
    "registry/test_killed.py",
    "browser/test_journeys.py",
    "operating/test_servers.py",
    "browser/test_accessibility.py",
    "registry/test_killed_commands.py",
    "importing/test_killed_commands.py",
    "importing/test_awkward.py",
    "browser/test_phone.py",
    "browser/test_import.py",
    "browser/test_light_view.py",
    "operating/test_backup.py",
    "app/test_reruns.py",
    "browser/test_boundaries.py",
    "browser/test_gaps.py",
    "registry/test_many_rows.py",
)
_HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the longest files first; ``make test`` has workers take them in this order."""
    place = {_HERE / name: number for number, name in enumerate(_LONGEST)}
    items.sort(key=lambda item: place.get(item.path, len(place)))


@pytest.fixture(scope="session", autouse=True)
def no_registry() -> Iterator[None]:
    """What this machine has imported is not what tests look at, but the sample."""
    kept = os.environ.get("KIM_DATABASE_URL")
    os.environ["KIM_DATABASE_URL"] = SAMPLE
    yield
    del os.environ["KIM_DATABASE_URL"]
    if kept is not None:
        os.environ["KIM_DATABASE_URL"] = kept


@pytest.fixture(scope="session")
def gazetteer() -> Gazetteer:
    return load_gazetteer()


@pytest.fixture(scope="session")
def sample() -> Snapshot:
    return load_sample()
