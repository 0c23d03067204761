"""Everything that changes what the app keeps, done in the callback itself, and who may do it."""

import io
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import streamlit as st

from dashboard.batas import importing_page
from dashboard.data_kim import bulk, contacts, history, persons, registration, saving, waiting
from dashboard.impor import berkas, desa, kolom, selesai, simpan, steps
from dashboard.impor import queue as intake_queue
from dashboard.paparan import changes
from dashboard.pengguna import accounts_section, keys_section
from geodata.boundaries.reading.options import Options
from geodata.days import today
from geodata.exports.decks import Deck, Scene, save_deck
from geodata.gazetteer import load_gazetteer
from geodata.people import accounts, keys
from geodata.people.rights import READER, Person, Right, Role
from geodata.registry import uploads
from geodata.registry.by_hand.change import Change
from geodata.registry.by_hand.kim import Kim, read_kim
from geodata.registry.by_hand.registration import take_step
from geodata.registry.by_hand.saving import Saved, save
from geodata.registry.database.batches import find_batch, read_staged_rows, stage
from geodata.registry.database.committing import commit
from geodata.registry.database.connection import Registry, open_registry
from geodata.registry.database.deciding import Decision
from geodata.registry.database.states import Choice
from geodata.registry.database.undoing import undo
from geodata.registry.proposals import Proposal, propose, waiting_proposals
from geodata.registry.steps import HAND_IN, REGISTER, SEND_BACK, VERIFY, Step
from tests.registry.rows import WAJAK, in_review, staged

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
AS: tuple[Role, str | None] = (Role.KEMENTERIAN, None)


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


def an_address(_registry: Registry, _region: str | None) -> None:
    st.session_state["pengguna-surel"] = f"orang{next(NUMBERS)}@contoh.go.id"


def invite_them() -> None:
    accounts_section._invite(AS, "id")


def an_account(registry: Registry, _region: str | None) -> accounts.Account:
    return accounts.invite(registry, f"orang{next(NUMBERS)}@contoh.go.id", *AS, who="lain")


def words_of_a_key(_registry: Registry, _region: str | None) -> None:
    st.session_state.update({"kunci-nama": "Dasbor", "kunci-hari": 7})


def a_key(registry: Registry, _region: str | None) -> int:
    keys.make_key(registry, "Dasbor", *AS, 7, who="lain")
    return max(key.id for key in keys.list_keys(registry))


def closing(kim_id: int) -> Change:
    seen = read_kim(open_registry(), kim_id)
    now = {**seen.values, "status": "tidak_aktif", "tanggal_diperbarui": "2026-01-05"}
    return Change(now, seen, reason="bubar")


def a_name(_registry: Registry, _region: str | None) -> None:
    st.session_state["cari-orang"] = "Darmo"


def by_hand(registry: Registry, region: str | None) -> int:
    seen = read_kim(registry, a_kim(registry, region))
    change = Change({**seen.values, "status": "tidak_aktif"}, seen)
    saved = save(registry, [change], person=Person("lain", Role.PETUGAS, MALANG))
    assert isinstance(saved, Saved)
    return saved.batch_id


def at_step(registry: Registry, kim_id: int, step: Step) -> Saved:
    seen, lain = read_kim(registry, kim_id), Person("lain", Role.KEMENTERIAN)
    if step.right is Right.VERIFIKASI:
        lain = Person("provinsi", Role.VERIFIKATOR, MALANG[:2])
    saved = take_step(registry, [seen], step, person=lain, remark="desa")
    assert isinstance(saved, Saved)
    return saved


def registered(registry: Registry, region: str | None) -> Kim:
    kim_id = a_kim(registry, region)
    at_step(registry, kim_id, REGISTER)
    return read_kim(registry, kim_id)


def sent_back(registry: Registry, region: str | None) -> Kim:
    kim_id = registered(registry, region).kim_id
    at_step(registry, kim_id, SEND_BACK)
    return read_kim(registry, kim_id)


