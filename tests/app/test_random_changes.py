"""Random people do random things: the table of rights holds, and the log explains what became."""

import random
from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import select

from dashboard import permission
from dashboard.impor import kolom, selesai, simpan
from dashboard.impor import queue as intake_queue
from geodata.days import today
from geodata.errors import PetaKimError
from geodata.people.audit import Deed, Entry, read_audit
from geodata.people.rights import NotAllowed, Person, Right
from geodata.regions import is_within
from geodata.registry.by_hand.change import Change
from geodata.registry.by_hand.kim import Kim, read_several
from geodata.registry.by_hand.persons import find_kim_by_person
from geodata.registry.by_hand.registration import take_step
from geodata.registry.by_hand.saving import save
from geodata.registry.database.batches import list_batches, read_staged_rows
from geodata.registry.database.connection import Registry
from geodata.registry.database.deciding import Decision
from geodata.registry.database.relations import kim_version, revision
from geodata.registry.database.states import Choice, State
from geodata.registry.database.versions import read_current
from geodata.registry.steps import STEPS
from tests.app.changes import NUMBERS, PEOPLE, a_file
from tests.app.test_every_change import module_registry, registry
from tests.registry.rows import SUMBER, WAJAK, in_review, staged

__all__ = ["module_registry", "registry"]

ACTIONS = 300
WEIGHTS = (1, 4, 3, 1, 1, 4, 1, 2)  # of PEOPLE: who may much comes often
BATU = "35.79.01.1001"
DESA = (WAJAK, "35.07.08.2008", BATU, SUMBER)
REGIONS = (None, "35.07", "35.79")
MAY_BE = {
    Deed.MASUK: State.MASUK,
    Deed.UBAH: State.MASUK,
    Deed.BATAL: State.DIBATALKAN,
}


class Doing:
    """One action: what the table is to be asked for, and how it is done."""

    def __init__(self, registry: Registry, chance: random.Random, person: Person) -> None:
        self.registry, self.chance, self.person = registry, chance, person
        self.asked: list[tuple[Right, str | None]] = []

    def hand_in(self) -> Callable[[], object]:
        region = self.chance.choice(REGIONS)
        self.asked = [(Right.IMPOR, region)]
        waiting = a_file(region)
        return lambda: kolom._stage(waiting, {}, False, "id")

    def commit(self) -> Callable[[], object]:
        batch = self._batch(State.DRAF)
        return lambda: simpan._commit(batch, (), today(), "id")

    def undo(self) -> Callable[[], object]:
        batch = self._batch(State.MASUK)
        return lambda: selesai._change("undo", batch, "id")

    def redo(self) -> Callable[[], object]:
        batch = self._batch(State.DIBATALKAN)
        return lambda: selesai._change("redo", batch, "id")

    def decide(self) -> Callable[[], object]:
        batch, kim = self._batch(State.DRAF), list(current(self.registry))
        row = int(self.chance.choice(list(read_staged_rows(self.registry, batch).index)))
        choice = self.chance.choice([it for it in Choice if it is not Choice.UBAH])
        code = self.chance.choice(["", *DESA])
        other = self.chance.choice(kim) if kim and choice is Choice.GABUNG else None
        decision = Decision(choice, kode=code, kim_id=other, reason="x")
        return lambda: intake_queue.decide_all(batch, {row: decision})

    def by_hand(self) -> Callable[[], object]:
        code = self.chance.choice(DESA)
        new = self.chance.choice(
            [{"status": "tidak_aktif"}, {"status": "aktif"}, {"kode_wilayah": code}]
        )
        changes = [Change({**kim.values, **new}, kim, reason="begitu") for kim in self._several()]
        self.asked = [
            (Right.UBAH, kode)
            for it in changes
            for kode in (it.seen.kode, it.values["kode_wilayah"])
        ]
        return lambda: save(self.registry, changes, person=self.person)

    def take_step(self) -> Callable[[], object]:
        step = self.chance.choice(STEPS)
        several = [kim for kim in self._several() if kim.values["tahap"] in step.before]
        self.chance.choice(several)  # there is one
        self.asked = [(step.right, kim.kode) for kim in several]
        return lambda: take_step(self.registry, several, step, person=self.person, remark="x")

    def look_for(self) -> Callable[[], object]:
        self.asked = [(Right.PRIBADI, self.person.region)]

        def look() -> None:
            hits = find_kim_by_person(self.registry, "Darmo", person=self.person)
            kim = current(self.registry)
            assert all(is_within(kim[it]["kode_wilayah"], self.person.region) for it in hits)

        return look

    def _several(self) -> list[Kim]:
        kim = list(current(self.registry))
        self.chance.choice(kim)  # there is one
        return read_several(self.registry, self.chance.sample(kim, min(len(kim), 3)))

    def _batch(self, state: State) -> int:
        batch = self.chance.choice(list_batches(self.registry, state))
        self.asked = [(Right.IMPOR, batch.region)]
        return batch.id


