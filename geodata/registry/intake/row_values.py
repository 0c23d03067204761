"""What the cells of a row say: values for the registry, words of its place, data of persons."""

import math
from collections.abc import Callable
from functools import cache, lru_cache
from typing import Any

from geodata.days import today
from geodata.regions import LEVELS
from geodata.registry.intake.coordinates import Point, read_point
from geodata.registry.intake.dates import first_day, read_day
from geodata.registry.intake.sheets.headers import Column, personal_fields
from geodata.registry.intake.sheets.row import Row
from geodata.registry.intake.spellings import read_bidang, read_status
from geodata.registry.intake.values import (
    is_blank,
    is_shared_host,
    read_count,
    read_domain,
    read_number,
    read_phone,
)
from geodata.registry.personal import is_personal, without_personal
from geodata.registry.reasons import Reason
from geodata.registry.staging import PLACE_WRITTEN, VALUES

_Reader = Callable[[str], str | None]


def _left_empty(_: str) -> str:
    return ""


def _no_domain(text: str) -> str | None:
    return "" if is_shared_host(text) else None


# How a cell is read: by the first that can, with what there is to say of that.
_READERS: dict[str, tuple[tuple[_Reader, Reason | None], ...]] = {
    "nomor_induk": ((read_number, None), (_left_empty, Reason.BAD_NUMBER)),
    "tanggal_terdaftar": (
        (read_day, None),
        (first_day, Reason.FIRST_DAY),
        (_left_empty, Reason.BAD_REGISTERED),
    ),
    "tanggal_diperbarui": (
        (read_day, None),
        (first_day, Reason.FIRST_DAY),
        (_left_empty, Reason.BAD_UPDATED),
    ),
    "jumlah_anggota": ((read_count, None), (_left_empty, Reason.BAD_COUNT)),
    "domain": (
        (read_domain, None),
        (_no_domain, Reason.SHARED_HOST),
        (_left_empty, Reason.BAD_DOMAIN),
    ),
    "status": ((read_status, None), (_left_empty, Reason.BAD_STATUS)),
}
# Columns whose long numbers are nobody's phone.
_NUMBERED = ("nomor_induk", "kode_wilayah", "lat", "lng", "koordinat")
_EMPTY = dict.fromkeys((*PLACE_WRITTEN, *VALUES), "") | {"metode": "", "skor": math.nan}
_REMEMBERED = 1 << 14  # cells: what many rows say is read once


def values_of(row: Row) -> dict[str, Any]:
    """Return what a row says, in columns of :data:`~geodata.registry.staging.COLUMNS`.

    Its ``kode_wilayah`` is as written; ``alasan`` are reasons so far. Added are what tells of its
    place: ``from_above`` and ``several`` as in :class:`~geodata.registry.intake.placing.Asked`.
    """
    raw, personal = _parted(row)
    record: dict[str, Any] = {
        "sheet": row.sheet,
        "line": row.line,
        "raw": raw,
        "personal": personal,
        **_EMPTY,
        "kandidat": [],
        "kembar": [],
        "from_above": bool(row.above),
        "several": row.several,
    }
    if row.reason is not None:
        return record | {"alasan": [row.reason]}
    reasons = [Reason.FROM_ADDRESS] if row.address else []
    for level in LEVELS:
        record[level] = _public(row.region(level))
    record["kode_wilayah"] = _text(row.value("kode_wilayah"))
    if _holds_rows(row.value("nama_kim")):
        reasons.append(Reason.ROWS_IN_CELL)
    record["nama_kim"] = without_personal(_text(row.value("nama_kim")))
    for name in _READERS:
        record[name], said = read_value(name, row.value(name))
        reasons += [said] if said else []
    if max(record["tanggal_terdaftar"], record["tanggal_diperbarui"]) > today().isoformat():
        reasons.append(Reason.DAY_TO_COME)
    record["bidang"], record["bidang_lain"] = read_bidang(_public(row.value("bidang")))
    if record["bidang_lain"]:
        reasons.append(Reason.UNKNOWN_BIDANG)
    point = read_point(row.value("lat"), row.value("lng"), row.value("koordinat"))
    if isinstance(point, Point):
        record |= {"lat": f"{point.lat:.10g}", "lng": f"{point.lng:.10g}"}
        reasons += [Reason.SWAPPED] if point.swapped else []
        reasons += [Reason.MINUS_ADDED] if point.negated else []
    elif point:
        reasons.append(point)
    if not record["nama_kim"]:
        named = any(row.value(name) for name in ("nomor_induk", "domain", "tanggal_terdaftar"))
        reasons.append(Reason.NO_NAME if named or record["desa"] else Reason.PARTLY_EMPTY)
    record["alasan"] = reasons
    return record


@lru_cache(_REMEMBERED)
def read_value(name: str, cell: str) -> tuple[str, Reason | None]:
    """Return the value of a cell for the column ``name``, and what there is to say of it."""
    for reader, remark in _READERS[name]:
        value = reader(cell)
        if value is not None:
            return value, remark
    raise AssertionError  # the last reader reads anything


def _holds_rows(cell: str) -> bool:
    """Tell whether a cell may hold rows that a quotation mark swallowed."""
    return "\n" in cell and (any(mark in cell for mark in ";|\t") or cell.count(",") > 1)


def _text(cell: str) -> str:
    return "" if is_blank(cell) else " ".join(cell.split())


@lru_cache(_REMEMBERED)
def _public(cell: str) -> str:
    return without_personal(_text(cell))


def _parted(row: Row) -> tuple[dict[str, str], dict[str, str]]:
    """Part the cells of a row into those anybody may see and those of persons.

    The first are whole, with an empty cell for one of a person: so the row can be handed back.
    """
    raw: dict[str, str] = {}
    personal: dict[str, str] = {}
    columns, apart = row.header.columns, _apart()
    closing = row.reason is Reason.CLOSING
    for number in range(len(columns), len(row.cells)):
        columns = (*columns, Column(f"Kolom {number + 1}"))
    for column, cell in zip(columns, row.cells, strict=True):
        shown = ""
        if not cell:
            pass
        elif column.field in apart:
            phone = read_phone(cell) if column.field == "telepon" else None
            personal[column.field] = phone or cell
        elif closing or column.personal or _tells_of_person(column, cell):
            personal[column.header] = cell
        else:
            shown = cell
        raw[column.header] = shown
    return raw, personal


@cache
def _apart() -> frozenset[str]:
    return frozenset(personal_fields())


def _tells_of_person(column: Column, cell: str) -> bool:
    """Tell whether a cell holds a phone number and the like; in some columns that is a number."""
    return column.field not in _NUMBERED and is_personal(cell)
