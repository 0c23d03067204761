"""The benchmark of imports, with a list that is short: `python -m benchmarks registry-import`."""

import csv

import pytest

from benchmarks.registry_import import HEADER, imported, made_up
from geodata.packed import PART
from geodata.registry.database.batches import find_batch
from geodata.registry.database.connection import find_registry

pytestmark = pytest.mark.slow


def test_a_list_of_several_parts_comes_in_whole_and_in_little_memory(tmp_path):
    rows = PART + 100
    with (tmp_path / "kim.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([HEADER, *made_up(rows)])
    address = f"sqlite:///{tmp_path}/registry.db"
    seen = imported(tmp_path / "kim.csv", address)
    batch = find_batch(find_registry(address), 1)
    assert (batch.rows, batch.diterima + batch.ditinjau + batch.ditolak) == (rows, rows)
    assert batch.waiting == 0
    assert batch.baru > 0.95 * rows
    assert f"{rows} rows" in seen.said.replace(",", "")
    assert 0 < seen.peak < 900e6
