from dataclasses import dataclass, replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.analysis.classes import MAX_CLASSES, MIN_CLASSES, SCHEMES
from geodata.days import today
from geodata.gazetteer import load_gazetteer
from geodata.regions import LEVELS, Level
from geodata.registry.snapshot import KimFilter
from geodata.text import LANGUAGES
from geodata.view.address import (
    VIEW,
    Notice,
    Part,
    choice_parameter,
    read_breaks,
    read_view,
)
from geodata.view.metrics import METRICS
from geodata.view.view import View
from tests.strategies import codes, kim_filters

PROVINSI, KABUPATEN, KECAMATAN, DESA = "35", "35.07", "35.07.08", "35.07.08.2001"

breaks = st.lists(
    st.floats(0, 1e9, exclude_min=True).map(lambda value: float(f"{value:.12g}")),
    min_size=1,
    max_size=MAX_CLASSES - 1,
    unique=True,
).map(lambda values: tuple(sorted(values)))


@st.composite
def views(draw) -> View:
    region = draw(st.none() | codes())
    level = draw(st.sampled_from((None, *View(region).levels[1:])))
    scheme = draw(st.sampled_from(SCHEMES))
    own = scheme == "sendiri"
    return View(
        region=region,
        level=level,
        kim_filter=draw(kim_filters),
        metric=draw(st.sampled_from(list(METRICS))),
        scheme=scheme,
        k=View.k if own else draw(st.integers(MIN_CLASSES, MAX_CLASSES)),
        breaks=draw(breaks) if own else (),
        day=draw(st.none() | st.dates(max_value=today())),
        points=draw(st.booleans()),
        petak=draw(st.booleans()),
        lang=draw(st.sampled_from(LANGUAGES)),
    )


# The address.


@given(views())
def test_the_address_of_a_selection_leads_back_to_it(view):
    params = VIEW.write(view)
    assert read_view(params, load_gazetteer()) == (view, [])
    assert set(params) <= set(VIEW.names)
    assert all(params.values())


def test_the_address_of_what_opens_first_is_empty(gazetteer):
    assert VIEW.write(View()) == {}
    assert read_view({}, gazetteer) == (View(), [])


def test_an_address_can_be_read_and_written_by_people(gazetteer):
    params = {
        "wilayah": "35.07",
        "level": "desa",
        "bidang": "umkm,pariwisata",
        "mode": "semua",
        "status": "aktif",
        "tahun": "2015-2020",
        "per": "2021-03-01",
        "metrik": "cakupan",
        "skema": "sendiri",
        "kelas": "0.01,0.5",
        "titik": "1",
        "bahasa": "en",
    }
    view, notices = read_view(params, gazetteer)
    assert notices == []
    assert view == View(
        region="35.07",
        level=Level.DESA,
        kim_filter=KimFilter(("umkm", "pariwisata"), "semua", ("aktif",), (2015, 2020)),
        day=date(2021, 3, 1),
        metric="cakupan",
        scheme="sendiri",
        breaks=(0.01, 0.5),
        points=True,
        lang="en",
    )
    assert VIEW.write(view) == params


@pytest.mark.parametrize(
    ("written", "view"),
    [
        ({"wilayah": "350708"}, View(region=KECAMATAN)),
        ({"wilayah": " 35.07 "}, View(region=KABUPATEN)),
        ({"tahun": "2019"}, View(kim_filter=KimFilter(tahun=(2019, 2019)))),
        ({"bidang": "umkm,umkm,"}, View(kim_filter=KimFilter(bidang=("umkm",)))),
        ({"level": "provinsi"}, View()),
        ({"level": "kabupaten_kota", "wilayah": "35"}, View(region="35")),
        ({"utm_source": "wa", "halaman": "2"}, View()),
        ({"wilayah": "", "kelas": "  "}, View()),
    ],
)
def test_other_ways_to_write_an_address_are_understood(gazetteer, written, view):
    assert read_view(written, gazetteer) == (view, [])


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
        ("per", "kemarin"),
    ],
)
def test_a_value_that_does_not_exist_is_told_and_left_at_its_default(gazetteer, parameter, value):
    others = {"metrik": "cakupan"} if parameter != "metrik" else {"titik": "1"}
    view, notices = read_view({parameter: value, **others}, gazetteer)
    assert notices == [Notice(parameter, value)]
    assert view == read_view(others, gazetteer)[0]


