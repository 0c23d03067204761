"""What is brought into the registry is a metric from then on, for every server."""

from geodata.columns import column
from geodata.indicators.storing import keep, take_out
from geodata.regions import LEVELS
from geodata.registry.snapshot import KimFilter
from geodata.view.address import read_view
from geodata.view.metrics import METRICS, metric_table
from tests.indicators.conftest import FAMILIES, table_of

ASKED = {"metrik": "keluarga", "syarat": "keluarga:500.."}


def test_it_is_one_as_long_as_it_counts(registry, gazetteer, sample, monkeypatch):
    monkeypatch.setattr("geodata.indicators.current.registry_if_made", lambda: registry)
    assert [notice.parameter for notice in read_view(ASKED, gazetteer)[1]] == ["metrik", "syarat"]

    table = table_of(FAMILIES, {"35.07.08.2001": 800, "35.07.08.2002": 0})
    number = keep(registry, table, who="rini")
    view, notices = read_view(ASKED, gazetteer)
    assert (view.shown_metric.name, notices) == ("keluarga", [])
    assert column("keluarga").title("id") == "Keluarga"
    assert METRICS["keluarga"].levels == LEVELS
    made = metric_table("keluarga", sample, KimFilter(), None, LEVELS[2], "35.07")
    assert made.set_index("kode")["keluarga"]["35.07.08"] == 800

    take_out(registry, number, who="rini")
    assert "keluarga" not in METRICS
    assert view.shown_metric.name == "cakupan"
    assert read_view(ASKED, gazetteer)[0].conditions == ()
