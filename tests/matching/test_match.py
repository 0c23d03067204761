import time

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.gazetteer import Gazetteer, load_gazetteer
from geodata.matching.candidate import Match, Method, Verdict
from geodata.matching.match import match_names
from geodata.regions import LEVELS, Level, level_of
from tests.strategies import codes

NAMES = [level.value for level in LEVELS]


def matched(*rows, gazetteer=None) -> list[Match]:
    """Match rows written as provinsi / kabupaten_kota / kecamatan / desa."""
    parted = [[name.strip() for name in f"{row} ///".split("/")[:4]] for row in rows]
    table = pd.DataFrame(parted, columns=NAMES)
    return match_names(table, gazetteer or load_gazetteer())


def accepted(matches: list[Match]) -> list[str | None]:
    return [match.accepted and match.accepted.code for match in matches]


def candidates(match: Match) -> set[str]:
    return {candidate.code for candidate in match.candidates}


def own_names(gazetteer, code: str) -> list[str]:
    names = gazetteer.lineage_names(code)
    return names + [""] * (4 - len(names))


@pytest.fixture(scope="module")
def every_desa(gazetteer) -> pd.DataFrame:
    desa = gazetteer.tables[Level.DESA]
    names = {
        level.value: [gazetteer.name(code[: level.code_length]) for code in desa["kode"]]
        for level in LEVELS
    }
    return pd.DataFrame(names, index=desa["kode"])


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("Jawa Timur / Kabupaten Malang / Wajak / Wajak", "35.07.08.2012"),
        ("JATIM / KAB. MALANG / KEC. WAJAK / DS. WAJAK", "35.07.08.2012"),
        ("JawaTimur / Malang / Wajak / SukoAnyar", "35.07.08.2011"),
        ("DKI / Jakarta Pusat / Menteng / Kel. Cikini", "31.71.06.1003"),
        ("DIY / Sleman / Kapanewon Depok / Kalurahan Caturtunggal", "34.04.07.2001"),
        ("D.I. Yogyakarta / Kota Yogyakarta / Kemantren Jetis / Bumijo", "34.71.02.1001"),
        ("Sumbar / Kab. 50 Kota / Harau / Nagari Tarantang", "13.07.05.2003"),
        ("Aceh / Pidie Jaya / Bandar Baru / Mns. Cut Langien", "11.18.06.2025"),
        ("NAD / Aceh Barat / KawayXvi", "11.05.02"),
        ("Kepri / Kota Tg. Pinang", "21.72"),
        ("Kalsel / Kab. Kota Baru", "63.02"),
        ("Sumut / Toba Samosir / Balige", "12.12.01"),
        ("Prop. Sulsel / Pangkep", "73.10"),
        ("Jawa Timur", "35"),
        ("East Java / Kab. Malang", "35.07"),
        ("Special Region of Yogyakarta / Kota Yogyakarta", "34.71"),
        ("Bangka-Belitung Islands", "19"),
        ("NorthSumatra", "12"),
    ],
)
def test_the_same_name_in_its_parents_is_accepted_in_any_writing(row, code):
    (match,) = matched(row)
    assert match.verdict is Verdict.COCOK
    assert match.accepted == match.candidates[0]
    assert (match.accepted.code, match.accepted.method) == (code, Method.NAMA)
    assert (match.accepted.missing, match.accepted.elsewhere) == (None, None)
    assert match.accepted.score > 95


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("Jatim / Soerabaja", "35.78"),
        ("Jatim / Kab. Malang / Wajak / Bringi", "35.07.08.2004"),
        ("Jatim / Kab. Malang / Wajak / Dadapn", "35.07.08.2005"),
        ("Kaltim / Mahakam Hulu", "64.11"),
    ],
)
def test_a_slip_of_the_pen_is_accepted_where_nothing_else_comes_near(row, code):
    (match,) = matched(row)
    assert match.accepted is not None
    assert (match.accepted.code, match.accepted.method) == (code, Method.NAMA_MIRIP)
    assert (match.accepted.missing, match.accepted.elsewhere) == (None, None)
    assert 80 <= match.accepted.score < 94


