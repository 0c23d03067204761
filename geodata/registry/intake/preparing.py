"""From a file to staged rows: read, told apart, read again cell by cell, placed, compared."""

import math
from array import array
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
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
    read = _read(rows, partial(report, "Values"))
    del rows
    duplicates = Duplicates()
    for kim in existing:
        duplicates.add_kim(kim)
    placed = _placed(read, gazetteer, aliases, duplicates, partial(report, "Places"))
    judged = _judged(placed, duplicates, partial(report, "Duplicates"))
    return Staged(path.name, sha256(path), sender, judged, used, notices)


@dataclass
class _Read:
    """What the cells of rows say, and of rows of data what has to be known of all together.

    Attributes
    ----------
    codes
        In how many rows each code stands.
    points
        Latitude and longitude of each, one after the other; NaN where not known.
    """

    records: Packed[Values] = field(default_factory=Packed)
    codes: Counter[str] = field(default_factory=Counter)
    points: "array[float]" = field(default_factory=lambda: array("d"))


def _read(rows: FileRows, done: Done) -> _Read:
    read = _Read()
    for part in rows.parts():
        for row in part:
            record = values_of(row)
            read.records.append(record)
            if _is_data(record):
                read.codes[record["kode_wilayah"]] += 1
                read.points.extend(_point(record))
        done(len(read.records) / len(rows))
    return read


def _is_data(record: Values) -> bool:
    return REJECTING.isdisjoint(record["alasan"])


def _placed(
    read: _Read,
    gazetteer: Gazetteer,
    aliases: Mapping[PlaceKey, str] | None,
    duplicates: Duplicates,
    done: Done,
) -> Packed[Values]:
    """Enter where rows belong, and add them to what is compared."""
    done(0.0)
    boundaries = boundaries_in_use()
    there = iter(located(np.array(read.points).reshape(-1, 2), boundaries) if boundaries else ())
    placer = Placer(read.codes, gazetteer, aliases=aliases, boundaries=boundaries)
    placed: Packed[Values] = Packed()
    for part in read.records.parts():
        data = [record for record in part if _is_data(record)]
        asked = [_asked(record, str(next(there, ""))) for record in data]
        _enter(data, placer.place(asked), gazetteer)
        for record in data:
            duplicates.add_row(record)
        for record in part:
            placed.append(record)
        done(len(placed) / len(read.records))
    return placed


def _judged(records: Packed[Values], duplicates: Duplicates, done: Done) -> Packed[Values]:
    """Enter what rows may be the same as, and what is to become of them."""
    done(0.0)
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
    if not REJECTING.isdisjoint(reasons):
        return "ditolak"
    return "diterima" if DOUBTING.isdisjoint(reasons) else "ditinjau"


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
