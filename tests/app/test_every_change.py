"""Every action that changes something, done as every role: allowed where the table of rights says.

Actions are done as pages do them, in the callback itself: a page may have been drawn before a role
was taken away.
"""

import ast
import io
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import streamlit as st

from dashboard import permission
from dashboard.batas import importing_page
from dashboard.impor import berkas, desa, kolom, selesai, simpan, steps
from dashboard.impor import queue as intake_queue
from dashboard.paparan import changes
from geodata import cli, operator
from geodata.boundaries import importing
from geodata.boundaries.reading.options import Options
from geodata.exports.decks import Deck, Scene, list_decks, save_deck
from geodata.gazetteer import load_gazetteer
from geodata.people.audit import from_origin, read_audit
from geodata.people.rights import READER, NotAllowed, Person, Right, Role
from geodata.registry import uploads
from geodata.registry.by_hand.change import closed
from geodata.registry.by_hand.kim import read_kim
from geodata.registry.by_hand.saving import save
from geodata.registry.database.batches import find_batch, list_batches, read_staged_rows, stage
from geodata.registry.database.committing import commit
from geodata.registry.database.connection import Registry, open_registry
from geodata.registry.database.deciding import Decision
from geodata.registry.database.history import standing
from geodata.registry.database.states import Choice
from geodata.registry.database.undoing import undo
from geodata.text import text
from tests.app.conftest import HERE
from tests.registry.rows import WAJAK, in_review, staged

ROOT = Path(__file__).resolve().parents[2]
MALANG = WAJAK[:5]
PEOPLE = (
    READER,
    Person("siti@malangkab.go.id", Role.PETUGAS, MALANG, 1),
    Person("tono@batukota.go.id", Role.PETUGAS, "35.79", 2),
    Person("budi@jatimprov.go.id", Role.VERIFIKATOR, "35", 3),
    Person("ani@jatengprov.go.id", Role.VERIFIKATOR, "33", 4),
    Person("rini@komdigi.go.id", Role.KEMENTERIAN, None, 5),
    Person("admin@komdigi.go.id", Role.ADMINISTRATOR, None, 6),
    Person("operator", Role.OPERATOR),
)
NUMBERS = count(1)
SCENE = Scene("wilayah=35")


class NamedFile(io.BytesIO):
    """What a browser has sent."""

    name = "kim.csv"


@dataclass(frozen=True)
class Action:
    """Something that changes what the app keeps.

    Attributes
    ----------
    make
        Makes what it is done to, of a region.
    do
        Does it to that, as whoever asks.
    regions
        Of which regions there are such things; ``()`` where it is of whoever asks.
    """

    right: Right
    make: Callable[[Registry, str | None], Any]
    do: Callable[[Any], Any]
    regions: tuple[str | None, ...] = (MALANG, None)


def a_file(region: str | None = None) -> uploads.Upload:
    file = io.BytesIO(f"Nama KIM;{next(NUMBERS)}\n".encode())
    return uploads.keep(file, "kim.csv", "Diskominfo", region)


def a_draft(registry: Registry, region: str | None) -> int:
    row = {"nomor_induk": f"M-{next(NUMBERS)}"}
    doubtful = in_review(alasan=["desa_tidak_ditemukan"], sheet=f"{next(NUMBERS)}")
    file = staged(row, doubtful, file_name=f"{next(NUMBERS)}.csv")
    return stage(registry, file, load_gazetteer(), who="lain", region=region).id


def in_it(registry: Registry, region: str | None) -> int:
    batch = a_draft(registry, region)
    commit(registry, batch, who="lain")
    return batch


def taken_out(registry: Registry, region: str | None) -> int:
    batch = in_it(registry, region)
    undo(registry, batch, who="lain")
    return batch


def a_doubtful_row(registry: Registry, region: str | None) -> tuple[int, int]:
    batch = a_draft(registry, region)
    return batch, int(read_staged_rows(registry, batch, "ditinjau").index[0])


def a_kim(registry: Registry, region: str | None) -> int:
    batch = in_it(registry, region)
    return int(read_staged_rows(registry, batch, "diterima")["kim_id"].iloc[0])


def a_deck(_registry: Registry, _region: str | None) -> Deck:
    return save_deck(Deck(f"Rapat {next(NUMBERS)}", (SCENE, Scene("wilayah=11"))))


def a_removed_deck(registry: Registry, region: str | None) -> None:
    deck = a_deck(registry, region)
    changes.change_deck(deck, lambda now: now.without(0))
    st.session_state["dek-terhapus"] = [changes.Removal(deck, 0)]


def close_by_hand(kim_id: int) -> None:
    seen = read_kim(open_registry(), kim_id)
    with from_origin(HERE):
        save(open_registry(), [closed(seen, "2026-01-05", "bubar")], person=permission.person())


def upload_boundaries(file: io.BytesIO) -> None:
    importing_page.import_upload(file, "batas.json", Options(), "id")


def nothing(_registry: Registry, _region: str | None) -> None:
    pass


