"""The official area of each provinsi, to hold measured areas against."""

from functools import cache
from pathlib import Path

import pandas as pd

from geodata.data_files import write_shipped_sidecar
from geodata.folders import DATA_DIR
from geodata.gazetteer import Gazetteer
from geodata.provenance import verified
from geodata.regions import Level

OFFICIAL_AREA_FILE = DATA_DIR / "official_area_2024.csv"

_KM2 = {
    "11": 56835.019, "12": 72437.755, "13": 42107.674, "14": 89900.780, "15": 49023.037,
    "16": 86771.918, "17": 20122.210, "18": 33570.758, "19": 16670.225, "21": 8170.375,
    "31": 661.530, "32": 37053.331, "33": 34347.428, "34": 3170.363, "35": 48055.876,
    "36": 9355.763, "51": 5582.827, "52": 19631.991, "53": 46378.105, "61": 147018.063,
    "62": 153430.363, "63": 37125.426, "64": 126951.758, "65": 69900.886, "71": 14488.429,
    "72": 61496.983, "73": 45323.975, "74": 36139.303, "75": 12024.982, "76": 16590.667,
    "81": 46133.832, "82": 31465.977, "91": 81383.315, "92": 60308.590, "93": 117858.969,
    "94": 61079.587, "95": 52508.656, "96": 39103.058,
}  # fmt: skip


def write_official_area(gazetteer: Gazetteer, date: str, out: Path = DATA_DIR) -> pd.DataFrame:
    """Write the official areas (kode, nama, luas_resmi_km2; a row for each of the 38 provinsi)."""
    path = out / OFFICIAL_AREA_FILE.name
    provinsi = gazetteer.tables[Level.PROVINSI][["kode", "nama"]]
    table = provinsi.assign(luas_resmi_km2=provinsi["kode"].map(_KM2))
    table.to_csv(path, index=False, lineterminator="\n")
    write_shipped_sidecar(path, len(table), date)
    return table


@cache
def load_official_area() -> pd.Series:
    """Return the official area in km² of each provinsi by its kode.

    Raises
    ------
    DataFileError
        If the file is missing or does not agree with its sidecar.
    """
    table = pd.read_csv(verified(OFFICIAL_AREA_FILE), dtype={"kode": str})
    return table.set_index("kode")["luas_resmi_km2"]
