"""A command on boundaries that is killed leaves the old set in use or the new, never a half."""

import signal

import pytest

from geodata.boundaries import store
from tests.importing import schemas
from tests.importing.conftest import imported
from tests.killing import STRIDE, killed_again_and_again

# What is left of a command does not hang on whose polygons it reads.
pytestmark = [
    pytest.mark.parametrize("desa", ["thiessen"], indirect=True),
    pytest.mark.slow,
]


def active_name() -> str:
    store.open_set.cache_clear()
    return store.active_set().name


def test_an_import_that_is_killed_leaves_whole_sets_only(in_use, desa, tmp_path):
    path = tmp_path / "baru.parquet"
    schemas.kim(desa.iloc[:8]).to_parquet(path)
    command = ["boundaries", "import", str(path), "--activate"]
    kills = 0
    for status in killed_again_and_again(*command, KIM_STORE=str(in_use.path.parent)):
        kills += status == -signal.SIGKILL
        assert active_name() in ("lama", "baru")
        visible = {path for path in in_use.path.parent.iterdir() if path.name[0] != "."}
        sets = {listed.path for listed in store.list_sets()}
        assert visible - {in_use.path.parent / "active"} == sets, "each is whole"
    assert status == 0
    assert kills > 1
    assert {listed.name for listed in store.list_sets()} == {"lama", "baru"}
    assert active_name() == "baru"


def test_an_activation_that_is_killed_leaves_the_old_set_in_use_or_the_new(
    in_use, desa, tmp_path, monkeypatch
):
    monkeypatch.setattr("tests.killing.STRIDE", min(2, STRIDE))
    path = tmp_path / "baru.parquet"
    schemas.kim(desa.iloc[:8]).to_parquet(path)
    imported(path)
    kills = 0
    for status in killed_again_and_again(
        "boundaries", "activate", "baru", KIM_STORE=str(in_use.path.parent)
    ):
        kills += status == -signal.SIGKILL
        assert active_name() in ("lama", "baru")
    assert (status, active_name()) == (0, "baru")
    assert kills > 1
