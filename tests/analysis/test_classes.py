from fractions import Fraction
from itertools import combinations

import mapclassify
import numpy as np
import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from geodata.analysis.classes import (
    MAX_CLASSES,
    MIN_CLASSES,
    NO_DATA,
    SCHEMES,
    ZERO,
    categorise,
    classify,
)
from geodata.analysis.region_metrics import region_metrics
from geodata.errors import SelectionError
from geodata.regions import LEVELS
from geodata.registry.snapshot import KimFilter
from geodata.view.metrics import BASIC_METRICS, METRICS

NAN = float("nan")
decimals = st.sampled_from(sorted({metric.decimals for metric in METRICS.values()}))
numbers_of_classes = st.integers(MIN_CLASSES, MAX_CLASSES)
figures = st.one_of(
    st.just(0.0),
    st.just(NAN),
    st.integers(0, 6).map(float),  # many ties
    st.floats(0, 1),  # shares
    st.floats(0, 5_000),
    st.floats(0, 1e9),
)
some_values = st.lists(figures, max_size=40).map(lambda values: np.array(values, dtype=float))
rising_breaks = (
    st.lists(st.integers(1, 10_000), min_size=1, max_size=MAX_CLASSES - 1, unique=True)
    .map(sorted)
    .map(lambda values: tuple(float(value) for value in values))
)


def rounded(values: np.ndarray, digits: int) -> np.ndarray:
    return np.rint(values * 10**digits) / 10**digits


def check(values, digits, made) -> None:
    """What holds for every classification of ``values``, whatever its scheme."""
    values = rounded(values, digits)
    positive = values > 0
    assert made.without_data == np.isnan(values).sum() == (made.index == NO_DATA).sum()
    assert made.zeros == (values == 0).sum() == (made.index == ZERO).sum()
    assert sum(made.counts) == positive.sum()
    assert len(made.lower) == len(made.upper) == len(made.counts)
    for number, (lower, upper, count) in enumerate(
        zip(made.lower, made.upper, made.counts, strict=True), start=1
    ):
        members = values[made.index == number]
        assert len(members) == count
        assert 0 < lower <= upper
        assert ((lower <= members) & (members <= upper)).all()
    assert (np.array(made.lower[1:]) > np.array(made.upper[:-1])).all()
    assert made.index.max(initial=0) <= len(made.counts)


@given(some_values, decimals, st.sampled_from(["kuantil", "interval_sama"]), numbers_of_classes)
@example(np.zeros(5), 0, "kuantil", 5)
@example(np.full(5, 3.0), 0, "interval_sama", 5)
@example(np.array([NAN, NAN]), 2, "kuantil", 5)
@example(np.array([0.00004, 0.00005, 0.00006]), 4, "kuantil", 2)
@example(np.array([1.0, 1e9]), 0, "interval_sama", 7)
def test_every_value_lies_in_its_class_and_there_are_at_most_k_classes(values, digits, scheme, k):
    made = classify(values, digits, scheme, k)
    check(values, digits, made)
    assert len(made.counts) <= k
    assert bool(made.counts) == bool(sum(made.counts))


@given(some_values, decimals, numbers_of_classes)
@example(np.full(5, 3.0), 0, 5)
def test_every_value_lies_in_its_class_of_natural_breaks(values, digits, k):
    made = classify(values, digits, "alami", k)
    check(values, digits, made)
    assert len(made.counts) <= k
    assert all(count > 0 for count in made.counts)


@given(some_values, decimals, numbers_of_classes)
@example(np.array([1.0, 1, 1, 1, 2, 2, 4, 11]), 0, 5)
def test_pretty_breaks_hold_every_value_in_at_most_one_class_more_than_k(values, digits, k):
    made = classify(values, digits, "bulat", k)
    check(values, digits, made)
    assert len(made.counts) <= min(k + 1, MAX_CLASSES)


@given(some_values, decimals, rising_breaks)
def test_own_breaks_make_their_classes_and_one_for_what_lies_above(values, digits, breaks):
    made = classify(values, digits, "sendiri", breaks=breaks)
    check(values, digits, made)
    highest = np.nanmax(rounded(values, digits), initial=0)
    if highest > 0:
        above = (highest,) if highest > breaks[-1] else ()
        assert made.upper == (*breaks, *above)
        assert made.lower[0] == 10**-digits, "the first class begins right above zero"


@pytest.mark.parametrize("scheme", ["kuantil", "alami"])
@given(some_values, numbers_of_classes)
@settings(max_examples=30)
def test_a_few_distinct_values_are_a_class_each(scheme, values, k):
    few = np.minimum(np.rint(values), k)
    distinct, counts = np.unique(few[few > 0], return_counts=True)
    made = classify(few, 0, scheme, k)
    assert (made.upper, made.counts) == (tuple(distinct.tolist()), tuple(counts.tolist()))


