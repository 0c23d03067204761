"""From a file to staged rows: read, told apart, read again cell by cell, placed, compared."""

import math
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd

from geodata.days import today
from geodata.gazetteer import Gazetteer
from geodata.matching.candidate import Candidate
from geodata.progress import Report
from geodata.provenance import sha256
from geodata.regions import LEVELS, Level, level_of
from geodata.registry.intake.coordinates import Point, read_point
from geodata.registry.intake.dates import first_day, read_day
from geodata.registry.intake.duplicates import find_twins, shared_domains
from geodata.registry.intake.placing import place_rows
from geodata.registry.intake.point_check import boundaries_in_use
from geodata.registry.intake.sheets.headers import Column, personal_fields
from geodata.registry.intake.sheets.row import Row
from geodata.registry.intake.sheets.table import rows_of_sheets
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
from geodata.registry.reasons import DOUBTING, REJECTING, Reason
from geodata.registry.staging import COLUMNS, PLACE_WRITTEN, VALUES, PlaceKey, Staged

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
_REPORTED_EVERY = 2_000  # rows


def prepare(
    path: Path,
    *,
    sender: str,
    gazetteer: Gazetteer,
    mapping: Mapping[str, str] | None = None,
    aliases: Mapping[PlaceKey, str] | None = None,
    existing: pd.DataFrame | None = None,
    progress: Report | None = None,
) -> Staged:
    """Bring a registry file into staged rows. Nothing is stored.

    Parameters
    ----------
    sender
        Who sent the file.
    mapping
        header -> field, as an operator corrected it or as it was remembered for the sender; by
        default the headers are guessed.
    aliases
        Places that a person has decided before: ``staging.place_key`` of the names -> desa.
    existing
        KIM of the registry, columns as in :data:`~geodata.registry.staging.EXISTING_COLUMNS`.

    Returns
    -------
    Staged rows, every one accepted, in review or rejected with a reason.

    Raises
    ------
    IntakeError
        If the file cannot be read, or has no header or no rows.
    """
    report = progress or (lambda *_: None)
    report("Reading", 0.0)
    rows, used, notices = rows_of_sheets(path, gazetteer, mapping)
    report("Reading", 1.0)
    report("Values", 0.0)
    records = []
    for count, row in enumerate(rows):
        records.append(_record(row))
        if count % _REPORTED_EVERY == 0:
            report("Values", count / len(rows))
    report("Values", 1.0)
    data = [record for record in records if not REJECTING & set(record["alasan"])]
    report("Places", 0.0)
    _place(data, gazetteer, aliases, partial(report, "Places"))
    report("Places", 1.0)
    report("Duplicates", 0.0)
    shared = shared_domains(data, existing)
    for record, twins in zip(data, find_twins(data, existing), strict=True):
        record["kembar"] = twins
        record["alasan"] += [Reason.TWIN] if twins else []
        record["alasan"] += [Reason.SHARED_HOST] if record["domain"] in shared else []
    report("Duplicates", 1.0)
    for record in records:
        record["outcome"] = _outcome(record["alasan"])
        record["alasan"] = [str(reason) for reason in record["alasan"]]
        if record["outcome"] == "diterima":
            record["raw"] = {header: cell for header, cell in record["raw"].items() if cell}
    table = pd.DataFrame(records, columns=list(COLUMNS))
    return Staged(path.name, sha256(path), sender, table, used, notices)


def _outcome(reasons: list[Reason]) -> str:
    if REJECTING & set(reasons):
        return "ditolak"
    return "ditinjau" if DOUBTING & set(reasons) else "diterima"


