"""What all tests share: the reference and the sample registry, and how hypothesis runs."""

import gc
import os
from collections.abc import Iterator

import pytest
from hypothesis import settings

from geodata.gazetteer import Gazetteer, load_gazetteer
from geodata.registry.database.connection import SAMPLE
from geodata.registry.snapshot import Snapshot, load_sample

# The first example of a process reads 90,000 regions, so no example has a deadline.
settings.register_profile("peta-kim", deadline=None, max_examples=50)
settings.load_profile("peta-kim")

# A worker comes to hold millions of objects, which the collector would look through every time.
gc.set_threshold(50_000, 20, 50)


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
