from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.analysis.distance import nearest_kim
from geodata.analysis.region_metrics import region_metrics
from geodata.analysis.siting import exact as siting_exact
from geodata.analysis.siting.plans import OBJECTIVES, SitingPlan, neighbours, plan_siting
from geodata.errors import RegionError, SelectionError
from geodata.regions import Level
from geodata.registry.snapshot import KimFilter
from geodata.sphere import great_circle_km
from tests.analysis.worlds import KM_PER_DEGREE, country, registry_of, road

NOBODY = KimFilter(tahun=(1990, 1990))
GREEDY, EXACT = 0, 10**6


def served_weight(
    snapshot, chosen: list[str], radius_km: float, weights: dict[str, float] | None = None
) -> float:
    """Weight of the desa within the radius of ``chosen`` or of a KIM: each pair is measured."""
    desa = snapshot.gazetteer.tables[Level.DESA].set_index("kode")
    total = 0.0
    for code, row in desa.iterrows():
        with_kim = [*chosen, *snapshot.kim["kode_wilayah"]]
        near = code in with_kim or any(
            great_circle_km(row["lat"], row["lng"], desa.at[other, "lat"], desa.at[other, "lng"])
            <= radius_km
            for other in with_kim
        )
        total += near * (1 if weights is None else weights.get(code, 0))
    return total


points = st.lists(
    st.tuples(st.integers(0, 12), st.integers(0, 12)), min_size=2, max_size=11, unique=True
)


@st.composite
def small_problems(draw):
    drawn = draw(points)
    gazetteer = country(
        {
            f"11.01.01.2{i:03}": (x / KM_PER_DEGREE, y / KM_PER_DEGREE)
            for i, (x, y) in enumerate(drawn)
        }
    )
    codes = gazetteer.codes(Level.DESA).tolist()
    with_kim = draw(st.lists(st.sampled_from(codes), max_size=2, unique=True))
    weights = draw(st.none() | st.fixed_dictionaries({code: st.integers(0, 9) for code in codes}))
    return registry_of(gazetteer, with_kim), weights, draw(st.integers(1, 3))


@given(small_problems(), st.sampled_from([2.5, 4.5]))
@settings(max_examples=15)
def test_the_exact_plan_is_the_best_of_all_plans(problem, radius_km):
    snapshot, weights, add = problem
    codes = snapshot.gazetteer.codes(Level.DESA).tolist()
    best = max(
        served_weight(snapshot, list(chosen), radius_km, weights)
        for size in range(add + 1)
        for chosen in combinations(codes, min(size, len(codes)))
    )
    plan = plan_siting(
        snapshot, KimFilter(), add=add, radius_km=radius_km, weights=weights, exact_up_to=EXACT
    )
    assert plan.after == plan.bound == best
    assert plan.share_of_best == 1


@given(small_problems(), st.sampled_from([2.5, 4.5]))
@settings(max_examples=30)
def test_a_greedy_plan_keeps_its_promises(problem, radius_km):
    snapshot, weights, add = problem
    question = {"add": add, "radius_km": radius_km, "weights": weights}
    plan = plan_siting(snapshot, KimFilter(), **question, exact_up_to=GREEDY)
    exact = plan_siting(snapshot, KimFilter(), **question, exact_up_to=EXACT)
    chosen = plan.table["kode"].tolist()
    assert plan.after == served_weight(snapshot, chosen, radius_km, weights)
    assert plan.after <= exact.after <= plan.bound
    possible = exact.after - exact.before
    assert plan.after - plan.before >= (1 - 1 / np.e) * possible - 1e-9
    assert plan.after - plan.before >= plan.share_of_best * possible - 1e-9


@pytest.mark.parametrize(
    ("within", "add", "radius_km"),
    [("35.07", 10, 10), ("35.07", 20, 5), ("34", 30, 5)],
)
def test_a_greedy_plan_is_within_a_percent_of_the_exact_one(sample, within, add, radius_km):
    question = {"within": within, "add": add, "radius_km": radius_km}
    plan = plan_siting(sample, KimFilter(), **question, exact_up_to=GREEDY)
    exact = plan_siting(sample, KimFilter(), **question, exact_up_to=EXACT)
    assert exact.share_of_best == 1
    assert plan.after - plan.before >= 0.99 * (exact.after - exact.before)
    assert exact.after <= plan.bound


