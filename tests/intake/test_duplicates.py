import pytest

from geodata.registry.intake.duplicates import find_twins, name_key
from geodata.registry.staging import EXISTING_COLUMNS
from tests.intake.conftest import records, write_csv

HEADER = ["Nomor Induk", "Nama KIM", "Desa", "Kec", "Kab", "Website"]


def row(line, nomor_induk="", nama_kim="", kode_wilayah="", domain=""):
    return {
        "sheet": "S",
        "line": line,
        "nomor_induk": nomor_induk,
        "nama_kim": nama_kim,
        "kode_wilayah": kode_wilayah,
        "domain": domain,
    }


@pytest.mark.parametrize(
    ("first", "second", "why"),
    [
        ({"nomor_induk": "KIM-01"}, {"nomor_induk": "kim 01"}, "nomor_induk"),
        (
            {"nama_kim": "KIM Soeka Maju", "kode_wilayah": "35.07.08.2012"},
            {"nama_kim": "Kelompok Informasi Masyarakat Sukamaju", "kode_wilayah": "35.07.08.2012"},
            "nama_desa",
        ),
        ({"domain": "a.kim.id"}, {"domain": "a.kim.id"}, "domain"),
    ],
)
def test_rows_that_may_be_one_kim_are_found(first, second, why):
    twins = find_twins([row(2, **first), row(3, **second)])
    assert twins == [[], [{"with": "S!2", "why": why}]]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"nama_kim": "KIM A", "kode_wilayah": "a"}, {"nama_kim": "KIM A", "kode_wilayah": "b"}),
        ({"nama_kim": "KIM A"}, {"nama_kim": "KIM A"}),  # in no desa
        ({}, {}),
        ({"nama_kim": "KIM", "kode_wilayah": "a"}, {"nama_kim": "KIM", "kode_wilayah": "a"}),
    ],
)
def test_rows_that_share_nothing_telling_are_not(first, second):
    assert find_twins([row(2, **first), row(3, **second)]) == [[], []]


def test_a_kim_of_the_registry_is_found_by_the_surest_reason():
    kim = (7, "KIM-01", "KIM A", "35.07.08.2012", "a.kim.id")
    existing = dict(zip(EXISTING_COLUMNS, kim, strict=True))
    same = row(2, "KIM-01", "KIM A", "35.07.08.2012", "a.kim.id")
    assert find_twins([same], [existing]) == [[{"with": 7, "why": "nomor_induk"}]]


def test_a_domain_that_all_share_does_not_list_them_all():
    rows = [row(line, domain="kim.id") for line in range(500)]
    assert max(map(len, find_twins(rows))) == 20


def test_a_host_that_kim_of_many_names_have_makes_no_two_the_same():
    rows = [
        row(line, nama_kim=f"KIM {name}", domain="kim.web.id") for line, name in enumerate("ABC")
    ]
    assert find_twins(rows) == [[], [], []]
    assert find_twins(rows[:2])[1] == [{"with": "S!0", "why": "domain"}]


@pytest.mark.parametrize(
    "written",
    [
        *("KIM Suka Maju", "K.I.M. Sukamaju", "K I M Soekamadjoe", "KIMSukamaju", "kim_suka-maju"),
        *("Kelompok Informasi Masyarakat (KIM) Suka Maju", "Kel. Inf. Masy. Sukamaju"),
        *("Komunitas Informasi Masyarakat Desa Sukamaju", "Kelompok Infomasi Masyrakat Sukamaju"),
    ],
)
def test_however_kim_is_written_the_name_is_the_same(written):
    assert name_key(written) == "sukamaju"


def test_the_word_kim_is_no_part_of_the_name():
    assert name_key("KIM 'Wajak'") == name_key("kelompok informasi masyarakat wajak")
    assert name_key("Kimia Farma") != name_key("ia Farma")


def test_the_second_of_twins_is_for_a_person(tmp_path):
    table = [
        HEADER,
        ["1", "KIM Wajak", "Wajak", "Wajak", "Kab. Malang", "wajak"],
        ["2", "Wajak", "Ds. Wajak", "Wajak", "Kab. Malang", ""],
    ]
    first, second = records(write_csv(tmp_path / "a.csv", table))
    assert (first["outcome"], first["kembar"]) == ("diterima", [])
    assert (second["outcome"], second["alasan"]) == ("ditinjau", ["kembar"])
    assert second["kembar"] == [{"with": "!2", "why": "nama_desa"}]


def test_pages_on_facebook_and_instagram_make_no_kim_a_duplicate(tmp_path):
    table = [
        HEADER,
        *(
            ["", f"KIM {desa}", desa, "Wajak", "Kab. Malang", f"https://www.{host}/kim.{desa}"]
            for desa, host in (
                ("Sumberputih", "facebook.com"),
                ("Wonoayu", "facebook.com"),
                ("Bambang", "instagram.com"),
                ("Bringin", "instagram.com"),
            )
        ),
    ]
    for record in records(write_csv(tmp_path / "a.csv", table)):
        assert (record["outcome"], record["domain"]) == ("diterima", "")
        assert record["alasan"] == ["situs_bersama"]
        assert record["raw"]["Website"].endswith(f"/kim.{record['desa']}"), "the address is kept"