def test_a_level_above_the_region_is_told_and_left_out(gazetteer):
    view, notices = read_view({"wilayah": "35.07", "level": "provinsi"}, gazetteer)
    assert view == View(region="35.07")
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
    view, notices = read_view({"skema": "sendiri", "kelas": value}, gazetteer)
    assert view == View()
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
        st.sampled_from(VIEW.names), st.sampled_from(HOSTILE) | st.text(max_size=20), max_size=11
    )
)
def test_whatever_an_address_holds_it_can_be_read(params):
    gazetteer = load_gazetteer()
    view, notices = read_view(params, gazetteer)
    assert {notice.parameter for notice in notices} <= {*params, "skema"}
    assert read_view(VIEW.write(view), gazetteer) == (view, [])


@pytest.mark.parametrize("parameter", [name for name in VIEW.names if name != "titik"])
@pytest.mark.parametrize("value", ["<script>alert(1)</script>", "' OR 1=1 --", "{0.__class__}"])
def test_a_hostile_value_is_told_and_changes_nothing(gazetteer, parameter, value):
    assert read_view({parameter: value}, gazetteer) == (View(), [Notice(parameter, value)])


# The view.


@pytest.mark.parametrize(
    ("region", "levels", "scope"),
    [
        (None, LEVELS, None),
        (PROVINSI, LEVELS[1:], PROVINSI),
        (KABUPATEN, LEVELS[2:], KABUPATEN),
        (KECAMATAN, LEVELS[3:], KECAMATAN),
        (DESA, LEVELS[3:], KECAMATAN),  # a desa is shown among its neighbours
    ],
)
def test_a_region_is_drawn_by_its_parts_one_level_down_unless_another_is_asked_for(
    region, levels, scope
):
    view = View(region=region)
    assert view.levels == levels
    assert view.scope == scope
    assert view.shown_level == levels[0]
    assert replace(view, level=levels[-1]).shown_level == levels[-1]


@given(views(), st.none() | codes())
@settings(max_examples=50)
def test_moving_to_another_region_keeps_all_but_the_level(view, region):
    moved = view.at(region)
    assert moved.shown_level == moved.levels[0]
    assert replace(moved, region=view.region, level=view.level) == view


def test_changing_one_part_of_the_filter_keeps_the_others():
    before = View(KABUPATEN, kim_filter=KimFilter(bidang=("umkm",), status=("aktif",)))
    after = before.filtered(tahun=(2015, 2020), bidang=())
    assert after == View(KABUPATEN, kim_filter=KimFilter(status=("aktif",), tahun=(2015, 2020)))


def test_only_the_desa_of_the_whole_country_are_too_many_to_be_seen_at_once():
    assert View().drawn_at(Level.DESA).far_level is Level.KECAMATAN
    for level in (Level.PROVINSI, Level.KABUPATEN_KOTA, Level.KECAMATAN):
        assert View().drawn_at(level).far_level is None
    assert View(region="35").drawn_at(Level.DESA).far_level is None


@given(views())
def test_the_metric_that_is_drawn_exists_at_the_level_that_is_drawn(view):
    levels = view.shown_metric.levels
    assert view.shown_level in levels
    if view.shown_level in METRICS[view.metric].levels:
        assert view.shown_metric.name == view.metric


@given(views(), st.sampled_from(list(METRICS)))
def test_a_metric_is_drawn_at_a_level_that_has_it_if_there_is_one(view, metric):
    chosen = view.measured_by(metric)
    assert chosen.region == view.region
    if set(view.levels) & set(METRICS[metric].levels):
        assert chosen.shown_metric.name == metric
    if view.shown_level in METRICS[metric].levels:
        assert chosen.shown_level == view.shown_level


# What a page keeps in the address beside the view.


@dataclass(frozen=True)
class Shelf:
    colour: str = "red"


def test_parts_of_an_address_keep_apart(gazetteer):
    shelf = Part(Shelf(), choice_parameter("warna_uji", ("red", "blue"), "colour"))
    params = {"wilayah": "35", "warna_uji": "blue"}
    assert shelf.read(params, gazetteer) == (Shelf("blue"), [])
    assert shelf.rest(params) == {"wilayah": "35"}
    assert shelf.write(Shelf("blue")) == {"warna_uji": "blue"}
    assert shelf.write(Shelf()) == {}
    assert shelf.read({"warna_uji": "pink"}, gazetteer) == (
        Shelf(),
        [Notice("warna_uji", "pink")],
    )


def test_no_two_parts_say_the_same_parameter():
    with pytest.raises(ValueError, match="wilayah"):
        Part(Shelf(), choice_parameter("wilayah", ("red",), "colour"))


def test_a_day_to_come_is_told_and_left_out(gazetteer):
    tomorrow = (today() + timedelta(days=1)).isoformat()
    view, notices = read_view({"wilayah": "35", "per": tomorrow}, gazetteer)
    assert (view, notices) == (View(region="35"), [Notice("per", tomorrow)])
    assert read_view({"per": today().isoformat()}, gazetteer) == (View(day=today()), [])
