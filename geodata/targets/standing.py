"""Where regions stand against the targets set for them, to the month that the data are of.

New KIM of a year are those registered in it that pass the filter. By the end of each month so many
twelfths of them are due, rounded down: nobody owes a part of a KIM. Of a share those count that had
a KIM by the end of its year; on course is whoever gets there at the pace of the last years, as in
:mod:`geodata.analysis.targets`.
"""

from calendar import monthrange
from collections.abc import Iterable
from datetime import date
from functools import cache
from math import ceil

import numpy as np
import pandas as pd

from geodata.analysis.targets import first_registered, year_reached
from geodata.analysis.trend import TREND_YEARS, lately
from geodata.regions import Level
from geodata.registry.snapshot import KimFilter, Snapshot
from geodata.targets.region_target import RegionTarget

SET_STANDINGS = (
    "tercapai", "sesuai", "tertinggal", "belum_bergerak", "tidak_tercapai", "belum_mulai",
    "belum_melapor",
)  # fmt: skip
"""Reached; on course; behind; not moving; the year is over and it was not; it has not begun by the
day of the data; nobody knows, as the region has not reported."""

_MONTHS = 12
_DAYS_A_MONTH = 365.25 / _MONTHS


def standings(
    snapshot: Snapshot, kim_filter: KimFilter, targets: Iterable[RegionTarget]
) -> pd.DataFrame:
    """Return where each of ``targets`` stands on the day of the data.

    Returns
    -------
    DataFrame, a row for each target in their order, of

    kode, nama
        The region; Indonesia has the code "" and no name.
    sasaran_untuk, tahun
        Kind (a ``TargetKind``) and year.
    sasaran, tercapai, kurang
        What is asked for (a share as the number that it asks for, rounded up), what is there, and
        what is still to come: KIM, kecamatan or desa.
    seharusnya
        New KIM that are due by the last month that is over; missing for shares.
    perlu_per_bulan
        What is needed a month until the end of the year; missing once that is over.
    kim_tanpa_tanggal
        KIM of which nobody knows whether they are of the year; missing for shares.
    posisi
        One of :data:`SET_STANDINGS`. All that was counted is missing of ``belum_melapor``.
    """
    today = date.fromisoformat(snapshot.date)

    @cache
    def reached(unit: Level) -> tuple[np.ndarray, np.ndarray]:
        return first_registered(snapshot, kim_filter, unit)

    passes = snapshot.mask(kim_filter)
    desa, years = snapshot.desa[passes], snapshot.tahun[passes]
    undated = np.isnat(snapshot.registered[passes])
    gazetteer = snapshot.gazetteer
    rows = []
    for target in targets:
        within = target.region or None
        told = {
            "kode": target.region,
            "nama": gazetteer.name(target.region) if target.region else "",
            "sasaran_untuk": str(target.kind),
            "tahun": target.year,
        }
        scope = gazetteer.within(target.kind.unit or Level.DESA, within)
        reported = snapshot.reported(target.kind.unit or Level.DESA)[scope]
        if not reported.any():
            rows.append(told | {"posisi": "belum_melapor"})
        elif target.kind.unit:
            has_kim, first = (of_all[scope] for of_all in reached(target.kind.unit))
            rows.append(told | _of_share(target, int(reported.sum()), has_kim, first, today))
        else:
            inside = (desa >= scope.start) & (desa < scope.stop)
            new = int((inside & (years == target.year)).sum())
            rows.append(told | _of_kim(target, new, int((inside & undated).sum()), today))
    names = ("kode", "nama", "sasaran_untuk", "tahun", "sasaran", "tercapai", "kurang",
             "seharusnya", "perlu_per_bulan", "kim_tanpa_tanggal", "posisi")  # fmt: skip
    table = pd.DataFrame(rows, columns=list(names))
    counts = ("sasaran", "tercapai", "kurang", "seharusnya", "kim_tanpa_tanggal")
    return table.astype(dict.fromkeys(counts, "Int64") | {"perlu_per_bulan": "float64"})


def as_shown(table: pd.DataFrame, country: str) -> pd.DataFrame:
    """Return a table of :func:`standings` as people read it.

    Indonesia has the name ``country``; columns that say nothing of any row are left out.
    """
    shown = table.replace({"nama": {"": country}}).dropna(axis="columns", how="all")
    if not table["kim_tanpa_tanggal"].any():
        shown = shown.drop(columns="kim_tanpa_tanggal", errors="ignore")
    return shown


def _of_kim(target: RegionTarget, new: int, undated: int, today: date) -> dict[str, object]:
    wanted = int(target.value)
    due = wanted * _months_over(target.year, today) // _MONTHS
    missing = max(wanted - new, 0)
    if new >= wanted:
        posisi = "tercapai"
    elif today.year < target.year:
        posisi = "belum_mulai"
    elif _is_over(target.year, today):
        posisi = "tidak_tercapai"
    elif new >= due:
        posisi = "sesuai"
    else:
        posisi = "tertinggal" if new else "belum_bergerak"
    return {
        "sasaran": wanted,
        "tercapai": new,
        "kurang": missing,
        "seharusnya": due,
        "perlu_per_bulan": _a_month(missing, target.year, today),
        "kim_tanpa_tanggal": undated,
        "posisi": posisi,
    }


def _of_share(
    target: RegionTarget, count: int, has_kim: np.ndarray, first: np.ndarray, today: date
) -> dict[str, object]:
    in_time = has_kim & ~(first > np.datetime64(_end(target.year)))
    reached, wanted = int(in_time.sum()), ceil(round(target.value * count, 9))
    missing = max(wanted - reached, 0)
    pace = int(lately(first, today).sum()) / TREND_YEARS
    if not missing:
        posisi = "tercapai"
    elif _is_over(target.year, today):
        posisi = "tidak_tercapai"
    elif not pace:
        posisi = "belum_bergerak"
    else:
        arrives = year_reached(today, pd.Series([missing / pace])) <= target.year
        posisi = "sesuai" if arrives.all() else "tertinggal"
    return {
        "sasaran": wanted,
        "tercapai": reached,
        "kurang": missing,
        "perlu_per_bulan": _a_month(missing, target.year, today),
        "posisi": posisi,
    }


def _end(year: int) -> date:
    return date(year, _MONTHS, 31)


def _is_over(year: int, today: date) -> bool:
    return today >= _end(year)


def _months_over(year: int, today: date) -> int:
    """Return how many months of ``year`` are over when ``today`` is."""
    if today.year != year:
        return 0 if today.year < year else _MONTHS
    is_last = today.day == monthrange(year, today.month)[1]
    return today.month if is_last else today.month - 1


def _a_month(missing: int, year: int, today: date) -> float:
    """Return what is needed a month from ``today`` on, or from the beginning of the year.

    In the last month all that is missing is needed.
    """
    if _is_over(year, today):
        return 0.0 if not missing else np.nan
    months = (_end(year) - max(today, date(year, 1, 1))).days / _DAYS_A_MONTH
    return missing / max(months, 1)
