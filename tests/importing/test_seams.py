from hypothesis import given
from hypothesis import strategies as st

from geodata.boundaries.seams import _rounds


@given(st.lists(st.integers(1, 1_000), min_size=1, max_size=60))
def test_what_is_cleaned_at_once_is_no_larger_than_the_largest_island(sizes):
    rounds = _rounds(sizes)
    assert sorted(number for together in rounds for number in together) == list(range(len(sizes)))
    assert max(sum(sizes[number] for number in together) for together in rounds) == max(sizes)


def test_small_islands_are_cleaned_side_by_side_after_the_largest():
    assert _rounds([3, 10, 5, 2]) == [[1], [2, 0, 3]]
