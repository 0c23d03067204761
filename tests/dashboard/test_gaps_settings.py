import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.kesenjangan.gaps_settings import GAPS, SECTIONS, UNITS, GapsSettings
from geodata.analysis.siting.plans import MOST_KIM, MOST_KM, OBJECTIVES
from geodata.gazetteer import load_gazetteer
from geodata.regions import Level
from geodata.view.address import Notice
from geodata.view.plan_weights import WEIGHINGS
from tests.strategies import codes


def read(params):
    return GAPS.read(params, load_gazetteer())


some_desa = st.lists(codes(Level.DESA), max_size=4, unique=True).map(tuple)
settings = st.builds(
    GapsSettings,
    bagian=st.sampled_from(SECTIONS),
    tujuan=st.sampled_from(OBJECTIVES),
    bobot=st.sampled_from(WEIGHINGS),
    tambah=st.integers(1, MOST_KIM),
    radius=st.integers(1, int(2 * MOST_KM)).map(lambda halves: halves / 2),
    tetap=some_desa,
    kecuali=some_desa,
    satuan=st.sampled_from(UNITS),
    persen=st.integers(1, 100).map(float),
    tenggat=st.integers(2000, 2100),
)


@given(settings)
def test_the_address_of_settings_leads_back_to_them(chosen):
    assert read(GAPS.write(chosen)) == (chosen, [])


def test_what_opens_first_needs_no_address():
    assert GAPS.write(GapsSettings()) == {}
    assert read({}) == (GapsSettings(), [])


@pytest.mark.parametrize(
    ("parameter", "value"),
    [
        ("bagian", "peta"),
        ("tujuan", "semua"),
        ("bobot", "jiwa"),
        ("tambah", "0"),
        ("tambah", "5001"),
        ("tambah", "dua"),
        ("radius", "0"),
        ("radius", "26"),
        ("radius", "nan"),
        ("tetap", "35.07"),
        ("kecuali", "Wajak"),
        ("satuan", "provinsi"),
        ("persen", "0"),
        ("persen", "101"),
        ("tenggat", "kelak"),
        ("tenggat", "99999"),
    ],
)
def test_a_value_that_cannot_be_used_is_told_and_left_at_its_default(parameter, value):
    assert read({parameter: value}) == (GapsSettings(), [Notice(parameter, value)])


def test_codes_of_desa_may_be_written_without_dots_and_count_once():
    assert read({"tetap": "3507082001, 35.07.08.2001"})[0].tetap == ("35.07.08.2001",)


@pytest.mark.parametrize(
    ("parameter", "value"),
    [
        ("tambah", "1000000000"),
        ("tambah", "9" * 5_000),
        ("radius", "1e9"),
        ("radius", "nan"),
        ("tetap", ",".join(f"35.07.08.{number:04d}" for number in range(10_000))),
    ],
)
def test_an_absurd_setting_is_passed_over_and_told_in_short(parameter, value):
    chosen, (notice,) = read({parameter: value})
    assert chosen == GapsSettings()
    assert len(notice.message("en")) < 300
