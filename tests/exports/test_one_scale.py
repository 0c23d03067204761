"""Pictures of one scale show as many kilometres from edge to edge, whatever they are of."""

from math import cos, radians

import pytest

from geodata.exports.map_picture import of_one_scale

MALANG, JAKARTA, ACEH = (-8.5, 112.2, -7.7, 113.0), (-6.4, 106.7, -6.1, 107.0), (2, 95, 6, 98.3)


def test_pictures_of_one_scale_are_as_large_as_the_largest_needs_around_each_middle():
    every = [MALANG, JAKARTA, ACEH]
    alike = of_one_scale(every, frame=4 / 3)
    for (south, west, north, east), own in zip(alike, every, strict=True):
        assert north - south == pytest.approx(alike[0][2] - alike[0][0])
        across = (east - west) * cos(radians((south + north) / 2))
        assert across == pytest.approx((north - south) * 4 / 3)
        assert south <= own[0] <= own[2] <= north
        assert west <= own[1] <= own[3] <= east
