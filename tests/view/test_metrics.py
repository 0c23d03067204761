import pytest

from geodata.analysis.clusters import CLUSTERS, NO_NEIGHBOURS, SPOTS
from geodata.analysis.region_metrics import Totals, region_metrics
from geodata.boundaries.store import active_set
from geodata.errors import SelectionError
from geodata.regions import Level
from geodata.registry.snapshot import KimFilter
from geodata.text import text_keys
from geodata.view.indicator_metrics import IndicatorMetric
from geodata.view.metrics import BASIC_METRICS, METRICS, metric_table

EACH = [(name, level) for name, metric in METRICS.items() for level in metric.levels]
NOBODY = KimFilter(tahun=(1990, 1990))


@pytest.mark.parametrize(("name", "level"), EACH)
def test_every_metric_has_a_value_or_no_data_for_every_region(sample, name, level):
    table = metric_table(name, sample, NOBODY, active_set(), level, "51")
    plain = region_metrics(sample, NOBODY, level, "51")
    assert table[plain.columns].equals(plain)
    if METRICS[name].categories:
        known = {category.name for category in METRICS[name].categories}
        assert set(table[name].dropna()) <= known
    else:
        assert table[name].dropna().ge(0).all()


def test_every_metric_and_category_is_named_in_the_text_table():
    for metric in METRICS.values():
        if isinstance(metric, IndicatorMetric):  # which says it itself
            continue
        assert f"metrik.{metric.name}" in text_keys()
        assert metric.column.title_key in text_keys()
        assert {f"klaster.{category.name}" for category in metric.categories} <= set(text_keys())
        if not metric.categories:
            assert f"summary.most.{metric.name}" in text_keys()


def test_categories_are_the_classes_of_clusters():
    for name, classes in (("kelas", CLUSTERS), ("kelas_gi", SPOTS)):
        names = [category.name for category in METRICS[name].categories]
        assert names == [*classes, NO_NEIGHBOURS]


def test_what_every_table_has_is_a_figure_of_a_region_too():
    figures = Totals(
        jumlah_kim=3,
        jumlah_desa=2,
        desa_terlayani=1,
        kim_aktif=1,
        desa_aktif=1,
        desa_melapor=2,
        kabupaten_kota=1,
        kabupaten_melapor=1,
    )
    assert [getattr(figures, name) for name in BASIC_METRICS] == [3, 0.5, 150]


@pytest.mark.parametrize(
    ("name", "level"), [("cakupan_eb", Level.DESA), ("kelas", Level.PROVINSI), ("luas", Level.DESA)]
)
def test_a_metric_that_a_level_has_not_is_refused(sample, name, level):
    with pytest.raises(SelectionError, match=name):
        metric_table(name, sample, KimFilter(), active_set(), level)
