import pytest

from geodata.analysis.map_metrics import MAP_METRICS, map_table
from geodata.analysis.metrics import METRICS, region_metrics
from geodata.boundaries.store import active_set
from geodata.errors import SelectionError
from geodata.regions import Level
from geodata.registry.snapshot import KimFilter
from geodata.text import keys

EACH = [(name, level) for name, metric in MAP_METRICS.items() for level in metric.levels]
NOBODY = KimFilter(tahun=(1990, 1990))


@pytest.mark.parametrize(("name", "level"), EACH)
def test_every_metric_has_a_value_or_no_data_for_every_region(sample, name, level):
    table = map_table(name, sample, NOBODY, active_set(), level, "51")
    plain = region_metrics(sample, NOBODY, level, "51")
    assert table[plain.columns].equals(plain)
    if MAP_METRICS[name].kind == "category":
        assert set(table[name]) <= set(MAP_METRICS[name].categories)
    else:
        assert table[name].dropna().ge(0).all()


def test_the_metrics_of_old_are_among_them_and_every_one_is_named():
    assert set(METRICS) <= set(MAP_METRICS)
    for name, metric in MAP_METRICS.items():
        assert f"metrik.{name}" in keys()
        assert f"column.{name}" in keys()
        assert {f"klaster.{one}" for one in metric.categories} <= set(keys())


@pytest.mark.parametrize(
    ("name", "level"), [("cakupan_eb", Level.DESA), ("kelas", Level.PROVINSI), ("luas", Level.DESA)]
)
def test_a_metric_that_a_level_has_not_is_refused(sample, name, level):
    with pytest.raises(SelectionError, match=f"“{name}” at the level {level}"):
        map_table(name, sample, KimFilter(), active_set(), level)