def _record(row: Row) -> dict[str, Any]:
    record: dict[str, Any] = dict.fromkeys((*PLACE_WRITTEN, *VALUES), "")
    record |= {"sheet": row.sheet, "line": row.line, "alasan": []}
    record |= {"metode": "", "skor": math.nan, "kandidat": [], "kembar": []}
    record["raw"], record["personal"] = _parted(row)
    record["from_above"] = bool(row.above)
    if row.reason is not None:
        return record | {"alasan": [row.reason]}
    reasons: list[Reason] = record["alasan"]
    reasons += [Reason.FROM_ADDRESS] if row.address else []
    record["several"] = row.several
    for level in LEVELS:
        record[level.value] = without_personal(_text(row.region(level)))
    record["kode_wilayah"] = _text(row.value("kode_wilayah"))
    if _holds_rows(row.value("nama_kim")):
        reasons.append(Reason.ROWS_IN_CELL)
    record["nama_kim"] = without_personal(_text(row.value("nama_kim")))
    for name, readers in _READERS.items():
        cell = row.value(name)
        read = ((reader(cell), remark) for reader, remark in readers)
        record[name], said = next(known for known in read if known[0] is not None)
        reasons += [said] if said else []
    if max(record["tanggal_terdaftar"], record["tanggal_diperbarui"]) > today().isoformat():
        reasons.append(Reason.DAY_TO_COME)
    record["bidang"], record["bidang_lain"] = read_bidang(
        without_personal(_text(row.value("bidang")))
    )
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
    return record


def _holds_rows(cell: str) -> bool:
    """Tell whether a cell may hold rows that a quotation mark swallowed."""
    return "\n" in cell and (any(mark in cell for mark in ";|\t") or cell.count(",") > 1)


def _text(cell: str) -> str:
    return "" if is_blank(cell) else " ".join(cell.split())


def _parted(row: Row) -> tuple[dict[str, str], dict[str, str]]:
    """Part the cells of a row into those anybody may see and those of persons.

    The first are whole, with an empty cell for one of a person: so the row can be handed back.
    """
    raw: dict[str, str] = {}
    personal: dict[str, str] = {}
    apart = personal_fields()
    for number, cell in enumerate(row.cells):
        columns = row.header.columns
        column = columns[number] if number < len(columns) else Column(f"Kolom {number + 1}")
        raw[column.header] = ""
        if not cell:
            continue
        if column.field in apart:
            phone = read_phone(cell) if column.field == "telepon" else None
            personal[column.field] = phone or cell
        elif row.reason is Reason.CLOSING or column.personal or _tells_of_person(column, cell):
            personal[column.header] = cell
        else:
            raw[column.header] = cell
    return raw, personal


def _tells_of_person(column: Column, cell: str) -> bool:
    """Tell whether a cell holds a phone number and the like; in some columns that is a number."""
    return column.field not in _NUMBERED and is_personal(cell)


def _place(
    records: list[dict[str, Any]],
    gazetteer: Gazetteer,
    aliases: Mapping[PlaceKey, str] | None,
    done: Callable[[float], None],
) -> None:
    """Enter where rows belong. A KIM is of a desa: a region above it is only half an answer."""
    asked = pd.DataFrame(
        records, columns=["kode_wilayah", *PLACE_WRITTEN, "from_above", "several", "lat", "lng"]
    )
    asked[["lat", "lng"]] = asked[["lat", "lng"]].apply(pd.to_numeric)
    placements = place_rows(
        asked, gazetteer, aliases=aliases, boundaries=boundaries_in_use(), done=done
    )
    for record, placement in zip(records, placements, strict=True):
        record["alasan"] += placement.reasons
        if Reason.MINUS_ADDED in placement.reasons:
            record["lat"] = f"-{record['lat']}"
        by = placement.by
        if placement.code and level_of(placement.code) is not Level.DESA:
            record["alasan"].append(Reason.NO_DESA)
            by = None
        record["kode_wilayah"] = by.code if by and placement.code else ""
        record["metode"] = by.method.value if by else ""
        record["skor"] = by.share if by else math.nan
        record["kandidat"] = [
            _described(candidate, gazetteer)
            for candidate in placement.candidates
            if level_of(candidate.code) is Level.DESA
        ]


def _described(candidate: Candidate, gazetteer: Gazetteer) -> dict[str, Any]:
    """Return a candidate as ``staging.Staged`` has it, for people and for the database."""
    *above, name = gazetteer.lineage_names(candidate.code)
    return {
        "kode": candidate.code,
        "nama": name,
        "wilayah": ", ".join(reversed(above)),
        "skor": candidate.share,
        "metode": candidate.method.value,
    }
