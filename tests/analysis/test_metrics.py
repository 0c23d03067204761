from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.analysis.region_metrics import (
    Totals,
    count_by_desa,
    kim_by_bidang,
    kim_by_year,
    region_metrics,
    sum_by_region,
    totals,
)
from geodata.errors import RegionError
from geodata.gazetteer import Gazetteer, load_gazetteer
from geodata.regions import LEVELS, Level
from geodata.registry.fields import BIDANG
from geodata.registry.published import load_published
from geodata.registry.snapshot import UNKNOWN_YEAR, KimFilter, Snapshot, load_sample
from tests.registries import without_dates
from tests.strategies import codes, kim_filters, levels

WAJAK = "35.07.08"


def kim_that_pass(sample: Snapshot, kim_filter: KimFilter, within: str | None) -> pd.DataFrame:
    """The filter again, read off the text of each row: slow and independent."""
    quantity = any if kim_filter.mode == "salah_satu" else all
    first, last = kim_filter.tahun or (0, 9999)

    def passes(row) -> bool:
        fields = row.bidang.split(";")
        return (
            (not kim_filter.bidang or quantity(name in fields for name in kim_filter.bidang))
            and (not kim_filter.status or row.status in kim_filter.status)
            and first <= row.tanggal_terdaftar.year <= last
            and row.kode_wilayah.startswith(within or "")
        )

    return sample.kim[[passes(row) for row in sample.kim.itertuples()]]


@given(kim_filters, levels, st.none() | codes(Level.PROVINSI, Level.KABUPATEN_KOTA))
@settings(max_examples=15)
def test_figures_are_those_of_a_plain_count_over_the_rows(kim_filter, level, within):
    sample = load_sample()
    if within is not None and not level.is_below(Level.KABUPATEN_KOTA):
        level = Level.KECAMATAN
    metrics = region_metrics(sample, kim_filter, level, within).set_index("kode")
    kim = kim_that_pass(sample, kim_filter, within)
    grouped = kim.groupby(kim["kode_wilayah"].str[: level.code_length])["kode_wilayah"]
    desa = sample.gazetteer.tables[Level.DESA]["kode"]
    of_region = desa.str[: level.code_length].value_counts()

    def counted(series):
        return series.reindex(metrics.index, fill_value=0).tolist()

    assert metrics["jumlah_kim"].tolist() == counted(grouped.size())
    assert metrics["desa_terlayani"].tolist() == counted(grouped.nunique())
    assert metrics["jumlah_desa"].tolist() == counted(of_region)


@pytest.mark.parametrize("level", LEVELS)
def test_every_region_of_the_reference_has_a_row_drawn_or_not(sample, gazetteer, level):
    metrics = region_metrics(sample, KimFilter(), level)
    assert metrics["kode"].tolist() == gazetteer.tables[level]["kode"].tolist()
    assert metrics["nama"].tolist() == gazetteer.tables[level]["nama"].tolist()
    assert list(metrics.columns[2:]) == [
        "jumlah_kim",
        "jumlah_desa",
        "desa_terlayani",
        "cakupan",
        "kim_per_100_desa",
    ]


@pytest.mark.parametrize("level", LEVELS)
def test_every_level_adds_up_to_the_published_total(sample, level):
    metrics = region_metrics(sample, KimFilter(), level)
    assert metrics["jumlah_kim"].sum() == 4_114
    assert metrics["jumlah_desa"].sum() == 83_762
    assert metrics["desa_terlayani"].sum() == sample.kim["kode_wilayah"].nunique()


def test_the_provinsi_have_the_published_figures(sample):
    metrics = region_metrics(sample, KimFilter(), Level.PROVINSI)
    assert metrics["jumlah_kim"].tolist() == load_published()["jumlah_kim"].tolist()


@given(kim_filters)
@settings(max_examples=25)
def test_children_add_up_to_their_parent_at_every_level(kim_filter):
    sample = load_sample()
    of_level = {level: region_metrics(sample, kim_filter, level) for level in LEVELS}
    counts = ["jumlah_kim", "jumlah_desa", "desa_terlayani"]
    for above, below in pairwise(LEVELS):
        parents = of_level[below]["kode"].str[: above.code_length]
        summed = of_level[below].groupby(parents)[counts].sum()
        assert (summed.to_numpy() == of_level[above][counts].to_numpy()).all()


