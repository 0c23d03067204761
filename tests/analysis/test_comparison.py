import numpy as np
import pytest

from geodata.analysis.bidang_gaps import bidang_coverage
from geodata.analysis.comparison import compared, compared_by_bidang, compared_by_year
from geodata.analysis.profile import region_figures
from geodata.analysis.region_metrics import totals
from geodata.regions import Level
from geodata.registry.snapshot import KimFilter
from tests.registries import reported_only, without_dates

ALL, ACTIVE = KimFilter(), KimFilter(status=("aktif",))


def side_by_side(sample, codes, kim_filter=ALL):
    regions = [region_figures(sample, kim_filter, code) for code in codes]
    return compared(sample, kim_filter, regions)


@pytest.fixture(scope="module")
def lumajang_and_a_kecamatan(sample):
    return side_by_side(sample, ["35.08", "35.07.08"])


def test_the_figures_are_those_of_each_region_in_the_order_given(sample, lumajang_and_a_kecamatan):
    table = lumajang_and_a_kecamatan
    assert table["kode"].tolist() == ["35.08", "35.07.08"]
    for row in table.itertuples():
        figures, active = totals(sample, ALL, row.kode), totals(sample, ACTIVE, row.kode)
        assert (row.jumlah_kim, row.jumlah_desa) == (figures.jumlah_kim, figures.jumlah_desa)
        assert (row.desa_terlayani, row.cakupan) == (figures.desa_terlayani, figures.cakupan)
        assert (row.kim_aktif, row.cakupan_aktif) == (active.jumlah_kim, active.cakupan)


def test_a_rank_is_among_the_regions_beside_it_whatever_else_is_compared(lumajang_and_a_kecamatan):
    lumajang = lumajang_and_a_kecamatan.iloc[0]
    assert (lumajang["peringkat"], lumajang["diperingkat"]) == (18, 38)


def test_what_a_region_has_not_is_missing_and_not_zero(sample, lumajang_and_a_kecamatan):
    kecamatan = lumajang_and_a_kecamatan.iloc[1]
    assert np.isnan(kecamatan["kecamatan_kosong"])
    desa = side_by_side(sample, ["35.07.08.2001"]).iloc[0]
    assert desa[["peringkat", "cakupan_eb", "kecamatan_kosong"]].isna().all()
    years = side_by_side(sample, ["35.07.08"], KimFilter(tahun=(2015, 2018))).iloc[0]
    assert years[["kim_baru", "kim_lalu"]].isna().all(), "no trend under a filter of years"


def test_where_a_status_is_asked_for_there_is_no_other_beside_it(sample):
    table = side_by_side(sample, ["35.07.08"], ACTIVE)
    assert table["jumlah_kim"].item() == totals(sample, ACTIVE, "35.07.08").jumlah_kim
    assert "kim_aktif" not in table


def test_coverage_by_field_is_that_of_the_analysis_of_gaps_also_across_levels(sample):
    table = compared_by_bidang(sample, ALL, ["35", "35.07.08", None])
    for code, level in (("35", Level.PROVINSI), ("35.07.08", Level.KECAMATAN)):
        own = table[table["kode"] == code]
        known = bidang_coverage(sample, ALL, level, code)
        assert own["bidang"].tolist() == known["bidang"].tolist()
        assert own["cakupan"].tolist() == known["cakupan"].tolist()
    assert (table["kode"] == "").sum() == len(table) / 3, "Indonesia is a region, too"
    only = compared_by_bidang(sample, KimFilter(bidang=("umkm",)), ["35"])
    assert only["bidang"].tolist() == ["umkm"]


def test_year_by_year_the_kim_add_up_to_those_there_are_but_for_those_of_no_known_year(sample):
    rows = compared_by_year(without_dates(sample, [0]), ALL, [None, "35"])
    last = rows.groupby("kode", sort=False).last()
    assert last.index.tolist() == ["", "35"]
    assert last.loc["", "jumlah_kim"] == len(sample.kim) - 1
    east_java = rows[rows["kode"] == "35"]
    assert east_java["jumlah_kim"].is_monotonic_increasing
    assert last.loc["35", "kim_per_100_desa"] == totals(sample, ALL, "35").kim_per_100_desa


def test_who_has_not_reported_has_no_years(sample):
    rows = compared_by_year(reported_only(sample, "35.07"), ALL, ["35.07", "35.08"])
    assert set(rows["kode"]) == {"35.07"}