def test_plain_greedy_choice_would_fall_for_the_middle_but_the_plan_does_not():
    # The middle serves four; the two that serve three each serve all six together.
    gazetteer = road([0, 2, 4, 6, 8, 10])
    plan = plan_siting(
        registry_of(gazetteer, []), KimFilter(), add=2, radius_km=2.1, exact_up_to=GREEDY
    )
    assert plan.after == plan.bound == 6
    assert plan.table["kode"].tolist() == gazetteer.codes(Level.DESA)[[1, 4]].tolist()


def test_the_table_says_what_each_adds_and_the_rows_behind_it_add_up(sample):
    plan = plan_siting(sample, KimFilter(), within="35.07", add=8, radius_km=5)
    table = plan.table
    assert table["urutan"].tolist() == list(range(1, 9))
    assert (np.diff(table["tambahan"]) <= 0).all()
    assert table["terlayani"].tolist() == (plan.before + table["tambahan"].cumsum()).tolist()
    assert (table["porsi"] == table["terlayani"] / 390).all()
    assert plan.served.groupby("urutan")["bobot"].sum().tolist() == table["tambahan"].tolist()
    assert plan.served["kode"].is_unique
    assert table["kode"].str.startswith("35.07.").all()
    curve = plan.curve
    assert curve["jumlah_baru"].tolist() == list(range(9))
    assert curve["terlayani"].iloc[[0, -1]].tolist() == [plan.before, plan.after]
    assert (np.diff(curve["terlayani"]) > 0).all()


def test_the_radius_is_the_great_circle_and_includes_its_rim():
    gazetteer = road([0, 5, 10.001])
    matrix = neighbours(gazetteer, None, 5.0001, False).toarray()
    assert matrix.tolist() == [[1, 1, 0], [1, 1, 0], [0, 0, 1]]
    assert neighbours(gazetteer, None, 5.0011, False).toarray()[1].tolist() == [1, 1, 1]


def test_more_kim_than_are_needed_are_not_placed():
    plan = plan_siting(registry_of(road([0, 1, 2]), []), KimFilter(), add=5, radius_km=1.5)
    assert len(plan.table) == 1
    assert plan.after == 3


def test_where_everybody_is_served_there_is_nothing_to_do():
    gazetteer = road([0, 1, 2])
    snapshot = registry_of(gazetteer, gazetteer.codes(Level.DESA)[:1])
    for objective in ("desa", "worst"):
        for exact_up_to in (GREEDY, EXACT):
            plan = plan_siting(
                snapshot,
                KimFilter(),
                add=2,
                radius_km=3,
                objective=objective,
                exact_up_to=exact_up_to,
            )
            assert plan.table.empty
            assert plan.after == plan.before == 3
    assert plan.curve["porsi"].tolist() == [1]


@pytest.mark.parametrize("exact_up_to", [GREEDY, EXACT])
def test_a_locked_desa_is_in_the_plan_and_a_forbidden_one_is_not(exact_up_to):
    gazetteer = road([0, 2, 4, 20])
    first, second, third, last = gazetteer.codes(Level.DESA).tolist()
    snapshot = registry_of(gazetteer, [])
    question = {"radius_km": 2.5, "exact_up_to": exact_up_to}
    plan = plan_siting(snapshot, KimFilter(), add=2, locked=[last], **question)
    assert plan.table["kode"].tolist() == [last, second]
    assert plan.table["terkunci"].tolist() == [True, False]
    plan = plan_siting(snapshot, KimFilter(), add=1, forbidden=[second], **question)
    assert plan.table["kode"].tolist()[0] in (first, third)
    assert plan.after == 2


def test_a_plan_may_be_locked_altogether():
    gazetteer = road([0, 2, 4, 20])
    codes = gazetteer.codes(Level.DESA).tolist()
    plan = plan_siting(
        registry_of(gazetteer, []), KimFilter(), add=1, radius_km=2.5, locked=[codes[0]]
    )
    assert plan.table["kode"].tolist() == [codes[0]]
    assert plan.after == plan.bound == 2


def test_a_solver_that_is_out_of_time_leaves_the_plan_and_its_bound(sample, monkeypatch):
    monkeypatch.setattr(siting_exact, "LIMIT_SECONDS", 0)
    plan = plan_siting(sample, KimFilter(), within="35.07", add=20, radius_km=5)
    assert 0.98 < plan.share_of_best < 1


def test_a_desa_without_a_point_can_have_a_kim_that_serves_it_alone():
    gazetteer = country(
        {"11.01.01.2001": (0, 0), "11.01.01.2002": (0, 0.01), "11.01.01.2003": None}
    )
    plan = plan_siting(registry_of(gazetteer, []), KimFilter(), add=2, radius_km=5)
    assert plan.without_point == 1
    assert plan.table["tambahan"].tolist() == [2, 1]
    assert plan.table["kode"].iloc[1] == "11.01.01.2003"
    assert np.isnan(plan.table["lat"].iloc[1])


