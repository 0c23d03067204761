"""Where a region stands against what it has set itself, to the month of the data."""

from dataclasses import replace

import pandas as pd
import pytest

from geodata.errors import SelectionError
from geodata.registry.snapshot import KimFilter
from geodata.targets.region_target import RegionTarget, TargetKind
from geodata.targets.standing import standings
from tests.analysis.worlds import grid, grid_codes, registry_of

NEW, KECAMATAN, DESA = TargetKind
MALANG = "11.01"


def standing(target, days, as_of="2023-06-30", **changes):
    """Where the first kabupaten of two stands, which has two kecamatan of five desa."""
    codes = [f"{grid_codes(2)[i % 2]}.2{1 + i // 2 % 5:03}" for i in range(len(days))]
    snapshot = registry_of(grid(2, 5), codes, tanggal_terdaftar=days)
    snapshot = replace(snapshot, date=as_of, **changes)
    (row,) = standings(snapshot, KimFilter(), [target]).to_dict("records")
    return row


# 12 new KIM in 2023: one a month.
@pytest.mark.parametrize(
    ("as_of", "new", "due", "posisi"),
    [
        ("2022-12-31", 0, 0, "belum_mulai"),
        ("2023-01-30", 0, 0, "sesuai"),  # no month is over
        ("2023-01-31", 0, 1, "belum_bergerak"),
        ("2023-06-29", 5, 5, "sesuai"),
        ("2023-06-30", 5, 6, "tertinggal"),
        ("2023-06-30", 6, 6, "sesuai"),
        ("2023-06-30", 12, 6, "tercapai"),
        ("2023-12-31", 11, 12, "tidak_tercapai"),
        ("2024-05-01", 12, 12, "tercapai"),
    ],
)
def test_new_kim_are_due_month_by_month(as_of, new, due, posisi):
    days = ["2019-01-01", *["2023-01-01"] * new]
    row = standing(RegionTarget(MALANG, 2023, NEW, 12), days, as_of)
    assert (row["tercapai"], row["kurang"]) == (new, 12 - new)
    assert (row["seharusnya"], row["posisi"]) == (due, posisi)


def test_kabupaten_malang_needs_so_many_a_month_to_come_to_its_53():
    row = standing(RegionTarget(MALANG, 2023, NEW, 53), ["2023-05-01"] * 10, "2023-06-15")
    assert (row["seharusnya"], row["kurang"], row["posisi"]) == (22, 43, "tertinggal")
    assert row["perlu_per_bulan"] == pytest.approx(43 / (199 / 30.4375))
    december = standing(RegionTarget(MALANG, 2023, NEW, 53), ["2023-05-01"] * 10, "2023-12-20")
    assert december["perlu_per_bulan"] == 43, "all that is missing, in the month that is left"
    over = standing(RegionTarget(MALANG, 2023, NEW, 53), ["2023-05-01"] * 10, "2024-01-01")
    assert pd.isna(over["perlu_per_bulan"])


def test_kim_of_another_year_or_of_no_known_day_are_not_new_and_are_said():
    days = ["2022-12-31", "2023-01-01", None]
    row = standing(RegionTarget(MALANG, 2023, NEW, 2), days)
    assert (row["tercapai"], row["kim_tanpa_tanggal"]) == (1, 1)


def test_a_share_counts_who_had_a_kim_by_the_end_of_its_year():
    days = ["2015-01-01", "2023-02-01"]  # one in each of both kecamatan
    both = RegionTarget(MALANG, 2022, KECAMATAN, 1)
    row = standing(both, days)
    assert (row["sasaran"], row["tercapai"], row["posisi"]) == (2, 1, "tidak_tercapai")
    assert standing(replace(both, year=2023), days)["posisi"] == "tercapai"
    desa = standing(RegionTarget(MALANG, 2025, DESA, 0.41), days)
    assert (desa["sasaran"], desa["tercapai"]) == (5, 2), "41% of ten desa are five"
    assert desa["posisi"] == "tertinggal"
    assert pd.isna(desa["seharusnya"])
    assert standing(RegionTarget(MALANG, 2035, DESA, 0.41), days)["posisi"] == "sesuai"


def test_who_has_not_reported_stands_nowhere():
    row = standing(
        RegionTarget(MALANG, 2023, NEW, 5), ["2023-01-01"], unreported=frozenset({MALANG})
    )
    assert row["posisi"] == "belum_melapor"
    assert pd.isna(row["tercapai"]), "nobody knows; that is not zero"


def test_indonesia_has_targets_too():
    row = standing(RegionTarget("", 2023, NEW, 2), ["2023-01-01"])
    assert (row["kode"], row["tercapai"]) == ("", 1)


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ((MALANG, 2023, NEW, 0), "0 KIM"),
        ((MALANG, 2023, NEW, 1.5), "1.5 KIM"),
        ((MALANG, 2023, DESA, 53), "5300%"),
        ((MALANG, 1945, NEW, 5), "1945"),
        ((f"{MALANG}.01", 2023, KECAMATAN, 1), "kecamatan"),
        ((f"{MALANG}.01.2001", 2023, NEW, 1), "desa"),
    ],
)
def test_what_cannot_be_a_target_is_refused(wrong, told):
    with pytest.raises(SelectionError, match=told):
        RegionTarget(*wrong)