@given(kim_filters, levels)
@settings(max_examples=25)
def test_no_more_desa_are_served_than_there_are_kim_or_desa(kim_filter, level):
    metrics = region_metrics(load_sample(), kim_filter, level)
    served = metrics["desa_terlayani"]
    assert (served <= metrics[["jumlah_kim", "jumlah_desa"]].min(axis=1)).all()
    assert ((served > 0) == (metrics["jumlah_kim"] > 0)).all()
    assert metrics["cakupan"].between(0, 1).all()


def test_the_figures_of_wajak_worked_out_by_hand(registry):
    # Three KIM in two of the thirteen desa, and one in the neighbouring kecamatan.
    three = registry(
        {"kode_wilayah": "35.07.08.2001"},
        {"kode_wilayah": "35.07.08.2001", "bidang": "pertanian"},
        {"kode_wilayah": "35.07.08.2012"},
        {"kode_wilayah": "35.07.11.2002"},
    )
    (wajak,) = region_metrics(three, KimFilter(), Level.KECAMATAN, WAJAK).itertuples()
    assert (wajak.nama, wajak.jumlah_kim, wajak.jumlah_desa) == ("Wajak", 3, 13)
    assert wajak.desa_terlayani == 2
    assert wajak.cakupan == pytest.approx(2 / 13)
    assert wajak.kim_per_100_desa == pytest.approx(300 / 13)

    desa = region_metrics(three, KimFilter(bidang=("umkm",)), Level.DESA, WAJAK)
    assert len(desa) == 13
    assert desa.set_index("kode")["jumlah_kim"].loc[lambda kim: kim > 0].to_dict() == {
        "35.07.08.2001": 1,
        "35.07.08.2012": 1,
    }
    assert set(desa["cakupan"]) == {0.0, 1.0}


def test_above_the_region_asked_for_there_is_the_one_that_holds_it_with_all_its_figures(sample):
    whole = region_metrics(sample, KimFilter(), Level.PROVINSI)
    holding = region_metrics(sample, KimFilter(), Level.PROVINSI, WAJAK)
    assert holding.to_dict("records") == whole[whole["kode"] == "35"].to_dict("records")


@given(kim_filters, st.none() | codes())
@settings(max_examples=40)
def test_the_totals_of_a_region_are_the_sums_of_its_desa(kim_filter, within):
    sample = load_sample()
    figures = totals(sample, kim_filter, within)
    desa = region_metrics(sample, kim_filter, Level.DESA, within)
    assert figures.jumlah_kim == desa["jumlah_kim"].sum() == sample.mask(kim_filter, within).sum()
    assert figures.jumlah_desa == len(desa)
    assert figures.desa_terlayani == (desa["jumlah_kim"] > 0).sum()
    assert figures.cakupan == pytest.approx(desa["cakupan"].mean())
    assert figures.kim_per_100_desa == pytest.approx(desa["kim_per_100_desa"].mean())


def test_the_totals_of_nothing_are_no_data():
    nothing = Totals(
        jumlah_kim=0,
        jumlah_desa=0,
        desa_terlayani=0,
        kim_aktif=0,
        desa_aktif=0,
        desa_melapor=0,
        kabupaten_kota=1,
        kabupaten_melapor=1,
    )
    shares = [nothing.cakupan, nothing.cakupan_aktif, nothing.kim_per_100_desa]
    assert np.isnan(shares).all()


def test_a_region_without_any_desa_counts_zero_kim_and_has_no_shares(gazetteer, registry):
    # The 2025 decree has no such region; an older or newer one may.
    tables = dict(gazetteer.tables)
    new = pd.DataFrame({"kode": ["35.07.99"], "nama": ["Kecamatan Baru"]})
    tables[Level.KECAMATAN] = pd.concat([tables[Level.KECAMATAN], new]).sort_values(
        "kode", ignore_index=True
    )
    kim = registry({}, {"kode_wilayah": "35.08.01.2001"}).kim
    snapshot = Snapshot(kim, Gazetteer(tables, "with one more"), "1", "2024-01-31", False)
    metrics = region_metrics(snapshot, KimFilter(), Level.KECAMATAN).set_index("kode")
    empty = metrics.loc["35.07.99"]
    assert (empty["jumlah_kim"], empty["jumlah_desa"], empty["desa_terlayani"]) == (0, 0, 0)
    assert np.isnan([empty["cakupan"], empty["kim_per_100_desa"]]).all()
    assert metrics["jumlah_kim"].sum() == 2
    assert metrics["jumlah_desa"].sum() == 83_762
    assert metrics.loc["35.08.01", "jumlah_kim"] == 1


