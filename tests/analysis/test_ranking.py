import numpy as np
import pandas as pd
import pytest

from geodata.analysis.coverage import coverage_by_region
from geodata.analysis.ranking import rank_beta
from geodata.errors import SelectionError
from geodata.regions import Level
from geodata.registry.snapshot import KimFilter


def ranks(served, desa):
    return rank_beta(pd.Series(served) + 1.0, pd.Series(desa) - pd.Series(served) + 1.0, 0.9)


def test_the_highest_estimate_is_first_and_equal_ones_share_the_lower_number():
    assert ranks([1, 9, 9, 5], [10] * 4)["peringkat"].tolist() == [4, 1, 1, 3]


def test_ranks_far_apart_are_sure_and_those_close_together_are_not():
    far = ranks([10, 500, 990], [1000] * 3)
    assert (far["peringkat_terbaik"] == far["peringkat_terburuk"]).all()
    near = ranks([4, 5, 6], [10] * 3)
    assert near[["peringkat_terbaik", "peringkat_terburuk"]].to_numpy().tolist() == [[1, 3]] * 3


def test_a_rank_lies_in_its_interval_and_is_the_same_at_every_look(sample):
    table, again = (
        coverage_by_region(sample, KimFilter(), Level.KABUPATEN_KOTA, "35") for _ in range(2)
    )
    pd.testing.assert_frame_equal(table, again)
    ranked = table.dropna(subset="peringkat")
    assert (ranked["peringkat_terbaik"] <= ranked["peringkat"]).all()
    assert (ranked["peringkat"] <= ranked["peringkat_terburuk"]).all()
    assert ranked["peringkat_terburuk"].max() == len(ranked) == 24


def test_a_region_without_any_kim_has_no_rank(sample):
    table = coverage_by_region(sample, KimFilter(), Level.PROVINSI)
    unranked = table[["peringkat", "peringkat_terbaik", "peringkat_terburuk"]].isna()
    assert unranked.eq(table["desa_terlayani"] == 0, axis=0).all(axis=None)
    nobody = coverage_by_region(sample, KimFilter(tahun=(1990, 1990)), Level.PROVINSI)
    assert nobody["peringkat"].isna().all()


def test_kota_and_kabupaten_are_ranked_apart_by_choice(sample):
    table = coverage_by_region(
        sample, KimFilter(), Level.KABUPATEN_KOTA, "35", kota_apart=True
    ).dropna(subset="peringkat")
    kota = table["nama"].str.startswith("Kota ")
    for group in (table[kota], table[~kota]):
        by_estimate = group.sort_values("cakupan_eb", ascending=False)["peringkat"].tolist()
        assert by_estimate == list(range(1, len(group) + 1))
        assert group["peringkat_terburuk"].max() <= len(group)
    assert np.count_nonzero(table["peringkat"] == 1) == 2
    with pytest.raises(SelectionError, match="kabupaten_kota only"):
        coverage_by_region(sample, KimFilter(), Level.PROVINSI, kota_apart=True)
