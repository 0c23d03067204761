"""Registration along the chain: a kabupaten/kota registers, its provinsi verifies."""

import dataclasses
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geodata.days import today
from geodata.errors import PetaKimError
from geodata.gazetteer import load_gazetteer
from geodata.people.audit import read_audit
from geodata.people.rights import RIGHTS, NotAllowed, Person, Right, Role
from geodata.registry.by_hand.change import Change
from geodata.registry.by_hand.conflict import Conflict
from geodata.registry.by_hand.kim import Kim, read_kim, read_several
from geodata.registry.by_hand.registration import address_of_kim, take_step
from geodata.registry.by_hand.saving import Saved, save
from geodata.registry.database.batches import stage
from geodata.registry.database.committing import commit
from geodata.registry.database.connection import Registry, open_registry
from geodata.registry.database.history import kim_history
from geodata.registry.database.registry_error import RegistryError
from geodata.registry.database.snapshots import latest_snapshot
from geodata.registry.database.undoing import undo
from geodata.registry.numbering import checked_rule, next_numbers
from geodata.registry.snapshot import KimFilter
from geodata.registry.steps import HAND_IN, REGISTER, SEND_BACK, STEPS, VERIFY, Step
from geodata.registry.waiting import waiting_for
from geodata.settings import settings as settings_now
from tests.registry.conftest import KINDS
from tests.registry.rows import SUMBER, WAJAK, staged

MALANG = Person("siti@malangkab.go.id", Role.PETUGAS, "35.07")
KULON_PROGO = Person("joko@kulonprogokab.go.id", Role.PETUGAS, "34.01")
JATIM = Person("rina@jatimprov.go.id", Role.VERIFIKATOR, "35")
DIY = Person("tri@jogjaprov.go.id", Role.VERIFIKATOR, "34")
MINISTRY = Person("budi@komdigi.go.id", Role.KEMENTERIAN)
COLLEAGUE = Person("lia@komdigi.go.id", Role.KEMENTERIAN)
OPERATOR = Person("operator", Role.OPERATOR)
EVERYBODY = (MALANG, KULON_PROGO, JATIM, DIY, MINISTRY)
YEAR = today().year
NAMES = ("KIM Arjuna", "KIM Bima", "KIM Nakula")


def bring(registry: Registry, *rows: dict) -> None:
    batch = stage(registry, staged(*rows), load_gazetteer(), who="operator", update=True)
    commit(registry, batch.id, who="operator")


def step(registry: Registry, kim_id: int, which: Step, person: Person, remark: str = "") -> Saved:
    saved = take_step(registry, [read_kim(registry, kim_id)], which, person=person, remark=remark)
    assert isinstance(saved, Saved), saved
    return saved


def standing_of(registry: Registry, kim_id: int) -> tuple[str, str]:
    values = read_kim(registry, kim_id).values
    return values["nomor_induk"], values["tahap"]


@pytest.fixture
def three(registry: Registry) -> Registry:
    bring(registry, *({"nama_kim": name} for name in NAMES))
    return registry


def test_a_kim_is_registered_sent_back_mended_and_verified(registry):
    bring(registry, {"nama_kim": NAMES[0], "status": "belum_terverifikasi"})
    step(registry, 1, REGISTER, MALANG)
    number = f"35.07.{YEAR}.0001"
    assert standing_of(registry, 1) == (number, "terdaftar")
    step(registry, 1, SEND_BACK, JATIM, "nama desa di SK berbeda")
    assert kim_history(registry, 1)[-1].reason == "nama desa di SK berbeda"
    assert standing_of(registry, 1) == (number, "dikembalikan")
    kim = read_kim(registry, 1)
    save(registry, [Change({**kim.values, "nama_kim": "KIM Arjuna Jaya"}, kim)], person=MALANG)
    assert standing_of(registry, 1)[1] == "dikembalikan", "several things may have to be mended"
    step(registry, 1, HAND_IN, MALANG)
    saved = step(registry, 1, VERIFY, JATIM)
    assert standing_of(registry, 1) == (number, "terverifikasi")
    assert read_kim(registry, 1).values["status"] == "aktif"
    entry, *_ = read_audit(registry, kim_id=1)
    assert (entry.who, entry.old["tahap"], entry.new["tahap"]) == (
        JATIM.name,
        "terdaftar",
        "terverifikasi",
    )
    undo(registry, saved.batch_id, who=JATIM.name)
    assert standing_of(registry, 1) == (number, "terdaftar")