def test_weights_decide_where_and_who_is_not_named_weighs_nothing():
    gazetteer = road([0, 10, 20, 21])
    codes = gazetteer.codes(Level.DESA).tolist()
    plan = plan_siting(
        registry_of(gazetteer, []),
        KimFilter(),
        add=1,
        radius_km=2,
        weights={codes[0]: 10, codes[1]: 12.5, codes[2]: 3},
    )
    assert plan.table["kode"].tolist() == [codes[1]]
    assert (plan.after, plan.total) == (12.5, 25.5)


def test_each_empty_kecamatan_gets_one_kim_the_one_that_serves_most_first(sample):
    plan = plan_siting(
        sample, KimFilter(), within="35.08", add=100, radius_km=5, objective="kecamatan"
    )
    metrics = region_metrics(sample, KimFilter(), Level.KECAMATAN, "35.08")
    empty = metrics.loc[metrics["jumlah_kim"] == 0, "kode"]
    assert sorted(plan.table["kode"].str[:8]) == empty.tolist()
    assert (np.diff(plan.table["tambahan"]) <= 0).all()
    assert np.isnan(plan.share_of_best)


def test_a_kecamatan_that_gains_no_desa_still_gets_its_kim():
    gazetteer = country(
        {
            "11.01.01.2001": (0, 0),
            "11.01.02.2001": (0, 0.01),
            "11.01.03.2001": (0, 1),
        }
    )
    snapshot = registry_of(gazetteer, ["11.01.01.2001"])
    plan = plan_siting(snapshot, KimFilter(), add=9, radius_km=5, objective="kecamatan")
    assert plan.table["kode"].tolist() == ["11.01.03.2001", "11.01.02.2001"]
    assert plan.table["tambahan"].tolist() == [1, 0]


def test_an_empty_kecamatan_whose_desa_stands_where_a_kim_is_gets_its_own():
    # The points of some neighbouring kecamatan are the same to the last digit.
    gazetteer = country({"94.05.13.2005": (-3.9, 137.6), "94.05.16.2002": (-3.9, 137.6)})
    snapshot = registry_of(gazetteer, ["94.05.13.2005"])
    plan = plan_siting(snapshot, KimFilter(), add=2, radius_km=5, objective="kecamatan")
    assert plan.table["kode"].tolist() == ["94.05.16.2002"]


def test_a_kecamatan_whose_kim_has_no_point_needs_no_other():
    gazetteer = country({"11.01.01.2001": None, "11.01.02.2001": (0, 1)})
    snapshot = registry_of(gazetteer, ["11.01.01.2001"])
    plan = plan_siting(snapshot, KimFilter(), add=2, radius_km=5, objective="kecamatan")
    assert plan.table["kode"].tolist() == ["11.01.02.2001"]


def test_a_plan_is_the_best_only_where_that_is_proven():
    # Populations so large that sums lose their last digits, whichever way they are added up.
    gazetteer = road(np.arange(60) * 1.7)
    codes = gazetteer.codes(Level.DESA).tolist()
    rng = np.random.default_rng(5)
    snapshot = registry_of(gazetteer, [])
    for high in (10, 10**5, 10**12):
        weights = dict(zip(codes, rng.integers(1, high, size=60).astype(float), strict=True))
        question = {"add": 7, "radius_km": 3, "weights": weights}
        best = plan_siting(snapshot, KimFilter(), **question, exact_up_to=EXACT)
        plan = plan_siting(snapshot, KimFilter(), **question, exact_up_to=GREEDY)
        assert best.share_of_best == 1
        assert plan.after <= best.after <= plan.bound * (1 + 1e-12)
        assert plan.share_of_best < 1 or plan.after == pytest.approx(best.after, rel=1e-11)


def test_the_worst_part_is_raised_first():
    gazetteer = country(
        {f"11.01.01.2{i:03}": (0, i / 10) for i in range(4)}
        | {f"11.02.01.2{i:03}": (5, i / 10) for i in range(2)}
    )
    snapshot = registry_of(gazetteer, ["11.01.01.2000", "11.01.01.2001"])
    plan = plan_siting(snapshot, KimFilter(), add=3, radius_km=1, objective="worst")
    # 11.02 has 0 of 2, then each has a half (ties go to the first), then 11.02 is behind.
    assert plan.table["kode"].str[:5].tolist() == ["11.02", "11.01", "11.02"]