@pytest.mark.parametrize("metric", BASIC_METRICS)
@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("scheme", ["kuantil", "alami", "interval_sama", "bulat"])
def test_figures_of_the_sample_are_classed_at_every_level(sample, metric, level, scheme):
    values = region_metrics(sample, KimFilter(), level, "35")[metric].to_numpy(dtype=float)
    digits = METRICS[metric].decimals
    check(values, digits, classify(values, digits, scheme))


# Known answers.


def ranges(made) -> list[tuple[float, float, int]]:
    return list(zip(made.lower, made.upper, made.counts, strict=True))


def test_quantiles_put_equally_many_regions_into_each_class():
    made = classify(np.array([9.0, 1, 2, 3, 4, 0, 20, 30]), 0, "kuantil", 2)
    # Of 1 2 3 4 9 20 30 the median is 4.
    assert ranges(made) == [(1, 4, 4), (5, 30, 3)]
    assert made.index.tolist() == [2, 1, 1, 1, 1, ZERO, 2, 2]


def test_a_break_between_two_values_is_written_as_the_lower():
    # The median of 1 2 3 4 is 2.5, which no number of KIM can be.
    assert ranges(classify(np.array([1.0, 2, 3, 4]), 0, "kuantil", 2)) == [(1, 2, 2), (3, 4, 2)]


def test_ties_stay_together_even_where_classes_get_lost():
    made = classify(np.array([1.0] * 8 + [2, 3, 4]), 0, "kuantil", 3)
    assert ranges(made) == [(1, 1, 8), (2, 4, 3)]


def test_equal_interval_divides_the_span_and_may_leave_classes_empty():
    made = classify(np.array([1.0, 2, 3, 31]), 0, "interval_sama", 3)
    assert ranges(made) == [(1, 11, 3), (12, 21, 0), (22, 31, 1)]


def test_natural_breaks_part_the_values_at_the_gaps():
    made = classify(np.array([1.0, 2, 3, 50, 51, 52, 400, 410]), 0, "alami", 3)
    assert ranges(made) == [(1, 3, 3), (4, 52, 3), (53, 410, 2)]


def test_pretty_breaks_are_round():
    made = classify(np.array([3.0, 17, 42, 88]), 0, "bulat", 5)
    assert ranges(made) == [(3, 20, 2), (21, 40, 0), (41, 60, 1), (61, 80, 0), (81, 100, 1)]


def test_own_breaks_are_upper_bounds():
    made = classify(np.array([0.0, 1, 2, 5, 6, 30, NAN]), 0, "sendiri", breaks=(1, 5, 10))
    assert ranges(made) == [(1, 1, 1), (2, 5, 2), (6, 10, 1), (11, 30, 1)]
    assert made.index.tolist() == [ZERO, 1, 2, 2, 3, 4, NO_DATA]


def test_own_breaks_need_no_class_above_where_nothing_lies_above():
    made = classify(np.array([1.0, 7]), 0, "sendiri", breaks=(5, 10))
    assert ranges(made) == [(1, 5, 1), (6, 10, 1)]


def test_shares_are_classed_by_what_the_legend_writes():
    # 1.234% and 1.2349% both read 1.23%; 0.004% reads 0.00% and so is zero.
    made = classify(np.array([0.01234, 0.012349, 0.5, 0.00004]), 4, "kuantil", 2)
    assert ranges(made) == [(0.0123, 0.0123, 2), (0.0124, 0.5, 1)]
    assert made.zeros == 1


@pytest.mark.parametrize("values", [[], [0.0], [0.0, NAN], [NAN]])
@pytest.mark.parametrize("scheme", SCHEMES)
def test_where_nothing_is_above_zero_there_are_no_classes(values, scheme):
    made = classify(np.array(values), 0, scheme, breaks=(1, 5))
    assert ranges(made) == []
    assert made.zeros == values.count(0.0)
    assert made.without_data == len(values) - values.count(0.0)


def spread_within(values: np.ndarray, upper) -> float:
    """The squared differences between values and the mean of their class, summed exactly."""
    of_class = np.searchsorted(upper, values)
    squares = Fraction(0)
    for members in (values[of_class == number].tolist() for number in np.unique(of_class)):
        mean = Fraction(int(sum(members)), len(members))
        squares += sum((Fraction(value) - mean) ** 2 for value in members)
    return float(squares)


