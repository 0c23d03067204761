"""What the browser gets: each region its class, and its figures as the tables write them."""

import json
from dataclasses import replace
from itertools import accumulate

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.analysis.region_metrics import count_by_desa
from geodata.boundaries.store import active_set
from geodata.regions import LEVELS, Level, feature_id
from geodata.registry.snapshot import KimFilter, load_sample
from geodata.text import LANGUAGES, number, text
from geodata.view.choropleth import choropleth
from geodata.view.metrics import BASIC_METRICS, METRICS
from geodata.view.palette import NO_DATA, ZERO
from geodata.view.payload import choropleth_payload
from geodata.view.view import View
from tests.strategies import codes, kim_filters

ATTRIBUTION = "batas perkiraan"
REGION = "Kabupaten Malang"


def shown(view, snapshot=None):
    return choropleth(view, snapshot or load_sample(), active_set())


def sent(view, snapshot=None, **more):
    return choropleth_payload(shown(view, snapshot), region=REGION, attribution=ATTRIBUTION, **more)


def said(payload, classes=None) -> dict[int, tuple[str, list[str]]]:
    """What the browser makes of it: the colour and the lines of hover of each feature id."""
    regions = {}
    for entry in payload["classes"] if classes is None else classes:
        columns = [[payload["texts"][number] for number in column] for column in entry["figures"]]
        for row, code in enumerate(accumulate(entry["ids"])):
            figures = [column[row] for column in columns]
            assert code not in regions, "no region is sent twice"
            regions[code] = entry["fill"], [line.format(*figures) for line in entry["say"]]
    return regions


@st.composite
def views(draw):
    view = View(draw(st.none() | codes(Level.PROVINSI, Level.KABUPATEN_KOTA)))
    view = view.drawn_at(draw(st.sampled_from(view.levels)))
    metric, lang = draw(st.sampled_from(BASIC_METRICS)), draw(st.sampled_from(LANGUAGES))
    return replace(view, kim_filter=draw(kim_filters), metric=metric, lang=lang)


def test_the_kim_of_a_choropleth_and_its_sight_from_afar_are_counted_once():
    before = count_by_desa.cache_info().misses
    of_now = replace(load_sample(), version="another")
    view = View(level=Level.DESA, metric="cakupan")
    assert shown(view, of_now).far is not None
    shown(view.at("35"), of_now)
    assert count_by_desa.cache_info().misses == before + 1


def test_petak_is_the_same_payload_drawn_elsewhere():
    view = View("35.07")
    as_map, squares = sent(view, marks=True), sent(replace(view, petak=True))
    differing = {name for name in as_map if as_map[name] != squares[name]}
    assert differing == {"petak", "bounds", "legends"}
    assert "Setiap kotak satu kecamatan" in squares["legends"][0]["notes"][0]


def test_in_petak_every_region_is_drawn_and_all_desa_are_seen_from_afar():
    whole = shown(View(level=Level.DESA, petak=True))
    assert whole.far is None
    assert whole.layer.not_drawn == 0 < shown(View(level=Level.DESA)).layer.not_drawn


@given(views())
@settings(max_examples=8)
def test_every_region_has_its_colour_and_its_figures_as_tables_write_them(view):
    layer = shown(view).layer
    payload = sent(view)
    regions = said(payload)
    coverage = METRICS["cakupan"]
    none = text("map.none_counted" if view.kim_filter != KimFilter() else "map.none", view.lang)
    for row, fill in zip(layer.table.itertuples(), layer.row_fills, strict=True):
        colour, lines = regions.get(feature_id(row.kode), (ZERO, payload["rest"]))
        assert colour == fill
        kim = f"{number(row.jumlah_kim, view.lang)} KIM"
        assert (kim if row.jumlah_kim else none) in lines
        if view.shown_level is not Level.DESA:
            says_active = lines[-1].startswith(text("map.active", view.lang).split("{")[0])
            assert says_active or not row.jumlah_kim or view.kim_filter.status
            *_, all_kim, active = lines if says_active else [*lines, ""]
            assert coverage.written(row.cakupan, view.lang) in all_kim
            assert number(row.desa_terlayani, view.lang) in all_kim
            assert number(row.jumlah_desa, view.lang) in all_kim
            if active:
                assert number(row.desa_aktif, view.lang) in active
                assert coverage.written(row.cakupan_aktif, view.lang) in active
        if view.metric == "kim_per_100_desa":
            written = METRICS[view.metric].written(row.kim_per_100_desa, view.lang)
            assert lines[0].endswith(f": {written}")