@pytest.mark.parametrize("level", LEVELS)
def test_an_array_of_desa_is_added_up_to_the_regions_above(level):
    gazetteer = load_gazetteer()
    desa = np.ones(83_762, dtype=int)
    assert (sum_by_region(desa, gazetteer, level) == gazetteer.desa_counts(level)).all()


def test_kim_are_counted_in_their_own_desa(registry, gazetteer):
    counts = count_by_desa(registry({}, {}, {"kode_wilayah": "96.71.10.1004"}), KimFilter())
    counted = {
        gazetteer.codes(Level.DESA)[number]: counts[number] for number in np.flatnonzero(counts)
    }
    assert counted == {"35.07.08.2001": 2, "96.71.10.1004": 1}


def test_a_kim_of_two_fields_counts_in_each(registry):
    two = registry({"bidang": "umkm;pariwisata"}, {"bidang": "umkm"})
    counts = kim_by_bidang(two, KimFilter())
    assert counts[counts > 0].to_dict() == {"umkm": 2, "pariwisata": 1}
    assert tuple(counts.index) == BIDANG
    among_tourism = kim_by_bidang(two, KimFilter(bidang=("pariwisata",)))
    assert among_tourism["umkm"] == 1, "the other fields of a KIM that passes count too"
    assert kim_by_bidang(two, KimFilter(), "34").sum() == 0


@given(kim_filters, st.none() | codes(Level.PROVINSI))
@settings(max_examples=12)
def test_fields_and_years_are_those_of_a_plain_count_over_the_rows(kim_filter, within):
    sample = load_sample()
    kim = kim_that_pass(sample, kim_filter, within)
    by_field = kim["bidang"].str.split(";").explode().value_counts()
    assert kim_by_bidang(sample, kim_filter, within).to_dict() == {
        name: by_field.get(name, 0) for name in BIDANG
    }
    by_year = kim["tanggal_terdaftar"].dt.year.value_counts()
    assert kim_by_year(sample, kim_filter, within).to_dict() == {
        year: by_year.get(year, 0) for year in range(2009, 2024)
    }


def test_years_in_which_nobody_registered_are_in_the_series_with_zero(registry):
    two = registry({"tanggal_terdaftar": "2018-03-01"}, {"tanggal_terdaftar": "2021-03-01"})
    assert kim_by_year(two, KimFilter()).to_dict() == {2018: 1, 2019: 0, 2020: 0, 2021: 1}
    assert kim_by_year(two, KimFilter(tahun=(2021, 2021))).to_dict() == {
        2018: 0,
        2019: 0,
        2020: 0,
        2021: 1,
    }


def test_years_add_up_to_all_kim_those_of_unknown_years_last(registry):
    three = without_dates(registry({"tanggal_terdaftar": "2018-03-01"}, {}, {}), [1])
    assert kim_by_year(three, KimFilter()).to_dict() == {2018: 1, 2019: 0, 2020: 1, UNKNOWN_YEAR: 1}
    assert UNKNOWN_YEAR not in kim_by_year(three, KimFilter(tahun=(2018, 2020)))
    for years in (None, (2018, 2018)):
        assert totals(three, KimFilter(tahun=years)).tanpa_tahun == 1
    assert totals(three, KimFilter(status=("tidak_aktif",))).tanpa_tahun == 0


def test_a_region_that_is_not_on_the_list_is_refused(sample):
    for figures in (totals, kim_by_bidang, kim_by_year):
        with pytest.raises(RegionError, match="code 99"):
            figures(sample, KimFilter(), "99")
    with pytest.raises(RegionError, match="code 99"):
        region_metrics(sample, KimFilter(), Level.DESA, "99")
