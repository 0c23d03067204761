"""Who has not reported is not zero: after Kabupaten Malang's list alone, nothing else is known."""

import numpy as np
import pandas as pd
import pytest

from geodata.analysis.bidang_gaps import absent_fields, bidang_coverage
from geodata.analysis.clusters import NOT_REPORTED, find_clusters
from geodata.analysis.coverage import coverage_by_kind, coverage_by_region, desa_behind
from geodata.analysis.distance import distance_by_region, distances
from geodata.analysis.gaps import regions_unreported, regions_without_kim
from geodata.analysis.inequality import lorenz_curve, measure_inequality
from geodata.analysis.peers import region_peers
from geodata.analysis.profile import region_profile
from geodata.analysis.region_metrics import (
    desa_counted,
    is_unreported,
    region_metrics,
    reported_regions,
    totals,
)
from geodata.analysis.siting.plans import OBJECTIVES, plan_siting
from geodata.analysis.targets import Target, target_progress
from geodata.boundaries.store import active_set
from geodata.errors import SelectionError
from geodata.regions import LEVELS, Level
from geodata.registry.snapshot import KimFilter
from tests.analysis.worlds import cells, grid, grid_codes, registry_of
from tests.registries import reported_only

MALANG, SUMBERPUCUNG, WAJAK = "35.07", "35.07.11", "35.07.08"
ALL = KimFilter()
KABUPATEN = Level.KABUPATEN_KOTA


@pytest.fixture(scope="module")
def after_malang(gazetteer):
    """Two desa of Wajak have KIM, one of them two; no other file has come."""
    desa = [f"{WAJAK}.2001", f"{WAJAK}.2001", f"{WAJAK}.2002"]
    return reported_only(registry_of(gazetteer, desa), MALANG)


def test_a_provinsi_of_which_one_kabupaten_has_reported_is_covered_as_far_as_that(after_malang):
    table = region_metrics(after_malang, ALL, Level.PROVINSI).set_index("kode")
    east_java, bali = table.loc["35"], table.loc["51"]
    assert (east_java["jumlah_kim"], east_java["desa_terlayani"]) == (3, 2)
    assert (east_java["jumlah_desa"], east_java["desa_melapor"]) == (8494, 390)
    assert east_java["cakupan"] == 2 / 390
    assert east_java["kim_per_100_desa"] == 300 / 390
    assert bali[["jumlah_kim", "desa_terlayani", "cakupan", "kim_per_100_desa"]].isna().all()
    assert (bali["jumlah_desa"], bali["desa_melapor"]) == (716, 0)
    assert is_unreported(table).sum() == 37


@pytest.mark.parametrize("level", LEVELS)
def test_figures_of_those_who_have_reported_are_as_if_all_had(after_malang, sample, level):
    """And a kecamatan of theirs without a KIM is zero, which is a figure."""
    some = reported_only(sample, MALANG)
    inside = region_metrics(some, ALL, level, MALANG)
    everywhere = region_metrics(sample, ALL, level, MALANG)
    if level is not Level.PROVINSI:
        shared = inside[everywhere.columns]
        pd.testing.assert_frame_equal(shared, everywhere, check_dtype=False)
    empty = region_metrics(after_malang, ALL, level, "35.07.33")
    if level in (Level.KECAMATAN, Level.DESA):
        assert (empty["jumlah_kim"] == 0).all()
        assert (empty["cakupan"] == 0).all()


def test_the_sample_has_reported_everywhere(sample):
    for level in LEVELS:
        table = region_metrics(sample, ALL, level)
        assert not is_unreported(table).any()
        assert "desa_melapor" not in table
        assert desa_counted(table).equals(table["jumlah_desa"])
    assert regions_unreported(sample).empty


def test_totals_say_of_how_many_they_are(after_malang):
    whole = totals(after_malang, ALL)
    assert (whole.kabupaten_melapor, whole.kabupaten_kota) == (1, 514)
    assert (whole.desa_melapor, whole.cakupan) == (390, 2 / 390)
    one = totals(after_malang, ALL, WAJAK)
    assert (one.kabupaten_melapor, one.kabupaten_kota) == (1, 1)
    unknown = totals(after_malang, ALL, "35.73")
    assert (unknown.kabupaten_melapor, unknown.jumlah_desa, unknown.desa_melapor) == (0, 57, 0)
    assert np.isnan(unknown.cakupan)
    assert np.isnan(unknown.kim_per_100_desa)


def test_gaps_are_those_of_whom_it_is_known(after_malang):
    assert regions_without_kim(after_malang, ALL, Level.PROVINSI).empty
    assert regions_without_kim(after_malang, ALL, KABUPATEN).empty
    empty = regions_without_kim(after_malang, ALL, Level.KECAMATAN)
    assert len(empty) == 33 - 1
    assert empty["kode"].str.startswith(MALANG).all()
    missing = regions_unreported(after_malang, "35")
    assert len(missing) == 37
    assert set(missing["provinsi"]) == {"Jawa Timur"}
    assert MALANG not in missing["kode"].tolist()
    assert len(regions_unreported(after_malang)) == 513
    assert reported_regions(after_malang, Level.KECAMATAN, "35") == 33
    assert reported_regions(after_malang, Level.PROVINSI) == 1