@given(
    st.lists(st.integers(1, 30) | st.integers(10**9, 10**9 + 30), min_size=3, max_size=9),
    st.integers(2, 4),
)
@example([2**power for power in range(9)], 4)
@settings(max_examples=60)
def test_no_other_breaks_part_the_values_better_than_natural_ones(values, k):
    values = np.array(sorted(values), dtype=float)
    distinct = np.unique(values)
    assume(len(distinct) > k)
    best = min(
        spread_within(values, [*upper, distinct[-1]])
        for upper in combinations(distinct[:-1].tolist(), k - 1)
    )
    made = classify(values, 0, "alami", k)
    assert spread_within(values, made.upper) == pytest.approx(best, rel=1e-9)


@pytest.mark.filterwarnings("ignore:Numba not installed")
@pytest.mark.parametrize(
    "values",
    [2.0 ** np.arange(20), np.random.default_rng(1).lognormal(2.5, 1.2, 150).round() + 1],
    ids=["doubling", "scattered"],
)
def test_natural_breaks_are_those_of_fisher_and_jenks(values):
    theirs = mapclassify.FisherJenks(values, 5).bins
    assert classify(values, 0, "alami", 5).upper == tuple(theirs.tolist())


@pytest.mark.parametrize(
    ("scheme", "theirs"),
    [
        ("kuantil", mapclassify.Quantiles),
        ("interval_sama", mapclassify.EqualInterval),
        ("bulat", mapclassify.PrettyBreaks),
    ],
)
@given(units=st.lists(st.integers(1, 100_000), min_size=8, unique=True), k=numbers_of_classes)
def test_classes_are_those_of_mapclassify(scheme, theirs, units, k):
    values = np.array(units, dtype=float)
    wanted = np.searchsorted(np.floor(theirs(values, k).bins + 1e-9), values)
    _, wanted = np.unique(wanted, return_inverse=True)  # without classes that nothing is in
    _, made = np.unique(classify(values, 0, scheme, k).index, return_inverse=True)
    assert made.tolist() == wanted.tolist()


def test_every_one_of_as_many_distances_as_there_are_desa_counts_for_natural_breaks():
    km = np.random.default_rng(1).lognormal(2.5, 1.2, 83_762)
    check(km, 1, classify(km, 1, "alami", 7))


# What is refused.


def test_an_unknown_scheme_is_refused_and_the_known_ones_listed():
    with pytest.raises(SelectionError, match="no classification scheme “jenks”") as caught:
        classify(np.ones(3), 0, "jenks")
    assert "skema kelas “jenks”. Pilihan: kuantil, alami, interval" in caught.value.message("id")


@pytest.mark.parametrize("k", [-1, 0, 1, 8, 1_000])
def test_a_number_of_classes_out_of_bounds_is_refused(k):
    with pytest.raises(
        SelectionError, match=f"{k} is not a possible number of classes: choose 2 to 7"
    ) as caught:
        classify(np.ones(3), 0, "kuantil", k)
    assert f"Jumlah kelas {k} di luar batas: pilih 2 sampai 7" in caught.value.message("id")


def test_own_breaks_finer_than_the_legend_writes_become_one_or_fall_away():
    merged = classify(np.array([1.0, 20]), 0, "sendiri", breaks=(1, 1.2, 5))
    assert merged.upper == (1, 5, 20)
    fallen = classify(np.array([1.0, 20]), 0, "sendiri", breaks=(0.2, 0.4))
    assert fallen.upper == (20,)


@pytest.mark.parametrize(
    ("breaks", "written"),
    [
        ((), "“”"),
        ((5, 1), "“5, 1”"),
        ((1, 1), "“1, 1”"),
        ((0, 1), "“0, 1”"),
        ((-1,), "“-1”"),
        ((1, 2, 3, 4, 5, 6, 7), "“1, 2, 3, 4, 5, 6, 7”"),
    ],
)
def test_own_breaks_that_do_not_rise_from_above_zero_are_refused(breaks, written):
    with pytest.raises(
        SelectionError, match=rf"class breaks {written} cannot be used\. Write one to 6"
    ) as caught:
        classify(np.array([1.0, 20]), 0, "sendiri", breaks=breaks)
    assert f"Batas kelas {written} tidak dapat dipakai" in caught.value.message("id")


def test_categories_are_classes_by_name_and_what_is_none_of_them_is_without_data():
    made = categorise(["panas", "dingin", "tak tergambar", "panas"], ["dingin", "biasa", "panas"])
    assert made.index.tolist() == [3, 1, NO_DATA, 3]
    assert made.counts == (1, 0, 2)
    assert (made.zeros, made.without_data) == (0, 1)
