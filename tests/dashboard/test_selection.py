from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.selection import PARAMETERS, Notice, Selection, read_breaks, read_params
from geodata.analysis.classes import MAX_CLASSES, MIN_CLASSES, SCHEMES
from geodata.analysis.map_metrics import MAP_METRICS
from geodata.gazetteer import load_gazetteer
from geodata.regions import LEVELS, Level
from geodata.registry.snapshot import KimFilter
from geodata.text import LANGUAGES
from tests.strategies import codes, kim_filters

PROVINSI, KABUPATEN, KECAMATAN, DESA = "35", "35.07", "35.07.08", "35.07.08.2001"

breaks = st.lists(
    st.floats(0, 1e9, exclude_min=True).map(lambda value: float(f"{value:.12g}")),
    min_size=1,
    max_size=MAX_CLASSES - 1,
    unique=True,
).map(lambda values: tuple(sorted(values)))


@st.composite
def selections(draw) -> Selection:
    wilayah = draw(st.none() | codes())
    level = draw(st.sampled_from((None, *Selection(wilayah=wilayah).levels[1:])))
    skema = draw(st.sampled_from(SCHEMES))
    own = skema == "sendiri"
    return Selection(
        wilayah=wilayah,
        level=level,
        kim_filter=draw(kim_filters),
        metrik=draw(st.sampled_from(list(MAP_METRICS))),
        skema=skema,
        kelas=Selection.kelas if own else draw(st.integers(MIN_CLASSES, MAX_CLASSES)),
        batas=draw(breaks) if own else (),
        titik=draw(st.booleans()),
        bahasa=draw(st.sampled_from(LANGUAGES)),
    )


# The address.


@given(selections())
def test_the_address_of_a_selection_leads_back_to_it(selection):
    params = selection.to_params()
    assert read_params(params, load_gazetteer()) == (selection, [])
    assert set(params) <= set(PARAMETERS)
    assert all(params.values())


def test_the_address_of_what_opens_first_is_empty(gazetteer):
    assert Selection().to_params() == {}
    assert read_params({}, gazetteer) == (Selection(), [])


def test_an_address_can_be_read_and_written_by_people(gazetteer):
    params = {
        "wilayah": "35.07",
        "level": "desa",
        "bidang": "umkm,pariwisata",
        "mode": "semua",
        "status": "aktif",
        "tahun": "2015-2020",
        "metrik": "cakupan",
        "skema": "sendiri",
        "kelas": "0.01,0.5",
        "titik": "1",
        "bahasa": "en",
    }
    selection, notices = read_params(params, gazetteer)
    assert notices == []
    assert selection == Selection(
        wilayah="35.07",
        level=Level.DESA,
        kim_filter=KimFilter(("umkm", "pariwisata"), "semua", ("aktif",), (2015, 2020)),
        metrik="cakupan",
        skema="sendiri",
        batas=(0.01, 0.5),
        titik=True,
        bahasa="en",
    )
    assert selection.to_params() == params


@pytest.mark.parametrize(
    ("written", "selection"),
    [
        ({"wilayah": "350708"}, Selection(wilayah=KECAMATAN)),
        ({"wilayah": " 35.07 "}, Selection(wilayah=KABUPATEN)),
        ({"tahun": "2019"}, Selection(kim_filter=KimFilter(tahun=(2019, 2019)))),
        ({"bidang": "umkm,umkm,"}, Selection(kim_filter=KimFilter(bidang=("umkm",)))),
        ({"level": "provinsi"}, Selection()),
        ({"level": "kabupaten_kota", "wilayah": "35"}, Selection(wilayah="35")),
        ({"utm_source": "wa", "halaman": "2"}, Selection()),
        ({"wilayah": "", "kelas": "  "}, Selection()),
    ],
)
def test_other_ways_to_write_an_address_are_understood(gazetteer, written, selection):
    assert read_params(written, gazetteer) == (selection, [])


@pytest.mark.parametrize(
    ("parameter", "value"),
    [
        ("wilayah", "99"),
        ("wilayah", "Malang"),
        ("level", "dusun"),
        ("bidang", "umkm,tani"),
        ("mode", "atau"),
        ("status", "Aktif"),
        ("tahun", "kemarin"),
        ("tahun", "2020-2015"),
        ("tahun", "2015-2020-2021"),
        ("metrik", "jumlah"),
        ("skema", "jenks"),
        ("skema", "sendiri"),  # without its breaks
        ("kelas", "1"),
        ("kelas", "8"),
        ("kelas", "lima"),
        ("bahasa", "jv"),
        ("isi", "desa"),
        ("kolom", "telepon"),
        ("berkas", "pdf"),
        ("pemisah", ";"),
    ],
)
def test_a_value_that_does_not_exist_is_told_and_left_at_its_default(gazetteer, parameter, value):
    others = {"metrik": "cakupan"} if parameter != "metrik" else {"titik": "1"}
    selection, notices = read_params({parameter: value, **others}, gazetteer)
    assert notices == [Notice(parameter, value)]
    assert selection == read_params(others, gazetteer)[0]


def test_a_level_above_the_region_is_told_and_left_out(gazetteer):
    selection, notices = read_params({"wilayah": "35.07", "level": "provinsi"}, gazetteer)
    assert selection == Selection(wilayah="35.07")
    assert notices == [Notice("level", "provinsi")]


@pytest.mark.parametrize(
    "value",
    [
        "x",
        "5,1",
        "1,1",
        "0,5",
        "-1",
        "nan",
        "inf",
        "1,inf",
        "1e999",
        "1,,5",
        "1;5",
        "1,2,3,4,5,6,7",
    ],
)
def test_own_breaks_that_do_not_rise_from_above_zero_are_told_and_left_out(gazetteer, value):
    selection, notices = read_params({"skema": "sendiri", "kelas": value}, gazetteer)
    assert selection == Selection()
    assert notices == [Notice("kelas", value), Notice("skema", "sendiri")]