def test_a_share_that_is_hardly_any_or_nearly_all_is_not_rounded_to_none_or_all(registry):
    payload = sent(View(lang="en"), registry({"kode_wilayah": "35.07.08.2001"}))
    assert said(payload)[35][1] == [
        "1 KIM",
        "1 of 8,494 villages have a KIM (0.01%)",
        "With an active KIM: 1 (0.01%)",
    ]
    assert said(sent(View(), registry()))[35][1][-1].endswith("(0,00%)")


def test_the_legend_counts_every_region_and_names_the_colours_that_regions_have():
    for view in (View(), View("35.07"), View(level=Level.DESA)):
        payload = sent(view, marks=True)
        drawn = {entry["fill"] for entry in payload["classes"]}
        drawn |= {entry["fill"] for entry in payload.get("far", {"classes": []})["classes"]}
        shown_levels = [view.far_level, view.shown_level] if view.far_level else [view.shown_level]
        assert [legend["level"] for legend in payload["legends"]] == shown_levels
        explained = {fill for legend in payload["legends"] for fill, *_ in legend["rows"]}
        assert drawn <= explained
        assert text("legend.marks", "id") in payload["legends"][0]["notes"]
    counts = [int(count) for _, _, count, _ in sent(View())["legends"][0]["rows"]]
    assert sum(counts) == len(shown(View()).layer.table)


def test_who_sees_points_is_told_what_a_circle_with_a_number_is():
    note = text("legend.points", "id")
    assert note in sent(View("35"), points="/titik/v.json")["legends"][0]["notes"]
    assert note not in sent(View("35"))["legends"][0]["notes"]


def test_ids_of_a_class_are_steps_from_one_to_the_next(registry):
    snapshot = registry({"kode_wilayah": "35.07.08.2001"}, {"kode_wilayah": "35.07.08.2003"})
    (entry,) = sent(View("35.07.08"), snapshot)["classes"]
    assert entry["ids"] == [3507082001, 2]
    assert "hatch" not in entry


def test_of_desa_those_without_a_kim_need_no_mention(registry):
    payload = sent(View("35.07.08"), registry({"kode_wilayah": "35.07.08.2001"}))
    assert list(said(payload)) == [3507082001]
    assert payload["rest"] == ["Belum ada KIM"]
    far = replace(View("35.07.08"), metric="kim_per_100_desa")
    assert sent(far, registry())["rest"] == ["KIM per 100 desa: 0,00", "Belum ada KIM"]


def test_under_a_filter_hover_and_legend_do_not_say_that_there_is_no_kim(registry):
    filtered = View("35.07.08").filtered(bidang=("kesehatan",))
    snapshot = registry({"kode_wilayah": "35.07.08.2001"})
    assert sent(filtered, snapshot)["rest"] == ["Tidak ada KIM yang dihitung"]
    assert shown(filtered, snapshot).layer.legend[-2].label == "Nol (tidak ada KIM yang dihitung)"


def test_regions_without_data_have_their_grey_and_no_figures(sample):
    view = View("35.78", metric="kelas").drawn_at(Level.KECAMATAN)
    payload = sent(replace(view, region=None), sample)
    greys = [entry for entry in payload["classes"] if entry["fill"] == NO_DATA]
    assert all(entry["say"] == ["Tidak ada data"] and not entry["figures"] for entry in greys)


def test_a_distance_is_told_first_and_its_zero_is_not_passed_over(registry):
    snapshot = registry({"kode_wilayah": "35.07.08.2001"})
    view = View("35.07.08", metric="jarak_rata_km")
    regions = said(sent(view, snapshot))
    assert regions[3507082001] == (ZERO, ["Jarak rata-rata ke KIM terdekat (km): 0,0", "1 KIM"])
    colour, lines = regions[3507082003]
    assert colour != ZERO
    assert lines[0].startswith("Jarak rata-rata ke KIM terdekat (km): ")
    assert lines[1] == "Belum ada KIM"


