from datetime import date

import pytest
from babel.dates import format_date
from hypothesis import given
from hypothesis import strategies as st

from geodata.registry.fields import BIDANG
from geodata.registry.intake.dates import first_day, read_day
from geodata.registry.intake.spellings import bidang_words, read_bidang, read_status
from geodata.registry.intake.values import (
    is_blank,
    is_shared_host,
    read_count,
    read_domain,
    read_number,
    read_phone,
)
from geodata.registry.personal import is_personal, without_personal
from geodata.registry.schema import STATUSES

DAY = "2014-08-12"


@pytest.mark.parametrize(
    "written",
    [
        *("12 Agustus 2014", "12/8/14", "12-08-2014", "12.8.2014", "2014-08-12", "2014/8/12"),
        *("12 Agst 2014", "12 Ags. 2014", "12-Agu-14", "12 August 2014", "August 12, 2014"),
        *("Selasa, 12 Agustus 2014", "2014-08-12 00:00:00", "41863", "12Agustus2014"),
    ],
)
def test_a_day_is_read_as_indonesians_write_it(written):
    assert read_day(written) == DAY


@pytest.mark.parametrize(
    "written",
    ["Agustus 2014", "2014", "31/2/2014", "13/25/2014", "kemarin", "12 Foo 2014", "1/1/1"],
)
def test_what_is_no_day_is_not_guessed(written):
    assert read_day(written) is None


@pytest.mark.parametrize(
    "written",
    [
        *("2014-08-12T07:00:00Z", "2014-08-12 07:00:00+07", "2014-08-12T23:00:00.123+0900"),
        *("2014-08-11T20:00:00Z", "12/08/2014 07:00 WIB", "12 Agustus 2014 pukul 07.00"),
        # Picked in Jakarta, Makassar and Jayapura, and sent as the midnight it was there.
        *("2014-08-11T17:00:00.000Z", "2014-08-11T16:00:00Z", "2014-08-11T15:00:00Z"),
    ],
)
def test_a_moment_is_read_as_the_day_that_it_was_in_indonesia(written):
    assert read_day(written) == DAY


@pytest.mark.parametrize(
    ("written", "day"),
    [
        *(("2015", "2015-01-01"), ("Th. 2015", "2015-01-01"), ("2015.0", "2015-01-01")),
        *(("Agustus 2016", "2016-08-01"), ("08/2016", "2016-08-01"), ("2016-08", "2016-08-01")),
        ("1905-07-07", "2015-01-01"),  # 2015 in a cell that is made for days
        *(("2015/2016", None), ("13/2016", None), ("akhir 2015", None), ("1850", None)),
        *(("1905-13-01", None), ("kemarin", None)),
    ],
)
def test_a_year_or_month_alone_is_its_first_day_and_no_day(written, day):
    assert first_day(written) == day
    assert read_day(written) is None


@given(st.dates(date(1950, 1, 1), date(2049, 12, 31)), st.sampled_from(["id", "en"]))
def test_every_day_written_in_words_is_read(day, language):
    assert read_day(format_date(day, "d MMMM y", locale=language)) == day.isoformat()
    assert read_day(f"{day.day}/{day.month}/{day.year}") == day.isoformat()


@pytest.mark.parametrize(
    ("written", "fields", "unknown"),
    [
        ("umkm & wisata", "umkm;pariwisata", ""),
        ("Pariwisata/Ekraf", "pariwisata;ekonomi_kreatif", ""),
        ("pertanian, peternakan", "pertanian", ""),
        ("1. UMKM\n2. Wisata\n3. Seni", "umkm;pariwisata;seni_budaya", ""),
        ("Pengembangan UMKM dan Desa Wisata", "umkm;pariwisata", ""),
        ("Seni & Budaya", "seni_budaya", ""),
        ("kelautan dan perikanan", "perikanan", ""),
        ("Pertaniann", "pertanian", ""),
        ("literasi_digital;umkm", "umkm;literasi_digital", ""),
        ("umkm, panjat tebing", "umkm", "panjat tebing"),
        ("umkm sapi perah", "umkm", "umkm sapi perah"),
        ("dll", "", "dll"),
        ("", "", ""),
    ],
)
def test_fields_of_activity_are_found_and_the_unknown_is_kept(written, fields, unknown):
    assert read_bidang(written) == (fields, unknown)


def test_every_synonym_means_one_field():
    for word, field in bidang_words().items():
        assert read_bidang(word) == (field, "")
    assert set(bidang_words().values()) == set(BIDANG)


@given(st.lists(st.sampled_from(BIDANG), unique=True), st.text(max_size=20))
def test_known_fields_are_found_whatever_stands_beside_them(names, other):
    fields, _ = read_bidang("; ".join([*names, other]))
    assert set(names) <= set(fields.split(";"))
    assert set(fields.split(";")) - {""} <= set(BIDANG)