@pytest.mark.parametrize("slip", ["Kidangbag", "Kidangbnag", "Kidaangbang", "Kidamgbang"])
def test_one_slip_is_accepted_where_no_other_name_comes_near(slip):
    (code,) = accepted(matched(f"Jatim / Kab. Malang / Wajak / {slip}"))
    assert code is not None
    assert load_gazetteer().name(code) == "Kidangbang"


def test_one_slip_is_accepted_without_the_kecamatan_if_the_kabupaten_has_nothing_like_it():
    near, common = matched("NTT / Malaka / / Tunbaesi", "Jatim / Kab. Malang / / Sukoanyr")
    assert near.accepted is not None
    assert load_gazetteer().name(near.accepted.code) == "Tunabesi"
    assert near.accepted.method is Method.NAMA_MIRIP
    assert near.accepted.missing is Level.KECAMATAN
    assert common.verdict is Verdict.RAGU


@pytest.mark.parametrize(
    ("row", "code", "missing", "elsewhere"),
    [
        ("Jatim / Kab. Malang / / Wajak", "35.07.08.2012", Level.KECAMATAN, None),
        ("Jatim / / Wajak / Wajak", "35.07.08.2012", Level.KABUPATEN_KOTA, None),
        ("/ Kab. Malang / Wajak / Wajak", "35.07.08.2012", Level.PROVINSI, None),
        ("/ / Wajak / Wajak", "35.07.08.2012", Level.KABUPATEN_KOTA, None),
        ("Jatim / Kab. Malang / Turen / Wajak", "35.07.08.2012", None, Level.KECAMATAN),
        ("Jatim / Kota Malang / Wajak / Wajak", "35.07.08.2012", None, Level.KABUPATEN_KOTA),
        ("Jabar / Kab. Malang / Wajak / Wajak", "35.07.08.2012", None, Level.PROVINSI),
        ("Jabar / Kab. Malang / Wajak / Sukoanyar", "35.07.08.2011", None, Level.PROVINSI),
        ("Atlantis / Kab. Malang / Wajak / Wajak", "35.07.08.2012", None, Level.PROVINSI),
    ],
)
def test_parents_that_are_missing_or_wrong_cost_points_and_are_told(row, code, missing, elsewhere):
    (match,) = matched(row)
    assert match.accepted is not None
    assert (match.accepted.code, match.accepted.method) == (code, Method.NAMA)
    assert (match.accepted.missing, match.accepted.elsewhere) == (missing, elsewhere)
    assert 88 <= match.accepted.score < 100


@pytest.mark.parametrize(
    ("row", "provinsi"),
    [
        ("Papua / Merauke / Merauke / Kelapa Lima", "Papua Selatan"),
        ("Papua / Kab. Nabire", "Papua Tengah"),
        ("Papua / Jayawijaya / Wamena", "Papua Pegunungan"),
        ("Irian Jaya Barat / Kota Sorong", "Papua Barat Daya"),
        ("Papua / Kota Jayapura", "Papua"),
        ("Kaltim / Kota Tarakan", "Kalimantan Utara"),
    ],
)
def test_what_left_its_provinsi_is_found_under_the_old_one(row, provinsi, gazetteer):
    (match,) = matched(row)
    assert match.accepted is not None
    assert match.accepted.same_name
    assert match.accepted.elsewhere is None
    assert gazetteer.name(match.accepted.code[:2]) == provinsi


@pytest.mark.parametrize(
    ("row", "rivals"),
    [
        ("Jawa Timur / Malang", {"35.07", "35.73"}),
        ("Jabar / Bandung", {"32.04", "32.73"}),
        ("Maluku / Kota Ambon / Nusaniwe / Nusaniwe", {"81.71.01.1006", "81.71.01.2003"}),
    ],
)
def test_a_tie_is_never_accepted(row, rivals):
    (match,) = matched(row)
    assert (match.accepted, match.verdict) == (None, Verdict.RAGU)
    assert candidates(match) == rivals