def test_registering_keeps_the_number_and_the_day_that_a_kim_has(registry):
    bring(registry, {"nomor_induk": "7/2019"}, {"nama_kim": NAMES[1], "tanggal_terdaftar": ""})
    step(registry, 1, REGISTER, MALANG)
    step(registry, 2, REGISTER, MALANG)
    old, new = (read_kim(registry, kim_id).values for kim_id in (1, 2))
    assert (old["nomor_induk"], old["tanggal_terdaftar"]) == ("7/2019", "2020-05-17")
    assert new["tanggal_terdaftar"] == today().isoformat()


@pytest.mark.parametrize("which", [it for it in STEPS if it is not REGISTER])
def test_a_step_begins_where_it_begins(three, which):
    with pytest.raises(RegistryError, match="no longer where this step begins"):
        step(three, 1, which, MINISTRY, "catatan")


def test_nothing_is_sent_back_without_a_remark(three):
    step(three, 1, REGISTER, MALANG)
    with pytest.raises(RegistryError, match="Write the remark"):
        step(three, 1, SEND_BACK, JATIM)


def test_a_kim_that_somebody_has_changed_since_is_looked_at_again(three):
    step(three, 1, REGISTER, MALANG)
    seen = read_kim(three, 1)
    save(three, [Change({**seen.values, "nama_kim": "KIM Lain"}, seen)], person=MALANG)
    assert isinstance(take_step(three, [seen], VERIFY, person=JATIM), Conflict)
    assert standing_of(three, 1)[1] == "terdaftar"


def test_no_change_of_values_takes_a_step(three):
    step(three, 1, REGISTER, MALANG)
    kim = read_kim(three, 1)
    verified = {**kim.values, "tahap": "terverifikasi"}
    with pytest.raises(RegistryError, match="Nothing is changed"):
        save(three, [Change(verified, kim)], person=MALANG)
    new = verified | {"nama_kim": "KIM Sadewa", "nomor_induk": ""}
    for change in (Change(verified | {"jumlah_anggota": "9"}, kim), Change(new)):
        assert isinstance(save(three, [change], person=MALANG), Saved)
    assert read_kim(three, 1).values["jumlah_anggota"] == "9"
    assert [standing_of(three, kim_id)[1] for kim_id in (1, 4)] == ["terdaftar", ""]


# What a provinsi has verified.


@pytest.mark.parametrize(
    ("changed", "tahap"),
    [
        ({"nama_kim": "KIM Arjuna Jaya"}, "terdaftar"),
        ({"kode_wilayah": "35.07.08.2002"}, "terdaftar"),
        ({"jumlah_anggota": "12"}, "terverifikasi"),
    ],
)
@pytest.mark.parametrize("by_file", [False, True], ids=["by hand", "by file"])
def test_another_name_or_desa_waits_for_the_provinsi_again(registry, changed, tahap, by_file):
    bring(registry, {"nomor_induk": "7/2019", "nama_kim": NAMES[0]})
    step(registry, 1, REGISTER, MALANG)
    step(registry, 1, VERIFY, JATIM)
    if by_file:
        bring(registry, {"nomor_induk": "7/2019", "nama_kim": NAMES[0], **changed})
    else:
        kim = read_kim(registry, 1)
        save(registry, [Change({**kim.values, **changed}, kim)], person=MALANG)
        assert ("tahap" in read_audit(registry, kim_id=1)[0].new) == (tahap == "terdaftar")
    name, value = next(iter(changed.items()))
    assert read_kim(registry, 1).values[name] == value
    assert standing_of(registry, 1)[1] == tahap


# Many at once.


def test_many_are_registered_as_one_change_with_a_number_each(registry):
    bring(registry, {"nomor_induk": "7/2019"}, *({"nama_kim": name} for name in NAMES))
    four = read_several(registry, [1, 2, 3, 4])
    saved = take_step(registry, four, REGISTER, person=MALANG)
    assert isinstance(saved, Saved)
    numbers = [standing_of(registry, kim_id)[0] for kim_id in (1, 2, 3, 4)]
    assert numbers == ["7/2019", *(f"35.07.{YEAR}.000{place}" for place in (1, 2, 3))]
    assert {entry.kim_id for entry in read_audit(registry, words="terdaftar")} == {1, 2, 3, 4}
    undo(registry, saved.batch_id, who=MALANG.name)
    assert [standing_of(registry, kim_id)[1] for kim_id in (1, 2, 3, 4)] == 4 * [""]


