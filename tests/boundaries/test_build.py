import pytest

from geodata.boundaries import build, store
from geodata.boundaries.build import build_embedded, village_points
from geodata.gazetteer import load_gazetteer
from geodata.regions import Level
from tests.boundaries.conftest import silent


@pytest.fixture
def only_bali(bali, bali_land, empty_store, monkeypatch):
    monkeypatch.setattr(build, "load_gazetteer", lambda: bali)
    monkeypatch.setattr(build, "load_land", lambda: bali_land)


def test_points_in_the_wrong_sea_are_left_out_and_counted():
    gazetteer = load_gazetteer()
    desa = gazetteer.tables[Level.DESA]
    points, stray = village_points(gazetteer)
    left_out = desa.loc[desa["lat"].notna() & ~desa["kode"].isin(points["kode"]), "kode"]
    assert stray == len(left_out) == 5
    assert left_out.str.startswith("94.05.16").all()  # Puncak in Papua, placed off Kalimantan


def test_the_embedded_set_is_built_activated_and_labelled_approximate(only_bali, bali):
    steps = {}
    built = build_embedded(lambda step, share: steps.update({step: share}))
    assert store.active_set() is built
    assert built.approximate
    assert built.manifest.counts["desa"] == bali.tables[Level.DESA]["lat"].notna().sum()
    assert set(built.manifest.inputs) == {"regions.parquet", "land.parquet"}
    assert {source.origin for source in built.manifest.sources} == {
        "npm idn-area-data",
        "npm geografis",
        "npm @geo-maps/countries-land-100m",
    }
    assert set(steps.values()) == {1.0}


def test_what_is_built_already_is_not_built_again_unless_forced(only_bali):
    built = build_embedded(silent)
    steps = []
    assert build_embedded(lambda step, share: steps.append(step)) is built
    assert steps == []
    again = build_embedded(silent, force=True)
    assert again.path != built.path
    assert again.version == built.version
    assert store.active_set() is again


def test_a_damaged_set_is_built_anew(only_bali):
    built = build_embedded(silent)
    (built.path / "desa.pmtiles").unlink()
    store.open_set.cache_clear()
    assert build_embedded(silent).path != built.path