def test_kabupaten_and_kota_of_one_name_are_kept_apart():
    matches = matched("Jatim / Kab. Malang", "Jatim / Kota Malang", "Jatim / Kodya Malang")
    assert accepted(matches) == ["35.07", "35.73", "35.73"]


def test_a_kecamatan_settles_which_of_kabupaten_and_kota_is_meant():
    matches = matched("Jatim / Malang / Wajak", "Jatim / Malang / Klojen")
    assert accepted(matches) == ["35.07.08", "35.73.02"]


def test_a_kelurahan_and_a_desa_of_one_name_are_told_by_what_they_are_called():
    above = "Maluku / Kota Ambon / Nusaniwe"
    matches = matched(f"{above} / Kel. Nusaniwe", f"{above} / Desa Nusaniwe")
    assert accepted(matches) == ["81.71.01.1006", "81.71.01.2003"]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        # Raya Lhok Kaju since 2025, and not Raya of another kecamatan.
        ("Aceh / Pidie / Indra Jaya / Raya", "11.07.07.2010"),
        ("Kaltim / Kutai Timur / Sangkulirang / Benua Baru", "64.08.05.2006"),  # Benua Baru Ilir
    ],
)
def test_what_nothing_is_called_any_more_is_what_was_called_so(row, code):
    (match,) = matched(row)
    assert match.accepted is not None
    assert (match.accepted.code, match.accepted.method) == (code, Method.NAMA_LAMA)


def test_what_is_called_so_today_comes_before_what_was(gazetteer):
    (match,) = matched("Riau / Pekanbaru / Rumbai")  # two kecamatan were Rumbai and its coast
    assert match.accepted is not None
    assert match.accepted.method is Method.NAMA
    assert gazetteer.name(match.accepted.code) == "Rumbai"


@pytest.mark.parametrize(
    "row",
    [
        "Jatim / Kab. Malang / Salah Ketik / Sukoanyar",  # two desa of the kabupaten
        "/ / / Wajak",  # the only one in Indonesia, but nothing else says so
    ],
)
def test_a_name_that_may_mean_another_place_goes_to_a_person(row):
    (match,) = matched(row)
    assert (match.accepted, match.verdict) == (None, Verdict.RAGU)
    assert match.candidates


def test_neighbours_that_differ_in_a_number_or_direction_are_not_each_other():
    regions = {
        Level.PROVINSI: [("35", "Jawa Timur")],
        Level.KABUPATEN_KOTA: [("35.07", "Kabupaten Malang")],
        Level.KECAMATAN: [("35.07.08", "Wajak")],
        Level.DESA: [("35.07.08.2001", "Perkebunan Air Batu I"), ("35.07.08.2002", "Sukamaju")],
    }
    tables = {
        level: pd.DataFrame(rows, columns=["kode", "nama"]) for level, rows in regions.items()
    }
    small = Gazetteer(tables, "hand-made")
    above = "Jatim / Kab. Malang / Wajak"
    rows = ("Perkebunan Air Batu II", "Sukamaju Barat", "UPT Sukamaju", "Perkebunan Air Batu 1")
    matches = matched(*(f"{above} / {name}" for name in rows), gazetteer=small)
    assert accepted(matches) == [None, None, None, "35.07.08.2001"]


@pytest.mark.parametrize("row", ["Atlantis / Kab. Nowhere / Foo / Qwrtz", "", "- / - / - / .", "?"])
def test_the_right_answer_may_be_none(row):
    (match,) = matched(row)
    assert (match.accepted, match.verdict) == (None, Verdict.GAGAL)


