"""Slides: the figures of the map page, and a file that needs nothing else."""

import io
import re
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from dashboard import data
from dashboard.paparan import slide as slide_module
from dashboard.paparan.closing import reaches_others
from dashboard.paparan.slide import Slide, deck_html, slide_of
from geodata.analysis.region_metrics import totals
from geodata.registry.snapshot import KimFilter, load_sample
from geodata.text import number
from geodata.view import palette
from geodata.view.metrics import METRICS
from geodata.view.view import View
from tests.registries import reported_only


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
    assert page.count('<section class="slide"') == 2
    assert not re.search(r"(src|href)=\"(?!data:)", page)
    assert "http" not in re.sub(r"data:image/png;base64,[^\"]+", "", page).replace("http-equiv", "")


def test_what_people_wrote_is_text_and_never_markup(jatim):
    hostile = '</div><script>alert(1)</script>{{ 7 * 7 }}"'
    slide = Slide(**{**vars(jatim), "notes": hostile, "title": hostile})
    page = deck_html(hostile, [slide], "id").decode()
    assert "<script>alert" not in page
    assert "{{ 7 * 7 }}" in page


def test_of_a_region_that_has_not_reported_no_figure_is_made_up(monkeypatch):
    reported = reported_only(load_sample(), "35.07")
    monkeypatch.setattr(data, "snapshot", lambda _=None: reported)
    jember = slide_of(View("35.09"))
    assert [figure for _, figure in jember.figures] == ["–"] * 3
    assert not any("aktif" in label for label, _ in jember.figures)
    assert "Jember, Jawa Timur belum melapor" in jember.sentence
    assert "Belum melapor" in jember.legend


def test_notes_are_where_no_screen_and_no_paper_shows_them(jatim):
    page = deck_html("Rakor", [jatim], "id").decode()
    assert page.count("Salam") == page.count('<template class="notes">Salam</template>') == 1


def test_the_last_slide_leads_to_the_server_if_others_can_reach_it(jatim):
    link = "https://kim.contoh.go.id/paparan/dek/rakor.html"
    page = deck_html("Rakor", [jatim], "id", link).decode()
    assert 'aria-label="Slide 2 dari 2: Buka di perangkat Anda"' in page
    assert f'<a href="{link}">kim.contoh.go.id/<wbr>paparan/<wbr>dek/<wbr>rakor.html</a>' in page
    assert "Slide 1 dari 1" in deck_html("Rakor", [jatim], "id").decode()


@pytest.mark.parametrize(
    ("address", "reaches"),
    [
        ("https://kim.contoh.go.id/", True),
        ("http://192.168.1.20:8501/?wilayah=35", True),
        ("http://localhost:8501/", False),
        ("http://127.0.0.1:8501/", False),
        ("http://[::1]:8501/", False),
    ],
)
def test_an_address_of_this_machine_alone_is_told(address, reaches):
    assert reaches_others(address) is reaches


SCHEMES = sorted({metric.ramp for metric in METRICS.values() if metric.ramp})


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("classes", [2, 5, 7])
def test_in_the_dark_each_class_is_lighter_than_the_one_below_it(scheme, classes):
    """Lightness tells classes apart for who sees no colours, too; zero is the darkest."""
    lightness = [
        luminance(in_the_dark(fill)) for fill in (palette.ZERO, *palette.ramp(scheme, classes))
    ]
    steps = [(high + 0.05) / (low + 0.05) for low, high in pairwise(lightness)]
    assert min(steps) > 1.1


def in_the_dark(colour: str) -> np.ndarray:
    """What the style makes of a colour (of filter effects, section 13.2), as shares of light."""
    style = (Path(slide_module.__file__).with_name("paparan.css")).read_text(encoding="utf-8")
    amount = float(re.search(r"invert\((.*?)\) hue-rotate\(180deg\)", style)[1])
    shares = np.array([int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)])
    turned = HALF_TURN @ (amount * (1 - shares) + (1 - amount) * shares)
    return turned.clip(0, 1)


HALF_TURN = np.array([[-0.574, 1.43, 0.144], [0.426, 0.43, 0.144], [0.426, 1.43, -0.856]])


def luminance(shares: np.ndarray) -> float:
    light = np.where(shares <= 0.04045, shares / 12.92, ((shares + 0.055) / 1.055) ** 2.4)
    return float(light @ (0.2126, 0.7152, 0.0722))


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
