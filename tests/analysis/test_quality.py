"""Quality of the data: sums that add up at every level, and points outside their desa."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.analysis.quality import (
    DOUBTFUL,
    UNPLACED,
    UNRECORDED,
    WAYS,
    points_outside,
    quality_totals,
    region_quality,
    rows_of_sample,
)
from geodata.boundaries.boundary_set import BoundarySet
from geodata.boundaries.store import active_set
from geodata.gazetteer import Gazetteer
from geodata.regions import LEVELS, Level
from geodata.registry.snapshot import Snapshot

WAJAK, BATU, ACEH = "35.07.08.2012", "35.79.01.1001", "11.01.01.2001"
BEFORE = "2020-01-01"
_SURE = [way.removeprefix("cara_") for way in WAYS]


def rows(*given: dict) -> pd.DataFrame:
    """Rows as ``placement_quality`` returns them; each names only what is not ordinary about it."""
    ordinary = {
        "nomor_induk": "KIM-1", "nama_kim": "KIM Satu", "kode_wilayah": WAJAK, "metode": "kode",
        "outcome": "diterima", "bidang": "umkm", "domain": "satu.kim.id",
        "tanggal_terdaftar": "2019-05-17", "tanggal_diperbarui": "2022-01-01",
        "lat": np.nan, "lng": np.nan,
    }  # fmt: skip
    table = pd.DataFrame([ordinary | fields for fields in given], columns=list(ordinary))
    for name in ("tanggal_terdaftar", "tanggal_diperbarui"):
        table[name] = pd.to_datetime(table[name])
    return table.astype({"lat": float, "lng": float})


one_row = st.builds(
    lambda outcome, way, code: {
        "outcome": outcome,
        "metode": way,
        "kode_wilayah": code or ("" if outcome == "ditinjau" else WAJAK),
    },
    st.sampled_from(["diterima", "ditinjau", "ditolak"]),
    st.sampled_from(["", *_SURE]),
    st.sampled_from([WAJAK, BATU, ACEH, ""]),
)


@given(given=st.lists(one_row, max_size=30))
def test_every_row_counts_once_at_every_level(gazetteer: Gazetteer, given: list[dict]) -> None:
    table = rows(*given)
    totals = quality_totals(table, stale_before=BEFORE)
    kept = table[table["outcome"] != "ditolak"]
    assert totals["baris_dinilai"] == len(kept)
    assert totals[[*WAYS, UNPLACED, UNRECORDED]].sum() == len(kept)
    assert totals["kim"] + totals[UNPLACED] == len(kept)
    assert totals["ragu"] == totals[list(DOUBTFUL)].sum()
    for level in LEVELS:
        quality = region_quality(table, gazetteer, level, stale_before=BEFORE)
        for name in (*WAYS, UNPLACED, UNRECORDED, "kim", "kosong_domain", "basi"):
            unplaceable = totals["tanpa_wilayah"] if name == UNPLACED else 0
            assert quality[name].sum() + unplaceable == totals[name], (level, name)


def test_the_figures_of_a_region_are_those_of_its_parts(gazetteer: Gazetteer) -> None:
    table = rows({}, {"metode": "nama_mirip"}, {"kode_wilayah": BATU}, {"kode_wilayah": ACEH})
    parts = region_quality(
        table, gazetteer, Level.KABUPATEN_KOTA, "35", stale_before=BEFORE
    ).set_index("kode")
    assert parts["baris_dinilai"].sum() == 3
    assert parts.at["35.07", "bagian_ragu"] == 0.5
    assert parts.at["35.79", "bagian_ragu"] == 0.0
    assert np.isnan(parts.at["35.01", "bagian_ragu"]), "no rows is not no doubt"
    assert quality_totals(table, "35", stale_before=BEFORE)["baris_dinilai"] == 3


def test_rows_in_review_lie_in_no_region_or_in_that_of_their_candidate() -> None:
    waiting = {"outcome": "ditinjau", "metode": "nama_mirip"}
    table = rows({}, waiting, {**waiting, "kode_wilayah": ""}, {"outcome": "ditolak"})
    totals = quality_totals(table, stale_before=BEFORE)
    assert (totals["baris_dinilai"], totals["kim"], totals[UNPLACED]) == (3, 1, 2)
    assert totals["tanpa_wilayah"] == 1
    assert totals["cara_nama_mirip"] == 0, "a row in review is placed by no way"


@pytest.mark.parametrize(
    ("registered", "updated", "stale", "unknown"),
    [
        ("2010-01-01", "2019-12-31", 1, 0),
        ("2010-01-01", "2020-01-01", 0, 0),
        ("2010-01-01", None, 1, 0),
        ("2021-01-01", None, 0, 0),
        (None, None, 0, 1),
    ],
)
def test_stale_is_told_by_the_last_update_or_else_by_the_registration(
    registered: str | None, updated: str | None, stale: int, unknown: int
) -> None:
    table = rows({"tanggal_terdaftar": registered, "tanggal_diperbarui": updated})
    totals = quality_totals(table, stale_before=BEFORE)
    assert (totals["basi"], totals["tanpa_tanggal"]) == (stale, unknown)


def test_missing_fields_are_counted_one_by_one() -> None:
    totals = quality_totals(rows({"nomor_induk": ""}, {"domain": ""}, {}), stale_before=BEFORE)
    missing = totals[[name for name in totals.index if name.startswith("kosong_")]]
    assert missing[missing > 0].to_dict() == {"kosong_nomor_induk": 1, "kosong_domain": 1}


def test_of_the_sample_no_way_is_recorded_and_so_no_doubt_is_claimed(sample: Snapshot) -> None:
    totals = quality_totals(rows_of_sample(sample), stale_before=BEFORE)
    assert totals["baris_dinilai"] == totals[UNRECORDED] == 4114
    assert np.isnan(totals["bagian_ragu"])


@pytest.fixture(scope="module")
def boundaries() -> BoundarySet:
    return active_set()


def test_points_outside_their_desa_are_listed_the_farthest_first(
    boundaries: BoundarySet, gazetteer: Gazetteer
) -> None:
    desa = gazetteer.tables[Level.DESA].set_index("kode")
    at_wajak = {"lat": desa.at[WAJAK, "lat"], "lng": desa.at[WAJAK, "lng"]}
    at_sea = {"lat": -9.5, "lng": 112.6}
    table = rows(
        at_wajak,
        at_wajak | {"kode_wilayah": "35.07.08.2008", "nomor_induk": "beside"},
        at_sea | {"nomor_induk": "sea"},
        at_sea | {"outcome": "ditinjau"},
        {"lat": -8.0},
    )
    outside = points_outside(table, boundaries).set_index("nomor_induk")
    assert outside.index.tolist() == ["sea", "beside"]
    assert outside.at["sea", "titik_di"] == ""
    assert outside.at["beside", "titik_di"] == WAJAK
    assert 100 < outside.at["sea", "km"] < 200
    assert 0 < outside.at["beside", "km"] < 10


def test_without_points_none_is_outside(boundaries: BoundarySet) -> None:
    assert points_outside(rows({}), boundaries).empty
