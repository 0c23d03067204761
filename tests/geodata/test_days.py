from datetime import date

import pytest

from geodata.days import office_day, years_before


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        ("2026-11-25T16:59:59+00:00", "2026-11-25"),
        ("2026-11-25T17:00:00+00:00", "2026-11-26"),
        ("2026-11-25T18:43:00+00:00", "2026-11-26"),
        ("2026-12-31T23:30:00+07:00", "2026-12-31"),
    ],
)
def test_the_day_changes_at_midnight_of_jakarta(moment, day):
    assert office_day(moment) == day


def test_three_years_before_a_leap_day_is_the_last_of_february():
    assert years_before(date(2024, 2, 29), 3) == date(2021, 2, 28)
    assert years_before(date(2023, 6, 30), 3) == date(2020, 6, 30)
