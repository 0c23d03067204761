from datetime import date

import pytest

from geodata.days import ZONES, day_is_over, months_before, office_day, years_before
from geodata.regions import Level


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


def test_months_before_a_day_that_the_month_lacks_is_its_last():
    assert months_before(date(2026, 5, 31), 3) == date(2026, 2, 28)
    assert months_before(date(2026, 1, 15), 14) == date(2024, 11, 15)


def test_three_years_before_a_leap_day_is_the_last_of_february():
    assert years_before(date(2024, 2, 29), 3) == date(2021, 2, 28)
    assert years_before(date(2023, 6, 30), 3) == date(2020, 6, 30)


def test_every_provinsi_has_its_time_zone_of_the_decree(gazetteer):
    assert {*ZONES} == {*gazetteer.codes(Level.PROVINSI).tolist()}
    named = {"31": "WIB", "62": "WIB", "63": "WITA", "65": "WITA", "51": "WITA", "94": "WIT"}
    assert {code: str(ZONES[code]) for code in named} == named


@pytest.mark.parametrize(
    ("region", "over"),
    [
        (None, "2024-12-31T17:00:00+00:00"),
        ("35.07.08.2001", "2024-12-31T17:00:00+00:00"),
        ("51", "2024-12-31T16:00:00+00:00"),
        ("91.71", "2024-12-31T15:00:00+00:00"),
    ],
)
def test_a_day_is_over_at_midnight_of_the_region(region, over):
    assert day_is_over(date(2024, 12, 31), region) == over
