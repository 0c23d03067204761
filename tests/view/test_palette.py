import pytest

from geodata.analysis.classes import MAX_CLASSES
from geodata.view.metrics import METRICS
from geodata.view.palette import NO_DATA, ZERO, ramp

RAMPS = sorted({metric.ramp for metric in METRICS.values() if metric.ramp})
OF_KIM = [metric.ramp for metric in METRICS.values() if metric.ramp and metric.of_kim]
NAMED = [metric for metric in METRICS.values() if metric.categories]
FILLS = {category.name: category.fill for metric in NAMED for category in metric.categories}


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2 defines it, 0 to 1."""
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("scheme", RAMPS)
@pytest.mark.parametrize("classes", range(MAX_CLASSES + 1))
def test_there_is_a_colour_for_each_class_from_light_to_dark(scheme, classes):
    colours = ramp(scheme, classes)
    assert len(colours) == classes
    lightness = [luminance(colour) for colour in colours]
    assert lightness == sorted(set(lightness), reverse=True)


@pytest.mark.parametrize("scheme", RAMPS)
def test_the_palest_class_can_be_told_from_zero_and_none_is_the_grey_of_no_data(scheme):
    for classes in range(1, MAX_CLASSES + 1):
        colours = ramp(scheme, classes)
        assert luminance(ZERO) - luminance(colours[0]) > 0.12
        assert NO_DATA not in colours


def test_each_metric_of_kim_has_its_own_colours_and_indicators_have_none_of_these():
    assert len({ramp(scheme, 5) for scheme in OF_KIM}) == len(OF_KIM)
    of_indicators = {metric.ramp for metric in METRICS.values() if not metric.of_kim}
    assert not of_indicators & {*OF_KIM}


@pytest.mark.parametrize("metric", NAMED, ids=lambda metric: metric.name)
def test_categories_differ_in_colour_and_none_is_the_grey_of_no_data_or_white(metric):
    colours = [category.fill for category in metric.categories]
    assert len({*colours, NO_DATA, ZERO}) == len(colours) + 2


def test_low_and_high_clusters_differ_without_red_and_green():
    """What the red-green blind see best is blue: the low have more of it than the high."""
    blue = {name: int(colour[5:], 16) - int(colour[1:3], 16) for name, colour in FILLS.items()}
    low = ("rendah_rendah", "rendah_tinggi", "titik_dingin")
    high = ("tinggi_rendah", "tinggi_tinggi", "titik_panas")
    assert min(blue[name] for name in low) > 50 > -50 > max(blue[name] for name in high)
