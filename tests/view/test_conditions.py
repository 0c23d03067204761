"""Which regions are shown: those that meet conditions on any metric."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.boundaries.store import active_set
from geodata.errors import SelectionError
from geodata.exports.extracts import Extract
from geodata.exports.manifest import Imprint, manifest
from geodata.regions import Level
from geodata.view import palette
from geodata.view.address import VIEW, read_view
from geodata.view.choropleth import choropleth
from geodata.view.conditions import (
    WITHOUT_KIM,
    Condition,
    possible_metrics,
    read_conditions,
    regions_meeting,
    write_conditions,
)
from geodata.view.metrics import METRICS
from geodata.view.payload import choropleth_payload
from geodata.view.view import View
from tests.registries import reported_only

MALANG, WAJAK = "35.07", "35.07.08"
WELL_OFF = Condition("idm_status", ("Mandiri", "Maju"))
OF_SOME_SIZE = Condition("penduduk", least=3000, or_unknown=True)
WITHOUT = View(WAJAK, metric="idm", conditions=(WELL_OFF, WITHOUT_KIM))


@pytest.fixture
def two_kim(registry):
    return registry({"kode_wilayah": f"{WAJAK}.2001"}, {"kode_wilayah": f"{WAJAK}.2002"})


@st.composite
def conditions(draw):
    name = draw(st.sampled_from(possible_metrics()))
    names = [category.name for category in METRICS[name].categories]
    or_unknown = draw(st.booleans())
    if names:
        wanted = draw(st.lists(st.sampled_from(names), min_size=1, unique=True))
        return Condition(name, tuple(wanted), or_unknown=or_unknown)
    bound = st.none() | st.floats(-1e6, 1e6).map(lambda value: round(value, 4))
    return Condition(name, (), draw(bound), draw(bound), or_unknown)


@given(st.lists(conditions(), min_size=1, max_size=5))
def test_conditions_come_back_from_the_address(gazetteer, wanted):
    view = View(conditions=tuple(wanted))
    assert read_view(VIEW.write(view), gazetteer) == (view, [])


def test_the_address_says_them_as_a_person_can_read_them():
    asked = (WELL_OFF, WITHOUT_KIM, OF_SOME_SIZE)
    assert write_conditions(asked) == "idm_status:Mandiri,Maju;jumlah_kim:..0;penduduk:3000..~"


@pytest.mark.parametrize(
    "written",
    [
        "kelas:rendah_rendah", "luas:1..", "idm_status:Hebat", "idm_status:", "penduduk:banyak",
        "penduduk:3000", "penduduk:nan..", "penduduk:1e999..", ";", "jumlah_kim:..0;" * 6,
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_told(gazetteer, written):
    view, notices = read_view({"syarat": written}, gazetteer)
    assert view.conditions == ()
    assert [notice.parameter for notice in notices] == ["syarat"]


def test_a_category_that_does_not_exist_is_refused_with_those_that_do():
    with pytest.raises(SelectionError, match="Berkembang"):
        Condition("idm_status", ("Hebat",))


def test_desa_that_are_well_off_and_have_no_kim_are_shown_and_the_others_are_counted(two_kim):
    shown = choropleth(WITHOUT, two_kim, active_set())
    assert len(shown.layer.table) == 11
    assert not shown.layer.table["jumlah_kim"].any()
    assert shown.layer.left_out.tolist() == [f"{WAJAK}.2001", f"{WAJAK}.2002"]
    assert sum(row.count for row in shown.layer.legend) == 13
    assert shown.layer.legend[-1].label == "Tidak memenuhi syarat"
    assert (
        "Ditampilkan 11 dari 13 desa/kelurahan, yang memenuhi syarat: Status desa menurut IDM: "
        "Mandiri atau Maju; Jumlah KIM nol."
    ) in shown.sentence


def test_the_map_lets_those_left_out_recede(two_kim):
    shown = choropleth(WITHOUT, two_kim, active_set())
    payload = choropleth_payload(shown, region="Wajak", attribution="")
    (receding,) = (entry for entry in payload["classes"] if entry["fill"] == palette.LEFT_OUT)
    assert receding["ids"] == [3507082001, 1]
    assert receding["say"] == ["Tidak memenuhi syarat"]


def test_files_have_the_same_regions_and_say_why(two_kim):
    extract = Extract(two_kim, WITHOUT, "wilayah")
    assert len(extract) == len(extract.table()) == 11
    assert read_view(extract.data_params(), two_kim.gazetteer)[0].conditions == WITHOUT.conditions
    told = manifest(extract, Imprint([], "", "id"))
    assert told.iloc[:, 1].str.contains("Mandiri atau Maju; Jumlah KIM nol").any()
    of_kim = Extract(two_kim, WITHOUT, "kim")
    assert len(of_kim) == 2
    assert "syarat" not in of_kim.data_params()


def test_what_is_not_known_passes_only_where_that_is_asked_for(sample):
    of = sample, View().kim_filter, Level.DESA, "35.73"
    assert len(regions_meeting([Condition("idm", least=0)], *of)) == 0, "kelurahan have no index"
    either = Condition("idm", least=0, or_unknown=True)
    assert len(regions_meeting([either], *of)) == 57


def test_who_has_not_reported_is_not_without_a_kim(two_kim):
    reported = reported_only(two_kim, MALANG)
    of = reported, View().kim_filter, Level.DESA
    assert len(regions_meeting([WITHOUT_KIM], *of, MALANG)) == 388
    assert len(regions_meeting([WITHOUT_KIM], *of, "35.73")) == 0


def test_a_condition_on_what_a_level_does_not_have_says_so_and_leaves_nothing_out(two_kim):
    view = replace(WITHOUT, conditions=(WELL_OFF, OF_SOME_SIZE))
    shown = choropleth(view, two_kim, active_set())
    assert len(shown.layer.table) == 13
    assert (
        "Syarat ini tidak berlaku untuk desa/kelurahan: Penduduk 3.000 atau lebih (atau tidak "
        "diketahui)."
    ) in shown.sentence
    upper = choropleth(View("35", conditions=(WELL_OFF,)), two_kim, active_set())
    assert len(upper.layer.left_out) == 0


@pytest.mark.parametrize(("least", "meet"), [(0.8749, 1), (0.87490001, 1), (0.875, 0)])
def test_a_bound_is_met_by_what_reads_like_it(two_kim, least, meet):
    sumberputih = Condition("idm", least=least, most=max(least, 0.8749))
    table = regions_meeting([sumberputih], two_kim, View().kim_filter, Level.DESA, WAJAK)
    assert (table["kode"] == f"{WAJAK}.2001").sum() == meet


def test_where_none_meets_them_nothing_is_made_up(two_kim):
    view = View(WAJAK, metric="idm", conditions=(Condition("idm", least=1.0),))
    shown = choropleth(view, two_kim, active_set())
    assert shown.layer.table.empty
    assert "Ditampilkan 0 dari 13 desa/kelurahan" in shown.sentence
    assert sum(row.count for row in shown.layer.legend) == 13
    assert read_conditions(write_conditions(view.conditions)) == view.conditions
