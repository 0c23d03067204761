"""Slides: the figures of the map page, and a file that needs nothing else."""

import io
import re

import pytest
from PIL import Image

from dashboard.paparan.slide import Slide, deck_html, slide_of
from geodata.analysis.region_metrics import totals
from geodata.registry.snapshot import KimFilter, load_sample
from geodata.text import number
from geodata.view import palette
from geodata.view.metrics import METRICS
from geodata.view.view import View


@pytest.fixture(scope="module")
def jatim() -> Slide:
    return slide_of(View(region="35", kim_filter=KimFilter(bidang=("umkm",))), "Salam")


def colours_of(picture: bytes) -> set[str]:
    image = Image.open(io.BytesIO(picture)).convert("RGB")
    return {"#{:02x}{:02x}{:02x}".format(*rgb) for _, rgb in image.getcolors(1 << 24)}


def test_a_slide_has_the_figures_of_the_view(jatim):
    figures = totals(load_sample(), KimFilter(bidang=("umkm",)), "35")
    assert [figure for _, figure in jatim.figures[:2]] == [
        number(figures.jumlah_kim, "id"),
        number(figures.desa_terlayani, "id"),
    ]
    assert f"ada {number(figures.jumlah_kim, 'id')} KIM" in jatim.sentence
    assert "Jawa Timur" in jatim.title
    assert "UMKM" in jatim.subtitle


def test_its_picture_has_the_colours_of_the_legend_and_of_zero(jatim):
    drawn = colours_of(jatim.picture)
    ramp = set(re.findall(r"background:(#[0-9a-f]{6})", jatim.legend))
    assert ramp <= drawn | {palette.NO_DATA}
    assert {palette.ZERO, palette.SEA, palette.LAND} <= drawn


def test_a_view_in_petak_is_drawn_as_squares_and_says_so(jatim):
    squares = slide_of(View(region="35", kim_filter=KimFilter(bidang=("umkm",)), petak=True))
    assert squares.figures == jatim.figures
    assert squares.picture != jatim.picture
    assert "Setiap kotak satu kabupaten/kota" in squares.legend
    assert "Setiap kotak" not in jatim.legend


def test_it_says_what_is_approximate_and_what_is_made_up(jatim):
    assert "Batas perkiraan" in jatim.origin
    assert "Data contoh" in jatim.origin


def test_the_file_asks_for_nothing_and_holds_every_slide(jatim):
    page = deck_html("Rakor", [jatim, jatim], "id").decode()
    assert page.count('<section\n        class="slide"') == 2
    assert not re.search(r"(src|href)=\"(?!data:)", page)
    assert "http" not in re.sub(r"data:image/png;base64,[^\"]+", "", page).replace("http-equiv", "")


def test_what_people_wrote_is_text_and_never_markup(jatim):
    hostile = '</div><script>alert(1)</script>{{ 7 * 7 }}"'
    slide = Slide(**{**vars(jatim), "notes": hostile, "title": hostile})
    page = deck_html(hostile, [slide], "id").decode()
    assert "<script>alert" not in page
    assert "{{ 7 * 7 }}" in page


@pytest.mark.parametrize("region", [None, "35.07.08", "35.07.08.2001", "94.01"])
def test_every_kind_of_region_has_a_slide(region):
    slide = slide_of(View(region, lang="en"))
    assert Image.open(io.BytesIO(slide.picture)).width == 1_920


def test_clusters_can_be_a_slide_in_their_own_colours():
    slide = slide_of(View(region="35", metric="kelas"))
    own = {category.name: category.fill for category in METRICS["kelas"].categories}
    filled = colours_of(slide.picture) & set(own.values())
    assert own["tidak_nyata"] in filled
    assert filled <= set(re.findall(r"background:(#[0-9a-f]{6})", slide.legend))
