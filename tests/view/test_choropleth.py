"""Two choropleths side by side: a colour means the same in both."""

import numpy as np

from geodata.boundaries.store import active_set
from geodata.view.choropleth import choropleth
from geodata.view.view import View

JATIM, BALI = View("35", metric="cakupan"), View("51", metric="cakupan")


def beside(own, other, snapshot):
    return choropleth(own, snapshot, active_set(), other).layer


def test_regions_of_two_provinsi_are_classed_together(sample):
    left, right = beside(JATIM, BALI, sample), beside(BALI, JATIM, sample)
    assert [row.label for row in left.legend] == [row.label for row in right.legend]
    assert left.fills == right.fills
    colour_of = {}
    for layer in (left, right):
        shares = np.round(layer.table["cakupan"], 4)
        for share, colour in zip(shares, layer.row_fills, strict=True):
            assert colour_of.setdefault(share, colour) == colour
    alone = choropleth(BALI, sample, active_set()).layer
    assert [row.label for row in alone.legend] != [row.label for row in right.legend]


def test_each_counts_its_own_regions_in_the_legend(sample):
    left = beside(JATIM, BALI, sample)
    assert sum(row.count for row in left.legend) == len(left.table) == 38
    counts = [np.count_nonzero(left.row_fills == row.fill) for row in left.legend]
    assert [row.count for row in left.legend] == counts


def test_of_another_metric_there_is_nothing_to_be_classed_together(sample):
    other = View("51", metric="jumlah_kim")
    alone = choropleth(JATIM, sample, active_set()).layer
    assert beside(JATIM, other, sample).legend == alone.legend
