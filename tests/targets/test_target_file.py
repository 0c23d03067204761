"""A file of targets: what is understood, and that nothing is guessed."""

import pandas as pd
import pytest

from geodata.exports.spreadsheets import to_xlsx
from geodata.registry.intake.intake_error import IntakeError
from geodata.targets.region_target import RegionTarget, TargetKind
from geodata.targets.target_file import read_target_file

NEW, KECAMATAN, DESA = TargetKind
LIST = """kode,provinsi,kabupaten_kota,tahun,jenis,nilai
35.07,Jawa Timur,Kabupaten Malang,2026,KIM baru,53
,Jawa Timur,Kab. Lumajang,2026,bagian_desa,"12,5%"
3573,,,2026,Share of districts with a KIM,80
,Jawa Timur,Kabupaten Antah Berantah,2026,KIM baru,5
35.08,,,2026,KIM baru,
35.09,,,2026,KIM baru,lima
35.09,,,2026,cakupan,5
35.09,,,26,KIM baru,5
35.09,,,2026,bagian_desa,0.8
35.09,,,2026,bagian_desa,180
35.07,,,2026,kim_baru,54
"""


@pytest.fixture
def read(tmp_path, gazetteer):
    def read(written: str | bytes, name: str = "sasaran.csv"):
        path = tmp_path / name
        path.write_bytes(written.encode() if isinstance(written, str) else written)
        return read_target_file(path, gazetteer)

    return read


def test_each_row_is_a_target_or_says_why_not(read):
    rows, targets = read(LIST)
    assert targets == [
        RegionTarget("35.07", 2026, NEW, 53),
        RegionTarget("35.08", 2026, DESA, 0.125),
        RegionTarget("35.73", 2026, KECAMATAN, 0.8),
    ]
    assert rows["hasil_baca"].tolist() == [
        *["diterima"] * 3,
        "region",
        "empty",
        "value",
        "kind",
        "year",
        "value",  # a spreadsheet writes 80% so, and somebody may mean 0.8%
        "target_share",
        "twice",
    ]
    assert rows["nama"].tolist()[1] == "Kabupaten Lumajang"
    assert rows["kode"].tolist()[3] == ""


def test_a_workbook_with_a_title_above_its_header_is_read_too(read):
    rows = [
        ("", "Sasaran KIM", "", "", ""),
        ("Kode Wilayah", "Kabupaten/Kota", "Tahun", "Jenis", "Nilai"),
        ("3507", "Malang", "2026", "KIM baru", "1.250"),
        ("", "Malang", "2026", "KIM baru", "5"),  # the kabupaten, or the kota
        ("35.07", "Kota Batu", "2027", "KIM baru", "5"),
    ]
    table = pd.DataFrame(rows, columns=list("abcde"))
    told, targets = read(to_xlsx({"Sasaran": table}), "sasaran.xlsx")
    assert targets == [RegionTarget("35.07", 2026, NEW, 1250)]
    assert told["hasil_baca"].tolist() == ["diterima", "region", "region"]


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("kode,tahun,nilai\n35.07,2026,53\n", "kode atau|code or names"),
        ("tahun,jenis,nilai\n2026,KIM baru,53\n", "sasaran.csv"),
        ("", "sasaran.csv"),
    ],
)
def test_a_file_that_is_none_of_targets_is_refused(read, written, told):
    with pytest.raises(IntakeError, match=told):
        read(written)
