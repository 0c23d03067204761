import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.analysis.priority import DRAWS, prioritise, share_of_draws, standings
from geodata.errors import SelectionError

NONE = float("nan")

figures = st.lists(st.integers(0, 6) | st.just(NONE), min_size=1, max_size=12).map(np.array)


@st.composite
def questions(draw):
    """Standings of some regions in one to four measures, their weights, and how many are first."""
    size = draw(st.integers(1, 10))
    measures = [f"ukuran_{i}" for i in range(draw(st.integers(1, 4)))]
    values = st.lists(st.integers(0, 4) | st.just(NONE), min_size=size, max_size=size)
    standing = {name: standings(np.array(draw(values)), draw(st.booleans())) for name in measures}
    weights = {name: draw(st.integers(0, 5)) for name in measures}
    weights[measures[0]] += 1
    return standing, weights, draw(st.integers(1, 12))


def test_a_standing_is_the_share_that_is_less_pressing_and_equal_ones_count_half():
    people = np.array([10, 20, 20, NONE, 40])
    assert standings(people, high_first=True)[[0, 1, 2, 4]].tolist() == [
        0.5 / 4, 2 / 4, 2 / 4, 3.5 / 4,
    ]  # fmt: skip
    assert standings(people, high_first=False)[[0, 1, 2, 4]].tolist() == [
        3.5 / 4, 2 / 4, 2 / 4, 0.5 / 4,
    ]  # fmt: skip


def test_none_is_a_figure_and_no_figure_is_none():
    kim_per_desa = np.array([0, NONE, 3, 1])
    standing = standings(kim_per_desa, high_first=False)
    assert standing[0] == standing[[0, 2, 3]].max()
    assert np.isnan(standing[1])


@given(figures, st.booleans())
def test_standings_have_the_mean_of_a_half_and_turn_over_with_the_direction(values, high_first):
    standing, known = standings(values, high_first), np.isfinite(values)
    assert (np.isfinite(standing) == known).all()
    assert not known.any() or np.mean(standing[known]) == pytest.approx(0.5)
    assert standing[known] + standings(values, not high_first)[known] == pytest.approx(1)
    assert (standings(3 * values**3 + 7, high_first)[known] == standing[known]).all()


# Ten kabupaten/kota of East Java as they might be: coverage (low is pressing), people in thousands
# (high is pressing) and IDM (low is pressing; a kota without desa has none).
TEN = {
    "Pacitan": (0.10, 590, 0.70),
    "Ponorogo": (0.00, 960, 0.72),
    "Trenggalek": (0.00, 740, 0.71),
    "Tulungagung": (0.25, 1_120, 0.78),
    "Blitar": (0.05, 1_250, 0.80),
    "Kediri": (0.10, 1_670, 0.76),
    "Malang": (0.55, 2_740, 0.79),
    "Lumajang": (0.10, 1_140, 0.69),
    "Jember": (0.02, 2_580, 0.68),
    "Kota Blitar": (0.00, 150, NONE),
}
# Worked out with pencil and paper. Standings in tenths of ten (the last: ninths of nine), ties at
# the mean of their places: coverage, people, IDM.
STANDINGS = {
    "Pacitan": (3.5, 1.5, 6.5),
    "Ponorogo": (8.5, 3.5, 4.5),
    "Trenggalek": (8.5, 2.5, 5.5),
    "Tulungagung": (1.5, 4.5, 2.5),
    "Blitar": (5.5, 6.5, 0.5),
    "Kediri": (3.5, 7.5, 3.5),
    "Malang": (0.5, 9.5, 1.5),
    "Lumajang": (3.5, 5.5, 7.5),
    "Jember": (6.5, 8.5, 8.5),
    "Kota Blitar": (8.5, 0.5, NONE),
}


def test_ten_regions_worked_out_by_hand():
    coverage, people, idm = (np.array(column) for column in zip(*TEN.values(), strict=True))
    standing = {
        "cakupan": standings(coverage, high_first=False),
        "penduduk": standings(people, high_first=True),
        "idm": standings(idm, high_first=False),
    }
    by_hand = np.array(list(STANDINGS.values())) / [10, 10, 9]
    for measure, expected in zip(standing.values(), by_hand.T, strict=True):
        assert measure == pytest.approx(expected, nan_ok=True)

    weighed = prioritise(standing, {"cakupan": 2, "penduduk": 1, "idm": 1})
    assert weighed.scores == pytest.approx(by_hand @ [0.5, 0.25, 0.25], nan_ok=True)
    jember = list(TEN).index("Jember")
    assert weighed.scores[jember] == pytest.approx(0.65 / 2 + 0.85 / 4 + 8.5 / 9 / 4)
    assert weighed.contributions["penduduk"][jember] == pytest.approx(0.85 / 4)
    ranks = dict(zip(TEN, weighed.ranks, strict=True))
    assert ranks["Jember"] == 1
    assert ranks["Trenggalek"] == 2  # 0.4250 + 0.0625 + 0.1528 = 0.6403
    assert ranks["Ponorogo"] == 3  # 0.4250 + 0.0875 + 0.1250 = 0.6375
    assert np.isnan(ranks["Kota Blitar"])