def test_of_many_none_takes_the_step_if_one_cannot(three):
    kim = read_several(three, [1, 2, 3])
    step(three, 2, REGISTER, MALANG)
    assert isinstance(take_step(three, kim, REGISTER, person=MALANG), Conflict)
    with pytest.raises(RegistryError, match="KIM Bima is no longer where"):
        take_step(three, read_several(three, [1, 2, 3]), REGISTER, person=MALANG)
    bring(three, {"nama_kim": "KIM Srikandi", "kode_wilayah": SUMBER})
    with pytest.raises(NotAllowed, match=r"34\.01"):
        take_step(three, read_several(three, [1, 4]), REGISTER, person=MALANG)
    assert [standing_of(three, kim_id)[1] for kim_id in (1, 2, 3)] == ["", "terdaftar", ""]


# Four eyes.


def rename(registry: Registry, name: str, person: Person) -> None:
    kim = read_kim(registry, 1)
    done = save(registry, [Change({**kim.values, "nama_kim": name}, kim)], person=person)
    assert isinstance(done, Saved)


def test_nobody_verifies_what_they_registered_themselves(three):
    step(three, 1, REGISTER, MINISTRY)
    with pytest.raises(RegistryError, match="somebody else verifies"):
        step(three, 1, VERIFY, MINISTRY)
    assert standing_of(three, 1)[1] == "terdaftar"
    step(three, 1, VERIFY, COLLEAGUE)


def test_nobody_verifies_a_name_that_they_wrote_themselves(three):
    step(three, 1, REGISTER, MALANG)
    rename(three, "KIM Arjuna Jaya", MINISTRY)
    with pytest.raises(RegistryError, match="somebody else verifies"):
        step(three, 1, VERIFY, MINISTRY)
    step(three, 1, SEND_BACK, JATIM, "nama di SK berbeda")
    step(three, 1, HAND_IN, MALANG)
    step(three, 1, VERIFY, MINISTRY)  # the kabupaten has looked at it since
    rename(three, "KIM Arjuna", MINISTRY)
    with pytest.raises(RegistryError, match="somebody else verifies"):
        step(three, 1, VERIFY, MINISTRY)


def test_what_was_undone_counts_for_nobody(three):
    undo(three, step(three, 1, REGISTER, MINISTRY).batch_id, who=MINISTRY.name)
    step(three, 1, REGISTER, MALANG)
    step(three, 1, VERIFY, MINISTRY)


def test_where_nobody_signs_in_there_is_nobody_else(three):
    step(three, 1, REGISTER, OPERATOR)
    step(three, 1, VERIFY, OPERATOR)


# Numbers.


def test_a_number_that_was_given_is_not_given_again_after_undo(three):
    first = step(three, 1, REGISTER, MALANG)
    undo(three, first.batch_id, who="siti")
    step(three, 2, REGISTER, MALANG)
    step(three, 1, REGISTER, MALANG)
    assert [standing_of(three, it)[0][-4:] for it in (1, 2)] == ["0003", "0002"]
    undo(three, 1 + len(read_audit(three, kim_id=2)) + 1, who="siti")


def test_two_who_register_at_once_give_two_numbers(three):
    with ThreadPoolExecutor(2) as both:
        list(both.map(lambda kim_id: step(three, kim_id, REGISTER, MALANG), (1, 2)))
    assert {standing_of(three, it)[0][-4:] for it in (1, 2)} == {"0001", "0002"}


@pytest.mark.parametrize(
    ("rule", "given", "number"),
    [
        ("{kabupaten}.{tahun}.{urut:04}", ["35.07.2026.0009", "35.08.2026.0044"], "0010"),
        ("{kabupaten}.{tahun}.{urut:04}", ["3507/2026/0011"], "0012"),
        ("{kabupaten}.{tahun}.{urut:04}", ["35.07.2025.0009"], "0001"),
        ("KIM/{kecamatan}/{urut}", ["KIM/35.07.08/99", "kim 350708 100"], "101"),
        ("{urut:03}-{provinsi}/{tahun}", ["041-35/2026"], "042-35/2026"),
    ],
)
def test_the_next_number_is_one_more_than_those_alike(rule, given, number):
    (made,) = next_numbers(checked_rule(rule), [WAJAK], 2026, given)
    assert made.endswith(number)
    assert made not in given


