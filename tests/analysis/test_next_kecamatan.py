"""Which kecamatan come next: the plan of desa, summed up by kecamatan, and why in words."""

import pandas as pd
import pytest

from geodata.analysis.siting.by_kecamatan import plan_by_kecamatan
from geodata.analysis.siting.plans import OBJECTIVES, plan_siting
from geodata.registry.snapshot import KimFilter
from geodata.view.siting_words import reasons_in_words
from tests.analysis.worlds import KM_PER_DEGREE, country, registry_of

EVERY_KIM = KimFilter()
NOBODY = KimFilter(tahun=(1990, 1990))

# Along the equator, km from its start: two kecamatan that meet after km 4, and a third far off.
ROAD = {
    "11.01.01.2001": 0, "11.01.01.2002": 2, "11.01.01.2003": 4,
    "11.01.02.2001": 5, "11.01.02.2002": 30,
    "11.01.03.2001": 60, "11.01.03.2002": 61,
}  # fmt: skip


@pytest.fixture
def snapshot():
    gazetteer = country({code: (0.0, km / KM_PER_DEGREE) for code, km in ROAD.items()})
    return registry_of(gazetteer, ["11.01.03.2002"])


def next_kecamatan(snapshot, kim_filter=EVERY_KIM, **question) -> pd.DataFrame:
    plan = plan_siting(snapshot, kim_filter, **question)
    return plan_by_kecamatan(plan, snapshot, kim_filter)


def test_a_kim_counts_in_the_kecamatan_where_it_stands_whomever_it_serves(snapshot):
    table = next_kecamatan(snapshot, add=2, radius_km=3.1)
    assert table["kode"].tolist() == ["11.01.01", "11.01.02"]
    assert table["urutan"].tolist() == [1, 2]
    assert table["jumlah_baru"].tolist() == [1, 1]
    # The KIM at km 2 serves its own three desa and the one at km 5; the other serves its own.
    assert table["desa_baru"].tolist() == [4, 1]


def test_the_table_says_how_things_are_without_the_plan(snapshot):
    first, second = next_kecamatan(snapshot, add=2, radius_km=3.1).to_dict("records")
    assert (first["jumlah_desa"], first["desa_terlayani"], first["cakupan"]) == (3, 0, 0)
    assert first["jarak_rata_km"] == pytest.approx(59, abs=0.001)
    assert second["jarak_rata_km"] == pytest.approx((56 + 31) / 2, abs=0.001)


@pytest.mark.parametrize("objective", OBJECTIVES)
def test_it_is_the_same_plan_kim_and_desa_add_up(sample, objective):
    question = {"within": "35.07", "add": 12, "radius_km": 5, "objective": objective}
    plan = plan_siting(sample, KimFilter(), **question)
    table = plan_by_kecamatan(plan, sample, KimFilter(), "35.07")
    assert table["jumlah_baru"].sum() == len(plan.table)
    assert table["desa_baru"].sum() == len(plan.served)
    assert table["tambahan"].sum() == plan.after - plan.before
    assert table["kode"].tolist() == list(dict.fromkeys(plan.table["kode"].str[:8]))


def test_weights_add_up_beside_the_number_of_desa(snapshot):
    weights = {"11.01.01.2001": 5000, "11.01.01.2002": 100}
    table = next_kecamatan(snapshot, add=1, radius_km=3.1, weights=weights)
    assert table["tambahan"].tolist() == [5100]
    assert table["desa_baru"].tolist() == [2], "a desa without a weight is none to be served"


def test_a_plan_without_kim_has_no_kecamatan(snapshot):
    assert next_kecamatan(snapshot, add=3, radius_km=25, objective="kecamatan").shape[0] == 2
    everywhere = registry_of(snapshot.gazetteer, list(ROAD))
    assert next_kecamatan(everywhere, add=3, radius_km=3.1).empty


def test_why_is_said_in_words(snapshot):
    table = next_kecamatan(snapshot, add=1, radius_km=3.1)
    assert reasons_in_words(table, "id") == [
        "1 KIM baru di sini melayani 4 desa/kelurahan yang belum terlayani. Kini 0 dari 3 "
        "desa/kelurahannya punya KIM (0,0%), dan KIM terdekat rata-rata 59,0 km jauhnya."
    ]


def test_where_there_is_no_kim_at_all_nothing_is_said_of_the_nearest(snapshot):
    (told,) = reasons_in_words(next_kecamatan(snapshot, NOBODY, add=1, radius_km=3.1), "en")
    assert told.endswith("Now 0 of its 3 villages have a KIM (0.0%).")
