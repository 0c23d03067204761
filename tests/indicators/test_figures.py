"""Indicators add up: sums, means, shares of categories, and what is missing stays missing."""

from dataclasses import replace

import numpy as np
import pytest

from geodata.indicators.figures import Figures, Given
from geodata.indicators.indicator import Indicator, IndicatorError
from geodata.regions import Level

WAJAK = "35.07.08"


@pytest.fixture
def figures(gazetteer):
    """Makes figures of indicators with the values of a few regions each."""

    def make(*given: tuple[Indicator, dict[str, float]]) -> Figures:
        return Figures(gazetteer, [Given(it, of(it, values)) for it, values in given], "made")

    def of(indicator: Indicator, values: dict[str, float]):
        array = np.full(len(gazetteer.codes(indicator.level)), np.nan)
        array[gazetteer.positions(indicator.level, np.array(list(values)))] = list(values.values())
        return lambda: array

    return make


@pytest.fixture
def at(gazetteer):
    """The value of one region in an array of its level."""

    def value(values: np.ndarray, code: str, level: Level) -> float:
        (position,) = gazetteer.positions(level, np.array([code]))
        return values[position]

    return value


FAMILIES = Indicator("keluarga", Level.DESA, 2024, "count", "sum", "Keluarga")
ONLINE = Indicator("daring", Level.DESA, 2024, "share", "mean", "Keluarga dengan internet")
STATE = Indicator(
    "keadaan", Level.DESA, 2024, "category", "shares", "Keadaan", categories=("baik", "buruk")
)
DESA = [f"{WAJAK}.{number}" for number in range(2001, 2005)]


def test_a_sum_is_of_the_desa_that_have_a_value_and_says_of_how_many(figures, at, gazetteer):
    made = figures((FAMILIES, {DESA[0]: 800, DESA[1]: 0}))
    assert at(made.values("keluarga", Level.KECAMATAN), WAJAK, Level.KECAMATAN) == 800
    scope = gazetteer.within(Level.DESA, WAJAK)
    share = 2 / (scope.stop - scope.start)
    assert at(made.known("keluarga", Level.KECAMATAN), WAJAK, Level.KECAMATAN) == share
    assert at(made.known("keluarga", Level.DESA), DESA[1], Level.DESA) == 1


def test_zero_is_a_value_and_a_region_without_one_has_none_at_any_level(figures, at):
    made = figures((FAMILIES, {DESA[0]: 0}))
    assert at(made.values("keluarga", Level.KECAMATAN), WAJAK, Level.KECAMATAN) == 0
    for level in Level:
        values, known = made.values("keluarga", level), made.known("keluarga", level)
        assert np.isfinite(values).sum() == 1
        assert np.array_equal(np.isnan(values), known == 0)


def test_a_mean_is_weighted_by_another_indicator(figures, at):
    weighted = replace(ONLINE, weight="keluarga")
    shares = {DESA[0]: 0.5, DESA[1]: 0.1, DESA[2]: 0.9}
    people = {DESA[0]: 100, DESA[1]: 300, DESA[3]: 50}
    made = figures((weighted, shares), (FAMILIES, people))
    kecamatan = at(made.values("daring", Level.KECAMATAN), WAJAK, Level.KECAMATAN)
    assert kecamatan == pytest.approx((0.5 * 100 + 0.1 * 300) / 400)
    plain = figures((ONLINE, shares))
    alike = at(plain.values("daring", Level.KECAMATAN), WAJAK, Level.KECAMATAN)
    assert alike == pytest.approx(0.5)


def test_a_mean_whose_weights_are_all_zero_is_none(figures, at):
    made = figures((replace(ONLINE, weight="keluarga"), {DESA[0]: 0.5}), (FAMILIES, {DESA[0]: 0}))
    assert np.isnan(at(made.values("daring", Level.KECAMATAN), WAJAK, Level.KECAMATAN))
    assert at(made.known("daring", Level.KECAMATAN), WAJAK, Level.KECAMATAN) == 0


def test_of_a_category_regions_above_have_the_share_of_each(figures, at):
    made = figures((STATE, {DESA[0]: 0, DESA[1]: 1, DESA[2]: 1}))
    shares = [made.shares("keadaan", name, Level.KECAMATAN) for name in STATE.categories]
    assert [at(share, WAJAK, Level.KECAMATAN) for share in shares] == pytest.approx([1 / 3, 2 / 3])
    assert at(made.shares("keadaan", "buruk", Level.DESA), DESA[0], Level.DESA) == 0
    assert np.isnan(at(made.shares("keadaan", "buruk", Level.DESA), DESA[3], Level.DESA))
    assert np.isnan(made.values("keadaan", Level.KECAMATAN)).all()


def test_what_does_not_add_up_is_known_at_its_own_level_alone(figures):
    made = figures((replace(FAMILIES, adding="none"), {DESA[0]: 800}))
    assert np.isfinite(made.values("keluarga", Level.DESA)).sum() == 1
    assert np.isnan(made.values("keluarga", Level.KECAMATAN)).all()


def test_what_is_given_for_a_level_counts_there_and_is_spread_to_none_below(figures, at):
    of_kabupaten = replace(FAMILIES, level=Level.KABUPATEN_KOTA, year=2025)
    made = figures((FAMILIES, {DESA[0]: 800}), (of_kabupaten, {"35.07": 700_000}))
    assert at(made.values("keluarga", Level.KECAMATAN), WAJAK, Level.KECAMATAN) == 800
    assert at(made.values("keluarga", Level.KABUPATEN_KOTA), "35.07", Level.KABUPATEN_KOTA) == 7e5
    assert at(made.values("keluarga", Level.PROVINSI), "35", Level.PROVINSI) == 700_000
    years = [made.source("keluarga", level).year for level in Level]
    assert years == [2025, 2025, 2024, 2024]
    assert made.indicators == (FAMILIES,)
    alone = figures((of_kabupaten, {"35.07": 700_000}))
    assert np.isnan(alone.values("keluarga", Level.DESA)).all()
    assert alone.source("keluarga", Level.DESA) is None


def test_nobody_can_change_what_is_kept(figures):
    made = figures((FAMILIES, {DESA[0]: 800}))
    assert made.values("keluarga", Level.DESA) is made.values("keluarga", Level.DESA)
    with pytest.raises(ValueError, match="read-only"):
        made.values("keluarga", Level.DESA)[0] = 1


def test_an_indicator_or_a_category_that_there_is_not_is_told_with_those_that_there_are(figures):
    made = figures((STATE, {}))
    with pytest.raises(IndicatorError, match=r"no indicator “idn”.*keadaan"):
        made.values("idn", Level.DESA)
    with pytest.raises(IndicatorError, match=r"no category “sedang”.*baik, buruk"):
        made.shares("keadaan", "sedang", Level.DESA)
