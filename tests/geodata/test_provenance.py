import csv
import datetime
import hashlib
import json

import pytest
from pyarrow import parquet

from geodata.errors import DataFileError
from geodata.folders import DATA_DIR
from geodata.provenance import (
    Source,
    read_sidecar,
    sha256,
    sidecar_path,
    verified,
    write_sidecar,
)
from geodata.text import LANGUAGES

DATA_FILES = sorted(path for path in DATA_DIR.iterdir() if path.suffix in (".parquet", ".csv"))
SOURCE = Source("Dinas Contoh", "Titik desa", "https://contoh.example", "CC-BY-4.0", "3")


def rows_of(path) -> int:
    if path.suffix == ".parquet":
        return parquet.read_metadata(path).num_rows
    with path.open(encoding="utf-8", newline="") as file:
        return sum(1 for _ in csv.reader(file)) - 1


def test_the_data_the_app_needs_ship_with_it():
    assert {path.name for path in DATA_FILES} >= {
        "regions.parquet",
        "crosswalk_2020.csv",
        "land.parquet",
        "published_2023.csv",
        "registry_sample.csv",
    }


@pytest.mark.parametrize("path", DATA_FILES, ids=lambda path: path.name)
def test_beside_each_data_file_stands_where_it_comes_from(path):
    sidecar = read_sidecar(path)
    assert sidecar.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert verified(path) == path
    assert sidecar.rows == rows_of(path)
    of_sources = [word for of in sidecar.sources for word in (of.producer, of.title, of.licence)]
    by_language = [said for said in (sidecar.licence, *of_sources) if not isinstance(said, str)]
    for said in (sidecar.description, *sidecar.notes, *by_language):
        assert set(said) == set(LANGUAGES)
        assert all(said.values())
    assert sidecar.licence
    assert sidecar.made_by
    assert datetime.date.fromisoformat(sidecar.date)
    assert sidecar.sources
    for source in sidecar.sources:
        assert all([source.producer, source.title, source.origin, source.licence, source.version])


def test_no_sidecar_stands_there_without_its_data_file():
    sidecars = set(DATA_DIR.glob("*.source.json"))
    assert sidecars == {sidecar_path(path) for path in DATA_FILES}


@pytest.fixture
def data_file(tmp_path):
    path = tmp_path / "desa.csv"
    path.write_text("kode,nama\n35.07.08.2001,Sukolilo\n", encoding="utf-8")
    write_sidecar(
        path,
        description={"id": "Desa di Wajak", "en": "Desa of Wajak"},
        licence="ODbL-1.0",
        date="2026-01-02",
        made_by="by hand",
        sources=[SOURCE],
        rows=1,
        notes=[{"id": "Titik ± 100 m", "en": "Points ± 100 m"}],
    )
    return path


def test_a_sidecar_is_read_back_as_it_was_written(data_file):
    sidecar = read_sidecar(data_file)
    assert sidecar_path(data_file).name == "desa.source.json"
    assert sidecar.sources == [SOURCE]
    assert sidecar.description["en"] == "Desa of Wajak"
    assert sidecar.notes == [{"id": "Titik ± 100 m", "en": "Points ± 100 m"}]
    assert (sidecar.licence, sidecar.rows, sidecar.date) == ("ODbL-1.0", 1, "2026-01-02")
    assert sidecar.sha256 == sha256(data_file)
    assert verified(data_file) == data_file


def test_a_data_file_with_one_flipped_bit_is_refused_by_name(data_file):
    content = bytearray(data_file.read_bytes())
    content[-3] ^= 1
    data_file.write_bytes(content)
    with pytest.raises(
        DataFileError, match=r"data file desa\.csv differs from what was recorded"
    ) as caught:
        verified(data_file)
    assert "berkas data desa.csv tidak sama" in caught.value.message("id")


def test_a_missing_data_file_is_named_with_how_to_get_it_back(data_file):
    data_file.unlink()
    with pytest.raises(
        DataFileError, match=r"desa\.csv is missing.*git checkout -- data"
    ) as caught:
        verified(data_file)
    assert "desa.csv tidak ada" in caught.value.message("id")


@pytest.mark.parametrize(
    "body",
    [
        None,
        "",
        "{",
        "[]",
        "{}",
        json.dumps({"sources": []}),
        json.dumps({"sources": [{"producer": "Dinas Contoh"}]}),
        b"\xff\xfe",
    ],
)
def test_a_sidecar_that_is_missing_or_broken_is_named(data_file, body):
    sidecar = sidecar_path(data_file)
    if body is None:
        sidecar.unlink()
    else:
        sidecar.write_bytes(body if isinstance(body, bytes) else body.encode())
    with pytest.raises(
        DataFileError, match=r"desa\.source\.json is missing or unreadable"
    ) as caught:
        verified(data_file)
    assert "desa.source.json tidak ada atau tidak terbaca" in caught.value.message("id")
