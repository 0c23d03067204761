"""Years, trend and ranks counted again, row by row, without any of the code that they test."""

import csv

import pytest

from geodata.analysis.coverage import coverage_by_region, prior_of
from geodata.analysis.region_metrics import kim_by_year
from geodata.analysis.targets import Target, target_progress
from geodata.analysis.trend import kim_trend
from geodata.regions import Level
from geodata.registry.snapshot import SAMPLE_FILE, KimFilter

ALL = KimFilter()


@pytest.fixture(scope="module")
def rows():
    with SAMPLE_FILE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_years_of_each_provinsi(sample, rows):
    for provinsi in sample.gazetteer.codes(Level.PROVINSI):
        years = dict.fromkeys(range(2009, 2024), 0)
        for row in rows:
            if row["kode_wilayah"].startswith(f"{provinsi}."):
                years[int(row["tanggal_terdaftar"][:4])] += 1
        assert kim_by_year(sample, ALL, provinsi).to_dict() == years


def test_the_trend_of_each_provinsi_over_three_years_and_the_three_before(sample, rows):
    for provinsi in sample.gazetteer.codes(Level.PROVINSI):
        recent = before = 0
        for row in rows:
            if row["kode_wilayah"].startswith(f"{provinsi}."):
                recent += "2020-06-30" < row["tanggal_terdaftar"] <= "2023-06-30"
                before += "2017-06-30" < row["tanggal_terdaftar"] <= "2020-06-30"
        trend = kim_trend(sample, ALL, provinsi)
        assert (trend.recent, trend.before, trend.unknown) == (recent, before, 0)


def test_kecamatan_reached_and_their_pace(sample, rows):
    first = {}
    for row in rows:
        kecamatan, day = row["kode_wilayah"][:8], row["tanggal_terdaftar"]
        first[kecamatan] = min(first.get(kecamatan, day), day)
    table = target_progress(sample, ALL, Target(Level.KECAMATAN, 1, 2027))
    for progress in table.itertuples():
        days = [day for code, day in first.items() if code.startswith(f"{progress.kode}.")]
        assert progress.tercapai == len(days)
        assert progress.laju * 3 == pytest.approx(sum(day > "2020-06-30" for day in days))


@pytest.mark.parametrize("level", [Level.PROVINSI, Level.KABUPATEN_KOTA])
def test_ranks_by_the_estimate(sample, rows, level):
    prior = prior_of(sample, ALL, level)
    served, desa = {}, {}
    for code in sample.gazetteer.codes(Level.DESA):
        region = code[: level.code_length]
        desa[region] = desa.get(region, 0) + 1
        served.setdefault(region, set())
    for row in rows:
        served[row["kode_wilayah"][: level.code_length]].add(row["kode_wilayah"])
    weight = prior.alpha + prior.beta
    estimate = {
        code: (len(served[code]) + prior.alpha) / (desa[code] + weight)
        for code in desa
        if served[code] and desa[code] / (desa[code] + weight) >= 0.7
    }
    table = coverage_by_region(sample, ALL, level).set_index("kode")
    assert set(table.index[table["peringkat"].notna()]) == set(estimate)
    for code, own in estimate.items():
        higher = sum(other > own + 1e-12 for other in estimate.values())
        assert table.loc[code, "peringkat"] == higher + 1
