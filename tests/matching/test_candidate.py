import pytest

from geodata.analysis.quality import WAYS, way
from geodata.columns import COLUMNS
from geodata.matching.candidate import Candidate, Match, Method, Verdict, ranked
from geodata.text import text


def test_the_values_in_databases_stand_for_ever():
    assert [method.value for method in Method] == [
        *("kode", "kode_lama", "kode_bps", "nama", "nama_lama", "nama_mirip"),
        *("alias", "koordinat", "pilihan"),
    ]


@pytest.mark.parametrize("method", Method)
@pytest.mark.parametrize("lang", ["id", "en"])
def test_every_method_is_counted_and_has_its_words(method, lang):
    assert way(method) in WAYS
    assert COLUMNS[way(method)].title(lang)
    assert text(f"impor.candidate_why.{method}", lang)


def test_only_an_accepted_match_has_a_region():
    best = Candidate("35", 100.0, Method.NAMA)
    assert Match(Verdict.COCOK, (best,)).accepted is best
    assert Match(Verdict.RAGU, (best,)).accepted is None
    assert Match(Verdict.GAGAL).accepted is None


def test_of_two_ways_to_a_region_the_surer_is_kept_and_of_equals_the_first():
    code, name = Candidate("35", 95.0, Method.KODE_LAMA), Candidate("35", 99.0, Method.NAMA)
    rival, alias = Candidate("36", 99.0, Method.NAMA), Candidate("36", 99.0, Method.ALIAS)
    assert ranked([code, name, rival, alias]) == (name, rival)
