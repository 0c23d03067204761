"""Indicators as somebody says them, and files of their values."""

import csv
import math
from collections.abc import Callable

import pandas as pd
import pytest

from geodata.indicators import reading
from geodata.indicators.indicator import Indicator
from geodata.indicators.reading import AS_WRITTEN, ROW_COLUMNS, Prepared
from geodata.regions import Level
from geodata.registry.intake.sheets.sheet import Sheet
from tests.registry.conftest import new_url, postgresql, registry, url

__all__ = ["new_url", "postgresql", "registry", "url"]

FAMILIES = Indicator("keluarga", Level.DESA, 2024, "count", "sum", "Keluarga", "Dinas")

Read = Callable[..., Prepared]


@pytest.fixture
def read(tmp_path, gazetteer, monkeypatch) -> Read:
    """Reads a file of these rows, the first of them its header: without a process of its own."""

    def of(*rows: str, own: Indicator = FAMILIES, **how) -> Prepared:
        path = tmp_path / "berkas.csv"
        path.write_text("\n".join(rows), encoding="utf-8")
        cells = list(csv.reader(rows, delimiter=";" if ";" in rows[0] else ","))
        monkeypatch.setattr(reading, "read_sheets", lambda *_: [Sheet("", cells)])
        return reading.prepare(path, own, gazetteer, **how)

    return of


def told(prepared: Prepared) -> list[tuple]:
    """What became of each row: its region and value, or the reason."""
    rows = prepared.rows[["kode", "value", "reason"]].itertuples(index=False, name=None)
    return [reason or (code, value) for code, value, reason in rows]


def table_of(own: Indicator, values: dict[str, float], rejected: int = 0) -> Prepared:
    """A file that was read: values by region, and so many rows that give none."""
    rows = [
        ("", line, "", code, float(number), "", "", "")
        for line, (code, number) in enumerate(values.items(), 2)
    ]
    bad = [
        ("", line, "Nilai", "", math.nan, "bukan_angka", "Entah", "banyak")
        for line in range(90, 90 + rejected)
    ]
    table = pd.DataFrame([*rows, *bad], columns=[*ROW_COLUMNS, *AS_WRITTEN])
    return Prepared(own, "keluarga.csv", "0" * 64, table, ())
