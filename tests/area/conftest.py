"""The embedded boundaries, the gazetteer, and what it is to be refused."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from geodata.boundaries.boundary_set import BoundarySet
from geodata.boundaries.store import active_set
from geodata.errors import PetaKimError
from geodata.gazetteer import Gazetteer, load_gazetteer


@pytest.fixture(scope="session")
def boundaries() -> BoundarySet:
    return active_set()


@pytest.fixture(scope="session")
def gazetteer() -> Gazetteer:
    return load_gazetteer()


@contextmanager
def refusing(key: str) -> Iterator[pytest.ExceptionInfo[PetaKimError]]:
    """Within this something is refused for this reason, in a sentence."""
    with pytest.raises(PetaKimError, match=r"\w.*\.$") as refused:
        yield refused
    assert refused.value.key == key