def verified(registry: Registry, region: str | None) -> int:
    return at_step(registry, registered(registry, region).kim_id, VERIFY).batch_id


def a_proposal(registry: Registry, region: str | None) -> Proposal:
    values = read_kim(registry, a_kim(registry, region)).values
    propose(registry, {**values, "nomor_induk": ""}, {})
    return waiting_proposals(registry, None)[-1]


def send_back(kim: Kim) -> None:
    st.session_state["catatan"] = "nama di SK berbeda"
    registration._take(SEND_BACK, kim, "catatan", "id")


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
    "commit": Action(Right.IMPOR, a_draft, lambda it: simpan._commit(it, (), today(), "id")),
    "say whose list it is": Action(
        Right.IMPOR, in_it, lambda it: selesai._say_anew(it, (MALANG,), today(), "id")
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
    "change a KIM by hand": Action(
        Right.UBAH, a_kim, lambda it: saving.save([closing(it)], "id"), (WAJAK,)
    ),
    "undo a change by hand": Action(
        Right.UBAH, by_hand, lambda it: history._turn("undo", Right.UBAH, it, "id"), (MALANG,)
    ),
    "register a KIM": Action(
        Right.UBAH,
        lambda *of: read_kim(of[0], a_kim(*of)),
        lambda kim: registration._take(REGISTER, kim, "catatan", "id"),
        (WAJAK,),
    ),
    "verify a KIM": Action(
        Right.VERIFIKASI,
        registered,
        lambda kim: registration._take(VERIFY, kim, "catatan", "id"),
        (WAJAK,),
    ),
    "send a KIM back": Action(Right.VERIFIKASI, registered, send_back, (WAJAK,)),
    "hand a KIM in again": Action(
        Right.UBAH,
        sent_back,
        lambda kim: registration._take(HAND_IN, kim, "catatan", "id"),
        (WAJAK,),
    ),
    "change many KIM": Action(
        Right.UBAH, a_kim, lambda it: bulk._save([closing(it)], "id"), (WAJAK,)
    ),
    "register many KIM": Action(
        Right.UBAH,
        lambda *of: read_kim(of[0], a_kim(*of)),
        lambda kim: bulk._take(REGISTER, [kim], "id"),
        (WAJAK,),
    ),
    "verify many KIM": Action(
        Right.VERIFIKASI, registered, lambda kim: bulk._take(VERIFY, [kim], "id"), (WAJAK,)
    ),
    "look for a person": Action(Right.PRIBADI, a_name, lambda _: persons._search(), OWN),
    "refuse a proposal": Action(
        Right.UBAH, a_proposal, lambda it: waiting._refuse(it, "id"), (WAJAK,)
    ),
    "undo a verification": Action(
        Right.VERIFIKASI,
        verified,
        lambda it: history._turn("undo", Right.VERIFIKASI, it, "id"),
        ("35",),
    ),
    "look at contacts": Action(
        Right.PRIBADI,
        lambda *of: read_kim(of[0], a_kim(*of)),
        contacts._look,
        (WAJAK,),
    ),
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
    "invite somebody": Action(Right.PENGGUNA, an_address, lambda _: invite_them(), (None,)),
    "give another role": Action(
        Right.PENGGUNA,
        an_account,
        lambda it: accounts_section._change_role(it.id, (Role.PETUGAS, MALANG), "id"),
        (None,),
    ),
    "sign somebody out": Action(
        Right.PENGGUNA, an_account, lambda it: accounts_section._sign_out(it, "id"), (None,)
    ),
    "remove an account": Action(
        Right.PENGGUNA, an_account, lambda it: accounts_section._remove(it, "id"), (None,)
    ),
    "make a key": Action(Right.PENGGUNA, words_of_a_key, lambda _: keys_section._make(AS), (None,)),
    "revoke a key": Action(
        Right.PENGGUNA, a_key, lambda number: keys_section._revoke(number, "id"), (None,)
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
