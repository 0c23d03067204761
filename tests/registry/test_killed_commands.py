"""A command of the registry that is killed leaves the old or the new, and the next one works."""

import signal

import pytest

from geodata.gazetteer import load_gazetteer
from geodata.registry.database.batches import list_batches, read_staged_rows
from geodata.registry.database.connection import find_registry
from geodata.registry.database.history import standing
from geodata.registry.database.registry_error import RegistryEmpty
from geodata.registry.database.snapshots import read_snapshot_at
from tests.killing import killed_again_and_again, run
from tests.registry.conftest import KINDS

pytestmark = pytest.mark.slow

LIST = "Nama KIM,Kode Wilayah,Status\n" + "".join(
    f"KIM {name},35.07.08.200{number},aktif\n"
    for number, name in enumerate(["Satu", "Dua", "Tiga", "Empat", "Lima"], start=1)
)

FIVE = ["KIM Dua", "KIM Empat", "KIM Lima", "KIM Satu", "KIM Tiga"]


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    path = tmp_path_factory.mktemp("file") / "kim.csv"
    path.write_text(LIST)
    return str(path)


def state_of(url: str) -> tuple:
    """What a registry holds: its KIM, and of each batch its state and rows; () if there is none."""
    try:
        registry = find_registry(url)
    except RegistryEmpty:
        return ()
    kim = read_snapshot_at(registry, standing(registry).version, load_gazetteer()).kim
    batches = [
        (batch.state, len(read_staged_rows(registry, batch.id))) for batch in list_batches(registry)
    ]
    registry.engine.dispose()
    return sorted(kim["nama_kim"]), batches


COMMANDS = {
    "import": ([], ["import", "FILE"]),
    "commit": ([["import", "--hold", "FILE"]], ["commit", "1"]),
    "undo": ([["import", "FILE"]], ["undo", "1"]),
    "redo": ([["import", "FILE"], ["undo", "1"]], ["redo", "1"]),
}


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("kind", KINDS)
def test_a_command_that_is_killed_has_done_all_or_nothing_and_can_be_run_again(
    kind, command, new_url, file
):
    url = new_url(kind)
    environment = {"KIM_DATABASE_URL": url}
    earlier, last = ([[file if word == "FILE" else word for word in line] for line in given]
                     for given in (COMMANDS[command][0], [COMMANDS[command][1]]))  # fmt: skip
    for arguments in earlier:
        assert run("registry", *arguments, **environment) == 0
    before = state_of(url)
    there = [[], FIVE] if command != "undo" else [FIVE, []]
    kills = 0
    for status in killed_again_and_again("registry", *last[0], **environment):
        kills += status == -signal.SIGKILL
        state = state_of(url)
        if command != "import":
            assert state == before or state[0] == there[1]
        elif state:
            assert state[0] in there
            assert {rows for _, rows in state[1]} <= {5}, "of a batch all rows are kept, or none"
        if state and state[0] == there[1] and status != 0:
            break  # killed after it was done
    assert state_of(url)[0] == there[1]
    assert kills > 1
