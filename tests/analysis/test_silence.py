"""How long kabupaten/kota are silent: classes, sums by provinsi, and the list of the silent."""

from datetime import date

import pandas as pd

from geodata.analysis.silence import SILENCES, by_provinsi, silences, silent

DAY = date(2026, 11, 26)


def board(*rows: tuple[str, str | None, int, int]) -> pd.DataFrame:
    """Rows of kode, tanggal_data, kim and kim_diperbarui."""
    table = pd.DataFrame(rows, columns=["kode", "tanggal_data", "kim", "kim_diperbarui"])
    table["tanggal_data"] = pd.to_datetime(table["tanggal_data"])
    named = table["kode"].str[:2].map({"34": "Daerah Istimewa Yogyakarta", "35": "Jawa Timur"})
    return table.assign(melapor=table["tanggal_data"].notna(), provinsi=named, ditinjau=1)


BOARD = board(
    ("34.01", "2026-08-26", 4, 4),
    ("34.02", "2026-08-25", 2, 1),
    ("35.07", "2025-11-26", 0, 0),
    ("35.08", "2025-11-25", 9, 0),
    ("35.09", None, 0, 0),
)


def test_a_day_of_three_six_and_twelve_months_ago_is_still_within():
    assert silences(BOARD, DAY).tolist() == list(SILENCES)


def test_the_silent_begin_with_those_that_never_reported():
    assert silent(BOARD, 12, DAY)["kode"].tolist() == ["35.09", "35.08"]
    assert silent(BOARD, 3, DAY)["kode"].tolist() == ["35.09", "35.08", "35.07", "34.02"]


def test_sums_by_provinsi_hold_for_every_column():
    table = by_provinsi(BOARD, DAY)
    assert table["kode"].tolist() == ["34", "35"]
    assert table["nama"].tolist() == ["Daerah Istimewa Yogyakarta", "Jawa Timur"]
    assert (table[list(SILENCES)].sum(axis=1) == table["jumlah_kabupaten"]).all()
    assert table["jumlah_kabupaten"].tolist() == [2, 3]
    assert table["tanggal_data"].tolist() == [
        pd.Timestamp("2026-08-26"),
        pd.Timestamp("2025-11-26"),
    ]
    for name in ("ditinjau", "kim", "kim_diperbarui"):
        assert table[name].sum() == BOARD[name].sum()
    assert table["bagian_diperbarui"].round(3).tolist() == [0.833, 0.0]