def test_estimates_and_ranks_rest_on_those_who_have_reported(sample):
    java = ("35.07", "35.08", "35.09", "33.01", "33.02", "33.03")
    table = coverage_by_region(reported_only(sample, *java), ALL, KABUPATEN)
    known = table[table["kode"].isin(java)]
    figures = ["cakupan_eb", "cakupan_bawah", "cakupan_atas", "peringkat"]
    assert known[figures[:3]].notna().all(axis=None)
    others = table[~table["kode"].isin(java)]
    assert others[figures].isna().all(axis=None)
    assert not others["dapat_diperingkat"].any()
    assert (table["jumlah_kecamatan"] > 0).sum() == len(java)
    assert known["peringkat"].dropna().max() <= len(java)


def test_kinds_of_desa_add_up_to_those_who_have_reported(after_malang):
    kinds = coverage_by_kind(after_malang, ALL, "35")
    assert kinds["jumlah_desa"].sum() == 390
    assert kinds["jumlah_kim"].sum() == 3
    assert coverage_by_kind(after_malang, ALL, "51").empty
    assert desa_behind(after_malang, ALL, "51")["jumlah_kim"].isna().all()


def test_nobody_measures_a_distance_from_a_desa_that_may_have_a_kim(after_malang):
    told = distances(after_malang, ALL, "35")
    assert len(told) == 390
    assert told["kode"].str.startswith(MALANG).all()
    table = distance_by_region(after_malang, ALL, KABUPATEN, "35").set_index("kode")
    assert table["jarak_rata_km"].notna().tolist() == [code == MALANG for code in table.index]
    assert table["desa_tanpa_jarak"].drop(MALANG).eq(0).all()


@pytest.mark.parametrize("objective", OBJECTIVES)
def test_no_kim_is_proposed_where_there_may_be_one(after_malang, objective):
    asked = {"add": 5, "radius_km": 3.0, "within": "35", "objective": objective}
    plan = plan_siting(after_malang, ALL, **asked)
    assert len(plan.table) == 5
    assert plan.table["kode"].str.startswith(MALANG).all()
    assert plan.served["kode"].str.startswith(MALANG).all()
    assert plan.total == 390


def test_a_desa_that_has_not_reported_cannot_be_planned_for(after_malang):
    with pytest.raises(SelectionError, match=r"35\.79\.01\.1001 has not reported"):
        plan_siting(after_malang, ALL, add=2, radius_km=3, within="35", locked=["35.79.01.1001"])


def test_inequality_is_that_among_the_desa_that_have_reported(after_malang):
    whole = measure_inequality(after_malang, ALL, groups=Level.KECAMATAN)
    alone = measure_inequality(after_malang, ALL, MALANG, groups=Level.KECAMATAN)
    pd.testing.assert_frame_equal(whole, alone)
    pd.testing.assert_frame_equal(
        lorenz_curve(after_malang, ALL), lorenz_curve(after_malang, ALL, MALANG)
    )
    assert lorenz_curve(after_malang, ALL, "51").empty


def test_a_target_asks_for_nothing_of_those_of_whom_nothing_is_known(after_malang):
    target = Target(Level.KECAMATAN, 1.0, 2027)
    table = target_progress(after_malang, ALL, target, Level.PROVINSI)
    assert table[["kode", "jumlah", "tercapai", "kurang"]].to_numpy().tolist() == [
        ["35", 33, 1, 32]
    ]


def test_peers_are_sought_among_those_who_have_reported(sample):
    four = ("35.07", "35.08", "35.09", "33.01")
    some = reported_only(sample, *four)
    assert set(region_peers(some, ALL, active_set(), MALANG)["kode"]) == set(four)
    with pytest.raises(SelectionError, match=r"35\.10 has not reported"):
        region_peers(some, ALL, active_set(), "35.10")


def test_the_profile_of_who_has_not_reported_compares_it_with_nobody(after_malang):
    profile = region_profile(after_malang, ALL, active_set(), "35.10")
    assert profile.totals.kabupaten_melapor == 0
    assert profile.peers is None
    assert profile.distances.empty
    assert all(empty.empty for empty in profile.empty.values())


def test_who_has_not_reported_is_nobodys_neighbour():
    """The second row of four is missing: the first has only itself beside it."""
    side, boundaries = 4, cells(4)
    desa = [f"{code}.2001" for code in grid_codes(side)[:3]]
    snapshot = registry_of(grid(side, 2), desa)
    some = reported_only(snapshot, "11.01", "11.03", "11.04")
    table = find_clusters(some, ALL, boundaries, Level.KECAMATAN).table
    first, second, third = (table.iloc[row * side : (row + 1) * side] for row in range(3))
    assert first["tetangga"].tolist() == [1, 2, 2, 1]
    assert (second["kelas"] == NOT_REPORTED).all()
    assert (second["kelas_gi"] == NOT_REPORTED).all()
    assert third["tetangga"].tolist() == [3, 5, 5, 3]
    assert not (first["kelas"] == NOT_REPORTED).any()
    absent = absent_fields(some, ALL, boundaries, Level.KECAMATAN)
    named = absent[absent["bidang"] == "umkm"][["kode", "tetangga", "tetangga_ada"]]
    assert named.to_numpy().tolist() == [["11.01.04", 1, 1]]
    rows = bidang_coverage(some, ALL, Level.KECAMATAN)
    unknown = rows["kode"].str.startswith("11.02")
    assert rows.loc[unknown, ["jumlah_kim", "desa_terlayani", "cakupan"]].isna().all(axis=None)
    assert rows.loc[~unknown, "cakupan"].notna().all()