def current(registry: Registry) -> dict[int, dict]:
    with registry.reading() as connection:
        return read_current(connection)


def touched_by(registry: Registry, batch: int | None) -> set[int]:
    """The KIM that a batch has ever changed or confirmed."""
    of_batch = select(kim_version.c.kim_id).join(revision).where(revision.c.batch_id == batch)
    with registry.reading() as connection:
        return set(connection.execute(of_batch).scalars())


def random_rows(chance: random.Random) -> Iterator[dict]:
    for _ in range(chance.randint(1, 4)):
        number = f"N-{chance.randint(1, 12)}"
        name = f"KIM {chance.randint(1, 30)}"
        row = {"nomor_induk": number, "nama_kim": name, "kode_wilayah": chance.choice(DESA)}
        row["personal"] = {"ketua": "Pak Darmo"}
        yield in_review(nama_kim=name) if chance.random() < 0.2 else row


def explain(
    registry: Registry, person: Person, before: dict, after: dict, lines: list[Entry]
) -> None:
    """Make sure that what has become of the KIM is what the new lines of the log say."""
    changed = {it for it in before.keys() | after.keys() if before.get(it) != after.get(it)}
    for kim_id in changed:
        for values in filter(None, (before.get(kim_id), after.get(kim_id))):
            assert is_within(values["kode_wilayah"], person.region)
    assert {line.who for line in lines} <= {person.name}
    by_hand = [line for line in lines if line.action is Deed.UBAH]
    told = {line.kim_id for line in by_hand}
    for line in lines:
        if line.action in (Deed.MASUK, Deed.BATAL, Deed.ULANG):
            told |= touched_by(registry, line.batch_id)
            counted = (line.old["kim"], line.new["kim"])
            assert counted == (len(before), len(after))
    assert changed <= told
    for line in by_hand:
        told_new = {name: str(after[line.kim_id][name] or "") for name in line.new}
        assert told_new == line.new
        told_old = {name: str(before[line.kim_id][name] or "") for name in line.old}
        assert told_old == line.old


def replayed(lines: list[Entry]) -> dict[int, State]:
    """The batches and their states, as the log alone tells."""
    states: dict[int, State] = {}
    went_in: set[int] = set()
    for line in lines:
        if line.batch_id is None or line.action not in (*MAY_BE, Deed.KIRIM, Deed.ULANG):
            continue
        if line.action in (Deed.MASUK, Deed.UBAH):
            went_in.add(line.batch_id)
        put_back = State.MASUK if line.batch_id in went_in else State.DRAF
        states[line.batch_id] = MAY_BE.get(line.action, put_back)
    return states


def test_nobody_does_what_the_table_forbids_and_the_log_explains_the_rest(
    registry: Registry, monkeypatch: pytest.MonkeyPatch
) -> None:
    chance = random.Random(20_26)
    file = lambda *_, **__: staged(*random_rows(chance), file_name=f"{next(NUMBERS)}.csv")  # noqa: E731
    monkeypatch.setattr(kolom, "prepare", file)
    done = {"allowed": 0, "forbidden": 0, "refused": 0}
    kinds = [Doing.hand_in, Doing.hand_in, Doing.commit, Doing.commit, Doing.undo, Doing.redo]
    kinds += [Doing.decide, Doing.by_hand, Doing.by_hand, Doing.take_step, Doing.take_step]
    kinds += [Doing.look_for]
    for _ in range(ACTIONS):
        (person,) = chance.choices(PEOPLE, WEIGHTS)
        monkeypatch.setattr(permission, "person", lambda person=person: person)
        doing = Doing(registry, chance, person)
        try:
            act = chance.choice(kinds)(doing)
        except IndexError:  # there is nothing yet to do that to
            continue
        may = all(person.may(right, region) for right, region in doing.asked)
        before, last = current(registry), read_audit(registry, limit=1)
        try:
            act()
            assert may, (person, doing.asked)
            done["allowed"] += 1
        except NotAllowed:
            assert not may, (person, doing.asked)
            done["forbidden"] += 1
        except PetaKimError:  # of who may: the registry's own rules
            assert may
            done["refused"] += 1
        since = last[0].id if last else 0
        lines = [line for line in read_audit(registry, limit=9) if line.id > since]
        explain(registry, person, before, current(registry), lines)
        if not may:
            assert not lines
    assert min(done.values()) > ACTIONS // 20, done
    batches = {batch.id: batch.state for batch in list_batches(registry)}
    assert replayed(list(reversed(read_audit(registry)))) == batches
