"""What comes back of a file can be mended and brought in again."""

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path

import pandas as pd
import pytest

from geodata.gazetteer import load_gazetteer
from geodata.registry.database.batches import stage
from geodata.registry.database.connection import Registry, open_registry
from geodata.registry.database.handing_out import rows_to_mend
from geodata.registry.database.memory import mapping_of
from geodata.registry.intake.preparing import prepare

SENDER = "Diskominfo Malang"
WONOAYU, BAMBANG = "35.07.08.2002", "35.07.08.2003"


@pytest.fixture
def registry(tmp_path: Path) -> Iterator[Registry]:
    opened = open_registry(f"sqlite:///{tmp_path}/registry.db")
    yield opened
    opened.engine.dispose()


def brought(registry: Registry, path: Path, *rows: Sequence[str]) -> pd.DataFrame:
    """Bring a file in, and return its rows as they are read."""
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    mapping = mapping_of(registry, SENDER) or None
    gazetteer = load_gazetteer()
    staged = prepare(path, sender=SENDER, gazetteer=gazetteer, mapping=mapping)
    stage(registry, staged, gazetteer, who="Rina")
    return pd.DataFrame(list(staged.rows))


def again(registry: Registry, path: Path, table: pd.DataFrame) -> pd.DataFrame:
    return brought(registry, path, list(table.columns), *table.astype(str).to_numpy().tolist())


def test_an_empty_column_is_there_to_be_filled(registry, tmp_path):
    header = ["No", "Nama KIM", "Kabupaten", "Kecamatan", "Desa", "Ketua", "Catatan"]
    brought(
        registry,
        tmp_path / "kim.csv",
        header,
        ["1", "KIM Satu", "Malang", "Wajak", "Sumberputih", "Budi", ""],
        ["2", "", "Malang", "Wajak", "Wonoayu", "Siti", ""],
    )
    table = rows_to_mend(registry, 1, "id")
    assert list(table.columns) == ["sheet", "line", "alasan", *header]
    assert table.loc[0, header].tolist() == ["2", "", "Malang", "Wajak", "Wonoayu", "", ""]
    table["Nama KIM"] = "KIM Dua"
    (row,) = again(registry, tmp_path / "tolak.csv", table).to_dict("records")
    assert (row["outcome"], row["kode_wilayah"]) == ("diterima", WONOAYU)


def test_a_column_that_the_file_lacks_is_added_and_read_though_the_sender_s_are_remembered(
    registry, tmp_path
):
    rows = brought(
        registry,
        tmp_path / "kim.csv",
        ["KABUPATEN MALANG", "", ""],
        ["No", "Nomor Induk", "Desa"],
        ["1", "KIM-1", "Wonoayu"],
    )
    assert rows["alasan"].tolist() == [["nama_kosong"]]
    table = rows_to_mend(registry, 1, "id")
    assert table.loc[0, "Kabupaten Kota"] == "KABUPATEN MALANG", "a title holds for its rows"
    assert (table.loc[0, "Nama KIM"], table.loc[0, "Kecamatan"]) == ("", "")
    table[["Nama KIM", "Kecamatan"]] = "KIM Satu", "Wajak"
    (row,) = again(registry, tmp_path / "tolak.csv", table).to_dict("records")
    assert (row["outcome"], row["kode_wilayah"]) == ("diterima", WONOAYU)


def test_what_a_group_says_once_stands_in_each_of_its_rows(registry, tmp_path):
    brought(
        registry,
        tmp_path / "kim.csv",
        ["Kabupaten", "Kecamatan", "Desa", "Nama KIM"],
        ["Malang", "Wajak", "Wonoayu", "KIM Satu"],
        ["", "", "Bambang", ""],
    )
    table = rows_to_mend(registry, 1, "id")
    assert table.loc[0, ["Kabupaten", "Kecamatan"]].tolist() == ["Malang", "Wajak"]
    table["Nama KIM"] = "KIM Dua"
    (row,) = again(registry, tmp_path / "tolak.csv", table).to_dict("records")
    assert (row["outcome"], row["kode_wilayah"]) == ("diterima", BAMBANG)


def test_what_comes_back_twice_has_no_column_twice(registry, tmp_path):
    header = ["Nama KIM", "Kabupaten", "Kecamatan", "Desa"]
    brought(registry, tmp_path / "kim.csv", header, ["", "Malang", "Wajak", "Wonoayu"])
    first = rows_to_mend(registry, 1, "id")
    again(registry, tmp_path / "tolak.csv", first)
    second = rows_to_mend(registry, 2, "id")
    assert list(second.columns) == list(first.columns)


def test_a_name_with_a_phone_number_comes_back_without_the_number(registry, tmp_path):
    header = ["Nama KIM", "Kecamatan", "Desa"]
    row = ["KIM Satu 0812-3456-7890", "Wajak", "Tidak Dikenal"]
    brought(registry, tmp_path / "kim.csv", header, row)
    table = rows_to_mend(registry, 1, "id", "ditinjau")
    assert table.loc[0, header].tolist() == ["KIM Satu", "Wajak", "Tidak Dikenal"]
