"""Staged rows: what is known of each row of a file before it enters the registry.

``geodata.registry.intake`` makes them from a file, ``geodata.registry.database`` keeps them, has
them decided by people and commits them. Both tell duplicates (``intake.duplicates``) and headers
(``intake.headers``) by the same functions, and know nothing else of each other. Every row below the
header of a file is one staged row, also one that cannot be used (totals, empty cells, no name), so
that

    rows in the file = diterima + ditinjau + ditolak.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from geodata.registry.notice import Notice
from geodata.registry.schema import COLUMNS as REGISTRY_COLUMNS

Outcome = Literal["diterima", "ditinjau", "ditolak"]
OUTCOMES: tuple[Outcome, ...] = ("diterima", "ditinjau", "ditolak")

PLACE_WRITTEN: tuple[str, ...] = ("provinsi", "kabupaten_kota", "kecamatan", "desa")
"""Text columns: the regions as the file writes them, "" where it does not. The key of an alias."""

PERSONAL_FIELDS: tuple[str, ...] = ("ketua", "telepon", "alamat")
"""Keys of ``personal`` that are known; the others are headers."""

VALUES: tuple[str, ...] = (*REGISTRY_COLUMNS, "bidang_lain", "tahap")
"""Text columns: what the registry will hold, read and tidied, "" where empty.

``kode_wilayah`` is a desa of the gazetteer or ""; ``bidang`` known fields joined by ";";
``bidang_lain`` the words that are no known field, joined by "; "; ``tahap`` one of
``schema.TAHAP``, which no file says; dates ISO 8601; ``lat`` and ``lng`` EPSG:4326 degrees with a
decimal point.
"""

COLUMNS: tuple[str, ...] = (
    "sheet",
    "line",
    "raw",
    "personal",
    *PLACE_WRITTEN,
    *VALUES,
    "metode",
    "skor",
    "kandidat",
    "outcome",
    "alasan",
    "kembar",
)
"""All that ``Staged.rows`` tell of a row."""

EXISTING_COLUMNS: tuple[str, ...] = ("kim_id", "nomor_induk", "nama_kim", "kode_wilayah", "domain")
"""What new rows are compared with of a KIM: kim_id an integer, the rest text."""

PlaceKey = tuple[str, str, str, str]
"""A place as written, made comparable by :func:`place_key`."""

_SPACES = re.compile(r"\s+")


def place_key(provinsi: str, kabupaten_kota: str, kecamatan: str, desa: str) -> PlaceKey:
    """Return the key of an alias: the four names without a difference of case or spacing."""
    names = (provinsi, kabupaten_kota, kecamatan, desa)
    return tuple(_SPACES.sub(" ", name).strip().casefold() for name in names)  # type: ignore[return-value]


ROW_MARK = "!"


def row_key(sheet: str, line: int) -> str:
    """Return how ``kembar`` names a row of its file, as spreadsheets do: ``Data!12``."""
    return f"{sheet}{ROW_MARK}{line}"


def sheet_and_line(key: str) -> tuple[str, int]:
    """Return the row that a key of :func:`row_key` names."""
    sheet, _, line = key.rpartition(ROW_MARK)
    return sheet, int(line)


@dataclass(frozen=True, eq=False)
class Staged:
    """The rows of one file, read, matched and judged, not yet in the registry.

    Attributes
    ----------
    file_name
        Last part of the file's name.
    sha256
        Of the file's bytes, in hexadecimal: the same file is known again by it.
    sender
        Who sent the file, in the operator's words ("Diskominfo Kab. Malang"); may be "".
    rows
        One for each row of the file, in its order, with :data:`COLUMNS`. There may be a million:
        they are gone through, not collected.

        sheet, line
            Where the row stands: name of the sheet ("" in a CSV), and line as a spreadsheet
            counts it, from 1.
        raw
            dict of header -> text of the cell, as read; "" for one of personal data. Of a row that
            is not accepted all columns, of an accepted one those that are filled.
        personal
            dict of ``ketua``, ``telepon``, ``alamat`` and any other header recognised as a
            person's -> text. It is stored in a table of its own and shown nowhere public.
        :data:`PLACE_WRITTEN`, :data:`VALUES`
            Text.
        metode, skor
            A ``geodata.matching.candidate.Method`` or "", and a share of 0 to 1 or NaN.
        kandidat
            list of dicts, the best first, also of accepted rows that have rivals: kode, nama,
            wilayah (the parents in words), skor, metode.
        outcome
            One of :data:`OUTCOMES`: goes in as it is, is for a person to decide, or cannot go in.
        alasan
            list of ``reasons.Reason``: why it was not accepted, and remarks, which accepted rows
            have too (a date that could not be read).
        kembar
            list of dicts: ``with`` is a :func:`row_key` (a str) for a row of this file, or a kim_id
            (an int) for a KIM of the registry; ``why`` is nomor_induk, nama_desa or domain.
    mapping
        header -> column of :data:`VALUES` or :data:`PLACE_WRITTEN`, or a key of ``personal``; a
        header that maps to nothing is left out. Remembered for the next file of the sender.
    notices
        What there is to say of how the file was read. Not kept.
    """

    file_name: str
    sha256: str
    sender: str
    rows: Sequence[Mapping[str, Any]]
    mapping: Mapping[str, str] = field(default_factory=dict)
    notices: tuple[Notice, ...] = ()
