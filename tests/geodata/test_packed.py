from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.packed import PART, Packed, in_parts

ROWS = [[str(number), "KIM"] for number in range(2 * PART + 7)]


def test_a_packed_list_is_the_list_that_was_appended_to():
    assert list(Packed(ROWS)) == ROWS
    assert len(Packed(ROWS)) == len(ROWS)
    assert [len(part) for part in Packed(ROWS).parts()] == [PART, PART, 7]


@settings(max_examples=20)
@given(st.integers(-len(ROWS), len(ROWS) - 1), st.integers(0, 3 * PART))
def test_an_item_and_a_slice_are_those_of_the_list(position, end):
    packed = Packed(ROWS)
    assert packed[position] == ROWS[position]
    assert packed[end // 2 : end] == ROWS[end // 2 : end]


def test_what_is_changed_while_it_is_gone_through_is_not_kept():
    packed = Packed(ROWS)
    for row in packed:
        row.clear()
    assert packed[0] == ROWS[0]


def test_parts_hold_everything_once():
    assert [item for part in in_parts(iter(ROWS)) for item in part] == ROWS
    assert list(in_parts([])) == []
