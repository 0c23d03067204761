import io
import json
import re
import zipfile
from dataclasses import replace
from html.parser import HTMLParser

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from PIL import Image
from pptx import Presentation

from geodata.analysis.coverage import coverage_by_region
from geodata.analysis.region_metrics import kim_by_bidang, kim_by_year, region_metrics, totals
from geodata.analysis.siting.plans import RADIUS_KM, plan_siting
from geodata.boundaries.store import active_set
from geodata.errors import DataFileError, PetaKimError, SelectionError
from geodata.exports.briefing.compose import make_briefing
from geodata.exports.briefing.pack import WRITERS, write_pack
from geodata.exports.briefing.page import to_html
from geodata.exports.briefing.paper import to_pdf
from geodata.exports.briefing.picture import sheet, sheet_png
from geodata.exports.briefing.powerpoint import to_pptx
from geodata.exports.briefing.shapes import GRID, compact
from geodata.exports.extracts import Extract
from geodata.exports.formats import CSV
from geodata.exports.manifest import sources_of
from geodata.lines import short_line
from geodata.regions import Level
from geodata.registry.snapshot import KimFilter, Snapshot, load_sample
from geodata.text import number
from geodata.view.metrics import METRICS, metric_table
from geodata.view.view import View
from tests.exports.conftest import HOSTILE
from tests.registries import reported_only
from tests.strategies import codes, kim_filters


def brief(snapshot, within="35.23", **view):
    asked = View(within, **{"metric": "cakupan", **view})
    return make_briefing(snapshot, active_set(), asked, sources_of(snapshot))


# The model.


def test_the_figures_are_those_of_the_region(sample):
    made = brief(sample, "35", kim_filter=KimFilter(bidang=("umkm",)))
    shown = totals(sample, KimFilter(bidang=("umkm",)), "35")
    figures = {figure.label: figure.value for figure in made.figures}
    assert figures["Jumlah KIM"] == number(shown.jumlah_kim, "id")
    assert figures["Desa/kelurahan yang punya KIM"] == number(shown.desa_terlayani, "id")
    assert len(made.ranking.rows) == 38
    in_ranking = sum(int(row[2].replace(".", "")) for row in made.ranking.rows)
    assert in_ranking == shown.jumlah_kim
    assert sum(made.trend.values) == shown.jumlah_kim
    assert made.counted == "bidang UMKM"


@given(codes(Level.PROVINSI, Level.KABUPATEN_KOTA, Level.KECAMATAN), kim_filters)
@settings(max_examples=8)
def test_every_region_of_every_layer_is_in_one_class_of_its_legend(within, kim_filter):
    made = brief(load_sample(), within, kim_filter=kim_filter)
    for layer in made.layers:
        assert sum(row.count for row in layer.legend) == len(layer.regions)
        fills = {row.fill for row in layer.legend if row.count}
        assert set(layer.regions["fill"]) == fills


def test_a_region_is_ranked_by_its_estimate_whatever_the_map_shows(sample):
    beside = coverage_by_region(sample, KimFilter(), Level.KABUPATEN_KOTA, "35").set_index("kode")
    tuban = beside.loc["35.23", "peringkat"]
    for metric in ("cakupan", "jumlah_kim", "jarak_rata_km"):
        told = brief(sample, "35.23", metric=metric).standing
        assert told.startswith(f"Peringkat {tuban} dari 38 kabupaten/kota di Provinsi Jawa Timur")
    none = beside.index[beside["jumlah_kim"] == 0][-1]
    assert brief(sample, none).standing.startswith("Tidak diperingkat")
    assert brief(sample, None).standing == ""


def test_a_metric_that_not_every_table_has_is_drawn_ordered_by_and_told(sample):
    made = brief(sample, "35.23", metric="jarak_rata_km")
    km = METRICS["jarak_rata_km"]
    parts = metric_table(km.name, sample, KimFilter(), None, Level.KECAMATAN, "35.23")
    assert made.ranking.headings[-1] == km.column.title("id")
    ranked = [row[-1] for row in made.ranking.rows]
    assert ranked == [km.written(value, "id") for value in sorted(parts[km.name])], "near is good"
    for layer in made.layers:
        assert km.title("id") in layer.title
        assert all(line.startswith(f"{km.title('id')}: ") for line in layer.regions["line"])


