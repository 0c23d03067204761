import pytest

from geodata.analysis.classes import MAX_CLASSES
from geodata.analysis.metrics import METRICS
from geodata.palette import NO_DATA, ZERO, ramp


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2 defines it, 0 to 1."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("metric", METRICS)
@pytest.mark.parametrize("classes", range(MAX_CLASSES + 1))
def test_there_is_a_colour_for_each_class_from_light_to_dark(metric, classes):
    colours = ramp(metric, classes)
    assert len(colours) == classes
    lightness = [luminance(colour) for colour in colours]
    assert lightness == sorted(set(lightness), reverse=True)


@pytest.mark.parametrize("metric", METRICS)
def test_the_palest_class_can_be_told_from_zero_and_none_is_the_grey_of_no_data(metric):
    for classes in range(1, MAX_CLASSES + 1):
        colours = ramp(metric, classes)
        assert luminance(ZERO) - luminance(colours[0]) > 0.12
        assert NO_DATA not in colours


def test_each_metric_has_its_own_colours():
    assert len({tuple(ramp(metric, 5)) for metric in METRICS}) == len(METRICS)
