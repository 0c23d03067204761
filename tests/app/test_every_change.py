"""Every action that changes something, done as every role: allowed where the table of rights says.

Actions are done as pages do them, in the callback itself: a page may have been drawn before a role
was taken away.
"""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from dashboard import permission
from dashboard.batas import importing_page
from dashboard.data_kim import saving, waiting
from dashboard.impor import kolom, simpan, steps
from geodata import cli, operator
from geodata.boundaries import importing
from geodata.exports.decks import list_decks
from geodata.people import accounts, keys
from geodata.people.audit import read_audit
from geodata.people.rights import NotAllowed, Right
from geodata.registry import uploads
from geodata.registry.database.batches import list_batches
from geodata.registry.database.connection import Registry, open_registry
from geodata.registry.database.history import standing
from geodata.text import text
from tests.app.changes import ACTIONS, MALANG, PEOPLE, in_it
from tests.app.conftest import HERE
from tests.registry.rows import staged

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def module_registry(tmp_path_factory: pytest.TempPathFactory) -> Registry:
    return open_registry(f"sqlite:///{tmp_path_factory.mktemp('registry')}/registry.db")


@pytest.fixture
def registry(module_registry: Registry, monkeypatch: pytest.MonkeyPatch) -> Registry:
    """A registry that is in use, on pages of which nothing is drawn."""
    monkeypatch.setenv("KIM_DATABASE_URL", module_registry.url)
    monkeypatch.setattr(steps, "turn_to", lambda *_: None)
    monkeypatch.setattr(saving, "turn_to", lambda *_: None)
    monkeypatch.setattr(waiting, "turn_to", lambda *_: None)
    monkeypatch.setenv("KIM_PROPOSALS", "99")
    monkeypatch.setattr(saving, "hold", lambda *_: pytest.fail("nothing stands against it"))
    monkeypatch.setattr(simpan, "_STEP", 0.001)
    monkeypatch.setattr(kolom, "prepare", lambda *_, **__: staged({"outcome": "ditolak"}))
    monkeypatch.setattr(importing_page.keeping.store, "activate", lambda _: None)
    made = SimpleNamespace(path=Path("baru"))
    monkeypatch.setattr(importing, "import_boundaries", lambda *_, **__: (made, None))
    return module_registry


@pytest.fixture(scope="module")
def batches(module_registry: Registry) -> dict[str, int]:
    return {"malang": in_it(module_registry, MALANG), "all": in_it(module_registry, None)}


def kept(registry: Registry) -> tuple:
    """Everything that an action may change."""
    log, files = read_audit(registry, limit=1), [it.key for it in uploads.waiting()]
    people = accounts.list_accounts(registry), keys.list_keys(registry)
    return standing(registry), list_batches(registry), list_decks(), files, people, log


@pytest.mark.parametrize("name", ACTIONS)
def test_an_action_is_allowed_exactly_where_the_table_of_rights_says(
    name: str, registry: Registry, monkeypatch: pytest.MonkeyPatch
) -> None:
    action, refused = ACTIONS[name], 0
    for region in action.regions or (None,):
        thing = action.make(registry, region)
        for person in PEOPLE:
            monkeypatch.setattr(permission, "person", lambda person=person: person)
            may = person.may(action.right, region if action.regions else person.region)
            before = kept(registry)
            if not may:
                with pytest.raises(NotAllowed, match=text(f"right.{action.right}", "en")):
                    action.do(thing)
                assert kept(registry) == before, person
                refused += 1
                continue
            action.do(thing)
            assert kept(registry) != before, person
            last = read_audit(registry, limit=1)
            if last != before[-1]:
                assert (last[0].who, last[0].origin) == (person.name, HERE)
            thing = action.make(registry, region)
    assert 0 < refused < len(PEOPLE) * max(1, len(action.regions))


COMMANDS = {
    "registry import x.csv": (Right.IMPOR, None),
    "registry import x.csv --region 35.07": (Right.IMPOR, MALANG),
    "registry commit {malang}": (Right.IMPOR, MALANG),
    "registry undo {malang}": (Right.IMPOR, MALANG),
    "registry redo {malang}": (Right.IMPOR, MALANG),
    "registry undo {all}": (Right.IMPOR, None),
    "registry rejected {malang} --out {out}": (Right.PRIBADI, MALANG),
    "registry erase batch:{malang} --why diminta": (Right.HAPUS_PRIBADI, None),
    "registry expire": (Right.HAPUS_PRIBADI, None),
    "boundaries import x.json": (Right.BATAS, None),
    "boundaries activate bawaan": (Right.BATAS, None),
    "boundaries remove x": (Right.BATAS, None),
    "users invite a@b.id --role kementerian": (Right.PENGGUNA, None),
    "users list": (Right.PENGGUNA, None),
    "users log": (Right.LOG, None),
    "keys make Dasbor --role kementerian": (Right.PENGGUNA, None),
    "keys revoke 1": (Right.PENGGUNA, None),
}


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_asks_the_table_as_pages_do(
    command: str,
    registry: Registry,
    batches: dict[str, int],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    right, region = COMMANDS[command]
    words = command.format(out=tmp_path / "out.csv", **batches).split()
    monkeypatch.setattr(sys, "argv", ["geodata", *words])
    for person in PEOPLE:
        monkeypatch.setattr(operator, "machine_operator", lambda person=person: person)
        if person.may(right, region):
            continue
        before = kept(registry)
        with pytest.raises(NotAllowed, match=text(f"right.{right}", "en")):
            cli.app(words, standalone_mode=False)
        assert kept(registry) == before, person


# Whoever hands a name to what changes something has asked the table for it.

_ASK = {"acting", "acting_on", "operating", "_operating_on"}
_ONLY_SAID = {"say", "text"}


def _asks(function: ast.FunctionDef, wanted: ast.expr) -> bool:
    """Tell whether a name is one that the table was asked for, or that was handed in."""
    if isinstance(wanted, ast.Call):
        return _called(wanted) in _ASK
    given: list[tuple[ast.expr | None, ast.expr]] = []
    for node in ast.walk(function):
        if isinstance(node, ast.With):
            given += [(item.optional_vars, item.context_expr) for item in node.items]
        if isinstance(node, ast.Assign):
            given += [(node.targets[0], node.value)]
    asked = {getattr(name, "id", "") for name, value in given if _called(value) in _ASK}
    handed_in = {argument.arg for argument in (*function.args.args, *function.args.kwonlyargs)}
    return isinstance(wanted, ast.Name) and wanted.id in asked | handed_in


def _called(node: ast.AST) -> str:
    function = getattr(node, "func", None)
    return getattr(function, "attr", getattr(function, "id", ""))


def _names_handed_on(function: ast.FunctionDef) -> Iterator[ast.expr]:
    for call in ast.walk(function):
        if isinstance(call, ast.Call) and _called(call) not in _ONLY_SAID:
            yield from (word.value for word in call.keywords if word.arg == "who")


def test_whoever_hands_a_name_to_what_changes_something_has_asked_for_it() -> None:
    folders = [ROOT / folder for folder in ("dashboard", "pages", "geodata/cli")]
    files = [file for folder in folders for file in folder.rglob("*.py")]
    asked = {
        f"{file.relative_to(ROOT)}:{name.lineno}": _asks(function, name)
        for file in files
        for function in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(function, ast.FunctionDef)
        for name in _names_handed_on(function)
    }
    assert len(asked) > len(COMMANDS)
    assert [where for where, has in asked.items() if not has] == []
