"""Which kabupaten/kota have reported, by what commits say and where their rows lie."""

import pytest

from geodata.gazetteer import load_gazetteer
from geodata.regions import Level
from geodata.registry.database.batches import find_batch, read_staged_rows, stage
from geodata.registry.database.committing import commit
from geodata.registry.database.deciding import Decision, decide
from geodata.registry.database.history import standing
from geodata.registry.database.registry_error import RegistryError
from geodata.registry.database.reported import doubtful_scope, kabupaten_of_batch
from geodata.registry.database.snapshots import latest_snapshot, read_snapshot_at
from geodata.registry.database.states import Choice
from geodata.registry.database.undoing import redo, undo
from tests.registry.rows import SUMBER, WAJAK, in_review, staged

WHO = "operator"
MALANG, KULON_PROGO = WAJAK[:5], SUMBER[:5]


def reported(registry, version=None) -> set[str]:
    gazetteer = load_gazetteer()
    at = standing(registry).version if version is None else version
    codes = set(gazetteer.codes(Level.KABUPATEN_KOTA).tolist())
    return codes - read_snapshot_at(registry, at, gazetteer).unreported


def bring(registry, *rows, covers=None, **more) -> int:
    batch = stage(registry, staged(*rows, **more), load_gazetteer(), who=WHO)
    commit(registry, batch.id, who=WHO, covers=covers)
    return batch.id


def test_a_list_reports_for_the_kabupaten_of_its_rows(registry):
    assert reported(registry) == set()
    first = bring(registry, {"nomor_induk": "A"}, in_review(nomor_induk="B"))
    assert reported(registry) == {MALANG}
    assert find_batch(registry, first).covers == ()
    bring(registry, {"nomor_induk": "C", "kode_wilayah": SUMBER}, file_name="diy.csv")
    assert reported(registry) == {MALANG, KULON_PROGO}


def test_a_list_reports_for_what_it_is_said_to_cover_too(registry):
    batch = bring(registry, {"nomor_induk": "A"}, covers=["34", "51.71"])
    assert reported(registry) == {MALANG, "51.71", "34.01", "34.02", "34.03", "34.04", "34.71"}
    assert find_batch(registry, batch).covers == ("34", "51.71")
    bring(registry, {"nomor_induk": "B"}, covers=[None], file_name="nasional.csv")
    assert len(reported(registry)) == 514
    assert latest_snapshot(registry).unreported == frozenset()


def test_undo_and_redo_restore_who_had_reported(registry):
    first = bring(registry, {"nomor_induk": "A"})
    later = bring(registry, {"nomor_induk": "B"}, covers=["34"], file_name="b.csv")
    both = reported(registry)
    undo(registry, later, who=WHO)
    assert reported(registry) == {MALANG}
    undo(registry, first, who=WHO)
    assert reported(registry) == set()
    redo(registry, first, who=WHO)
    redo(registry, later, who=WHO)
    assert reported(registry) == both
    assert reported(registry, version=1) == {MALANG}


def test_whose_list_it_is_can_be_said_anew(registry):
    batch = bring(registry, {"nomor_induk": "A"}, covers=[None])
    done = commit(registry, batch, who=WHO, covers=["35"])
    assert (done.version, done.baru, done.diperbarui, done.sama) == (2, 0, 0, 0)
    assert len(reported(registry)) == 38
    assert len(reported(registry, version=1)) == 514
    undo(registry, batch, who=WHO)
    assert reported(registry) == set()
    redo(registry, batch, who=WHO)
    assert len(reported(registry)) == 38
    with pytest.raises(RegistryError, match="no accepted row"):
        commit(registry, batch, who=WHO, covers=["35"])


def test_only_provinsi_and_kabupaten_can_be_covered(registry):
    batch = stage(registry, staged({"nomor_induk": "A"}), load_gazetteer(), who=WHO)
    with pytest.raises(RegistryError, match="no code of a province"):
        commit(registry, batch.id, who=WHO, covers=[WAJAK])
    with pytest.raises(RegistryError, match="99"):
        commit(registry, batch.id, who=WHO, covers=["99"])
    assert standing(registry).version == 0


def test_rows_that_follow_leave_what_was_said_as_it_is(registry):
    rows = ({"nomor_induk": "A"}, in_review(nomor_induk="B"))
    batch = bring(registry, *rows, covers=["34"])
    waiting = read_staged_rows(registry, batch, "ditinjau").index[0]
    choice = Decision(Choice.TERIMA, kode=WAJAK)
    decide(registry, {int(waiting): choice}, load_gazetteer(), who=WHO)
    commit(registry, batch, who=WHO)
    assert find_batch(registry, batch).covers == ("34",)
    assert len(reported(registry)) == 6


def test_a_kabupaten_whose_last_kim_moved_away_has_reported_still(registry):
    bring(registry, {"nomor_induk": "A"})
    batch = stage(
        registry,
        staged({"nomor_induk": "A", "kode_wilayah": SUMBER}, file_name="pindah.csv"),
        load_gazetteer(),
        who=WHO,
        update=True,
    )
    commit(registry, batch.id, who=WHO)
    assert reported(registry) == {MALANG, KULON_PROGO}


def test_a_list_of_most_of_a_provinsi_is_asked_about():
    gazetteer = load_gazetteer()
    assert doubtful_scope([MALANG], gazetteer) == []
    assert doubtful_scope(["34.01", "34.02", "34.03"], gazetteer) == ["34"]
    whole = ["34.01", "34.02", "34.03", "34.04", "34.71"]
    assert doubtful_scope(whole, gazetteer) == []


def test_the_kabupaten_of_a_batch_are_those_of_its_accepted_rows(registry):
    rows = ({"nomor_induk": "A"}, in_review(nomor_induk="B", kode_wilayah=SUMBER))
    batch = stage(registry, staged(*rows), load_gazetteer(), who=WHO)
    assert kabupaten_of_batch(registry, batch.id) == [MALANG]