def test_own_breaks_are_read_as_an_address_writes_them():
    assert read_breaks("0.5,1,10") == (0.5, 1, 10)
    with pytest.raises(ValueError, match="5,1"):
        read_breaks("5,1")


HOSTILE = [
    "<script>alert(1)</script>",
    "' OR 1=1 --",
    "{0.__class__}",
    "%00\x00",
    "../../etc/passwd",
    "٣٥",
    "9" * 5_000,
    "-" * 300,
    "," * 300,
    "35.07.08.2001.1",
]


@given(
    st.dictionaries(
        st.sampled_from(PARAMETERS), st.sampled_from(HOSTILE) | st.text(max_size=20), max_size=11
    )
)
def test_whatever_an_address_holds_it_can_be_read(params):
    gazetteer = load_gazetteer()
    selection, notices = read_params(params, gazetteer)
    assert {notice.parameter for notice in notices} <= {*params, "skema"}
    assert read_params(selection.to_params(), gazetteer) == (selection, [])


@pytest.mark.parametrize("parameter", [name for name in PARAMETERS if name != "titik"])
@pytest.mark.parametrize("value", ["<script>alert(1)</script>", "' OR 1=1 --", "{0.__class__}"])
def test_a_hostile_value_is_told_and_changes_nothing(gazetteer, parameter, value):
    assert read_params({parameter: value}, gazetteer) == (Selection(), [Notice(parameter, value)])


# The view.


@pytest.mark.parametrize(
    ("wilayah", "levels", "scope"),
    [
        (None, LEVELS, None),
        (PROVINSI, LEVELS[1:], PROVINSI),
        (KABUPATEN, LEVELS[2:], KABUPATEN),
        (KECAMATAN, LEVELS[3:], KECAMATAN),
        (DESA, LEVELS[3:], KECAMATAN),  # a desa is shown among its neighbours
    ],
)
def test_a_region_is_drawn_by_its_parts_one_level_down_unless_another_is_asked_for(
    wilayah, levels, scope
):
    selection = Selection(wilayah=wilayah)
    assert selection.levels == levels
    assert selection.scope == scope
    assert selection.shown_level == levels[0]
    assert replace(selection, level=levels[-1]).shown_level == levels[-1]


@given(selections(), st.none() | codes())
@settings(max_examples=50)
def test_moving_to_another_region_keeps_all_but_the_level(selection, wilayah):
    moved = selection.at(wilayah)
    assert moved.shown_level == moved.levels[0]
    assert replace(moved, wilayah=selection.wilayah, level=selection.level) == selection


def test_changing_one_part_of_the_filter_keeps_the_others():
    before = Selection(KABUPATEN, kim_filter=KimFilter(bidang=("umkm",), status=("aktif",)))
    after = before.filtered(tahun=(2015, 2020), bidang=())
    assert after == Selection(
        KABUPATEN, kim_filter=KimFilter(status=("aktif",), tahun=(2015, 2020))
    )


def test_only_the_desa_of_the_whole_country_are_too_many_to_be_seen_at_once():
    assert Selection().drawn_at(Level.DESA).far_level is Level.KECAMATAN
    for level in (Level.PROVINSI, Level.KABUPATEN_KOTA, Level.KECAMATAN):
        assert Selection().drawn_at(level).far_level is None
    assert Selection(wilayah="35").drawn_at(Level.DESA).far_level is None


@given(selections())
def test_the_metric_that_is_drawn_exists_at_the_level_that_is_drawn(selection):
    levels = MAP_METRICS[selection.shown_metrik].levels
    assert selection.shown_level in levels
    if selection.shown_level in MAP_METRICS[selection.metrik].levels:
        assert selection.shown_metrik == selection.metrik


@given(selections(), st.sampled_from(list(MAP_METRICS)))
def test_a_metric_is_drawn_at_a_level_that_has_it_if_there_is_one(selection, metric):
    chosen = selection.measured_by(metric)
    assert chosen.wilayah == selection.wilayah
    if set(selection.levels) & set(MAP_METRICS[metric].levels):
        assert chosen.shown_metrik == metric
    if selection.shown_level in MAP_METRICS[metric].levels:
        assert chosen.shown_level == selection.shown_level


@pytest.mark.parametrize("parameter", PARAMETERS)
def test_an_absurdly_long_value_is_passed_over_and_not_repeated_in_full(parameter, gazetteer):
    value = ",".join(["umkm"] * 10_000)
    selection, (notice,) = read_params({parameter: value}, gazetteer)
    assert selection == Selection()
    assert notice.parameter == parameter
    assert len(notice.message("id")) < 300


@pytest.mark.parametrize("value", ["0", "99999999999999999999", "2015-99999", "-2015", "1e3"])
def test_a_year_has_four_digits(value, gazetteer):
    assert read_params({"tahun": value}, gazetteer) == (Selection(), [Notice("tahun", value)])


@pytest.mark.parametrize("value", ["1e308", "inf", "1,2e9", "nan"])
def test_a_break_is_no_higher_than_any_figure(value):
    with pytest.raises(ValueError, match=value):
        read_breaks(value)


def test_all_columns_at_once_are_not_too_long(gazetteer):
    for isi in ("kim", "wilayah"):
        names = Selection(isi=isi, wilayah="35.07.08").all_columns
        params = {"isi": isi, "wilayah": "35.07.08", "kolom": ",".join(names)}
        assert read_params(params, gazetteer)[0].kolom == names