def test_rows_keep_their_order_and_columns_may_be_absent(gazetteer):
    rows = pd.DataFrame({"kabupaten_kota": ["Kab. Malang", None, "Kota Batu"]}, index=[5, 5, 1])
    assert accepted(match_names(rows, gazetteer)) == ["35.07", None, "35.79"]


def test_no_rows_give_no_matches(gazetteer):
    assert match_names(pd.DataFrame({"desa": []}), gazetteer) == []


def test_every_desa_is_itself_under_its_own_name_and_parents(every_desa, gazetteer):
    started = time.process_time()
    matches = match_names(every_desa, gazetteer)
    assert time.process_time() - started < 40, "seconds of processor time"
    own = dict(zip(every_desa.index, matches, strict=True))
    assert all(match.accepted.code == code for code, match in own.items() if match.accepted)
    assert all(match.candidates[0].same_name for match in matches)
    # All others share kecamatan, name and kind with another desa.
    doubtful = {code: match for code, match in own.items() if not match.accepted}
    assert len(doubtful) == 32
    assert all(code in candidates(match) for code, match in doubtful.items())


def test_a_desa_without_its_kecamatan_is_itself_or_doubtful(every_desa, gazetteer):
    rows = every_desa.drop(columns="kecamatan").iloc[::9]
    matches = match_names(rows, gazetteer)
    own = {code: match.accepted for code, match in zip(rows.index, matches, strict=True)}
    sure = {code: region for code, region in own.items() if region}
    assert all(region.code == code for code, region in sure.items())
    assert len(sure) > 0.93 * len(rows)
    assert {match.verdict for match in matches} == {Verdict.COCOK, Verdict.RAGU}


PERTURBATIONS = {
    "shouted": str.upper,
    "run together": lambda name: name.title().replace(" ", ""),
    "parted by hyphens": lambda name: name.replace(" ", "-"),
    "with blanks": lambda name: f"  {name.replace(' ', '   ')}\t",
    "without apostrophes": lambda name: name.replace("'", ""),
}


@given(codes(), st.sampled_from(sorted(PERTURBATIONS)))
@settings(max_examples=60)
def test_a_writing_that_keeps_the_letters_never_leads_to_another_region(code, how):
    gazetteer = load_gazetteer()
    rows = pd.DataFrame(
        [[PERTURBATIONS[how](name) for name in own_names(gazetteer, code)]], columns=NAMES
    )
    (match,) = match_names(rows, gazetteer)
    assert match.verdict in (Verdict.COCOK, Verdict.RAGU)
    assert code in candidates(match)
    assert accepted([match]) in ([code], [None])


@given(codes(Level.DESA), st.data())
@settings(max_examples=60)
def test_a_letter_lost_is_the_same_desa_or_none(code, data):
    gazetteer = load_gazetteer()
    *above, name = gazetteer.lineage_names(code)
    lost = data.draw(st.integers(0, len(name) - 1))
    rows = pd.DataFrame([[*above, name[:lost] + name[lost + 1 :]]], columns=NAMES)
    (match,) = match_names(rows, gazetteer)
    if match.accepted:
        assert match.accepted.code[:8] == code[:8]


@given(st.lists(st.text(max_size=20) | st.none(), min_size=4, max_size=4))
@settings(max_examples=60)
def test_every_row_has_an_answer_that_agrees_with_itself(names):
    gazetteer = load_gazetteer()
    (match,) = match_names(pd.DataFrame([names], columns=NAMES), gazetteer)
    assert (match.verdict is Verdict.COCOK) == (match.accepted is not None)
    assert len(match.candidates) <= 5
    scores = [candidate.score for candidate in match.candidates]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 100 for score in scores)
    assert len({level_of(code) for code in candidates(match)}) <= 1


def test_it_tells_how_far_it_is(gazetteer):
    shares: list[float] = []
    match_names(pd.DataFrame({"desa": ["Wajak"] * 1_200}), gazetteer, shares.append)
    assert len(shares) > 1
    assert shares == sorted(shares)
    assert 0 <= shares[0] < shares[-1] < 1
