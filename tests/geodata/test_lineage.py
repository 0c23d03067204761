"""The lineage of regions: what they were, what they are, and what nobody can know."""

from pathlib import Path

import pandas as pd
import pytest

from geodata.errors import DataFileError
from geodata.gazetteer import load_gazetteer
from geodata.lineage.kinds import CARRIED, Kind
from geodata.lineage.lineage import (
    EDITIONS,
    former_names,
    kinds_by_provinsi,
    load_lineage,
    moved_codes,
)
from geodata.lineage.making import make_lineage, read_editions
from geodata.regions import Level

EDITIONS_FILE = Path(__file__).parents[3] / "shared/reference/kode_wilayah_edisi.parquet"

PAPUA = {
    "91": "PAPUA", "91.01": "KAB. MERAUKE", "91.01.02": "Muting", "91.01.03": "Ulilin",
    "91.01.02.2001": "Boha", "91.01.02.2002": "Bupul", "91.01.03.2001": "Kafyamke",
    "91.03": "KAB. JAYAPURA", "91.03.01": "Sentani", "91.03.01.2001": "Hobong",
}  # fmt: skip
SPLIT = {
    "91": "Papua", "91.03": "Kabupaten Jayapura", "91.03.01": "Sentani",
    "91.03.01.2001": "Hobong",
    "93": "Papua Selatan", "93.01": "Kabupaten Merauke", "93.01.02": "Muting",
    "93.01.03": "Ulilin", "93.01.02.2001": "Boha", "93.01.02.2002": "Bupul",
    "93.01.03.2001": "Kafyamke",
}  # fmt: skip


def lineage(*editions: dict[str, str]) -> dict[str, tuple]:
    """Kind, code of today and candidates of each region of the first edition that has changed."""
    table = make_lineage(dict(enumerate(editions)))
    first = table[table["edisi"] == 0]
    rows = first[["cara", "kode_2025", "calon"]].itertuples(index=False, name=None)
    return dict(zip(first["kode"], rows, strict=True))


def of_kecamatan(**desa: str) -> dict[str, str]:
    """Desa of one kecamatan by the last four digits of their codes."""
    above = {"35": "Jawa Timur", "35.07": "Kabupaten Malang", "35.07.08": "Wajak"}
    return above | {f"35.07.08.{number[1:]}": name for number, name in desa.items()}


def test_what_has_kept_code_name_and_desa_is_left_out():
    assert lineage(PAPUA, PAPUA) == {}


def test_a_provinsi_that_was_split_takes_its_desa_along():
    told = lineage(PAPUA, SPLIT)
    assert told["91.01"] == ("mekar_provinsi", "93.01", "")
    assert told["91.01.02.2001"] == ("mekar_provinsi", "93.01.02.2001", "")
    assert told["91"] == ("pecah", "93", "91")
    assert "91.03" not in told


def test_another_spelling_under_the_same_code_is_the_same_region():
    told = lineage(of_kecamatan(k2001="Bringin"), of_kecamatan(k2001="Beringin"))
    assert told == {"35.07.08.2001": ("ganti_nama", "35.07.08.2001", "")}


def test_another_name_under_the_same_code_is_too_where_the_old_one_is_nowhere_else():
    told = lineage(of_kecamatan(k2001="Marisa IV"), of_kecamatan(k2001="Puncak Jaya"))
    assert told["35.07.08.2001"] == ("ganti_nama", "35.07.08.2001", "")


def test_two_desa_that_swapped_their_codes_are_told_by_their_names():
    told = lineage(
        of_kecamatan(k2001="Sumberputih", k2002="Dadapan"),
        of_kecamatan(k2001="Dadapan", k2002="Sumberputih"),
    )
    assert told["35.07.08.2001"] == ("pindah", "35.07.08.2002", "")
    assert told["35.07.08.2002"] == ("pindah", "35.07.08.2001", "")


def test_a_desa_that_became_a_kelurahan_is_found_by_its_name():
    told = lineage(of_kecamatan(k2001="Wajak"), of_kecamatan(k1001="Wajak"))
    assert told["35.07.08.2001"] == ("pindah", "35.07.08.1001", "")


def test_a_desa_that_is_in_another_kecamatan_now_is_found_within_its_kabupaten():
    before = of_kecamatan(k2001="Wajak", k2002="Bringin")
    after = of_kecamatan(k2001="Wajak") | {"35.07.09": "Turen", "35.07.09.2011": "Bringin"}
    told = lineage(before, after)
    assert told["35.07.08.2002"] == ("pindah", "35.07.09.2011", "")
    assert told["35.07.08"] == ("pecah", "35.07.08", "35.07.09")


def test_two_of_one_name_that_are_looked_for_are_nobodys():
    before = of_kecamatan(k2001="Wajak", k2002="Bringin") | {
        "35.07.09": "Turen", "35.07.09.2001": "Bringin", "35.07.09.2002": "Tumpuk",
    }  # fmt: skip
    after = of_kecamatan(k2001="Wajak") | {
        "35.07.09": "Turen", "35.07.09.2002": "Tumpuk",
        "35.07.10": "Tumpang", "35.07.10.2001": "Bringin",
    }  # fmt: skip
    told = lineage(before, after)
    assert told["35.07.08.2002"] == ("tidak_diketahui", "", "35.07.10.2001")
    assert told["35.07.09.2001"] == ("tidak_diketahui", "", "35.07.10.2001")


