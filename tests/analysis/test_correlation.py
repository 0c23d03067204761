"""Rank correlation: by hand, held against SciPy, and silent where there is too little to tell."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import spearmanr

from geodata.analysis.correlation import FEWEST, rank_correlation

NAN = np.nan


def test_ten_regions_by_hand():
    """Ranks 1 to 10 against the same with two neighbours swapped: rho = 1 - 6 x 2 / 990."""
    first = np.arange(10.0)
    second = first.copy()
    second[[4, 5]] = second[[5, 4]]
    known = rank_correlation(first, second)
    rho = 1 - 12 / 990
    assert known.rho == pytest.approx(rho)
    half = 1.959964 * np.sqrt((1 + rho**2 / 2) / 7)
    assert known.low == pytest.approx(np.tanh(np.arctanh(rho) - half))
    assert known.high == pytest.approx(np.tanh(np.arctanh(rho) + half))
    assert (known.n, known.direction) == (10, 1)


def test_what_is_not_known_is_left_out_and_not_counted():
    first = np.array([*range(12), NAN, 5.0])
    second = np.array([*range(12), 3.0, NAN])
    assert rank_correlation(first, second).n == 12


@pytest.mark.parametrize(
    ("first", "second"),
    [(np.arange(FEWEST - 1.0), np.arange(FEWEST - 1.0)), (np.arange(20.0), np.zeros(20))],
    ids=["too few", "all alike"],
)
def test_of_few_regions_or_of_one_value_nothing_is_told(first, second):
    known = rank_correlation(first, second)
    assert np.isnan([known.rho, known.low, known.high]).all()
    assert known.direction == 0


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), min_size=10, max_size=40))
def test_it_is_that_of_scipy_with_ties_and_lies_in_its_interval(pairs):
    first, second = np.array(pairs, dtype=float).T
    known = rank_correlation(first, second)
    if len(set(first)) == 1 or len(set(second)) == 1:
        assert np.isnan(known.rho)
        return
    assert known.rho == pytest.approx(spearmanr(first, second).statistic)
    assert -1 <= known.low <= known.rho <= known.high <= 1
    turned = rank_correlation(first, -second)
    assert (turned.rho, turned.low) == (pytest.approx(-known.rho), pytest.approx(-known.high))
