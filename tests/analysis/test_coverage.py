import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import betabinom

from geodata.analysis.coverage import (
    JEFFREYS,
    KINDS,
    Prior,
    coverage_by_kind,
    coverage_by_region,
    desa_behind,
    fit_prior,
    prior_of,
)
from geodata.analysis.region_metrics import region_metrics, totals
from geodata.errors import SelectionError
from geodata.regions import LEVELS, Level
from geodata.registry.snapshot import KimFilter, load_sample
from tests.analysis.worlds import grid, grid_codes, registry_of
from tests.strategies import kim_filters

ABOVE_DESA = LEVELS[:-1]
NOBODY = KimFilter(tahun=(1990, 1990))


@pytest.mark.parametrize(
    ("kode", "nama", "desa"),
    [
        ("35.07.08", "Wajak", 13),
        ("35.07.28", "Kasembon", 6),
        ("35.07.11", "Kalipare", 9),
        ("35.08", "Kabupaten Lumajang", 205),
        ("34.01", "Kabupaten Kulon Progo", 88),
    ],
)
def test_regions_have_as_many_desa_as_the_decree_says(sample, kode, nama, desa):
    level = next(level for level in LEVELS if level.code_length == len(kode))
    row = coverage_by_region(sample, KimFilter(), level, kode).iloc[0]
    assert (row["nama"], row["jumlah_desa"]) == (nama, desa)


# The estimate.


def test_the_prior_is_the_one_that_shares_were_drawn_from():
    rng = np.random.default_rng(1)
    desa = rng.integers(5, 60, size=4000)
    served = betabinom.rvs(desa, 2.0, 18.0, random_state=rng)
    prior = fit_prior(served, desa)
    assert prior.alpha == pytest.approx(2, rel=0.1)
    assert prior.beta == pytest.approx(18, rel=0.1)


def likelihood(served, desa, prior) -> float:
    return float(betabinom.logpmf(served, desa, prior.alpha, prior.beta).sum())


def test_the_prior_of_a_single_kim_is_that_all_are_alike(sample):
    only = KimFilter(
        bidang=("kebencanaan", "literasi_digital", "kesehatan"),
        mode="semua",
        status=("tidak_aktif",),
    )
    assert totals(sample, only).jumlah_kim == 1
    assert prior_of(sample, only, Level.KABUPATEN_KOTA).strength == pytest.approx(1e6, rel=1e-3)


@pytest.mark.parametrize("seed", range(6))
def test_no_prior_of_a_wide_search_is_likelier_than_the_one_found(seed):
    rng = np.random.default_rng(seed)
    desa = rng.integers(2, [20, 300][seed % 2], size=60)
    mean, strength = 10 ** rng.uniform(-3, -0.3), 10 ** rng.uniform(-1, 5)
    served = betabinom.rvs(desa, mean * strength, (1 - mean) * strength, random_state=rng)
    served[0] = max(served[0], 1)
    best = likelihood(served, desa, fit_prior(served, desa))
    share = served.sum() / desa.sum()
    for near in np.linspace(0.5, 1.5, 9) * min(share, 0.6):
        for strong in np.geomspace(1e-2, 1e6, 25):
            prior = Prior(near * strong, (1 - near) * strong, fitted=True)
            assert likelihood(served, desa, prior) <= best + 1e-3


def test_no_prior_near_it_makes_the_registry_more_likely(sample):
    metrics = region_metrics(sample, KimFilter(), Level.KABUPATEN_KOTA)
    served, desa = metrics["desa_terlayani"].to_numpy(), metrics["jumlah_desa"].to_numpy()
    prior = prior_of(sample, KimFilter(), Level.KABUPATEN_KOTA)
    best = betabinom.logpmf(served, desa, prior.alpha, prior.beta).sum()
    for a, b in [(0.95, 1), (1.05, 1), (1, 0.95), (1, 1.05)]:
        assert betabinom.logpmf(served, desa, prior.alpha * a, prior.beta * b).sum() < best


@given(kim_filters, st.sampled_from(ABOVE_DESA))
@settings(max_examples=15)
def test_estimates_lie_in_their_interval_between_the_raw_share_and_the_common_mean(
    kim_filter, level
):
    sample = load_sample()
    table = coverage_by_region(sample, kim_filter, level)
    prior = prior_of(sample, kim_filter, level)
    mean = prior.alpha / prior.strength
    low, high = np.minimum(table["cakupan"], mean), np.maximum(table["cakupan"], mean)
    assert ((low - 1e-12 <= table["cakupan_eb"]) & (table["cakupan_eb"] <= high + 1e-12)).all()
    assert (table["cakupan_bawah"] < table["cakupan_atas"]).all()
    assert table[["cakupan_bawah", "cakupan_atas"]].min(axis=None) >= 0
    assert table[["cakupan_bawah", "cakupan_atas"]].max(axis=None) <= 1


def test_of_two_regions_with_none_the_larger_is_estimated_lower(sample):
    table = coverage_by_region(sample, KimFilter(), Level.KABUPATEN_KOTA)
    none = table[table["desa_terlayani"] == 0].sort_values("jumlah_desa")
    assert (np.diff(none["cakupan_eb"]) <= 0).all()
    assert none["cakupan_eb"].iloc[0] > none["cakupan_eb"].iloc[-1] > 0


