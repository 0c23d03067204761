from dataclasses import replace

import pytest

from geodata.analysis.trend import Trend, kim_trend
from geodata.registry.snapshot import KimFilter
from tests.analysis.worlds import registry_of, road

THREE_YEARS = [
    "2023-11-25",  # the day on which the three years before end
    "2023-11-26",
    "2024-02-29",
    "2024-12-31",
    "2026-11-25",
]


def of(days, as_of="2026-11-25", kim_filter=None):
    gazetteer = road([0])
    snapshot = registry_of(gazetteer, ["11.01.01.2000"] * len(days), tanggal_terdaftar=days)
    return kim_trend(replace(snapshot, date=as_of), kim_filter or KimFilter())


def test_lately_are_three_whole_years_up_to_the_day_of_the_data():
    assert of(THREE_YEARS) == Trend(recent=4, before=1, newest="2026-11-25", unknown=0)


def test_a_list_that_ends_years_before_the_data_has_no_recent_kim():
    assert of(["2017-01-15", "2017-06-15"]) == Trend(0, 0, "2017-06-15", 0)


def test_a_day_that_is_missing_or_still_to_come_is_not_known():
    assert of(["2025-03-01", None, "2050-01-01"]) == Trend(1, 0, "2025-03-01", 2)
    assert of([None]) == Trend(0, 0, "", 1)


@pytest.mark.parametrize(("as_of", "recent"), [("2024-02-29", 2), ("2024-03-01", 1)])
def test_three_years_before_a_leap_day_end_with_february(as_of, recent):
    assert of(["2021-02-28", "2021-03-01", "2024-02-29"], as_of).recent == recent