def test_regions_of_a_category_are_sent_with_its_name_those_without_a_kim_too(sample):
    view = View(metric="kelas_gi").drawn_at(Level.KABUPATEN_KOTA)
    layer, regions = shown(view, sample).layer, said(sent(view, sample))
    named = {category.name: category for category in METRICS["kelas_gi"].categories}
    for kode, name in zip(layer.table["kode"], layer.table["kelas_gi"], strict=True):
        colour, lines = regions[feature_id(kode)]
        if name in named:
            assert (colour, lines[0]) == (named[name].fill, named[name].title("id"))


@pytest.mark.parametrize("metric", BASIC_METRICS)
def test_all_desa_of_jawa_timur_are_sent_in_less_than_forty_kilobytes(sample, metric):
    payload = sent(View("35", Level.DESA, metric=metric), sample)
    assert len(json.dumps(payload, separators=(",", ":")).encode()) < 40_000


@pytest.mark.parametrize("level", [Level.KECAMATAN, Level.DESA])
def test_all_of_indonesia_is_sent_in_less_than_two_hundred_kilobytes(sample, level):
    payload = sent(View(level=level), sample)
    assert len(json.dumps(payload, separators=(",", ":")).encode()) < 200_000


def test_the_view_says_which_level_where_and_how_far():
    payload = sent(View("35.07"))
    (south, west), (north, east) = payload["bounds"]
    assert payload["level"] == "kecamatan"
    assert payload["within"] == "3507"
    assert payload["chosen"] is None
    assert south < north < 0 < west < east, "south-west, then north-east"
    assert sent(View())["within"] == ""


def test_a_chosen_desa_is_named_by_its_feature():
    assert sent(View("35.07.08.2001"))["chosen"] == 3507082001


def test_what_is_drawn_from_afar_is_sent_only_where_it_is_needed():
    assert "far" not in sent(View("35", Level.DESA))
    payload = sent(View(level=Level.DESA))
    assert payload["far"]["level"] == "kecamatan"
    assert payload["far"]["notice"] == (
        "Dari jauh tampak kecamatan. Perbesar peta untuk melihat desa/kelurahan."
    )
    kecamatan = said(sent(View(level=Level.KECAMATAN)))
    assert said(payload, payload["far"]["classes"]) == kecamatan


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_view_brings_the_words_the_browser_needs(lang):
    words = sent(View(lang=lang))["words"]
    assert set(words) == {
        "map", "frame", "number", "waiting", "failed", "attribution",
        "legend", "whole", "fullscreen", "wheel", "fingers", "keys", "class",
        "zoom_in", "zoom_out",
    }  # fmt: skip
    assert all(words.values())
    assert words["attribution"] == ATTRIBUTION


@pytest.mark.parametrize("level", LEVELS)
def test_a_view_goes_into_json(level):
    plan = [(-7.5, 112.5, 1, "Wajak", "+3 desa")]
    payload = sent(View("35.07.08.2001" if level is Level.DESA else None, level), plan=plan)
    assert json.loads(json.dumps(payload, allow_nan=False)) == json.loads(json.dumps(payload))
    assert payload["plan"] == [[-7.5, 112.5, 1, "Wajak", "+3 desa"]]


def test_where_no_kim_passes_the_desa_need_not_be_said():
    nobody = View("35", Level.DESA, KimFilter(tahun=(1990, 1990)))
    assert sent(nobody)["classes"] == []


def test_the_frame_of_the_map_is_called_by_what_it_shows():
    view = View("35.07")
    assert sent(view)["words"]["frame"] == "Peta KIM menurut kecamatan, Kabupaten Malang"
    english = sent(replace(view, lang="en"))
    assert english["words"]["frame"].endswith(", Kabupaten Malang")
    assert english["words"]["frame"] != sent(view)["words"]["frame"]