@pytest.mark.parametrize(
    ("written", "status"),
    [
        *(("AKTIF", "aktif"), ("Tdk. Aktif", "tidak_aktif"), ("vakum", "tidak_aktif")),
        *(("Non-Aktif", "tidak_aktif"), ("belum diverifikasi", "belum_terverifikasi")),
        *(("", ""), ("-", ""), ("belum ada", ""), ("entahlah", None)),
        *((status, status) for status in STATUSES),
    ],
)
def test_status_words(written, status):
    assert read_status(written) == status


@pytest.mark.parametrize(
    ("written", "domain"),
    [
        *(("wajak", "wajak.kim.id"), ("Wajak.kim.id", "wajak.kim.id")),
        ("http://www.wajak.kim.id/profil?x=1", "wajak.kim.id"),
        ("https://kim-wajak.blogspot.com", "kim-wajak.blogspot.com"),
        *(("belum ada", ""), ("-", ""), ("0", ""), ("dalam proses", "")),
        *(("ada", None), ("1", None), ("kim wajak", None), ("a@b.id", None), ("ada_apa", None)),
    ],
)
def test_domains_with_and_without_kim_id(written, domain):
    assert read_domain(written) == domain


@pytest.mark.parametrize(
    "written",
    [
        *("https://www.facebook.com/kim.wajak", "m.facebook.com/kim.wajak", "instagram.com/kim"),
        *("https://sites.google.com/view/kim-wajak", "youtube.com/@kim", "linktr.ee/kim", "x.com"),
        *(
            "Instagram: @kimwajak",
            "facebook",
            "blogspot.com",
            "kim.id",
            "https://malangkab.go.id/a",
        ),
    ],
)
def test_a_host_that_everybody_uses_is_nobody_s_domain(written):
    assert is_shared_host(written)
    assert read_domain(written) is None


@pytest.mark.parametrize(
    "written", ["kimwajak.blogspot.com", "wajak.kim.id", "wajak.desa.id", "wajak.malangkab.go.id"]
)
def test_a_name_of_its_own_on_such_a_host_is(written):
    assert not is_shared_host(written)
    assert read_domain(f"https://{written}/profil") == written


@pytest.mark.parametrize(
    "written",
    [
        *("", "-", "...", "__", "?", "N/A", "n.a.", "NULL", "nihil", "Belum ada", "blm punya"),
        *("dalam proses", "Masih proses", "Sedang diproses", "tidak ada data", "menyusul"),
        *("Belum ada nomor induk", "Belum terbentuk", "0", "000", "0000-00-00", "00/00/0000"),
    ],
)
def test_a_cell_that_says_nothing_is_empty(written):
    assert is_blank(written)
    assert read_number(written) == read_day(written) == read_domain(written) == ""


@pytest.mark.parametrize("written", ["KIM Belum Kalah", "Tanpa Batas", "Proses Kreatif", "10"])
def test_a_name_with_such_a_word_is_a_name(written):
    assert not is_blank(written)


@pytest.mark.parametrize(
    ("written", "number"),
    [("KIM-07/2019", "KIM-07/2019"), (" 12  / a", "12 / a"), ("ada", None), ("No. 0", None)],
)
def test_a_registration_number_has_a_digit(written, number):
    assert read_number(written) == number


@pytest.mark.parametrize(
    ("written", "count"),
    [
        ("0", "0"),
        ("25", "25"),
        ("25 orang", "25"),
        ("1.250", "1250"),
        ("25.0", "25"),
        ("", ""),
        ("±30", None),
    ],
)
def test_counts(written, count):
    assert read_count(written) == count


@pytest.mark.parametrize(
    "written",
    ["0812-3456-7890", "081234567890", "+62 812 3456 7890", "6281234567890", "81234567890"],
)
def test_phone_numbers(written):
    assert read_phone(written) == "+6281234567890"


@pytest.mark.parametrize(
    "text",
    [
        "hub. 0812-3456-7890 ya",
        "budi@mail.co.id",
        "NIK 3507081204800001",
        "WA:+6281234567890",
        "(0812) 3456-7890",
        "+62 (0)812 3456 7890",
        "350708.120480.0001",
    ],
)
def test_numbers_and_mail_of_persons_are_known_in_any_text(text):
    assert is_personal(text)
    assert not is_personal(without_personal(text))


@pytest.mark.parametrize("text", ["35.07.08.2012", "3507082012", "188/45/2014", "-7.98, 112.63"])
def test_codes_and_coordinates_are_nobodys_phone(text):
    assert without_personal(text) == text


@given(st.text(max_size=30))
def test_nothing_is_too_odd_to_be_read(text):
    for read in (read_day, first_day, read_count, read_domain, read_status, read_phone):
        assert read(text) is None or isinstance(read(text), str)
    assert isinstance(read_bidang(text), tuple)
