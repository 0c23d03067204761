"""What a few words find, as planners and staff type them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.gazetteer import load_gazetteer
from geodata.matching.names import keys
from geodata.regions import Level
from geodata.registry.snapshot import load_sample
from geodata.search.search import Found, Search, search_of
from geodata.search.terms import By
from tests.strategies import codes

ENOUGH = 8


def find(query: str, limit: int = ENOUGH) -> Found:
    return search_of(load_sample()).find(query, limit)


def first(query: str) -> str:
    return find(query).hits[0].code


@pytest.mark.parametrize(
    ("query", "code"),
    [
        # Names, with and without what kind of region it is.
        ("kab malang", "35.07"),
        ("kabupaten malang", "35.07"),
        ("kota malang", "35.73"),
        ("KOTA  MALANG", "35.73"),
        ("malang kota", "35.73"),
        ("bogor", "32.01"),
        ("kota bogor", "32.71"),
        ("kec kepanjen", "35.07.13"),
        ("kecamatan sukun", "35.73.04"),
        ("kel sukun", "35.73.04.1005"),
        ("kulon progo", "34.01"),
        ("kulonprogo", "34.01"),
        # Short forms of provinsi and kabupaten.
        ("ntt", "53"),
        ("ntb", "52"),
        ("jatim", "35"),
        ("diy", "34"),
        ("jogja", "34"),
        ("dki", "31"),
        ("jakarta", "31"),
        ("sulsel", "73"),
        ("sumut", "12"),
        ("kalsel", "63"),
        ("babel", "19"),
        ("tts", "53.02"),
        ("kukar", "64.02"),
        ("jaksel", "31.74"),
        ("kbb", "32.17"),
        ("jak sel", "31.74"),
        # Old spelling, numbers, abbreviations.
        ("soekoen malang", "35.73.04"),
        ("kaway 16", "11.05.02"),
        ("tj pinang", "21.72"),
        ("Ma'u", "12.04.28"),
        # As one types.
        ("kepan", "35.07.13"),
        ("jawa ti", "35"),
        ("kab mal", "35.07"),
        ("sulse", "73"),
        # Parents narrow, in any order, with or without commas and steps between.
        ("sukun malang", "35.73.04"),
        ("malang, sukun", "35.73.04"),
        ("kab. malang, kepanjen", "35.07.13"),
        ("kepanjen kab malang jatim", "35.07.13"),
        ("malang jatim", "35.07"),
        ("sumberputih wajak", "35.07.08.2001"),
        # Slips of the pen.
        ("kepnjen", "35.07.13"),
        ("kepnjen malang", "35.07.13"),
        ("sukun mlaang", "35.73.04"),
        ("jawa timr", "35"),
        # Codes in any writing, finished or not.
        ("35.07.08", "35.07.08"),
        ("350708", "35.07.08"),
        ("3507", "35.07"),
        ("35", "35"),
        ("35.07.0", "35.07.01"),
        ("35.7.8.2001", "35.07.08.2001"),
        ("ID3507082001", "35.07.08.2001"),
    ],
)
def test_the_first_hit(query, code):
    assert first(query) == code


def test_a_name_of_many_is_narrowed_by_its_parents():
    gazetteer = load_gazetteer()
    hits = find("sukamaju cianjur").hits
    assert hits[0].code.startswith("32.03.")
    assert gazetteer.name(hits[0].code) == "Sukamaju"
    assert hits[0].likeness > 95


def test_a_postal_code_finds_its_desa_and_says_so():
    desa = load_gazetteer().tables[Level.DESA].set_index("kode")["kode_pos"]
    found = find("65163", 100)
    assert {hit.code for hit in found.hits if hit.likeness == 100} == set(
        desa[desa == "65163"].index
    )
    assert {hit.by for hit in found.hits} == {By.KODE_POS}


def test_a_code_of_before_leads_to_the_region_of_today():
    (hit,) = find("91.01", 1).hits  # Merauke, now of Papua Selatan
    assert (hit.code, hit.by) == ("93.01", By.KODE_LAMA)


def test_a_kim_is_found_by_its_name_and_by_its_number():
    kim = load_sample().kim.iloc[0]
    for query, by in [
        (kim["nama_kim"], By.NAMA),
        (kim["nama_kim"].removeprefix("KIM ").lower(), By.NAMA),
        (kim["nama_kim"].replace("KIM", "Kelompok Informasi Masyarakat"), By.NAMA),
        (kim["nomor_induk"], By.NOMOR_INDUK),
        (kim["nomor_induk"].replace("-", " ").lower(), By.NOMOR_INDUK),
    ]:
        hit = find(query).hits[0]
        assert hit.is_kim
        assert (hit.name, hit.code, hit.by) == (kim["nama_kim"], kim["kode_wilayah"], by)


def test_kim_of_a_region_are_found_by_the_word_kim_and_its_name():
    hits = find("kim kecamatan meukek", 100).hits
    here = load_sample().kim["kode_wilayah"].str.startswith("11.01.05.")
    assert len([hit for hit in hits if hit.is_kim]) == here.sum() > 0


def test_regions_alone_are_searched_where_there_is_no_registry():
    found = Search(load_gazetteer()).find("kim meukek", ENOUGH)
    assert not any(hit.is_kim for hit in found.hits)


def test_equal_names_come_first_and_among_them_the_coarser_level():
    hits = find("wajak").hits
    names = [hit.name for hit in hits]
    assert names[:2] == ["Wajak", "Wajak"]
    assert [hit.code for hit in hits[:2]] == ["35.07.08", "35.07.08.2012"]
    assert {"Wajak Kidul", "Wajak Lor"} < set(names[2:])


def test_slips_come_after_whole_names_and_their_beginnings():
    likeness = [hit.likeness for hit in find("kepanjen").hits]
    assert likeness == sorted(likeness, reverse=True)
    assert likeness[0] == 100


def test_kota_malang_is_not_kabupaten_malang():
    assert [hit.code for hit in find("kota malang").hits if hit.likeness == 100] == ["35.73"]


def test_no_more_than_asked_are_returned_and_all_are_counted():
    assert len(find("suka", 8).hits) == 8
    total = find("suka", 8).total
    assert len(find("suka", total + 1).hits) == total > 1_000


@pytest.mark.parametrize(
    "query", ["", "   ", ".*", "[", "\\", ",", "qxqxqx", "abcdefghij" * 9, "sukun, blitar"]
)
def test_nothing_is_found_by_what_names_nothing(query):
    assert find(query) == Found((), 0)


@given(st.text(max_size=200))
@settings(max_examples=60)
def test_any_text_has_an_answer(query):
    found = find(query)
    assert len(found.hits) == min(ENOUGH, found.total)
    assert all(0 < hit.likeness <= 100 for hit in found.hits)


def kecamatan_of_their_own_name() -> list[str]:
    """Codes of kecamatan of which no other is called the same, however it is spelt."""
    table = load_gazetteer().tables[Level.KECAMATAN]
    spelt = table["nama"].map(lambda name: keys(name, Level.KECAMATAN).loose)
    return table["kode"][~spelt.duplicated(keep=False)].tolist()


@given(st.sampled_from(kecamatan_of_their_own_name()), st.sampled_from([str, str.upper, str.lower]))
@settings(max_examples=25)
def test_the_name_of_a_unique_kecamatan_is_first_among_kecamatan(code, written):
    name = load_gazetteer().name(code)
    of_level = [hit.code for hit in find(written(name)).hits if len(hit.code) == len(code)]
    assert of_level[0] == code


@given(codes())
@settings(max_examples=25)
def test_every_region_is_found_by_its_name_and_those_above_it_and_by_its_code(code):
    gazetteer = load_gazetteer()
    names = gazetteer.lineage_names(code)
    hits = find(", ".join(reversed(names))).hits
    likest = [hit.code for hit in hits if hit.likeness == hits[0].likeness]
    assert code in likest
    assert first(code) == first(code.replace(".", "")) == code