def test_where_a_level_has_no_estimate_its_coverage_is_drawn_and_says_so(sample):
    made = brief(sample, "35.23.01", metric="cakupan_eb")
    (desa,) = made.layers
    assert METRICS["cakupan"].title("id") in desa.title
    assert made.ranking.headings[-1] != METRICS["cakupan_eb"].column.title("id")


def test_where_all_are_near_a_kim_no_place_is_proposed_and_the_pack_says_so(sample):
    made = brief(sample, "35.23.16")
    assert made.sites == made.next_sites.rows == ()
    assert made.next_sites.lead == (
        "Semua 17 desa/kelurahan sudah berjarak paling jauh 5 km dari suatu KIM yang dihitung."
    )


def test_of_a_region_that_has_not_reported_a_pack_says_so_and_counts_nothing(registry):
    nobody = brief(reported_only(registry({}), "35.07"), "35.09")
    unknown = "Belum diketahui: wilayah ini belum melapor."
    tables = (nobody.ranking, nobody.gaps, nobody.priority, nobody.next_sites)
    assert [(table.lead, table.rows) for table in tables] == [(unknown, ())] * 4
    charts = (nobody.bidang, nobody.trend)
    assert [(chart.note, chart.categories) for chart in charts] == [(unknown, ())] * 2
    assert to_html(nobody).decode().count(f'<p class="lead">{unknown}</p>') == 6
    slides = Presentation(io.BytesIO(to_pptx(nobody))).slides
    shapes = [shape for slide in slides for shape in slide.shapes]
    said = [shape.text_frame.text for shape in shapes if shape.has_text_frame]
    assert said.count(unknown) == 6
    assert not any(shape.has_chart for shape in shapes)
    assert to_pdf(nobody).startswith(b"%PDF")


def test_marks_stand_where_the_desa_are_and_the_first_on_top(sample):
    made = brief(sample, "35")
    desa = sample.gazetteer.tables[Level.DESA].set_index("kode")
    plan = plan_siting(sample, KimFilter(), add=10, radius_km=RADIUS_KM, within="35").table
    assert [(site.lat, site.lng) for site in made.sites] == [
        (desa["lat"][code], desa["lng"][code]) for code in plan["kode"]
    ]
    drawn = [words for words in map_words(made) if words.isdigit()]
    assert drawn == [str(number) for number in range(10, 0, -1)]


def test_what_is_made_up_or_approximate_is_said(sample):
    made = brief(sample)
    assert any("contoh" in note for note in made.notes)
    assert any("perkiraan" in note for note in made.notes)
    assert any("OpenStreetMap" in source for source in made.sources)


def test_a_desa_and_a_level_that_is_not_below_the_region_are_refused(sample):
    with pytest.raises(SelectionError, match="by desa"):
        brief(sample, "35.23.01.2001")
    with pytest.raises(SelectionError, match="by provinsi"):
        brief(sample, "35.23", level=Level.PROVINSI)


def test_a_name_becomes_one_short_line_without_marks_that_turn_the_text():
    assert [len(short_line(name)) <= 120 for name in HOSTILE] == [True] * len(HOSTILE)
    assert short_line("Desa‮\n\t Wajak\x07") == "Desa Wajak"
    assert short_line("مرحبا") == "مرحبا"


# The files.


