from datetime import date

import pytest
from babel.dates import format_date
from hypothesis import given
from hypothesis import strategies as st

from geodata.registry.fields import BIDANG
from geodata.registry.intake.coordinates import Point, read_point
from geodata.registry.intake.spellings import bidang_words, read_bidang, read_status
from geodata.registry.intake.values import (
    read_count,
    read_day,
    read_domain,
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
        *(("", ""), ("-", ""), ("entahlah", None)),
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
        *(("belum ada", ""), ("-", ""), ("kim wajak", None), ("a@b.id", None), ("ada_apa", None)),
    ],
)
def test_domains_with_and_without_kim_id(written, domain):
    assert read_domain(written) == domain


@pytest.mark.parametrize(
    ("written", "count"),
    [("25", "25"), ("25 orang", "25"), ("1.250", "1250"), ("25.0", "25"), ("", ""), ("±30", None)],
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


@pytest.mark.parametrize(
    ("lat", "lng"),
    [
        ("-7.97", "112.635"),
        ("-7,97", "112,635"),
        ("7°58'12\" LS", "112°38'6\" BT"),
        ("S 7° 58.2'", "E 112° 38.1'"),
        ("−7.97", "112.635"),
    ],
)
def test_coordinates_in_any_writing(lat, lng):
    assert read_point(lat, lng) == Point(-7.97, 112.635, swapped=False)
    assert read_point(lng, lat) == Point(-7.97, 112.635, swapped=True)
    assert read_point("", "", f"{lat}; {lng}") == Point(-7.97, 112.635, swapped=False)


@pytest.mark.parametrize("both", ["-7.97, 112.635", "-7,97 112,635", "(-7.97,112.635)"])
def test_coordinates_in_one_cell(both):
    assert read_point("", "", both) == Point(-7.97, 112.635, swapped=False)


@pytest.mark.parametrize(
    ("lat", "lng"), [("-797", "112635"), ("0", "0"), ("7.97", "112.6"), ("x", "y"), ("-7.97", "")]
)
def test_a_point_that_cannot_be_is_none(lat, lng):
    assert read_point(lat, lng) is None


def test_no_point_is_no_error():
    assert read_point("", "-") == ""


@given(st.floats(-11, 6), st.floats(95, 141))
def test_a_point_is_the_same_with_comma_and_point(lat, lng):
    written = f"{lat:.6f}", f"{lng:.6f}"
    found = read_point(*written)
    assert isinstance(found, Point)
    assert found == read_point(*(one.replace(".", ",") for one in written))
    assert (found.lat, found.lng) == pytest.approx((lat, lng), abs=1e-6)


@given(st.text(max_size=30))
def test_nothing_is_too_odd_to_be_read(text):
    for read in (read_day, read_count, read_domain, read_status, read_phone):
        assert read(text) is None or isinstance(read(text), str)
    assert isinstance(read_bidang(text), tuple)
    read_point(text, text, text)
    read_point("", "", text)
