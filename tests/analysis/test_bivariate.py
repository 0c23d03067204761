"""Two measures at once: no tie is parted, no zero mixed, cells and quadrants add up."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from geodata.analysis.bivariate import NO_QUADRANT, QUADRANTS, Values, bivariate, halves, steps
from geodata.analysis.classes import NO_DATA, NOT_REPORTED

NAN = np.nan


def by(first, second, unreported=None, decimals=0):
    of = np.array(first, dtype=float), np.array(second, dtype=float)
    missing = np.array(unreported or [False] * len(first), dtype=bool)
    return bivariate(Values(of[0], decimals), Values(of[1], 0), missing)


def parts(*values, has_zero=True):
    return steps(Values(np.array(values, dtype=float), 0, has_zero))


def test_nine_values_are_parted_into_thirds():
    parted = parts(*range(1, 10))
    assert parted.index.tolist() == [0, 0, 0, 1, 1, 1, 2, 2, 2]
    assert parted.ranges == ((1, 3), (4, 6), (7, 9))


def test_zero_is_a_step_of_its_own_and_the_others_are_halves_of_what_is_more():
    parted = parts(0, 0, 0, 0, 0, 1, 2, 3, 4)
    assert parted.index.tolist() == [0, 0, 0, 0, 0, 1, 1, 2, 2]
    assert parted.ranges == ((0, 0), (1, 2), (3, 4))


def test_zero_of_an_index_is_a_value_like_any_other():
    parted = parts(0, 1, 2, 3, 4, 5, has_zero=False)
    assert parted.index.tolist() == [0, 0, 1, 1, 2, 2]
    assert parted.ranges[0] == (0, 1)


def test_desa_that_have_one_kim_or_none_are_at_the_two_ends():
    parted = parts(0, 1, 0, 1, NAN)
    assert parted.index.tolist() == [0, 2, 0, 2, -1]
    assert parted.ranges == ((0, 0), None, (1, 1))


def test_where_all_are_alike_there_is_one_step():
    assert parts(7, 7, 7).ranges == ((7, 7), None, None)
    assert parts(NAN, NAN).ranges == (None, None, None)


def test_high_is_what_is_above_the_median():
    parted = halves(np.array([1, 2, 3, 4.0, NAN]))
    assert parted.high.tolist() == [False, False, True, True, False]
    assert (parted.most, parted.least) == (2, 3)


def test_where_more_than_half_have_the_highest_value_that_is_high():
    parted = halves(np.array([0, 1, 1, 1.0]))
    assert parted.high.tolist() == [False, True, True, True]


def test_where_all_are_alike_none_is_high():
    parted = halves(np.array([0.0, 0]))
    assert not parted.high.any()
    assert (parted.most, parted.least) == (0, np.inf)


def test_a_strong_desa_without_a_kim_is_told_from_one_of_which_nobody_knows():
    """Four desa by IDM and KIM; a kelurahan without an IDM; a desa whose list has not come in."""
    idm = [0.9, 0.8, 0.4, 0.3, NAN, 0.9]
    kim = [0, 2, 0, 1, 3, NAN]
    parted = by(idm, kim, [False] * 5 + [True], decimals=2)
    names = [QUADRANTS[place] if place >= 0 else "" for place in parted.quadrant]
    assert names == ["tinggi_rendah", "tinggi_tinggi", "rendah_rendah", "rendah_tinggi", "", ""]
    assert parted.cell[4:].tolist() == [NO_DATA, NOT_REPORTED]
    assert (parted.without_data, parted.unreported) == (1, 1)
    assert parted.second.ranges[0] == (0, 0)
    assert parted.first.ranges[0] == (0.3, 0.4)


values = st.one_of(st.just(NAN), st.integers(0, 6).map(float))


@given(st.lists(st.tuples(values, values, st.booleans()), max_size=40))
def test_every_region_is_in_one_cell_and_one_quadrant_or_its_absence_is_counted(regions):
    first, second, flags = (
        (list(part) for part in zip(*regions, strict=True)) if regions else ([],) * 3
    )
    known = [not (np.isnan(x) or np.isnan(y)) for x, y in zip(first, second, strict=True)]
    unreported = [flag and not both for flag, both in zip(flags, known, strict=True)]
    parted = by(first, second, unreported)
    assert sum(parted.counts) == sum(known)
    assert sum(parted.counts) + parted.without_data + parted.unreported == len(regions)
    assert ((parted.quadrant != NO_QUADRANT) == np.array(known, dtype=bool)).all()
    for measure, of in ((parted.first, first), (parted.second, second)):
        seen = [(value, step) for value, step in zip(of, measure.index, strict=True) if step >= 0]
        assert all(step == 0 for value, step in seen if value == 0)
        assert not any(step == 0 for value, step in seen if value and (0.0, 0) in seen)
        by_value = sorted(seen)  # equal values share a step, and steps rise with values
        assert [step for _, step in by_value] == sorted(step for _, step in by_value)
        assert len({value for value, _ in seen}) == len(set(seen))
