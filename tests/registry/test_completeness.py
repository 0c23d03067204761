"""How complete columns were, by the versions that were in force on each day."""

from datetime import date

import pandas as pd
import pytest
from sqlalchemy import update

from geodata.gazetteer import load_gazetteer
from geodata.registry.database.batches import stage
from geodata.registry.database.committing import commit
from geodata.registry.database.completeness import completeness
from geodata.registry.database.relations import revision
from tests.registry.rows import SUMBER, staged

DAYS = (date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 31), date(2026, 4, 30))


@pytest.fixture
def kept(registry):
    """Two KIM came in February, one of them without bidang; it got some, and a third, in April."""
    files = (
        ("2026-02-10", [{"nomor_induk": "A", "bidang": ""}, {"nomor_induk": "B"}]),
        ("2026-04-10", [{"nomor_induk": "A"}, {"nomor_induk": "C", "kode_wilayah": SUMBER}]),
    )
    for number, (day, rows) in enumerate(files, 1):
        batch = stage(registry, staged(*rows), load_gazetteer(), who="petugas", update=True)
        commit(registry, batch.id, who="petugas")
        with registry.writing() as connection:
            then = update(revision).where(revision.c.id == number)
            connection.execute(then.values(at=f"{day}T00:00:00+00:00"))
    return registry


def test_each_day_is_told_by_the_version_in_force_at_its_end(kept):
    table = completeness(kept, None, DAYS)
    assert table["per_hari"].tolist() == [pd.Timestamp(day) for day in DAYS[1:]]
    assert table["kim"].tolist() == [2, 2, 3]
    assert table["terisi_bidang"].tolist() == [0.5, 0.5, 1.0]
    assert table["terisi_tanggal_terdaftar"].tolist() == [1.0, 1.0, 1.0]
    assert table["terisi_domain"].tolist() == [0.0, 0.0, 0.0]


def test_without_kim_nothing_is_complete_or_not(kept):
    table = completeness(kept, SUMBER, DAYS)
    assert table["kim"].tolist() == [0, 0, 1]
    assert table["terisi_bidang"].isna().tolist() == [True, True, False]
