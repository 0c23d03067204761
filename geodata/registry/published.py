"""The published totals of 2023: the only official count of KIM by provinsi we know of."""

from functools import cache
from pathlib import Path

import pandas as pd

from geodata.data_files import write_shipped_sidecar
from geodata.folders import DATA_DIR
from geodata.gazetteer import Gazetteer
from geodata.provenance import verified
from geodata.regions import Level

PUBLISHED_FILE = DATA_DIR / "published_2023.csv"

# Provinsi the report does not list have none, as its sum of 4,114 shows.
_PUBLISHED = {
    "11": 501, "12": 77, "13": 19, "14": 42, "16": 175, "18": 1, "19": 17, "21": 19,
    "32": 367, "33": 806, "34": 58, "35": 1031, "36": 4, "51": 94, "52": 101, "53": 124,
    "61": 134, "62": 60, "63": 53, "64": 22, "71": 178, "72": 46, "74": 15, "75": 9,
    "76": 83, "81": 56, "91": 20, "92": 2,
}  # fmt: skip


def write_published(gazetteer: Gazetteer, date: str, out: Path = DATA_DIR) -> pd.DataFrame:
    """Write the published totals (kode, nama, jumlah_kim; a row for each of the 38 provinsi)."""
    path = out / PUBLISHED_FILE.name
    provinsi = gazetteer.tables[Level.PROVINSI]
    table = provinsi.assign(jumlah_kim=provinsi["kode"].map(_PUBLISHED).fillna(0).astype(int))
    table.to_csv(path, index=False, lineterminator="\n")
    write_shipped_sidecar(path, len(table), date)
    return table


@cache
def load_published() -> pd.DataFrame:
    """Return the published totals: kode, nama (text), jumlah_kim (integer), sorted by code."""
    return pd.read_csv(verified(PUBLISHED_FILE), dtype={"kode": str, "nama": str})
