"""Numbers of a column: whichever marks it has, each is read in one way or not at all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.indicators.numbers import decimal_mark, read_number
from geodata.indicators.reasons import Reason
from geodata.text import number


@pytest.mark.parametrize(
    ("cells", "mark"),
    [
        (["0,7444", "0,61"], ","),
        (["12.5", "7"], "."),
        (["1.234,50", "1.234"], ","),
        (["1.234.567", "1.234"], ","),
        (["1,234,567.0"], "."),
        (["1.234", "5.678", "-"], ""),
        (["12,5", "12.5"], ""),
        (["Kab. Malang", "1 234"], ""),
        ([], ""),
    ],
)
def test_a_column_tells_with_which_mark_it_writes_decimals(cells, mark):
    assert decimal_mark(cells) == mark


@pytest.mark.parametrize(
    ("cell", "kind", "mark", "value"),
    [
        ("1.234", "count", "", 1234),
        ("1,234", "count", ".", 1234),
        ("1 234 567", "count", "", 1_234_567),
        ("1.234,0", "count", "", 1234),
        ("0", "count", "", 0),
        ("0,7444", "index", "", 0.7444),
        ("1.234", "index", ".", 1.234),
        ("1.234", "index", ",", 1234),
        ("-3,5", "index", "", -3.5),
        ("3.507082001E+09", "index", "", 3507082001),
        ("0.125", "share", "", 0.125),
        ("45,5 %", "share", "", 0.455),
        ("100%", "share", "", 1),
    ],
)
def test_a_number_is_read(cell, kind, mark, value):
    assert read_number(cell, kind, mark) == pytest.approx(value, rel=1e-12)


@pytest.mark.parametrize(
    ("cell", "kind", "mark", "reason"),
    [
        ("", "count", "", Reason.EMPTY),
        ("-", "share", "", Reason.EMPTY),
        ("belum ada", "index", "", Reason.EMPTY),
        ("1.234", "index", "", Reason.AMBIGUOUS),
        ("12,5", "count", "", Reason.NOT_WHOLE),
        ("-3", "count", "", Reason.NEGATIVE),
        ("45,5", "share", "", Reason.OVER_ONE),
        ("101%", "share", "", Reason.OVER_ONE),
        ("1.250 jiwa", "count", "", Reason.NOT_A_NUMBER),
        ("1.23.4", "count", "", Reason.NOT_A_NUMBER),
        ("#REF!", "index", "", Reason.NOT_A_NUMBER),
        ("1e999", "index", "", Reason.NOT_A_NUMBER),
        ("inf", "index", "", Reason.NOT_A_NUMBER),
        ("٣", "count", "", Reason.NOT_A_NUMBER),
        ("=1+1", "index", "", Reason.NOT_A_NUMBER),
        ("9" * 50, "count", "", Reason.NOT_A_NUMBER),
    ],
)
def test_what_cannot_be_used_is_told_with_the_reason(cell, kind, mark, reason):
    assert read_number(cell, kind, mark) is reason


def test_percentages_without_a_sign_are_shares_only_where_somebody_says_so():
    assert read_number("45,5", "share", "") is Reason.OVER_ONE
    assert read_number("45,5", "share", "", percent=True) == pytest.approx(0.455)
    assert read_number("45,5%", "share", "", percent=True) == pytest.approx(0.455)


@given(st.integers(0, 10**12), st.sampled_from(["id", "en"]))
def test_a_count_as_either_language_writes_it_is_read_back(value, lang):
    assert read_number(number(value, lang), "count", "") == value


@given(st.text(max_size=60), st.sampled_from(["count", "share", "index"]), st.sampled_from(",."))
def test_whatever_a_cell_holds_is_a_number_or_a_reason(cell, kind, mark):
    read = read_number(cell, kind, mark)
    assert isinstance(read, Reason) or float("-inf") < read < float("inf")
