import numpy as np
import pytest

from geodata.analysis.distance import distance_by_region, distances, nearest_kim
from geodata.analysis.islands import islands, islands_of_desa
from geodata.analysis.siting.plans import plan_siting
from geodata.regions import Level
from geodata.registry.snapshot import KimFilter
from geodata.sphere import great_circle_km
from tests.analysis.worlds import country, registry_of

# Surabaya and Sidoarjo on Java, Bangkalan on Madura across the strait; Sabang on Weh.
SURABAYA, SIDOARJO, BANGKALAN = (-7.26, 112.74), (-7.45, 112.70), (-7.05, 112.75)
SABANG = (5.85, 95.33)
NAMES = ("35.78.01.1001", "35.15.01.2001", "35.26.01.2001", "11.72.01.2001")


@pytest.fixture
def strait():
    return country(dict(zip(NAMES, (SURABAYA, SIDOARJO, BANGKALAN, SABANG), strict=True)))


def numbers(*points):
    return islands(*np.array(points).T).tolist()


def test_points_of_one_island_have_its_number_and_a_strait_parts_them():
    java, again, madura, weh = numbers(SURABAYA, SIDOARJO, BANGKALAN, SABANG)
    assert java == again
    assert len({java, madura, weh}) == 3


def test_a_point_just_off_the_coast_stands_on_the_shore_and_one_at_sea_on_an_islet_of_its_own():
    java, jetty, islet, same, other = numbers(
        SURABAYA, (-7.19, 112.735), (-6.0, 113.0), (-6.0, 113.0), (-6.1, 113.0)
    )
    assert jetty == java
    assert islet == same
    assert len({java, islet, other}) == 3


def test_what_has_no_point_is_on_no_island_with_anybody():
    assert len(set(numbers(SURABAYA, (np.nan, np.nan), (np.nan, np.nan)))) == 3


def test_across_the_strait_a_kim_is_near_but_not_on_the_same_island(strait):
    snapshot = registry_of(strait, [NAMES[2]])
    near, ashore = (distances(snapshot, KimFilter(), same_island=only) for only in (False, True))
    near, ashore = near.set_index("kode"), ashore.set_index("kode")
    assert near["jarak_km"][NAMES[0]] == pytest.approx(23.4, abs=0.1)
    assert np.isnan(ashore["jarak_km"][NAMES[0]])
    assert ashore["jarak_km"][NAMES[2]] == 0
    summed = distance_by_region(snapshot, KimFilter(), Level.PROVINSI, "35", same_island=True)
    assert summed["desa_tanpa_jarak"].tolist() == [2]


def test_a_plan_says_how_many_it_serves_across_water_and_can_do_without(strait):
    snapshot = registry_of(strait, [])
    question = {"add": 1, "radius_km": 24, "within": "35"}
    plan = plan_siting(snapshot, KimFilter(), **question)
    assert (plan.after, plan.across_water) == (3, 1), "from Surabaya both others are near"
    ashore = plan_siting(snapshot, KimFilter(), **question, same_island=True)
    assert (ashore.after, ashore.across_water) == (2, 0)


def test_who_is_served_on_the_own_island_too_is_not_served_across_water(strait):
    plan = plan_siting(registry_of(strait, []), KimFilter(), add=3, radius_km=24, locked=NAMES[:3])
    assert (plan.after, plan.across_water) == (3, 0)


def test_the_nearest_kim_of_the_same_island_is_that_of_a_recount(sample):
    km, nearest = nearest_kim(sample, KimFilter(), same_island=True)
    anywhere = nearest_kim(sample, KimFilter())[0]
    desa = sample.gazetteer.tables[Level.DESA]
    own = islands_of_desa(sample.gazetteer)
    assert not (km < anywhere - 1e-9).any()
    at_desa = sample.kim["lat"].isna().to_numpy()
    assert at_desa.any()
    for number in np.flatnonzero((km > 0) & (km > anywhere + 1))[::200]:
        of_kim = sample.desa[at_desa & (own[sample.desa] == own[number])]
        ends = desa["lat"].to_numpy(), desa["lng"].to_numpy()
        away = great_circle_km(*(end[number] for end in ends), *(end[of_kim] for end in ends))
        assert km[number] <= np.nanmin(away, initial=np.inf) + 1e-3
        assert sample.mask(KimFilter())[nearest[number]]
