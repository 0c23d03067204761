"""The registry's columns, and the check that a table keeps to them.

The table is public: it holds no person's name, phone or address.
"""

import csv
from pathlib import Path
from typing import Literal

import numpy as np
import pandas as pd

from geodata.errors import DataFileError, SelectionError
from geodata.gazetteer import Gazetteer
from geodata.regions import Level
from geodata.registry.fields import SEPARATOR, column_to_bits

STATUSES: tuple[str, ...] = ("aktif", "tidak_aktif", "belum_terverifikasi")

REGISTERED, SENT_BACK, VERIFIED = "terdaftar", "dikembalikan", "terverifikasi"
TAHAP: tuple[str, ...] = (REGISTERED, SENT_BACK, VERIFIED)
"""How far a KIM has come along the chain; "" where it has not been registered through it."""

Kind = Literal["str", "date", "Int64", "float64"]

COLUMNS: dict[str, Kind] = {
    "nomor_induk": "str",
    "nama_kim": "str",
    "kode_wilayah": "str",
    "bidang": "str",
    "status": "str",
    "tanggal_terdaftar": "date",
    "tanggal_diperbarui": "date",
    "domain": "str",
    "jumlah_anggota": "Int64",
    "lat": "float64",
    "lng": "float64",
}
"""Name and type of each column. Dates are ISO 8601, lat and lng EPSG:4326 degrees or empty."""

_REQUIRED = ("nomor_induk", "nama_kim", "kode_wilayah", "bidang", "status", "tanggal_terdaftar")
_MOST_DEGREES = {"lat": 90, "lng": 180}


def read_registry(path: Path, gazetteer: Gazetteer) -> pd.DataFrame:
    """Read a registry in the project's own CSV form and check every row of it.

    Returns
    -------
    DataFrame with the columns of :data:`COLUMNS`, typed, in the file's row order.

    Raises
    ------
    DataFileError
        Naming the file, the first offending row (as a line of the file) and its column.
    """
    try:
        raw = pd.read_csv(path, dtype=str, keep_default_na=False)
    except (OSError, ValueError) as error:
        raise DataFileError("registry_unreadable", file=path.name) from error
    missing = [name for name in COLUMNS if name not in raw.columns]
    if missing:
        raise DataFileError("registry_columns", file=path.name, columns=", ".join(missing))

    registry = pd.DataFrame(index=raw.index)
    for name, kind in COLUMNS.items():
        registry[name] = _typed(raw[name], kind, path)
    _check(registry, raw, gazetteer, path)
    return registry


def _typed(column: pd.Series, kind: Kind, path: Path) -> pd.Series:
    if kind == "str":
        return column
    filled = column.where(column != "")
    typed: pd.Series
    if kind == "date":
        typed = pd.to_datetime(filled, format="%Y-%m-%d", errors="coerce")
    elif kind == "Int64":
        typed = pd.to_numeric(filled.where(filled.str.fullmatch("[0-9]{1,9}"))).astype(kind)
    else:
        typed = pd.to_numeric(filled, errors="coerce").astype(kind)
        typed = typed.where(np.isfinite(typed))
    _refuse(typed.isna() & filled.notna(), column, path)
    return typed


def _check(registry: pd.DataFrame, raw: pd.DataFrame, gazetteer: Gazetteer, path: Path) -> None:
    for name in _REQUIRED:
        _refuse(raw[name].str.strip() == "", raw[name], path)
    for name, most in _MOST_DEGREES.items():
        _refuse(registry[name].abs() > most, raw[name], path)
    _refuse(registry["nomor_induk"].duplicated(), raw["nomor_induk"], path)
    unknown = gazetteer.positions(Level.DESA, registry["kode_wilayah"]) < 0
    _refuse(pd.Series(unknown, index=raw.index), raw["kode_wilayah"], path)
    _refuse(~registry["status"].isin(STATUSES), raw["status"], path)
    try:
        column_to_bits(registry["bidang"])
    except SelectionError as error:
        unknown_name = error.values["value"]
        wrong = raw["bidang"].map(lambda names: unknown_name in names.split(SEPARATOR))
        _refuse(wrong, raw["bidang"], path)
        raise


def _refuse(wrong: pd.Series, column: pd.Series, path: Path) -> None:
    if wrong.any():
        first = int(wrong.to_numpy().argmax())
        raise DataFileError(
            "registry_value",
            file=path.name,
            line=_line_of(path, first),
            column=column.name,
            value=column.iloc[first],
        )


def _line_of(path: Path, row: int) -> int:
    """Return the line on which data row ``row`` begins: blank lines and cells of several count."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.reader(file)
        begins, position = 1, -1  # the header
        for record in reader:
            if record:
                if position == row:
                    break
                position += 1
            begins = reader.line_num + 1
    return begins
