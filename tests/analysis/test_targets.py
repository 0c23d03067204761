from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.analysis.targets import STANDINGS, Target, target_progress
from geodata.errors import SelectionError
from geodata.regions import Level
from geodata.registry.snapshot import KimFilter, load_sample
from tests.analysis.worlds import grid, grid_codes, registry_of
from tests.strategies import kim_filters

# The small registries are as of 2024-01-01: the pace so far counts from 2021-01-02 on.
ALL_KECAMATAN = Target(Level.KECAMATAN, 1, 2027)


def of_four(desa, days, target=ALL_KECAMATAN):
    snapshot = registry_of(grid(2, 5), desa, tanggal_terdaftar=days)
    return target_progress(snapshot, KimFilter(), target).iloc[0]


def test_two_of_four_kecamatan_are_reached_and_two_are_needed_in_four_years():
    desa = [f"{code}.2001" for code in grid_codes(2)[:2]]
    row = of_four(desa, ["2015-01-01", "2022-06-01"])
    assert row[["jumlah", "tercapai", "sasaran", "kurang"]].tolist() == [4, 2, 4, 2]
    assert row["laju_perlu"] == pytest.approx(0.5, rel=1e-3)
    assert row["laju"] == pytest.approx(1 / 3)
    assert row["tahun_tercapai"] == 2029, "six years from 1 January 2024 on"
    assert row["posisi"] == "tertinggal"


def test_a_second_kim_in_the_same_kecamatan_is_no_progress():
    desa = [f"{grid_codes(2)[0]}.2001", f"{grid_codes(2)[0]}.2002"]
    row = of_four(desa, ["2015-01-01", "2023-06-01"])
    assert row["tercapai"] == 1
    assert row["laju"] == 0
    assert row["posisi"] == "belum_bergerak"
    assert pd.isna(row["tahun_tercapai"])


def test_the_pace_counts_exactly_the_last_three_years():
    desa = [f"{code}.2001" for code in grid_codes(2)[:3]]
    row = of_four(desa, ["2021-01-01", "2021-01-02", "2024-01-01"])
    assert row["laju"] == pytest.approx(2 / 3)
    assert row["posisi"] == "sesuai"


def test_a_kim_without_a_date_is_reached_and_in_no_pace():
    desa = [f"{code}.2001" for code in grid_codes(2)[:3]]
    row = of_four(desa, [None, "2022-06-01", "2050-01-01"])
    assert row["tercapai"] == 3
    assert row["laju"] == pytest.approx(1 / 3)
    assert row["tanpa_tahun"] == 2, "a day after that of the data cannot be right"


def test_of_a_dated_kim_and_one_without_a_date_the_day_is_the_dated_ones():
    desa = [f"{grid_codes(2)[0]}.2001", f"{grid_codes(2)[0]}.2002"]
    row = of_four(desa, [None, "2022-06-01"])
    assert row[["tercapai", "tanpa_tahun"]].tolist() == [1, 0]
    assert row["laju"] == pytest.approx(1 / 3)


@pytest.mark.parametrize(
    ("as_of", "year", "reached_in", "standing"),
    [
        # One in three years, one to come: due 1,095.75 days from the day of the data on.
        ("2024-12-31", 2027, 2027, "sesuai"),  # 1,096 days are left
        ("2025-01-01", 2027, 2028, "tertinggal"),  # 1,095 days
        ("2025-01-01", 2028, 2028, "sesuai"),
    ],
)
def test_on_course_is_whoever_gets_there_by_the_targets_year(as_of, year, reached_in, standing):
    snapshot = registry_of(grid(1, 2), ["11.01.01.2001"], tanggal_terdaftar=["2023-06-01"])
    target = Target(Level.DESA, 1, year)
    row = target_progress(replace(snapshot, date=as_of), KimFilter(), target).iloc[0]
    assert row["laju"] == pytest.approx(1 / 3)
    assert (row["tahun_tercapai"], row["posisi"]) == (reached_in, standing)


def test_a_target_that_is_reached_asks_for_nothing():
    desa = [f"{code}.2001" for code in grid_codes(2)]
    row = of_four(desa, ["2015-01-01"] * 4)
    assert row[["kurang", "laju_perlu"]].tolist() == [0, 0]
    assert row["posisi"] == "tercapai"
    assert pd.isna(row["tahun_tercapai"])


def test_a_fifth_of_205_desa_is_41(sample):
    target = Target(Level.DESA, 0.2, 2027)
    table = target_progress(sample, KimFilter(), target, Level.KABUPATEN_KOTA, "35.08")
    assert table["jumlah"].tolist() == [205]
    assert table["sasaran"].tolist() == [41]


@given(kim_filters, st.sampled_from([Level.DESA, Level.KECAMATAN]), st.floats(0.01, 1))
@settings(max_examples=15)
def test_standings_agree_with_the_figures_beside_them(kim_filter, unit, share):
    sample = load_sample()
    table = target_progress(sample, kim_filter, Target(unit, share, 2030))
    assert len(table) == 38
    assert set(table["posisi"]) <= set(STANDINGS)
    reached = table["tercapai"] >= table["sasaran"]
    assert ((table["posisi"] == "tercapai") == reached).all()
    assert (table.loc[reached, "kurang"] == 0).all()
    assert (table["sasaran"] / table["jumlah"] >= share - 1e-9).all()
    assert ((table["sasaran"] - 1) / table["jumlah"] < share).all()
    late = table["posisi"] == "tertinggal"
    assert (table.loc[late, "laju"] < table.loc[late, "laju_perlu"]).all()
    assert (table.loc[late, "tahun_tercapai"] > 2030).all()
    assert (table.loc[table["posisi"] == "sesuai", "tahun_tercapai"] <= 2030).all()


def test_all_provinsi_together_have_all_kecamatan(sample):
    table = target_progress(sample, KimFilter(), ALL_KECAMATAN)
    assert table["jumlah"].sum() == 7285
    first = sample.kim.groupby(sample.kim["kode_wilayah"].str[:8])["tanggal_terdaftar"].min()
    assert table["tercapai"].sum() == len(first)
    recent = (first > "2020-06-30").sum()
    assert table["laju"].sum() == pytest.approx(recent / 3)


@pytest.mark.parametrize(
    ("unit", "share", "refused"),
    [
        (Level.PROVINSI, 1, "not “provinsi”"),
        (Level.DESA, 0, "target of 0%"),
        (Level.DESA, 1.01, "target of 101%"),
        (Level.DESA, np.nan, "target of nan%"),
        (Level.DESA, np.inf, "target of inf%"),
    ],
)
def test_a_target_has_to_make_sense(unit, share, refused):
    with pytest.raises(SelectionError, match=refused):
        Target(unit, share, 2027)


def test_a_year_that_is_over_and_a_level_below_the_unit_are_refused(sample):
    with pytest.raises(SelectionError, match="2022 is over"):
        target_progress(sample, KimFilter(), Target(Level.DESA, 0.2, 2022))
    with pytest.raises(SelectionError, match="by “kecamatan”"):
        target_progress(sample, KimFilter(), ALL_KECAMATAN, Level.KECAMATAN)
