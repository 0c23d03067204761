from itertools import combinations

import numpy as np
import pytest

from geodata.analysis.siting.plans import plan_siting
from geodata.analysis.siting.weights import divided, inherited
from geodata.regions import Level
from geodata.registry.snapshot import KimFilter
from tests.analysis.worlds import KM_PER_DEGREE, country, registry_of

CROWDED, EMPTY, UNKNOWN = "11.01", "11.02", "11.03"
PEOPLE = np.array([1_000.0, 100.0, np.nan])
DESA = {
    **{f"{CROWDED}.01.200{i}": (0, 3 * i / KM_PER_DEGREE) for i in range(3)},
    **{f"{EMPTY}.01.200{i}": (1, 1.5 * i / KM_PER_DEGREE) for i in range(6)},
    **{f"{UNKNOWN}.01.200{i}": (2, i / KM_PER_DEGREE) for i in range(2)},
}


@pytest.fixture
def islands():
    return country(DESA)


def test_people_are_divided_evenly_and_add_up_again(islands):
    weights = divided(PEOPLE, Level.KABUPATEN_KOTA, islands, None)
    assert set(weights) == {code for code in DESA if not code.startswith(UNKNOWN)}
    for kabupaten, people, desa in ((CROWDED, 1_000, 3), (EMPTY, 100, 6)):
        own = [weight for code, weight in weights.items() if code.startswith(kabupaten)]
        assert own == [people / desa] * desa
        assert sum(own) == pytest.approx(people)


def test_of_a_part_there_are_the_weights_of_its_desa_alone(islands):
    whole = divided(PEOPLE, Level.KABUPATEN_KOTA, islands, None)
    part = divided(PEOPLE, Level.KABUPATEN_KOTA, islands, EMPTY)
    assert part == {code: whole[code] for code in whole if code.startswith(EMPTY)}


def test_a_figure_that_does_not_add_up_is_that_of_each_desa_in_the_region(islands):
    weights = inherited(PEOPLE, Level.KABUPATEN_KOTA, islands, None)
    assert {weight for code, weight in weights.items() if code.startswith(EMPTY)} == {100}
    own = np.arange(float(len(DESA)))
    assert list(inherited(own, Level.DESA, islands, None).values()) == own.tolist()


@pytest.mark.parametrize("add", [1, 2, 3])
def test_a_plan_by_people_is_the_best_of_all_plans(islands, add):
    """Of all choices of as many desa, counted one by one; nobody lives where nothing is known."""
    weights = divided(PEOPLE, Level.KABUPATEN_KOTA, islands, None)
    codes = sorted(DESA)
    points = {code: (lat, lng * KM_PER_DEGREE) for code, (lat, lng) in DESA.items()}

    def served(chosen: tuple[str, ...]) -> float:
        return sum(
            weights.get(code, 0)
            for code, (line, km) in points.items()
            if any(points[kim][0] == line and abs(points[kim][1] - km) <= 2 for kim in chosen)
        )

    plan = plan_siting(registry_of(islands, []), KimFilter(), add=add, radius_km=2, weights=weights)
    assert plan.after == pytest.approx(max(served(chosen) for chosen in combinations(codes, add)))
    assert plan.share_of_best == 1
    assert plan.total == pytest.approx(1_100)
