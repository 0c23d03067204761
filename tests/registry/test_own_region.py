"""A batch of a kabupaten changes the KIM of that kabupaten, whatever it says, and no others."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import update

from geodata.days import today
from geodata.gazetteer import load_gazetteer
from geodata.people.audit import Deed, read_audit
from geodata.regions import is_within
from geodata.registry.database.batches import find_batch, read_staged_rows, stage
from geodata.registry.database.committing import commit
from geodata.registry.database.connection import Registry
from geodata.registry.database.deciding import Decision, decide
from geodata.registry.database.duplicates.twins import merged_with_first, twins_of
from geodata.registry.database.erasure.erasing import erase_rows
from geodata.registry.database.erasure.erasing_scope import ErasingTarget
from geodata.registry.database.handing_out import rows_to_mend
from geodata.registry.database.history import standing
from geodata.registry.database.memory import aliases_for
from geodata.registry.database.registry_error import RegistryError
from geodata.registry.database.relations import staged_row
from geodata.registry.database.reviewing import Queue
from geodata.registry.database.states import Choice
from geodata.registry.database.undoing import redo, undo
from geodata.registry.database.versions import read_current, read_personal
from geodata.registry.placing_by_hand import choose_desa
from tests.registry.rows import SUMBER, WAJAK, in_review, staged

MALANG, CODO = WAJAK[:5], "35.07.08.2008"
WHO = "siti@malangkab.go.id"


def brought(registry: Registry, *rows: dict, region: str | None = MALANG, **more):
    return stage(registry, staged(*rows, **more), load_gazetteer(), who=WHO, region=region)


@pytest.fixture
def elsewhere(registry) -> Registry:
    """A KIM of another provinsi is in the registry, with a person."""
    row = {"nomor_induk": "S-1", "kode_wilayah": SUMBER, "personal": {"telepon": "081298765432"}}
    commit(registry, brought(registry, row, region=None).id, who="pusat")
    return registry


def decided(registry: Registry, row_id: int, decision: Decision) -> None:
    decide(registry, {row_id: decision}, load_gazetteer(), who=WHO)


def test_a_row_that_lies_elsewhere_is_rejected_and_says_where_and_whose_batch_it_is(registry):
    batch = brought(registry, {"nama_kim": "KIM Dua"}, {"kode_wilayah": SUMBER})
    assert (batch.region, batch.diterima, batch.ditolak) == (MALANG, 1, 1)
    (why,) = rows_to_mend(registry, batch.id, "id")["alasan"]
    assert "Kulon Progo" in why
    assert "Kabupaten Malang" in why


def test_a_row_with_the_number_of_a_kim_elsewhere_waits_and_never_changes_it(elsewhere):
    row = {"nomor_induk": "S-1", "nama_kim": "KIM Diambil"}
    batch = stage(elsewhere, staged(row), load_gazetteer(), who=WHO, region=MALANG, update=True)
    assert batch.ditinjau == 1
    rows = read_staged_rows(elsewhere, batch.id)
    (row_id,) = rows.index
    (twin,) = twins_of(elsewhere, batch.id, rows.iloc[0])
    assert twin.elsewhere
    assert "telepon" not in twin.values, "and who keeps Malang does not see its persons"
    with pytest.raises(RegistryError, match=r"Kulon Progo.*outside"):
        decided(elsewhere, row_id, Decision(Choice.GABUNG, kim_id=1))
    assert merged_with_first(elsewhere, Queue(batch.id, "kembar")) == {}


def test_nobody_puts_a_row_into_a_desa_elsewhere_by_hand(registry):
    batch = brought(registry, in_review(alasan=["desa_tidak_ditemukan"]))
    (row_id,) = read_staged_rows(registry, batch.id).index
    for choice in (Choice.TERIMA, Choice.TERPISAH, Choice.TINJAU):
        with pytest.raises(RegistryError, match="outside the region"):
            decided(registry, row_id, Decision(choice, kode=SUMBER))
    with pytest.raises(RegistryError, match="outside the region"):
        choose_desa(registry, batch.id, {row_id: SUMBER}, load_gazetteer(), who=WHO)
    choose_desa(registry, batch.id, {row_id: CODO}, load_gazetteer(), who=WHO)
    assert find_batch(registry, batch.id).diterima == 1


def test_a_rejected_row_of_elsewhere_is_not_taken_back(registry):
    batch = brought(registry, {"kode_wilayah": SUMBER})
    (row_id,) = read_staged_rows(registry, batch.id).index
    with pytest.raises(RegistryError, match="outside the region"):
        decided(registry, row_id, Decision(Choice.TERIMA))


def test_a_batch_of_a_kabupaten_reports_for_no_other(registry):
    batch = brought(registry, {})
    for region in (None, "35", "34", "35.73"):
        with pytest.raises(RegistryError, match="outside the region"):
            commit(registry, batch.id, who=WHO, covers=[region])
    commit(registry, batch.id, who=WHO, covers=[MALANG])


def test_a_commit_trusts_nobody_who_came_before_it(registry):
    batch = brought(registry, {"nama_kim": "KIM Dua"}, {"kode_wilayah": CODO})
    with registry.writing() as connection:
        moved = update(staged_row).where(staged_row.c.kode_wilayah == CODO)
        connection.execute(moved.values(kode_wilayah=SUMBER))
    with pytest.raises(RegistryError, match="outside the region"):
        commit(registry, batch.id, who=WHO)
    assert standing(registry).kim == 0


def test_a_place_that_a_kabupaten_decided_is_not_known_elsewhere(registry):
    batch = brought(registry, in_review(desa="Wajak", kecamatan="Wajak", kabupaten_kota="Malang"))
    (row_id,) = read_staged_rows(registry, batch.id).index
    decided(registry, row_id, Decision(Choice.TERIMA, kode=CODO))
    assert list(aliases_for(registry, "", MALANG).values()) == [CODO]
    assert aliases_for(registry, "") == aliases_for(registry, "", "35.73") == {}


def test_the_log_tells_of_each_change_from_what_to_what(elsewhere):
    batch = brought(elsewhere, {"nomor_induk": "M-1"})
    commit(elsewhere, batch.id, who=WHO)
    undo(elsewhere, batch.id, who=WHO)
    redo(elsewhere, batch.id, who="lain")
    own = [line for line in reversed(read_audit(elsewhere, region=MALANG))]
    assert [line.action for line in own] == [Deed.KIRIM, Deed.MASUK, Deed.BATAL, Deed.ULANG]
    assert {line.batch_id for line in own} == {batch.id}
    one, two = {"version": 1, "kim": 1}, {"version": 2, "kim": 2}
    effects = {"baru": 1, "diperbarui": 0, "sama": 0, "as_of": today().isoformat()}
    assert (own[1].old, own[1].new) == (one, two | effects)
    assert (own[2].old, own[2].new) == (two, {"version": 3, "kim": 1})
    assert (own[3].new, own[3].who) == ({"version": 4, "kim": 2}, "lain")


def test_the_log_tells_whose_persons_were_taken_out_and_nothing_of_them(elsewhere):
    target = ErasingTarget("kim", 1)
    erased = erase_rows(elsewhere, target, who="siti", why="diminta")
    (line,) = [it for it in read_audit(elsewhere) if it.action is Deed.HAPUS_PRIBADI]
    assert (line.who, line.region, line.kim_id) == ("siti", SUMBER, 1)
    assert line.new == {"target": "KIM #1", **erased.counts}
    assert "0812" not in str(read_audit(elsewhere))


# Whatever it says.

CODES = st.sampled_from(["", WAJAK, CODO, SUMBER])
ROW = st.fixed_dictionaries(
    {
        "kode_wilayah": CODES,
        "nomor_induk": st.sampled_from(["", "S-1", "M-1", "X"]),
        "nama_kim": st.sampled_from(["KIM Suara", "KIM Warta", ""]),
        "outcome": st.sampled_from(["diterima", "ditinjau", "ditolak"]),
        "kembar": st.sampled_from([[], [{"with": 1, "why": "nama_desa"}]]),
        "personal": st.sampled_from([{}, {"telepon": "0813"}]),
    }
)
DECISION = st.one_of(
    st.builds(
        Decision, st.sampled_from(["terima", "tolak", "terpisah", "tinjau"]).map(Choice), kode=CODES
    ),
    st.builds(Decision, st.just(Choice.GABUNG), kode=CODES, kim_id=st.sampled_from([1, 2])),
)


def _sound(row: dict) -> dict:
    """Accepted are only rows with a name and a desa, as whoever reads a file has it."""
    if row["nama_kim"] and row["kode_wilayah"]:
        return row
    return row | {"outcome": "ditinjau" if row["outcome"] == "diterima" else row["outcome"]}


def _outside(registry: Registry) -> tuple[dict, dict]:
    with registry.reading() as connection:
        kim = read_current(connection)
        out = {i: own for i, own in kim.items() if not is_within(own["kode_wilayah"], MALANG)}
        return out, read_personal(connection, list(out))


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    rows=st.lists(ROW, min_size=1, max_size=5),
    decisions=st.lists(st.tuples(st.integers(0, 4), DECISION), max_size=4),
    update=st.booleans(),
)
def test_whatever_a_batch_says_nothing_changes_elsewhere_and_nothing_is_lost(
    elsewhere, rows, decisions, update
):
    registry = elsewhere
    before = _outside(registry)
    file = staged(*map(_sound, rows))
    batch = stage(registry, file, load_gazetteer(), who=WHO, region=MALANG, update=update)
    for act in [*decisions, None]:
        ids = read_staged_rows(registry, batch.id).index
        try:
            if act is None:
                commit(registry, batch.id, who=WHO)
            elif act[0] < len(ids):
                decided(registry, int(ids[act[0]]), act[1])
        except RegistryError:
            pass  # refused: then nothing of it was done
        now = find_batch(registry, batch.id)
        assert now.rows == len(rows) == now.diterima + now.ditinjau + now.ditolak
        assert _outside(registry) == before
