from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.gazetteer import load_gazetteer
from geodata.matching.names import keys, loose
from geodata.matching.vocabulary import ABBREVIATIONS, ALIASES, PREFIXES
from geodata.regions import LEVELS, Level, level_of
from tests.strategies import codes

PROVINSI, KABUPATEN, KECAMATAN, DESA = LEVELS


@pytest.mark.parametrize(
    ("level", "written", "meant"),
    [
        (DESA, "SUMBER REJO", "Sumberrejo"),
        (DESA, "SumberRejo", "Sumber Rejo"),
        (DESA, "Toli-Toli", "Toli Toli"),
        (DESA, "Sa’dan", "Sa'dan"),
        (DESA, "Désa Lamà", "Desa Lama"),
        (DESA, "Mns. Krueng", "Meunasah Krueng"),
        (DESA, "Sei. Priok", "Sungai Priok"),
        (DESA, "Tj.Rejo", "Tanjung Rejo"),
        (DESA, "Tg Rejo", "Tanjungrejo"),
        (DESA, "Kp. Baru", "Kampung Baru"),
        (DESA, "Gn. Sari", "Gunungsari"),
        (DESA, "Bdr Khalipah", "Bandar Khalipah"),
        (DESA, "Suka Maju II", "Sukamaju 2"),
        (DESA, "Suka Maju Dua", "Sukamaju2"),
        (DESA, "Sido Mulyo 18", "Sidomulyo XVIII"),
        (DESA, "26 Ilir", "Dua-puluh-enam Ilir"),
        (DESA, "11 Ulu", "Sebelas Ulu"),
        (KECAMATAN, "KawayXvi", "Kaway XVI"),
        (KECAMATAN, "2x11 Enam Lingkung", "2 X 11 Enam Lingkung"),
        (KECAMATAN, "IV Koto", "Empat Koto"),
        (KABUPATEN, "Kab. Malang", "KABUPATEN MALANG"),
        (KABUPATEN, "Kodya Malang", "Kota Malang"),
        (KABUPATEN, "Kota Adm. Jakarta Pusat", "Kota Administrasi Jakarta Pusat"),
        (KABUPATEN, "Kab. 50 Kota", "Kabupaten Lima Puluh Kota"),
        (KABUPATEN, "Kab. Toba Samosir", "Kabupaten Toba"),
        (KABUPATEN, "KOTA D U M A I", "Kota Dumai"),
    ],
)
def test_writings_of_one_name_share_the_full_key(level, written, meant):
    assert keys(written, level).full == keys(meant, level).full


@pytest.mark.parametrize(
    ("level", "written", "meant"),
    [
        *((DESA, f"{kind} Wajak", "Wajak") for kind in ("Desa", "Ds.", "Kel.", "KELURAHAN")),
        *((DESA, f"{kind} Wajak", "Wajak") for kind in ("Gampong", "Gp.", "Nagari", "Pekon")),
        (DESA, "Desa/Kel. Wajak", "Wajak"),
        (DESA, "Mahia (Wosia Tengah)", "Mahia"),
        (DESA, "Belok/Sidan", "Belok"),
        *((KECAMATAN, f"{kind} Jetis", "Jetis") for kind in ("Kec.", "Kapanewon", "Distrik")),
        (KABUPATEN, "Kab/Kota Malang", "Malang"),
        (KABUPATEN, "Kabupaten Kota Baru", "Kotabaru"),
        *((PROVINSI, name, "Jawa Timur") for name in ("Prov. Jatim", "JawaTimur", "JAWATIMUR")),
        (PROVINSI, "Propinsi DKI Jakarta", "Daerah Khusus Ibukota Jakarta"),
        (PROVINSI, "D.I. Yogyakarta", "Daerah Istimewa Yogyakarta"),
        (PROVINSI, "NTB", "Nusa Tenggara Barat"),
        (PROVINSI, "Bangka-Belitung", "Kepulauan Bangka Belitung"),
        (PROVINSI, "Irian Jaya Barat", "Papua Barat"),
    ],
)
def test_the_bare_key_leaves_out_what_kind_of_region_it_is(level, written, meant):
    assert keys(written, level).bare == keys(meant, level).bare


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Soemberredjo", "Sumberejo"),
        ("Sumber Rejo", "Sumberejo"),
        ("Tjikini", "Cikini"),
        ("Sukamulya", "Sukamulia"),
        ("Bandhung", "Bandung"),
        ("Kuwala", "Kuala"),
    ],
)
def test_the_loose_key_folds_old_and_doubled_spelling(written, meant):
    assert keys(written, DESA).full != keys(meant, DESA).full
    assert keys(written, DESA).loose == keys(meant, DESA).loose


