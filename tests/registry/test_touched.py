"""KIM that nothing has touched since a day, by region and one by one."""

from datetime import date

import pytest

from geodata.gazetteer import load_gazetteer
from geodata.registry.database.batches import stage
from geodata.registry.database.committing import commit
from geodata.registry.database.touched import untouched_by_region, untouched_kim
from tests.registry.rows import SUMBER, WAJAK, staged

SINCE = date(2025, 1, 1)


@pytest.fixture
def kept(registry):
    """Four KIM of 2023 in Wajak and one in Sumber; C was updated in 2025, D is of 2025."""
    files = (
        (date(2023, 6, 30), "A", {}),
        (date(2022, 6, 30), "B", {"tanggal_diperbarui": "2024-12-31"}),
        (date(2023, 6, 30), "C", {"tanggal_diperbarui": "2025-01-01"}),
        (date(2025, 1, 1), "D", {}),
        (date(2023, 6, 30), "E", {"kode_wilayah": SUMBER}),
    )
    for as_of, number, row in files:
        rows = staged({"nomor_induk": number, **row}, file_name=f"{number}.csv")
        batch = stage(registry, rows, load_gazetteer(), who="petugas")
        commit(registry, batch.id, who="petugas", as_of=as_of)
    return registry


def test_what_counts_is_the_day_of_the_data_or_that_of_the_row(kept):
    assert untouched_kim(kept, None, SINCE)["nomor_induk"].tolist() == ["B", "A", "E"]
    assert untouched_kim(kept, "35.07", SINCE)["nomor_induk"].tolist() == ["B", "A"]
    assert untouched_kim(kept, "35.07.09", SINCE).empty


@pytest.mark.parametrize("region", [None, "35", "35.07", "35.07.08"])
def test_every_number_is_the_length_of_the_list_behind_it(kept, region):
    table = untouched_by_region(kept, load_gazetteer(), region, SINCE).set_index("kode")
    for code, row in table[table["kim"] > 0].iterrows():
        assert row["tak_tersentuh"] == len(untouched_kim(kept, code, SINCE))
    own = WAJAK[: len(table.index[0])]
    assert table.loc[own, ["kim", "tak_tersentuh", "bagian_tak_tersentuh"]].tolist() == [4, 2, 0.5]
    empty = table[table["kim"] == 0]
    assert empty["bagian_tak_tersentuh"].isna().all()
