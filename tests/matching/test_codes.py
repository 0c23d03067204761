import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.gazetteer import load_gazetteer
from geodata.lineage.lineage import load_lineage
from geodata.matching.candidate import Candidate, Method
from geodata.matching.codes import SCORE_OF_GUESS, resolve_codes
from tests.strategies import codes

WAJAK = "35.07.08.2012"


def resolved(*raw, lineage=None) -> list[Candidate | None]:
    lineage = load_lineage() if lineage is None else lineage
    return resolve_codes(raw, load_gazetteer(), lineage)


def codes_of(regions: list[Candidate | None]) -> list[str]:
    return [region.code if region else "?" for region in regions]


def lineage(*rows) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["kode", "kode_2025", "cara"])


@pytest.mark.parametrize(
    "writing",
    [
        WAJAK,
        "3507082012",
        "ID3507082012",
        "id 35.07.08.2012",
        " 35 07 08 2012\n",
        "35-07-08-2012",
        "35.07.08–2012",
        "'3507082012",
        "3507082012.0",
        "3.507082012E+09",
        "3,507082012E+09",
        "3,507,082,012",
        "3.507.082.012",
        "3507082012,00",
        "3507082012.00",
        "3.507.082.012,00",
        "3,507,082,012.00",
        "35.7.8.2012",
        "35.07.8.2012",
        3507082012,
        3507082012.0,
    ],
)
def test_a_code_is_read_in_any_writing(writing):
    assert resolved(writing) == [Candidate(WAJAK, 100.0, Method.KODE)]


@pytest.mark.parametrize(
    ("writing", "code"),
    [("35", "35"), (35.0, "35"), (3507, "35.07"), ("ID350708", "35.07.08"), ("35.10", "35.10")],
)
def test_codes_of_all_levels_are_read(writing, code):
    assert codes_of(resolved(writing)) == [code]


@pytest.mark.parametrize("written", ["35,07", "3.507", "35.07", "35.7.8"])
def test_a_code_above_the_desa_is_read_from_a_number_or_without_zeros(written):
    (region,) = resolved(written)
    assert region is not None
    assert ("35.07.08".startswith(region.code), region.score) == (True, 100.0)


def test_text_that_lost_a_zero_is_a_guess_unless_the_column_keeps_the_zeros_in_front():
    zero_at_the_end, in_front = resolved("11.1", "35.7")
    assert (zero_at_the_end.code, in_front.code) == ("11.10", "35.07")
    assert {zero_at_the_end.score, in_front.score} == {SCORE_OF_GUESS}
    assert resolved("11.01", "11.1")[1] == Candidate("11.10", 100.0, Method.KODE)


def test_a_number_whose_last_digits_may_be_rounded_away_is_a_guess():
    (region,) = resolved("3.50708201E+09")
    assert region == Candidate("35.07.08.2010", SCORE_OF_GUESS, Method.KODE)


def test_a_number_is_a_kabupaten_whose_last_zero_the_spreadsheet_dropped():
    assert codes_of(resolved(35.1, 35.07)) == ["35.10", "35.07"]


@pytest.mark.parametrize(
    "writing",
    [
        *("", " ", "-", "Wajak", "35.07.08.12", "35078", "350782012", "35.99", "3507082999"),
        *(None, float("nan"), float("inf"), pd.NA, pd.NaT, True, 0, -35, "3.5E+09", "３５" * 9),
    ],
)
def test_what_is_no_code_of_the_gazetteer_stays_unresolved(writing):
    assert resolved(writing) == [None]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("11.72.01.2001", "11.72.03.2001"),  # of 2018
        ("91.01", "93.01"),
        ("ID9101", "93.01"),
        ("92.71.01.1001", "96.71.01.1001"),  # of 2023
    ],
)
def test_an_older_code_leads_to_the_one_of_today_with_less_certainty(old, new):
    (region,) = resolved(old)
    assert region is not None
    assert (region.code, region.method) == (new, Method.KODE_LAMA)
    assert 0 < region.score < 100


@pytest.mark.parametrize("kind", ["pecah", "hilang", "tidak_diketahui"])
def test_what_is_several_regions_or_none_today_is_not_resolved(kind):
    assert resolved("91.01.01", lineage=lineage(("91.01.01", "93.01.01", kind))) == [None]


def test_a_code_that_was_two_regions_over_time_is_not_resolved():
    two = lineage(("91.01.01", "93.01.01", "pindah"), ("91.01.01", "93.01.02", "pindah"))
    assert resolved("91.01.01", lineage=two) == [None]


def test_a_code_that_is_in_use_today_is_taken_as_it_stands():
    reused = lineage((WAJAK, "35.07.08.2001", "pindah"))
    assert resolved(WAJAK, lineage=reused) == [Candidate(WAJAK, 100.0, Method.KODE)]


def test_values_keep_their_order():
    raw = pd.Series(["35.07", "x", "35.07", "34"], index=[7, 3, 3, 0])
    regions = resolve_codes(raw, load_gazetteer(), load_lineage())
    assert codes_of(regions) == ["35.07", "?", "35.07", "34"]


def test_no_values_give_no_regions():
    assert resolved() == []


@settings(max_examples=40)
@given(codes(), st.sampled_from(["", ".", " ", "-"]), st.sampled_from(["", "ID", "id"]))
def test_every_code_resolves_to_itself_however_it_is_parted(code, separator, prefix):
    regions = resolved(prefix + code.replace(".", separator), float(code.replace(".", "")))
    assert codes_of(regions) == [code, code]


@settings(max_examples=40)
@given(st.lists(st.text(max_size=16) | st.floats() | st.integers() | st.none(), max_size=5))
def test_nothing_is_too_odd_to_be_read(values):
    regions = resolved(*values)
    assert len(regions) == len(values)
    assert all(region is None or region.code in load_gazetteer() for region in regions)