class Words(HTMLParser):
    """The text of a page, scripts and styles left out."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self._hidden = False

    def handle_starttag(self, tag, attrs):
        self._hidden = tag in ("script", "style")

    def handle_endtag(self, tag):
        self._hidden = False

    def handle_data(self, data):
        if not self._hidden and data.strip():
            self.words.append(data.strip())


def words_of_html(body: bytes) -> list[str]:
    parser = Words()
    parser.feed(body.decode())
    return parser.words


def words_of_pptx(body: bytes) -> list[str]:
    """The text of boxes and tables, and the values of charts as the slides would write them."""
    words = []
    for slide in Presentation(io.BytesIO(body)).slides:
        assert slide.notes_slide.notes_text_frame.text
        for shape in slide.shapes:
            if shape.has_text_frame:
                words += [paragraph.text for paragraph in shape.text_frame.paragraphs]
            elif shape.has_table:
                words += [cell.text for row in shape.table.rows for cell in row.cells]
            elif shape.has_chart:
                words += [number(value, "id") for value in shape.chart.plots[0].series[0].values]
    return words


def map_words(made) -> list[str]:
    """What is written on the map of the sheet for print."""
    return [drawn.get_text() for drawn in sheet(made, dpi=20).axes[0].texts]


@given(codes(Level.KABUPATEN_KOTA, Level.KECAMATAN), kim_filters, st.sampled_from(list(Level)))
@settings(max_examples=4)
def test_the_numbers_are_equal_in_every_file_that_is_taken_away(within, kim_filter, level):
    sample = load_sample()
    assume(level.code_length > len(within))
    made = brief(sample, within, kim_filter=kim_filter, level=level)
    html, pptx = words_of_html(to_html(made)), words_of_pptx(to_pptx(made))
    picture = [drawn.get_text() for drawn in sheet(made, dpi=20).texts]
    for figure in made.figures:
        assert figure.value in html
        assert figure.value in pptx
        assert figure.value in picture
    for row in made.layer.legend:
        counted = f"{row.label} ({row.count})"
        assert counted in pptx
        assert counted in picture
        assert row.label in html
    for above, row in enumerate(made.ranking.rows):
        assert above >= 12 or set(row) <= set(pptx)
        assert set(row) <= set(html)
    plan = plan_siting(sample, kim_filter, add=10, radius_km=RADIUS_KM, within=within)
    assert len(made.next_sites.rows) == len(plan.table)
    assert number(plan.total, "id") in made.next_sites.lead
    for row, planned in zip(made.next_sites.rows, plan.table.itertuples(), strict=True):
        reached = [number(value, "id") for value in (planned.tambahan, planned.terlayani)]
        assert list(row[4:6]) == reached
        assert set(row) <= set(html) & set(pptx)
    assert {made.next_sites.lead, made.standing, made.priority.lead} <= set(html)
    for row in made.priority.rows:
        assert set(row) <= set(html) & set(pptx)
    assert made.next_sites.lead in pptx
    for site in made.sites:
        assert site.number in map_words(made)
    for chart, counts in (
        (made.bidang, kim_by_bidang(sample, kim_filter, within)),
        (made.trend, kim_by_year(sample, kim_filter, within)),
    ):
        assert sorted(chart.values) == sorted(counts)
        assert {number(value, "id") for value in chart.values} <= set(html) & set(pptx)
    extract = Extract(sample, View(within, made.layers[0].level, kim_filter=kim_filter), "wilayah")
    table = extract.table()
    metrics = region_metrics(sample, kim_filter, made.layers[0].level, within)
    assert table["jumlah_kim"].tolist() == metrics["jumlah_kim"].tolist()
    by_name = sorted((row[1], row[2]) for row in made.ranking.rows)
    in_extract = zip(table["nama"].map(short_line), table["jumlah_kim"], strict=True)
    assert by_name == sorted((nama, number(kim, "id")) for nama, kim in in_extract)
    csv = b"".join(CSV.pieces(extract, ",")).decode("utf-8-sig").splitlines()
    assert len(csv) == 1 + len(made.ranking.rows)


def test_the_page_asks_for_nothing_and_its_policy_forbids_it(sample):
    page = to_html(brief(sample)).decode()
    own = page[: page.index("<style>")] + page[page.index("<body>") : page.index("<script")]
    assert not re.search(r"\b(src|href|action)=", own)
    assert "url(" not in page[: page.index("<script")]
    assert "default-src 'none'" in own


def test_a_provinsi_with_all_its_desa_fits_into_five_megabytes(sample):
    made = brief(sample, "35")
    assert [layer.level for layer in made.layers] == list(Level)[1:]
    assert len(made.layers[-1].regions) == 8_494
    assert len(to_html(made)) < 5_000_000


def test_shapes_are_made_coarser_until_they_fit_and_stay_near_where_they_were():
    polygons = active_set().polygons(Level.KECAMATAN)
    shapes = polygons[polygons["kode"].str.startswith("35.23")].geometry.to_numpy()
    roomy, tight = (compact([shapes], most)[0] for most in (1_000_000, 3_000))
    assert sum(map(len, tight)) <= 3_000 < sum(map(len, roomy))
    steps = np.array(json.loads(roomy[0])[0][0]).reshape(-1, 2).cumsum(axis=0) * GRID
    west, south, east, north = shapes[0].bounds
    assert np.allclose(
        [*steps.min(axis=0), *steps.max(axis=0)], [west, south, east, north], atol=0.01
    )
    assert compact([np.array([None, shapes[0]])], 1_000_000)[0][0] == "[]"


def test_the_sheet_for_print_has_its_title_source_and_date_at_300_dots_an_inch(sample):
    made = brief(sample)
    words = " ".join(drawn.get_text() for drawn in sheet(made, dpi=20).texts)
    assert "Kabupaten Tuban" in words
    assert "30 Juni 2023" in words
    assert "OpenStreetMap" in words
    assert "perkiraan" in words
    assert Image.open(io.BytesIO(sheet_png(made))).size == (3507, 2481)


@pytest.fixture
def hostile_names(sample) -> Snapshot:
    """The sample, in which kecamatan of Kabupaten Tuban have hostile names."""
    kecamatan = sample.gazetteer.tables[Level.KECAMATAN].copy()
    rows = np.flatnonzero(kecamatan["kode"].str.startswith("35.23"))[: len(HOSTILE)]
    kecamatan.loc[rows, "nama"] = HOSTILE
    tables = {**sample.gazetteer.tables, Level.KECAMATAN: kecamatan}
    return replace(sample, gazetteer=replace(sample.gazetteer, tables=tables))


def test_hostile_names_do_no_harm_in_any_file(hostile_names):
    made = brief(hostile_names)
    files = {ending: write(made) for ending, write in WRITERS.items()}
    html = files["html"].decode()
    assert "<script>alert" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
    assert "{{ 7*7 }}" in html
    assert "‮" not in html
    assert "A" * 121 not in html
    shown = words_of_pptx(files["pptx"])
    assert "=cmd|' /C calc'!A0" in shown
    with zipfile.ZipFile(io.BytesIO(files["pptx"])) as deck:
        books = [name for name in deck.namelist() if name.endswith(".xlsx")]
        assert len(books) == 2
        for name in books:
            with zipfile.ZipFile(io.BytesIO(deck.read(name))) as book:
                assert b"<f>" not in book.read("xl/worksheets/sheet1.xml")
    assert files["pdf"][:5] == b"%PDF-"


def test_a_pack_is_four_files_named_after_the_region(sample, tmp_path):
    heard = []
    paths = write_pack(brief(sample), tmp_path / "baru", lambda *step: heard.append(step))
    names = ["kim-35.23.html", "kim-35.23.pptx", "kim-35.23.pdf", "kim-35.23.png"]
    assert [path.name for path in paths] == names
    assert sorted(path.name for path in (tmp_path / "baru").iterdir()) == sorted(names)
    assert heard[-1][1] == 1.0
    (tmp_path / "berkas").write_text("")
    with pytest.raises(DataFileError, match="File exists"):
        write_pack(brief(sample), tmp_path / "berkas", lambda *_: None)


def test_a_page_without_leaflet_says_what_to_do(sample, monkeypatch, tmp_path):
    monkeypatch.setattr("geodata.exports.briefing.page._LEAFLET", tmp_path)
    with pytest.raises(PetaKimError, match="make setup"):
        to_html(brief(sample))