def test_each_step_raises_the_part_that_is_worst_then(sample):
    plan = plan_siting(sample, KimFilter(), within="34", add=20, radius_km=3, objective="worst")
    desa = sample.gazetteer.within(Level.DESA, "34")
    codes = sample.gazetteer.codes(Level.DESA)[desa]
    served = pd.Series(nearest_kim(sample, KimFilter())[0][desa] <= 3, index=codes)
    parts = served.index.str[:5]
    worst = [served.groupby(parts).mean().min()]
    for order, chosen in zip(plan.table["urutan"], plan.table["kode"], strict=True):
        assert served.groupby(parts).mean()[chosen[:5]] == worst[-1]
        newly = plan.served.loc[plan.served["urutan"] == order, "kode"]
        assert len(newly)
        assert not served[newly].any()
        served[newly] = True
        worst.append(served.groupby(parts).mean().min())
    assert worst[-1] > worst[0]
    assert served.sum() == plan.after


def test_all_desa_at_once_have_a_plan_with_a_bound(sample):
    plan: SitingPlan = plan_siting(sample, KimFilter(), add=20, radius_km=3)
    assert plan.total == 83_762
    assert 0.9 < plan.share_of_best <= 1
    assert len(plan.table) == 20


def test_a_plan_for_a_field_counts_the_kim_of_that_field_only(sample):
    everything = plan_siting(sample, KimFilter(), within="34", add=1, radius_km=5)
    tourism = KimFilter(bidang=("pariwisata",))
    plan = plan_siting(sample, tourism, within="34", add=1, radius_km=5)
    assert plan.before < everything.before


def test_where_no_kim_passes_the_plan_starts_from_nothing(sample):
    plan = plan_siting(sample, NOBODY, within="35.07.08", add=3, radius_km=3)
    assert plan.before == 0
    assert plan.after == plan.bound


@pytest.mark.parametrize("objective", OBJECTIVES)
def test_the_same_question_has_the_same_plan(sample, objective):
    question = {"within": "51", "add": 15, "radius_km": 4, "objective": objective}
    first, again = (plan_siting(sample, KimFilter(), **question) for _ in range(2))
    assert first.table.equals(again.table)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"objective": "best"}, "“best”. Choose from: desa, worst, kecamatan"),
        ({"add": 0}, "^0 new KIM"),
        ({"add": 10**6}, "^1000000 new KIM"),
        ({"radius_km": 0}, "distance of 0 km"),
        ({"radius_km": 1000}, "distance of 1000 km"),
        ({"radius_km": float("nan")}, "distance of nan km"),
        ({"locked": ["35.08.01.2001"]}, "^35.08.01.2001 is no village"),
        ({"locked": ["35.07"]}, "^35.07 is no village"),
        ({"forbidden": ["99.99.99.9999"]}, "^99.99.99.9999 is no village"),
        ({"locked": ["35.07.08.2001"], "forbidden": ["35.07.08.2001"]}, "both fixed and ruled out"),
        (
            {"locked": ["35.07.08.2001", "35.07.08.2002"], "add": 1},
            "^2 villages are fixed but only 1",
        ),
        ({"weights": {"35.07.08.2001": -1}}, "weight of the village 35.07.08.2001"),
        ({"weights": {"35.07.08.2001": float("nan")}}, "weight of the village 35.07.08.2001"),
        ({"weights": {"35.07.08.2001": float("inf")}}, "weight of the village 35.07.08.2001"),
    ],
    ids=str,
)
def test_what_cannot_be_planned_is_refused_in_both_languages(sample, wrong, said):
    question = {"within": "35.07", "add": 3, "radius_km": 5.0} | wrong
    with pytest.raises(SelectionError, match=said) as refused:
        plan_siting(sample, KimFilter(), **question)
    assert refused.value.message("id") != refused.value.message("en")


def test_a_region_that_is_not_on_the_list_is_refused(sample):
    with pytest.raises(RegionError, match="code 99"):
        plan_siting(sample, KimFilter(), within="99", add=1, radius_km=5)


@pytest.mark.parametrize("code", ["35.07", "99.99.99.9999"])
def test_a_weight_of_what_is_no_desa_is_refused_not_dropped(sample, code):
    with pytest.raises(RegionError, match=f"code {code}"):
        plan_siting(sample, KimFilter(), within="35.07", add=1, radius_km=5, weights={code: 1})
