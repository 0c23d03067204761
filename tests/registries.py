"""A registry of a few rows, for answers that can be worked out by hand."""

import csv
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

import pandas as pd
import pytest

from geodata.gazetteer import Gazetteer
from geodata.regions import Level
from geodata.registry.schema import COLUMNS, read_registry
from geodata.registry.snapshot import Snapshot

_ORDINARY = {
    "nama_kim": "KIM Suara Warga",
    "kode_wilayah": "35.07.08.2001",
    "bidang": "umkm",
    "status": "aktif",
    "tanggal_terdaftar": "2020-05-17",
}


def write_registry(path: Path, *rows: dict[str, str]) -> Path:
    """Write a registry CSV; each row names only what is not ordinary about it."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, restval="", lineterminator="\n")
        writer.writeheader()
        for number, row in enumerate(rows, start=1):
            writer.writerow({"nomor_induk": f"KIM-{number}", **_ORDINARY, **row})
    return path


def snapshot_of(path: Path, gazetteer: Gazetteer, *, illustrative: bool = False) -> Snapshot:
    """Return the registry in a CSV as a snapshot."""
    kim = read_registry(path, gazetteer)
    return Snapshot(kim, gazetteer, "hand-made", "2024-01-31", illustrative)


def without_dates(snapshot: Snapshot, rows: Sequence[int]) -> Snapshot:
    """Return ``snapshot``, the KIM in ``rows`` without a day of registration."""
    kim = snapshot.kim.copy()
    kim.loc[kim.index[list(rows)], "tanggal_terdaftar"] = pd.NaT
    return replace(snapshot, kim=kim, version=f"{snapshot.version}-undated")


@pytest.fixture
def registry_file(tmp_path) -> Callable[..., Path]:
    """Write a registry CSV as :func:`write_registry` does."""
    return partial(write_registry, tmp_path / "registri.csv")


@pytest.fixture
def registry(registry_file, gazetteer) -> Callable[..., Snapshot]:
    """Make a snapshot of a few rows, written as for ``registry_file``."""

    def make(*rows: dict[str, str], illustrative: bool = False) -> Snapshot:
        return snapshot_of(registry_file(*rows), gazetteer, illustrative=illustrative)

    return make


def reported_only(snapshot: Snapshot, *kabupaten: str) -> Snapshot:
    """Return ``snapshot`` as if no other kabupaten/kota than these had reported."""
    codes = snapshot.gazetteer.codes(Level.KABUPATEN_KOTA).tolist()
    of = "-".join(kabupaten)
    return replace(
        snapshot,
        version=f"{snapshot.version}-{of}",
        unreported=frozenset(codes) - {*kabupaten},
    )
