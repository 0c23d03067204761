"""Active or only on paper: coverage by active KIM beside coverage by all."""

import numpy as np
import pandas as pd
import pytest

from geodata.analysis.region_metrics import active_coverage, region_metrics, totals
from geodata.boundaries.store import active_set
from geodata.regions import LEVELS, Level
from geodata.registry.snapshot import KimFilter
from geodata.view.choropleth import choropleth
from geodata.view.payload import choropleth_payload
from geodata.view.view import View
from tests.registries import reported_only

ALL, ACTIVE = KimFilter(), KimFilter(status=("aktif",))


def test_many_kim_are_there_only_on_paper(sample):
    figures = totals(sample, ALL)
    assert (figures.jumlah_kim, figures.desa_terlayani) == (4114, 3308)
    assert figures.desa_aktif == 2466
    assert figures.kim_aktif == totals(sample, ACTIVE).jumlah_kim
    assert figures.cakupan_aktif == 2466 / 83762
    regions = region_metrics(sample, ALL, Level.KABUPATEN_KOTA)
    active = active_coverage(sample, ALL, Level.KABUPATEN_KOTA)
    assert ((regions["jumlah_kim"] > 0) & (active["desa_aktif"] == 0)).sum() == 17


@pytest.mark.parametrize("level", LEVELS)
def test_coverage_by_active_kim_is_that_of_those_alone(sample, level):
    tourism = KimFilter(bidang=("pariwisata",), tahun=(2015, 2020))
    alone = KimFilter(bidang=("pariwisata",), tahun=(2015, 2020), status=("aktif",))
    by_active = active_coverage(sample, tourism, level, "35")
    wanted = region_metrics(sample, alone, level, "35")
    assert by_active["desa_aktif"].tolist() == wanted["desa_terlayani"].tolist()
    assert by_active["cakupan_aktif"].equals(wanted["cakupan"])


def test_of_kim_that_are_not_active_none_is(sample):
    paper = KimFilter(status=("tidak_aktif",))
    assert not active_coverage(sample, paper, Level.PROVINSI)["desa_aktif"].any()
    assert totals(sample, paper).kim_aktif == 0


def test_where_nobody_has_reported_none_is_known_to_be_active(sample):
    table = active_coverage(reported_only(sample, "35.07"), ALL, Level.KABUPATEN_KOTA, "35")
    known = table["kode"] == "35.07"
    assert table["desa_aktif"].notna().tolist() == known.tolist()
    assert table["cakupan_aktif"].notna().tolist() == known.tolist()
    of_malang = active_coverage(sample, ALL, Level.KABUPATEN_KOTA, "35.07")
    pd.testing.assert_frame_equal(table[known].reset_index(drop=True), of_malang, check_dtype=False)
    assert np.isnan(totals(reported_only(sample, "35.07"), ALL, "51").figures["cakupan_aktif"])


def test_the_headline_says_both(sample):
    sentence = choropleth(View(level=Level.KABUPATEN_KOTA), sample, active_set()).sentence
    assert "4.114 KIM; 3.308 dari 83.762 desa/kelurahan (3,9%)" in sentence
    assert "Yang punya KIM aktif: 2.466 desa/kelurahan (2,9%)." in sentence
    assert "17 kabupaten/kota punya KIM, tetapi tidak satu pun aktif." in sentence
    filtered = View(level=Level.KABUPATEN_KOTA, kim_filter=ACTIVE)
    assert "KIM aktif" not in choropleth(filtered, sample, active_set()).sentence


@pytest.mark.parametrize("metric", ["jumlah_kim", "cakupan", "cakupan_aktif"])
def test_hovering_says_both_once(sample, metric):
    shown = choropleth(View(metric=metric), sample, active_set())
    entry = choropleth_payload(shown, region="Indonesia", attribution="")["classes"][-1]
    active = [line for line in entry["say"] if "KIM aktif" in line]
    assert len(active) == 1
    assert active[0].startswith("KIM aktif: {")
    filtered = View(metric=metric, kim_filter=ACTIVE)
    shown = choropleth(filtered, sample, active_set())
    entry = choropleth_payload(shown, region="Indonesia", attribution="")["classes"][-1]
    assert len([line for line in entry["say"] if "KIM aktif" in line]) == (
        metric == "cakupan_aktif"
    )