def test_the_old_j_is_only_a_likeness():
    old, new = keys("Soerabaja", DESA), keys("Surabaya", DESA)
    assert old.loose != new.loose
    assert old.sound == new.sound


@pytest.mark.parametrize(
    ("level", "first", "second"),
    [
        (KABUPATEN, "Kabupaten Malang", "Kota Malang"),
        (DESA, "Sukamaju I", "Sukamaju II"),
        (DESA, "Sukamaju Barat", "Sukamaju Timur"),
        (DESA, "Cot Baroh", "Cot Baro"),
        (DESA, "Banjar", "Banyar"),
        (KECAMATAN, "Ilir Barat Satu", "Ilir Barat Dua"),
    ],
)
def test_names_of_two_regions_never_share_a_full_or_loose_key(level, first, second):
    first, second = keys(first, level), keys(second, level)
    assert first.full != second.full
    assert first.loose_full != second.loose_full


@pytest.mark.parametrize("name", ["Desa", "Kota", "Gampong", "II"])
def test_a_name_that_is_only_a_kind_or_a_number_is_still_a_name(name):
    assert keys(name, DESA).bare


def test_what_a_desa_is_called_tells_its_kind():
    kinds = [keys(f"{kind} Wajak", DESA).kind for kind in ("Kel.", "Kelurahan", "Desa", "Ds", "")]
    assert kinds == ["kelurahan", "kelurahan", "desa", "desa", ""]
    assert keys("Desa/Kelurahan Wajak", DESA).kind == ""


@pytest.mark.parametrize("level", [level for level in LEVELS if level in ALIASES])
def test_every_other_name_leads_to_one_region_and_is_the_name_of_none(level):
    names = [keys(name, level).bare for name in load_gazetteer().tables[level]["nama"]]
    assert set(ALIASES[level].values()) <= set(names)
    for alias in ALIASES[level]:
        assert alias == alias.lower().replace(" ", "")


def test_the_vocabulary_needs_no_second_reading():
    assert not set(ABBREVIATIONS) & set(ABBREVIATIONS.values())
    for level, prefixes in PREFIXES.items():
        for prefix in prefixes:
            assert keys(f"{prefix} Wajak", level).bare == "wajak"


@given(codes(), st.sampled_from([str.upper, str.lower, str.title, str.swapcase]))
def test_case_and_outer_blanks_change_no_key(code, case):
    level, name = level_of(code), load_gazetteer().name(code)
    if case in (str.title, str.swapcase) or "'" in name:  # these may part words
        name = name.lower()
    assert keys(f"  {case(name)}. ", level)[:5] == keys(case(name).lower(), level)[:5]


@given(codes())
def test_a_full_key_is_plain_letters_and_digits_and_not_empty(code):
    own = keys(load_gazetteer().name(code), level_of(code))
    for key in own[:5]:
        assert key.isascii()
        assert key.isalnum()
        assert key == key.lower()


@given(st.text(max_size=30), st.sampled_from(LEVELS))
def test_no_text_is_too_odd_for_a_key(name, level):
    own = keys(name, level)
    assert own == keys(name, level)
    assert all(key == "" or key.isalnum() for key in own[:5])


@given(st.text("abdeghijknoprstuy", max_size=20))
def test_folding_leaves_no_doubled_letter(key):
    folded = loose(key)
    assert all(letter != following for letter, following in pairwise(folded))


def test_levels_are_told_apart():
    assert keys("Kota Lama", Level.DESA).bare == "kotalama"
    assert keys("Kota Lama", Level.KABUPATEN_KOTA).bare == "lama"