OWN: tuple[str | None, ...] = ()
ACTIONS = {
    "bring a file in": Action(
        Right.IMPOR,
        lambda *_: NamedFile(f"{next(NUMBERS)}".encode()),
        lambda file: berkas._keep(file, "Diskominfo"),
        OWN,
    ),
    "give a file up": Action(Right.IMPOR, lambda _, region: a_file(region), berkas.discard),
    "have a file read": Action(
        Right.IMPOR, lambda _, region: a_file(region), lambda it: kolom._stage(it, {}, False, "id")
    ),
    "choose a desa": Action(
        Right.IMPOR, a_doubtful_row, lambda it: desa._accept(it[0], {it[1]: WAJAK}, "id")
    ),
    "decide about a row": Action(
        Right.IMPOR,
        a_doubtful_row,
        lambda it: intake_queue.decide_all(it[0], {it[1]: Decision(Choice.TOLAK, reason="x")}),
    ),
    "commit": Action(Right.IMPOR, a_draft, lambda it: simpan._commit(it, (), "id")),
    "say whose list it is": Action(
        Right.IMPOR, in_it, lambda it: selesai._say_covers(it, (MALANG,), "id")
    ),
    "undo": Action(Right.IMPOR, in_it, lambda it: selesai._change("undo", it, "id")),
    "give a draft up": Action(Right.IMPOR, a_draft, lambda it: selesai._change("undo", it, "id")),
    "redo": Action(Right.IMPOR, taken_out, lambda it: selesai._change("redo", it, "id")),
    "look at rows in doubt": Action(Right.PRIBADI, a_draft, steps.note_look),
    "have rows handed out": Action(
        Right.PRIBADI,
        lambda *of: find_batch(of[0], in_it(*of)),
        lambda it: selesai._to_mend(it, "ditinjau", "id")(),
    ),
    "change a KIM by hand": Action(Right.UBAH, a_kim, close_by_hand, (WAJAK,)),
    "make a deck": Action(
        Right.PAPARAN, nothing, lambda _: changes.create(f"Baru {next(NUMBERS)}", SCENE), OWN
    ),
    "put a scene into a deck": Action(
        Right.PAPARAN, a_deck, lambda deck: changes.add(deck, SCENE), OWN
    ),
    "write the notes of a scene": Action(
        Right.PAPARAN, a_deck, lambda deck: changes.note(deck, 0, "Salam"), OWN
    ),
    "move a scene": Action(
        Right.PAPARAN, a_deck, lambda deck: changes.change(deck, lambda it: it.moved(0, 1)), OWN
    ),
    "take a scene out": Action(Right.PAPARAN, a_deck, lambda deck: changes.remove(deck, 0), OWN),
    "remove a deck": Action(Right.PAPARAN, a_deck, changes.remove_all, OWN),
    "bring back what was removed": Action(
        Right.PAPARAN, a_removed_deck, lambda _: changes._undo(), OWN
    ),
    "bring boundaries in": Action(
        Right.BATAS, lambda *_: io.BytesIO(b"{}"), upload_boundaries, (None,)
    ),
    "take a boundary set into use": Action(
        Right.BATAS,
        lambda *_: SimpleNamespace(path=Path("baru")),
        importing_page.take_into_use,
        (None,),
    ),
}


@pytest.fixture(scope="module")
def module_registry(tmp_path_factory: pytest.TempPathFactory) -> Registry:
    return open_registry(f"sqlite:///{tmp_path_factory.mktemp('registry')}/registry.db")


@pytest.fixture
def registry(module_registry: Registry, monkeypatch: pytest.MonkeyPatch) -> Registry:
    """A registry that is in use, on pages of which nothing is drawn."""
    monkeypatch.setenv("KIM_DATABASE_URL", module_registry.url)
    monkeypatch.setattr(steps, "turn_to", lambda *_: None)
    monkeypatch.setattr(simpan, "_STEP", 0.001)
    monkeypatch.setattr(kolom, "prepare", lambda *_, **__: staged({"outcome": "ditolak"}))
    monkeypatch.setattr(importing_page.keeping.store, "activate", lambda _: None)
    made = SimpleNamespace(path=Path("baru"))
    monkeypatch.setattr(importing, "import_boundaries", lambda *_, **__: (made, None))
    return module_registry


def kept(registry: Registry) -> tuple:
    """Everything that an action may change."""
    log, files = read_audit(registry, limit=1), [it.key for it in uploads.waiting()]
    return standing(registry), list_batches(registry), list_decks(), files, log


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
    command: str, registry: Registry, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    right, region = COMMANDS[command]
    batches = {"malang": in_it(registry, MALANG), "all": in_it(registry, None)}
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
_ASKED_BEFORE = {"require"}  # for a file that is made outside of a run of the page
_ONLY_SAID = {"say", "text"}


def _asks(function: ast.FunctionDef, wanted: ast.expr) -> bool:
    """Tell whether a name is one that the table was asked for, or that was handed in."""
    if isinstance(wanted, ast.Call):
        return _called(wanted) in _ASK
    if isinstance(wanted, ast.Attribute):
        return any(_called(node) in _ASKED_BEFORE for node in ast.walk(function))
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
