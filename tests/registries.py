"""A registry of a few rows, for answers that can be worked out by hand."""

import csv
from collections.abc import Callable

import pytest

from geodata.registry.schema import COLUMNS, read_registry
from geodata.registry.snapshot import Snapshot

_ORDINARY = {
    "nama_kim": "KIM Suara Warga",
    "kode_wilayah": "35.07.08.2001",
    "bidang": "umkm",
    "status": "aktif",
    "tanggal_terdaftar": "2020-05-17",
}


@pytest.fixture
def registry_file(tmp_path) -> Callable[..., object]:
    """Write a registry CSV; each row names only what is not ordinary about it."""

    def write(*rows: dict[str, str]):
        path = tmp_path / "registri.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, COLUMNS, restval="", lineterminator="\n")
            writer.writeheader()
            for place, row in enumerate(rows, start=1):
                writer.writerow({"nomor_induk": f"KIM-{place}", **_ORDINARY, **row})
        return path

    return write


@pytest.fixture
def registry(registry_file, gazetteer) -> Callable[..., Snapshot]:
    """Make a snapshot of a few rows, written as for ``registry_file``."""

    def make(*rows: dict[str, str], illustrative: bool = False) -> Snapshot:
        kim = read_registry(registry_file(*rows), gazetteer)
        return Snapshot(kim, gazetteer, "hand-made", "2024-01-31", illustrative)

    return make