@given(questions())
def test_contributions_add_up_and_the_shares_of_the_draws_to_the_places(question):
    standing, weights, first = question
    weighed, stays = prioritise(standing, weights), share_of_draws(standing, weights, first)
    known = np.isfinite(weighed.scores)
    assert sum(weighed.contributions.values())[known] == pytest.approx(weighed.scores[known])
    counted = [name for name, weight in weights.items() if weight]
    whole = np.all([np.isfinite(standing[name]) for name in counted], axis=0)
    assert (known == whole).all()
    assert (np.isfinite(weighed.ranks) == known).all()
    assert (np.isfinite(stays) == known).all()
    assert stays[known].sum() == pytest.approx(min(first, known.sum()))
    assert ((stays[known] >= 0) & (stays[known] <= 1 + 1e-12)).all()


@given(questions(), st.integers(2, 9))
@settings(max_examples=20)
def test_only_proportions_of_weights_matter_and_neither_order_nor_what_weighs_nothing(
    question, times
):
    standing, weights, first = question
    weighed, stays = prioritise(standing, weights), share_of_draws(standing, weights, first)
    for same in (
        dict(reversed(weights.items())),
        {name: weight for name, weight in weights.items() if weight},
        {name: times * weight for name, weight in weights.items()},
    ):
        again = prioritise(standing, same)
        assert again.scores == pytest.approx(weighed.scores, nan_ok=True)
        assert again.ranks == pytest.approx(weighed.ranks, nan_ok=True)
        assert share_of_draws(standing, same, first) == pytest.approx(stays, nan_ok=True, abs=0.01)


@given(questions())
@settings(max_examples=20)
def test_whoever_is_more_pressing_in_every_measure_always_comes_first(question):
    standing, weights, first = question
    above = {name: np.append(measure, 2.0) for name, measure in standing.items()}
    assert prioritise(above, weights).ranks[-1] == 1
    assert share_of_draws(above, weights, first)[-1] == 1


def test_equal_weights_make_the_mean_and_one_measure_alone_its_own_order():
    standing = {"a": standings(np.arange(6), True), "b": standings(np.arange(6) % 3, True)}
    both = prioritise(standing, {"a": 1, "b": 1})
    assert both.scores == pytest.approx((standing["a"] + standing["b"]) / 2)
    alone = prioritise(standing, {"a": 1, "b": 0})
    assert alone.ranks.tolist() == [6, 5, 4, 3, 2, 1]
    assert share_of_draws(standing, {"a": 1, "b": 0}, 2).tolist() == [0, 0, 0, 0, 1, 1]
    assert list(alone.contributions) == ["a"]


def test_equal_regions_share_the_places_at_the_edge():
    standing = {"a": standings(np.array([1, 0, 0, 0, 0]), True)}
    assert prioritise(standing, {"a": 1}).ranks.tolist() == [1, 2, 2, 2, 2]
    assert share_of_draws(standing, {"a": 1}, 3).tolist() == [1, 0.5, 0.5, 0.5, 0.5]


def test_what_rests_on_weights_is_sure_in_some_draws_only():
    # The two lead in one measure each, so whichever is drawn heavier decides: by evens.
    standing = {"a": np.array([0.9, 0.1, 0.4]), "b": np.array([0.1, 0.9, 0.4])}
    stays = share_of_draws(standing, {"a": 1, "b": 1}, first=1)
    assert stays[:2] == pytest.approx(0.5, abs=3 * 0.5 / DRAWS**0.5)
    assert stays[2] == 0
    # Two fifths against three: 1.2 of the lighter never outweigh 0.8 of the heavier.
    assert share_of_draws(standing, {"a": 3, "b": 2}, 1).tolist() == [1, 0, 0]


def test_draws_are_the_same_each_time():
    random = np.random.default_rng(1)
    standing = {name: random.random(40) for name in "abc"}
    stays, again = (share_of_draws(standing, {"a": 1, "b": 2, "c": 3}, 5) for _ in range(2))
    assert (stays == again).all()
    assert ((stays > 0) & (stays < 1)).any()


@pytest.mark.parametrize("weights", [{"a": 0}, {"a": 0, "b": 0}, {}])
def test_where_nothing_weighs_anything_there_is_no_order(weights):
    standing = {"a": np.array([0.5]), "b": np.array([0.5])}
    with pytest.raises(SelectionError, match="weight") as refused:
        prioritise(standing, weights)
    assert refused.value.message("id") != refused.value.message("en")
    with pytest.raises(SelectionError, match="weight"):
        share_of_draws(standing, weights, 1)
