import numpy as np
import pytest
from hypothesis import given, settings
from inequality.gini import Gini
from inequality.theil import TheilD

from geodata.analysis.inequality import lorenz_curve, measure_inequality
from geodata.analysis.region_metrics import count_by_desa
from geodata.errors import SelectionError
from geodata.regions import Level
from geodata.registry.snapshot import KimFilter, load_sample
from tests.analysis.worlds import grid, registry_of, road
from tests.strategies import kim_filters

NOBODY = KimFilter(tahun=(1990, 1990))


def last(snapshot, groups=Level.PROVINSI, within=None):
    return measure_inequality(snapshot, KimFilter(), within, groups).iloc[-1]


def test_one_desa_of_four_with_all_kim():
    gazetteer = road([0, 1, 2, 3])
    figures = last(registry_of(gazetteer, [gazetteer.codes(Level.DESA)[2]] * 5))
    assert figures["gini"] == pytest.approx(0.75)
    assert figures["theil"] == pytest.approx(np.log(4))
    curve = lorenz_curve(registry_of(gazetteer, [gazetteer.codes(Level.DESA)[2]] * 5), KimFilter())
    assert curve["bagian_desa"].tolist() == [0, 0.75, 1]
    assert curve["bagian_kim"].tolist() == [0, 0, 1]


def test_one_kim_in_every_desa_is_no_inequality():
    gazetteer = road([0, 1, 2, 3])
    figures = last(registry_of(gazetteer, gazetteer.codes(Level.DESA)))
    assert figures["gini"] == pytest.approx(0)
    assert figures["theil"] == pytest.approx(0)
    assert np.isnan(figures["bagian_antar"]), "there is nothing to split"


def test_inequality_between_kabupaten_of_which_one_has_all():
    gazetteer = grid(2, 1)  # two kabupaten with two desa each
    codes = gazetteer.codes(Level.DESA)
    figures = last(registry_of(gazetteer, codes[:2]), Level.KABUPATEN_KOTA)
    assert figures["theil"] == pytest.approx(np.log(2))
    assert figures["theil_antar"] == pytest.approx(np.log(2))
    assert figures["bagian_antar"] == pytest.approx(1)
    across = last(registry_of(gazetteer, codes[[0, 2]]), Level.KABUPATEN_KOTA)
    assert across["theil_antar"] == pytest.approx(0)
    assert across["theil_dalam"] == pytest.approx(np.log(2))


def test_figures_of_the_registry_are_those_of_pysal(sample):
    kim = count_by_desa(sample, KimFilter())
    provinsi = sample.gazetteer.parent_positions(Level.PROVINSI, Level.DESA)
    figures, theirs = last(sample), TheilD(kim.astype(float), provinsi)
    assert figures["gini"] == pytest.approx(Gini(kim).g)
    assert figures["theil"] == pytest.approx(float(theirs.T))
    assert figures["theil_antar"] == pytest.approx(float(theirs.bg[0]))


def test_the_area_under_the_lorenz_curve_is_what_gini_says(sample):
    curve = lorenz_curve(sample, KimFilter(), "35")
    under = np.trapezoid(curve["bagian_kim"], curve["bagian_desa"])
    assert 1 - 2 * under == pytest.approx(last(sample, within="35")["gini"])


@given(kim_filters)
@settings(max_examples=8)
def test_the_parts_add_up_and_every_year_counts_what_was_registered_by_then(kim_filter):
    sample = load_sample()
    table = measure_inequality(sample, kim_filter, "35", Level.KABUPATEN_KOTA)
    assert np.diff(table["jumlah_kim"]).min() >= 0
    assert table["jumlah_kim"].iloc[-1] == sample.mask(kim_filter, "35").sum()
    some = table[table["jumlah_kim"] > 0]
    assert (some["theil_antar"] + some["theil_dalam"]).to_numpy() == pytest.approx(
        some["theil"].to_numpy()
    )
    assert (some[["theil_antar", "theil_dalam"]] >= -1e-12).all(axis=None)
    assert some["gini"].between(0, 1).all()
    assert table.loc[table["jumlah_kim"] == 0, ["gini", "theil"]].isna().all(axis=None)


def test_without_any_kim_there_is_no_inequality_to_speak_of(sample):
    assert measure_inequality(sample, NOBODY)["gini"].isna().all()
    assert lorenz_curve(sample, NOBODY).empty


def test_kim_of_unknown_years_count_in_the_state_as_it_stands_and_in_no_year_before():
    gazetteer = road([0, 1, 2, 3])
    days = ["2018-01-15", None, "2020-03-15", None]
    table = measure_inequality(
        registry_of(gazetteer, gazetteer.codes(Level.DESA), tanggal_terdaftar=days), KimFilter()
    )
    assert table["tahun"].tolist() == [2018, 2019, 2020]
    assert table["jumlah_kim"].tolist() == [1, 1, 4]
    assert table["tanpa_tahun"].tolist() == [0, 0, 2]
    assert table["gini"].tolist() == pytest.approx([0.75, 0.75, 0])


def test_where_no_year_is_known_there_is_the_state_of_today_alone():
    gazetteer = road([0, 1])
    desa = gazetteer.codes(Level.DESA)[:1]
    table = measure_inequality(registry_of(gazetteer, desa, tanggal_terdaftar=[None]), KimFilter())
    assert table[["tahun", "jumlah_kim", "tanpa_tahun"]].to_numpy().tolist() == [[2024, 1, 1]]


def test_a_desa_has_no_parts(sample):
    with pytest.raises(SelectionError, match="not by villages"):
        measure_inequality(sample, KimFilter(), groups=Level.DESA)