def test_a_region_has_the_same_estimate_wherever_it_is_looked_at(sample):
    everywhere = coverage_by_region(sample, KimFilter(), Level.KECAMATAN).set_index("kode")
    in_tuban = coverage_by_region(sample, KimFilter(), Level.KECAMATAN, "35.23").set_index("kode")
    columns = ["cakupan_eb", "cakupan_bawah", "cakupan_atas", "dapat_diperingkat"]
    assert in_tuban[columns].equals(everywhere.loc[in_tuban.index, columns])
    assert in_tuban["peringkat"].min() == 1


def test_only_regions_whose_own_desa_make_70_percent_of_the_estimate_are_ranked(sample):
    table = coverage_by_region(sample, KimFilter(), Level.KECAMATAN)
    strength = prior_of(sample, KimFilter(), Level.KECAMATAN).strength
    enough = table["jumlah_desa"] * 0.3 >= strength * 0.7
    assert 0 < enough.sum() < len(table)
    assert table["dapat_diperingkat"].equals(enough)
    assert table["peringkat"].notna().equals(enough & (table["desa_terlayani"] > 0))


def test_where_nobody_has_a_kim_nobody_is_ranked_by_size_alone(sample):
    none = KimFilter(tahun=(1900, 1901))
    assert coverage_by_region(sample, none, Level.KECAMATAN, "35.07")["peringkat"].isna().all()


@pytest.mark.parametrize("level", ABOVE_DESA)
def test_without_any_kim_nobody_is_ranked_and_the_interval_is_that_of_jeffreys(sample, level):
    table = coverage_by_region(sample, NOBODY, level)
    assert prior_of(sample, NOBODY, level) == JEFFREYS
    assert (table["cakupan"] == 0).all()
    assert not table["dapat_diperingkat"].any()
    assert table["peringkat"].isna().all()
    assert (table["cakupan_atas"] > 0).all()


def test_with_a_kim_everywhere_nobody_is_ranked():
    gazetteer = grid(2, 3)
    everywhere = registry_of(gazetteer, gazetteer.codes(Level.DESA))
    table = coverage_by_region(everywhere, KimFilter(), Level.KECAMATAN)
    assert (table["cakupan"] == 1).all()
    assert table["peringkat"].isna().all()
    assert (table["cakupan_bawah"] < 1).all()


def test_a_single_region_tells_nothing_about_others():
    assert fit_prior(np.array([3]), np.array([10])) == JEFFREYS


def test_regions_that_differ_no_more_than_by_chance_all_get_the_common_mean():
    assert fit_prior(np.full(50, 5), np.full(50, 10)).strength > 1e4


def test_a_desa_has_no_share_to_estimate(sample):
    with pytest.raises(SelectionError, match="A village has a KIM or has not"):
        coverage_by_region(sample, KimFilter(), Level.DESA)


# Kecamatan, and kinds of desa.


def test_coverage_of_kecamatan_counts_those_with_any_kim():
    gazetteer = grid(2, 3)
    first, second = grid_codes(2)[:2]
    snapshot = registry_of(gazetteer, [f"{first}.2001", f"{first}.2002", f"{second}.2003"])
    table = coverage_by_region(snapshot, KimFilter(), Level.PROVINSI)
    assert table.loc[0, ["jumlah_kecamatan", "kecamatan_terlayani"]].tolist() == [4, 2]
    assert table.loc[0, "cakupan_kecamatan"] == 0.5


def test_coverage_of_kecamatan_of_a_provinsi_is_that_of_its_kabupaten_together(sample):
    provinsi = coverage_by_region(sample, KimFilter(), Level.PROVINSI).set_index("kode")
    kabupaten = coverage_by_region(sample, KimFilter(), Level.KABUPATEN_KOTA)
    counts = ["jumlah_kecamatan", "kecamatan_terlayani", "desa_terlayani"]
    summed = kabupaten.groupby(kabupaten["kode"].str[:2])[counts].sum()
    assert (summed == provinsi[counts]).all(axis=None)
    assert summed["jumlah_kecamatan"].sum() == 7285


@given(kim_filters)
@settings(max_examples=10)
def test_kinds_of_desa_add_up_to_the_totals_and_to_the_rows_behind_them(kim_filter):
    sample = load_sample()
    table = coverage_by_kind(sample, kim_filter, "91")
    whole = totals(sample, kim_filter, "91")
    assert table["jumlah_desa"].sum() == whole.jumlah_desa
    assert table["jumlah_kim"].sum() == whole.jumlah_kim
    assert table["desa_terlayani"].sum() == whole.desa_terlayani
    rows = desa_behind(sample, kim_filter, "91")
    assert rows["jenis"].value_counts().to_dict() == dict(
        zip(table["jenis"], table["jumlah_desa"], strict=True)
    )


def test_the_fourteen_desa_adat_are_a_kind_of_their_own(sample):
    table = coverage_by_kind(sample, KimFilter()).set_index("jenis")
    assert tuple(table.index) == KINDS
    assert table.loc["desa_adat", "jumlah_desa"] == 14
    assert table["jumlah_desa"].sum() == 83_762