@pytest.mark.parametrize(
    "rule",
    ["", "{kabupaten}", "{urut}{urut}", "{urut:x}", "{nama}.{urut}", "{urut.real}", "{urut!r}",
     "{tahun:04}{urut}", "{urut", "<b>{urut}"],
)  # fmt: skip
def test_a_rule_that_gives_no_numbers_is_refused_with_the_setting(monkeypatch, rule):
    with pytest.raises(ValueError, match=r"."):
        checked_rule(rule)
    if rule:
        monkeypatch.setenv("KIM_NOMOR_INDUK", rule)
        with pytest.raises(PetaKimError, match="KIM_NOMOR_INDUK"):
            settings_now()


def test_the_address_that_a_name_suggests_is_under_kim_id():
    values = {"domain": "", "nama_kim": "Kelompok Informasi Masyarakat (KIM) Suka-Maju 2"}
    kim = Kim(1, 1, 1, values, "", None)
    assert address_of_kim(kim) == "sukamaju2.kim.id"
    assert address_of_kim(dataclasses.replace(kim, values=values | {"domain": "a.id"})) == "a.id"


# What waits.


def test_what_waits_is_told_to_whoever_may_do_it_and_nobody_else(registry):
    rows = [{"nama_kim": name} for name in NAMES]
    bring(registry, *rows, {"nama_kim": "KIM Srikandi", "kode_wilayah": SUMBER})
    bring(registry, {"nomor_induk": "7/2019"})
    assert latest_snapshot(registry).tahap == ()
    for kim_id in (1, 2):
        step(registry, kim_id, REGISTER, MALANG)
    step(registry, 2, SEND_BACK, JATIM, "desa")
    snapshot = latest_snapshot(registry)

    def told(person: Person) -> dict[str, list[int]]:
        waiting = waiting_for(person, snapshot)
        return {it.name: [snapshot.kim_ids[row] for row in rows] for it, rows in waiting.items()}

    assert told(MALANG) == {"daftarkan": [3], "ajukan": [2]}
    assert told(KULON_PROGO) == {"daftarkan": [4]}
    assert told(JATIM) == {"verifikasi": [1]}
    assert told(DIY) == {}
    assert told(MINISTRY) == {"daftarkan": [3, 4], "ajukan": [2], "verifikasi": [1]}
    only = snapshot.mask(KimFilter(tahap=("terdaftar", "dikembalikan")))
    assert only.tolist() == [True, True, False, False, False]


# Whatever is done, in whatever order, by whomever.

_DEEDS = st.lists(
    st.tuples(
        st.sampled_from(EVERYBODY), st.integers(1, 3), st.sampled_from([*STEPS, REGISTER, None])
    ),
    min_size=4,
    max_size=14,
)


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(deeds=_DEEDS)
def test_numbers_are_unique_and_nobody_does_what_is_another_s(kind, new_url, deeds):
    registry = open_registry(new_url(kind))
    rows = [{"nama_kim": name} for name in NAMES[:2]]
    bring(registry, *rows, {"nama_kim": "KIM Srikandi", "kode_wilayah": SUMBER})
    given_to: dict[str, int] = {}
    last: dict[int, tuple[int, Person | None]] = {}
    by: dict[int, Person | None] = {}
    for person, kim_id, which in deeds:
        kim = read_kim(registry, kim_id)
        if which is None:
            if kim_id in last:
                batch_id, by[kim_id] = last.pop(kim_id)
                undo(registry, batch_id, who=person.name)
            continue
        own = which is VERIFY and by.get(kim_id) == person
        try:
            saved = take_step(registry, [kim], which, person=person, remark="catatan")
        except NotAllowed:
            assert not (
                which.right in RIGHTS[person.role]
                and (person.region is None or kim.kode.startswith(f"{person.region}."))
            )
            continue
        except RegistryError:
            assert own or kim.values["tahap"] not in which.before
            continue
        assert isinstance(saved, Saved)
        assert person.may(
            Right.VERIFIKASI if which in (VERIFY, SEND_BACK) else Right.UBAH, kim.kode
        )
        assert not own
        last[kim_id] = saved.batch_id, by.get(kim_id)
        if which in (REGISTER, HAND_IN):
            by[kim_id] = person
        number, tahap = standing_of(registry, kim_id)
        assert tahap == which.after
        if number != kim.values["nomor_induk"]:
            assert number not in given_to, "no number is given twice"
            given_to[number] = kim_id
        assert number.startswith(kim.kode[:5])
    registry.engine.dispose()