def test_a_desa_that_is_two_with_a_direction_each_is_neither():
    told = lineage(
        of_kecamatan(k2001="Wajak", k2002="Sukolilo"),
        of_kecamatan(k2001="Wajak", k2011="Sukolilo Utara", k2012="Sukolilo Selatan"),
    )
    assert told["35.07.08.2002"] == ("pecah", "35.07.08.2011", "35.07.08.2012")


def test_a_desa_of_which_no_list_says_more_is_gone():
    told = lineage(of_kecamatan(k2001="Wajak", k2002="Renokenongo"), of_kecamatan(k2001="Wajak"))
    assert told["35.07.08.2002"] == ("hilang", "", "")


def test_two_kecamatan_that_are_one_now_are_merged():
    before = of_kecamatan(k2001="Wajak") | {"35.07.09": "Turen", "35.07.09.2002": "Tumpuk"}
    told = lineage(before, of_kecamatan(k2001="Wajak", k2002="Tumpuk"))
    assert told["35.07.09"] == ("gabung", "35.07.08", "")


def test_over_several_editions_the_least_sure_step_tells_how_it_is_known():
    before, renamed = of_kecamatan(k2001="Bringin"), of_kecamatan(k2001="Beringin")
    moved = of_kecamatan(k1001="Beringin")
    assert lineage(before, renamed, moved)["35.07.08.2001"] == ("pindah", "35.07.08.1001", "")


def test_no_two_desa_of_an_edition_are_one_desa_today():
    table = load_lineage()
    desa = table[(table["kode"].str.len() == Level.DESA.code_length)]
    for edition in EDITIONS:
        of_it = desa[desa["edisi"].le(edition) & desa["edisi_akhir"].ge(edition)]
        carried = of_it[of_it["cara"].isin(CARRIED)]
        assert not carried["kode_2025"].duplicated().any()


def test_what_ships_leads_to_regions_of_today_of_the_same_level():
    table, gazetteer = load_lineage(), load_gazetteer()
    led = table[table["kode_2025"] != ""]
    assert (led["kode_2025"].str.len() == led["kode"].str.len()).all()
    assert all(code in gazetteer for code in led["kode_2025"])
    assert set(table["cara"]) <= {kind.value for kind in Kind}
    assert table.loc[table["cara"].isin(["hilang", "tidak_diketahui"]), "kode_2025"].eq("").all()


def test_nearly_every_desa_whose_code_is_over_is_known_today():
    counts = kinds_by_provinsi(load_lineage(), Level.DESA)
    papua = counts[(counts["edisi"] == 2022) & (counts["provinsi"] == "91")].iloc[0]
    assert papua["mekar_provinsi"] > 3_000
    moved = counts[["mekar_provinsi", "pindah"]].to_numpy().sum()
    assert counts[["tidak_diketahui", "hilang"]].to_numpy().sum() < 0.03 * moved


def test_a_code_that_is_over_has_one_meaning_or_is_not_led_on():
    moved = moved_codes(load_lineage())
    assert moved["kode"].is_unique
    assert moved.set_index("kode").loc["91.01", "kode_2025"] == "93.01"
    assert "91" not in moved["kode"].tolist()


def test_regions_are_known_by_their_former_names():
    names = former_names(load_lineage())
    of = names.groupby("kode_2025")["nama"].agg(list)
    assert "KAB. MALUKU TENGGARA BARAT" in of["81.03"]
    assert of["64.08.05.2006"] == ["Benua Baru"]


def test_a_file_that_holds_no_editions_is_named(tmp_path):
    path = tmp_path / "edisi.parquet"
    pd.DataFrame({"kode": ["35"]}).to_parquet(path)
    with pytest.raises(DataFileError, match=r"edisi\.parquet"):
        read_editions(path)


@pytest.mark.skipif(
    not EDITIONS_FILE.exists(),
    reason=f"THE LINEAGE IS NOT MADE AGAIN: no editions at {EDITIONS_FILE}",
)
def test_what_ships_is_what_the_editions_make():
    editions = read_editions(EDITIONS_FILE)
    steps = [(2018, 2020, 284, 297), (2020, 2022, 332, 350), (2022, 2023, 4661, 4957),
             (2023, 2025, 1112, 1111)]  # fmt: skip
    for before, after, gone, new in steps:
        old, now = (
            {code for code in editions[year] if len(code) == Level.DESA.code_length}
            for year in (before, after)
        )
        assert (len(old - now), len(now - old)) == (gone, new)
    made = make_lineage({year: editions[year] for year in (2023, 2025)})
    shipped = load_lineage()
    of_2023 = shipped[shipped["edisi_akhir"] == 2023]
    columns = ["kode", "nama", "kode_2025", "cara", "calon"]
    assert made[columns].to_numpy().tolist() == of_2023[columns].to_numpy().tolist()
