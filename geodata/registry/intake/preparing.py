"""From a file to staged rows: read, told apart, read again cell by cell, placed, compared."""

import math
from array import array
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

import numpy as np

from geodata.gazetteer import Gazetteer
from geodata.matching.candidate import Candidate
from geodata.packed import PART, Packed
from geodata.progress import Done, Report
from geodata.provenance import sha256
from geodata.regions import Level, level_of
from geodata.registry.intake.duplicates import Duplicates
from geodata.registry.intake.placement import Placement
from geodata.registry.intake.placing import Asked, Placer
from geodata.registry.intake.point_check import boundaries_in_use, located
from geodata.registry.intake.row_values import values_of
from geodata.registry.intake.sheets.table import FileRows, rows_of_sheets
from geodata.registry.reasons import DOUBTING, REJECTING, Reason
from geodata.registry.staging import COLUMNS, PlaceKey, Staged

Values = dict[str, Any]


def prepare(
    path: Path,
    *,
    sender: str,
    gazetteer: Gazetteer,
    mapping: Mapping[str, str] | None = None,
    aliases: Mapping[PlaceKey, str] | None = None,
    existing: Iterable[Mapping[str, Any]] = (),
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
        KIM of the registry: :data:`~geodata.registry.staging.EXISTING_COLUMNS` of each.

    Returns
    -------
    Staged rows, every one accepted, in review or rejected with a reason.

    Raises
    ------
    IntakeError
        If the file cannot be read, or has no header or no rows.
    """
    report = progress or (lambda *_: None)
    rows = rows_of_sheets(path, gazetteer, mapping, done=partial(report, "Reading"))
    used, notices = rows.used, rows.notices
    records = _read(rows, partial(report, "Values"))
    del rows
    records = _placed(records, gazetteer, aliases, partial(report, "Places"))
    records = _compared(records, existing, partial(report, "Duplicates"))
    return Staged(path.name, sha256(path), sender, records, used, notices)


def _read(rows: FileRows, done: Done) -> Packed[Values]:
    """Return what the cells of rows say."""
    records: Packed[Values] = Packed()
    for part in rows.parts():
        for row in part:
            records.append(values_of(row))
        done(len(records) / len(rows))
    return records


def _is_data(record: Values) -> bool:
    return REJECTING.isdisjoint(record["alasan"])


def _placed(
    records: Packed[Values],
    gazetteer: Gazetteer,
    aliases: Mapping[PlaceKey, str] | None,
    done: Done,
) -> Packed[Values]:
    """Enter where rows belong."""
    done(0.0)
    codes: Counter[str] = Counter()
    points = array("d")
    for record in filter(_is_data, records):
        codes[record["kode_wilayah"]] += 1
        points.extend(_point(record))
    boundaries = boundaries_in_use()
    there = iter(located(np.array(points).reshape(-1, 2), boundaries) if boundaries else ())
    placer = Placer(codes, gazetteer, aliases=aliases, boundaries=boundaries)
    placed: Packed[Values] = Packed()
    for part in records.parts():
        data = [record for record in part if _is_data(record)]
        asked = [_asked(record, str(next(there, ""))) for record in data]
        _enter(data, placer.place(asked), gazetteer)
        for record in part:
            placed.append(record)
        done(len(placed) / len(records))
    return placed


def _compared(
    records: Packed[Values], existing: Iterable[Mapping[str, Any]], done: Done
) -> Packed[Values]:
    """Enter what rows may be the same as, and what is to become of them."""
    done(0.0)
    duplicates = Duplicates()
    for kim in existing:
        duplicates.add_kim(kim)
    for record in filter(_is_data, records):
        duplicates.add_row(record)
    judged: Packed[Values] = Packed()
    numbers = count()
    for record in records:
        if _is_data(record):
            number = next(numbers)
            record["kembar"] = duplicates.of(number)
            record["alasan"] += [Reason.TWIN] if record["kembar"] else []
            record["alasan"] += [Reason.SHARED_HOST] if duplicates.on_shared_host(number) else []
        record["outcome"] = _outcome(record["alasan"])
        record["alasan"] = [str(reason) for reason in record["alasan"]]
        if record["outcome"] == "diterima":
            record["raw"] = {header: cell for header, cell in record["raw"].items() if cell}
        judged.append({name: record[name] for name in COLUMNS})
        if len(judged) % PART == 0:
            done(len(judged) / len(records))
    done(1.0)
    return judged


def _outcome(reasons: list[Reason]) -> str:
    if REJECTING & set(reasons):
        return "ditolak"
    return "ditinjau" if DOUBTING & set(reasons) else "diterima"


def _enter(records: list[Values], placements: list[Placement], gazetteer: Gazetteer) -> None:
    """Enter where rows belong. A KIM is of a desa: a region above it is only half an answer."""
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


def _point(record: Values) -> tuple[float, float]:
    return float(record["lat"] or "nan"), float(record["lng"] or "nan")


def _asked(record: Values, there: str) -> Asked:
    lat, lng = _point(record)
    return Asked(
        kode_wilayah=record["kode_wilayah"],
        provinsi=record["provinsi"],
        kabupaten_kota=record["kabupaten_kota"],
        kecamatan=record["kecamatan"],
        desa=record["desa"],
        from_above=record["from_above"],
        several=record["several"],
        lat=lat,
        lng=lng,
        there=there,
    )


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
