"""Two measures of a view: the quadrants in a planner's words, colours told apart by everybody."""

from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest

from geodata.analysis.bivariate import QUADRANTS
from geodata.boundaries.store import active_set
from geodata.regions import Level
from geodata.registry.fields import BIDANG
from geodata.registry.snapshot import KimFilter, load_sample
from geodata.view.conditions import Condition
from geodata.view.field_potential import OF_FIELD, field_potential
from geodata.view.metrics import metric_table
from geodata.view.palette import NO_DATA, NOT_REPORTED, ZERO
from geodata.view.two_measures import CELLS, left_out_in_words, present, two_measures
from geodata.view.view import View
from tests.registries import reported_only

MALANG = View("35.07", level=Level.DESA)


def shown(view=MALANG, first="idm", snapshot=None):
    return two_measures(view, first, snapshot or load_sample(), active_set())


def test_the_lists_add_up_to_the_regions_of_which_both_measures_are_known():
    of_malang = shown()
    listed = of_malang.listed(load_sample(), {name: name for name in QUADRANTS})
    assert len(listed) == sum(of_malang.regions.counts)
    assert len(listed) == 378
    assert of_malang.regions.without_data == 12, "kelurahan, of which there is no IDM"
    strong_without = listed[listed["kuadran"] == "tinggi_rendah"]
    assert (strong_without["jumlah_kim"] == 0).all()
    assert strong_without["idm"].is_monotonic_decreasing
    assert {"provinsi", "kabupaten_kota", "kecamatan"} < set(listed)


def test_where_low_is_none_a_planner_is_told_so():
    of_malang = shown()
    assert of_malang.quadrant_in_words("tinggi_rendah", "id") == "kuat, belum ada KIM"
    assert of_malang.quadrant_in_words("rendah_tinggi", "id") == "lemah, sudah ada KIM"
    filtered = shown(MALANG.filtered(bidang=("umkm",)))
    assert "filter" in filtered.quadrant_in_words("tinggi_rendah", "id")
    people = shown(View("35"), "penduduk").quadrant_in_words("tinggi_rendah", "id")
    assert people == "Penduduk tinggi, Jumlah KIM rendah"
    both = shown(View("35", metric="iks")).quadrant_in_words("tinggi_rendah", "id")
    assert both.startswith("Indeks Desa Membangun (IDM) tinggi, Indeks ketahanan sosial")


def test_who_has_not_reported_is_in_no_cell_and_counted():
    view = View("35")
    of_java = shown(view, "penduduk", reported_only(load_sample(), "35.07", "35.73"))
    assert of_java.regions.unreported == 36
    assert sum(of_java.regions.counts) == 2
    assert "36" in left_out_in_words(of_java, "id")


def test_regions_that_do_not_meet_the_conditions_are_in_no_cell_and_counted():
    lumajang = View("35.08", level=Level.DESA)
    every = shown(lumajang).table
    strong = shown(replace(lumajang, conditions=(Condition("idm_status", ("Mandiri",)),)))
    assert 0 < len(strong.left_out) < len(every)
    assert set(strong.left_out) == set(every["kode"]) - set(strong.table["kode"])
    assert strong.table["idm"].min() > every["idm"].min()
    assert f"{len(strong.left_out)} yang tidak memenuhi syarat" in left_out_in_words(strong, "id")


def test_where_all_are_alike_none_is_called_low():
    same = shown(replace(MALANG, level=None, metric="idm_status_atas"))
    assert "rendah" not in same.quadrant_in_words("tinggi_rendah", "id")


def test_of_two_indicators_nothing_waits_for_a_report():
    of_java = shown(View("35", metric="penduduk"), snapshot=reported_only(load_sample(), "35.07"))
    assert of_java.regions.unreported == 0
    assert (sum(of_java.regions.counts), of_java.regions.without_data) == (30, 8), (
        "kota have no desa"
    )


def test_a_potential_is_held_against_the_kim_of_its_field_whatever_fields_the_filter_names():
    view = View("35.07", kim_filter=KimFilter(bidang=("umkm",)))
    known = field_potential(view, "pariwisata", "idm", load_sample(), active_set())
    tourism = KimFilter(bidang=("pariwisata",))
    expected = metric_table(OF_FIELD, load_sample(), tourism, None, Level.KECAMATAN, "35.07")
    table = known.measures.table
    assert table[OF_FIELD].tolist() == expected[OF_FIELD].tolist()
    without = set(expected.loc[expected["jumlah_kim"] == 0, "kode"])
    high = table[table["idm"] >= known.least]
    assert set(known.unserved["kode"]) == without & set(high["kode"])
    assert known.high == len(high)
    assert known.correlation.n == 33


@pytest.mark.parametrize("field", BIDANG[:1])
@pytest.mark.parametrize("lang", ["id", "en"])
def test_the_correlation_says_of_how_many_regions_and_how_sure(field, lang):
    known = field_potential(View("35"), field, "idm", load_sample(), active_set())
    words = known.correlation_in_words(lang)
    assert "30" in words
    assert "95%" in words
    few = field_potential(View("51"), field, "idm", load_sample(), active_set())
    assert "95%" not in few.correlation_in_words(lang)


def test_the_square_leaves_out_steps_that_no_region_is_in():
    assert present(((0, 0), None, (1, 1))) == [0, 2]


# Machado, G. M., Oliveira, M. M., and Fernandes, L. A. F. (2009). A physiologically-based model for
# simulation of color vision deficiency. IEEE TVCG, 15(6): severity 1.
SEEN_AS = {
    "by all colours": np.eye(3),
    "protanopia": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216],
                   [-0.003882, -0.048116, 1.051998]],
    "deuteranopia": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413],
                     [-0.011820, 0.042940, 0.968881]],
    "tritanopia": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602],
                   [0.004733, 0.691367, 0.303900]],
}  # fmt: skip


def lab(colour, seen_as):
    """CIE L*a*b* (D65) of a colour as somebody sees it."""
    parts = np.array([int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)])
    linear = np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)
    linear = np.clip(np.array(seen_as) @ linear, 0, 1)
    to_xyz = [[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]
    x, y, z = np.cbrt(np.array(to_xyz) @ linear / [0.9505, 1, 1.089])
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


@pytest.mark.parametrize("seen_as", SEEN_AS.values(), ids=SEEN_AS)
def test_no_two_cells_look_alike_also_to_the_colour_blind(seen_as):
    """A difference (CIE 1976) of 10 is seen at a glance, one of 2.3 just so."""
    cells = [lab(colour, seen_as) for colour in CELLS]
    no_data = lab(NO_DATA, seen_as)
    assert min(np.linalg.norm(left - right) for left, right in combinations(cells, 2)) > 15
    assert min(np.linalg.norm(cell - no_data) for cell in cells) > 10


def test_cells_are_none_of_the_colours_that_mean_something_else():
    assert not {NO_DATA, NOT_REPORTED, ZERO} & set(CELLS)
    assert len(set(CELLS)) == 9
