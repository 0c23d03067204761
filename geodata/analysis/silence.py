"""How long the kabupaten/kota have been silent: the board by class, by provinsi, and as a list."""

from datetime import date

import numpy as np
import pandas as pd

from geodata.days import months_before
from geodata.regions import Level, ancestor

SILENCES = (
    "sampai_3_bulan", "sampai_6_bulan", "sampai_12_bulan", "lebih_12_bulan", "belum_melapor",
)  # fmt: skip
"""Up to three, six and twelve months since the day of the last data; more; never reported."""

_MONTHS = (3, 6, 12)


def silences(board: pd.DataFrame, day: date) -> pd.Series:
    """Return for each row of a board (``read_board``) which of :data:`SILENCES` it is, on a day."""
    bounds = [pd.Timestamp(months_before(day, months)) for months in _MONTHS]
    came = [board["tanggal_data"] >= bound for bound in bounds]
    named = np.select([*came, board["melapor"]], SILENCES[:-1], SILENCES[-1])
    return pd.Series(named, board.index)


def silent(board: pd.DataFrame, months: int, day: date) -> pd.DataFrame:
    """Return the rows of a board without data of the ``months`` before ``day``.

    Those that never reported come first, then the longest silent.
    """
    since = pd.Timestamp(months_before(day, months))
    rows = board[~(board["tanggal_data"] >= since)]
    return rows.sort_values("tanggal_data", na_position="first", kind="stable")


def by_provinsi(board: pd.DataFrame, day: date) -> pd.DataFrame:
    """Return a board summed up by provinsi.

    Returns
    -------
    DataFrame, a row for each provinsi in the order of its codes, of

    kode, nama
        The provinsi.
    jumlah_kabupaten
        Its kabupaten/kota.
    :data:`SILENCES`
        How many of them are in each of these classes.
    tanggal_data
        The latest day that data of any of them are of; NaT if none has reported.
    ditinjau, kim, kim_diperbarui, bagian_diperbarui
        As in a board.
    """
    above = board["kode"].map(lambda code: ancestor(code, Level.PROVINSI)).rename("kode")
    named = board.groupby(above)
    table = named.agg(
        nama=("provinsi", "first"),
        jumlah_kabupaten=("kode", "size"),
        tanggal_data=("tanggal_data", "max"),
        ditinjau=("ditinjau", "sum"),
        kim=("kim", "sum"),
        kim_diperbarui=("kim_diperbarui", "sum"),
    )
    classes = pd.crosstab(above, silences(board, day)).reindex(columns=SILENCES, fill_value=0)
    table = table.join(classes)
    table["bagian_diperbarui"] = table["kim_diperbarui"] / table["kim"]
    order = ("nama", "jumlah_kabupaten", *SILENCES, "tanggal_data", "ditinjau", "kim",
             "kim_diperbarui", "bagian_diperbarui")  # fmt: skip
    return table[list(order)].reset_index()
