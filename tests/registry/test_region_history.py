"""What happened to the KIM of a region, version by version."""

from geodata.gazetteer import load_gazetteer
from geodata.registry.database.batches import stage
from geodata.registry.database.committing import commit
from geodata.registry.database.region_history import region_history
from geodata.registry.database.undoing import redo, undo
from tests.registry.rows import SUMBER, WAJAK, in_review, staged

MALANG, KULON_PROGO = WAJAK[:5], SUMBER[:5]


def bring(registry, *rows, **more) -> int:
    batch = stage(registry, staged(*rows), load_gazetteer(), who="petugas", **more)
    commit(registry, batch.id, who="petugas")
    return batch.id


def told(registry, region, most=50) -> list[tuple]:
    _, versions = region_history(registry, region, most)
    return [(it.version, it.action, it.baru, it.diperbarui) for it in versions]


def test_a_region_is_told_of_its_own_kim_alone(registry):
    assert told(registry, None) == []
    bring(registry, {"nomor_induk": "A"}, {"nomor_induk": "B"}, in_review(nomor_induk="C"))
    bring(registry, {"nomor_induk": "D", "kode_wilayah": SUMBER})
    assert told(registry, MALANG) == [(1, "masuk", 2, 0)]
    assert told(registry, KULON_PROGO) == [(2, "masuk", 1, 0)]
    assert told(registry, "35") == told(registry, WAJAK) == told(registry, MALANG)
    assert told(registry, None) == [(2, "masuk", 1, 0), (1, "masuk", 2, 0)]
    assert told(registry, None, most=1) == [(2, "masuk", 1, 0)]


def test_a_kim_that_moves_is_a_change_of_both_regions(registry):
    bring(registry, {"nomor_induk": "A"})
    bring(registry, {"nomor_induk": "A", "kode_wilayah": SUMBER}, update=True)
    assert told(registry, MALANG) == [(2, "masuk", 0, 1), (1, "masuk", 1, 0)]
    assert told(registry, KULON_PROGO) == [(2, "masuk", 0, 1)]


def test_undo_and_redo_are_told_with_what_they_undo_and_put_back(registry):
    batch = bring(registry, {"nomor_induk": "A"}, {"nomor_induk": "B"})
    undo(registry, batch, who="petugas")
    redo(registry, batch, who="petugas")
    done = [(3, "ulang", 2, 0), (2, "batal", 2, 0), (1, "masuk", 2, 0)]
    assert told(registry, MALANG) == told(registry, None) == done
    assert told(registry, KULON_PROGO) == []
