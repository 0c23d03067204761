"""Finds the header of a sheet, below titles and on one row or two, and what each column holds.

A header is compared by its words. Spellings stand in ``columns.toml``. A column that maps to
nothing is kept as read; one of persons is kept apart from everything.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property
from itertools import islice
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz, process

from geodata.registry.intake.sheets.sheet import Sheet

SEARCHED_ROWS = 40
ALIKE_FROM = 88.0  # of 100; below, a header is not taken for a spelling of another
LEAST_FIELDS = 2
SCORE_JOINED = 0.9  # of a header made of several spellings of a field

PLACES = ("kode_wilayah", "provinsi", "kabupaten_kota", "kecamatan", "desa")
LOCATING = (*PLACES, "lat", "koordinat", "alamat")
"""Fields of which one is enough to look for a region."""

_WORD = re.compile(r"[a-z]+|\d+")
_JOINTS = re.compile(r"[/&,]|\bdan\b", re.IGNORECASE)
_REMARK = re.compile(r"\([^)]*\)|\*")


@dataclass(frozen=True)
class Column:
    """A column of a sheet.

    Attributes
    ----------
    header
        As the file writes it, made unique within the sheet by ``(2)``; "Kolom C" where empty.
    field
        What it holds: a column of the registry, a level of the place, ``koordinat``, a name of
        personal data, or "".
    score
        How sure that is, 0 to 1.
    personal
        Whether it tells of a person.
    """

    header: str
    field: str = ""
    score: float = 0.0
    personal: bool = False


@dataclass(frozen=True)
class Header:
    """Where the header of a sheet stands (rows from 0, the end excluded), and its columns."""

    start: int
    stop: int
    columns: tuple[Column, ...]

    @cached_property
    def fields(self) -> dict[str, int]:
        """Position of each field among the columns."""
        return {column.field: number for number, column in enumerate(self.columns) if column.field}

    @cached_property
    def words(self) -> tuple[str, ...]:
        """What each column is headed, made comparable by :func:`normal`."""
        return tuple(normal(column.header) for column in self.columns)


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("columns.toml").read_text(encoding="utf-8"))


@cache
def _spellings() -> dict[str, str]:
    """Map each known header to its field, "" for those without one."""
    table = _table()
    known = dict.fromkeys(table["other"]["headers"], "")
    known |= {
        spelling: field for field in personal_fields() for spelling in table["personal"][field]
    }
    return known | {
        spelling: field for field, names in table["fields"].items() for spelling in names
    }


def fields() -> tuple[str, ...]:
    """Return what a column may be mapped to, those of persons left out."""
    return tuple(_table()["fields"])


def personal_fields() -> tuple[str, ...]:
    """Return the names of personal data."""
    return tuple(name for name in _table()["personal"] if name != "words")


def header_in_template(field: str) -> str:
    """Return the header of a field in our template: its first spelling."""
    table = _table()
    spelling: str = (table["fields"].get(field) or table["personal"][field])[0]
    return spelling.title().replace("Kim", "KIM")


def guess_for(column: "Column", remembered: Mapping[str, str] | None) -> "Column":
    """Return a column with the field remembered for its header, if there is one."""
    if remembered is None or column.header not in remembered:
        return column
    return _mapped([column], remembered)[0]


def normal(header: str) -> str:
    """Return the words of a header, by which it is compared.

    >>> normal("Desa/Kel. *)")
    'desa kel'
    """
    return " ".join(_WORD.findall(_REMARK.sub(" ", header).lower()))


@cache
def guess(header: str) -> tuple[str, float, bool]:
    """Return what a column with this header holds: field or "", score, whether of a person."""
    words = normal(header)
    known = _spellings()
    if not words:
        return "", 0.0, False
    if words in _table()["ambiguous"]["headers"]:
        return "nama_kim", 0.5, False
    if words in known:
        return known[words], 1.0, known[words] in personal_fields()
    if joined := _joined(header):
        return joined
    of_person = bool(set(words.split()) & set(_table()["personal"]["words"]))
    best = process.extractOne(words, list(known), scorer=fuzz.token_sort_ratio)
    if best and best[1] >= ALIKE_FROM and len(words) > 3:
        field = known[best[0]]
        if not of_person or field in personal_fields():
            return field, round(best[1] / 100, 2), field in personal_fields()
    return "", 0.0, of_person


def _joined(header: str) -> tuple[str, float, bool] | None:
    """Read a header of several spellings ("Kegiatan / Potensi"), if they are all of one field."""
    known = _spellings()
    parts = [normal(part) for part in _JOINTS.split(header)]
    if len(parts) < 2 or not all(part in known for part in parts):
        return None
    named = {known[part] for part in parts} - {""}
    of_person = named & set(personal_fields())
    if len(named) != 1 and named != of_person:
        return None
    field = next((known[part] for part in parts if known[part]), "")
    return field, SCORE_JOINED if field else 1.0, bool(of_person)


def find_header(
    sheet: Sheet, named: Iterable[str] = (), *, of_places: bool = False
) -> Header | None:
    """Return the header of ``sheet``; ``None`` if it has none.

    Parameters
    ----------
    named
        Headers that are known to be some, from an operator or an earlier file.
    of_places
        Whether the sheet is any list of places, of which one column is enough.
    """
    wanted = {normal(header) for header in named}
    width = sheet.width
    least = min(LEAST_FIELDS, width)
    first = sheet.rows[: SEARCHED_ROWS + 1]
    best: tuple[float, Header] | None = None
    for start, row in enumerate(first[:SEARCHED_ROWS]):
        filled = sum(map(bool, row))
        if filled < least:
            continue
        for rows in ([row], first[start : start + 2]):
            columns = _columns(_merged(rows, width))
            scores = {column.field: column.score for column in columns if column.field}
            score = sum(scores.values())
            score += 2 * len(wanted & {normal(column.header) for column in columns})
            score -= 0.5 * (len(rows) - 1)  # two rows only if the second tells more
            score += filled / 1000  # where nothing else tells, the fuller row
            known = len(scores) >= least and bool(set(fields()) & set(scores))
            known = known or (of_places and bool(set(LOCATING) & set(scores)))
            usable = known or (wanted and score >= LEAST_FIELDS)
            if usable and (best is None or score > best[0]):
                best = score, Header(start, start + len(rows), columns)
        if best is not None and _is_header(row):
            break  # what stands below it is another list
    return best[1] if best else None


def later_headers(sheet: Sheet, first: Header) -> list[Header]:
    """Return the headers further down: of lists below the first whose columns are others."""
    width = len(first.columns)
    headers = [first]
    for line, row in enumerate(islice(sheet.rows, first.stop, None), start=first.stop):
        if _is_header(row):
            header = Header(line, line + 1, _columns(_merged([row], width)))
            if header.words != headers[-1].words:
                headers.append(header)
    return headers[1:]


def _is_header(row: Sequence[str]) -> bool:
    """Tell whether a row is plainly a header: of known ones alone, or of three beside another."""
    named = set()
    unknown = 0
    for cell in filter(None, row):
        field = _spellings().get(normal(cell))
        unknown += field is None
        if unknown > 1:
            return False
        named.add(field)
    return len(named - {"", None}) >= LEAST_FIELDS + unknown


def as_mapped(header: Header, mapping: Mapping[str, str]) -> Header:
    """Return a header whose columns hold what an operator chose, header -> field ("" for none).

    Columns that were not there to be chosen for are guessed.
    """
    return replace(header, columns=_mapped(header.columns, mapping))


def _merged(rows: Sequence[Sequence[str]], width: int) -> list[str]:
    """Put the rows of a header together: what stands below says more than the group above."""
    wide = [[*row, *[""] * (width - len(row))] for row in rows]
    columns = zip(*reversed(wide), strict=True)
    return [next((cell for cell in column if cell), "") for column in columns]


def _columns(headers: Iterable[str]) -> tuple[Column, ...]:
    columns: list[Column] = []
    seen: dict[str, int] = {}
    for number, text in enumerate(headers):
        name = " ".join(text.split()) or f"Kolom {column_letters(number)}"
        seen[name] = seen.get(name, 0) + 1
        unique = name if seen[name] == 1 else f"{name} ({seen[name]})"
        columns.append(Column(unique, *guess(text)))
    best: dict[str, int] = {}
    for number, column in enumerate(columns):
        if column.field and (
            column.field not in best or column.score > columns[best[column.field]].score
        ):
            best[column.field] = number
    taken = set(best.values())
    return tuple(
        column if not column.field or number in taken else _without_field(column)
        for number, column in enumerate(columns)
    )


def _without_field(column: Column) -> Column:
    """Return a column whose field another has: a bare "Nama" beside "Nama KIM" is a person's."""
    ambiguous = normal(column.header) in _table()["ambiguous"]["headers"]
    return replace(column, field="", score=0.0, personal=column.personal or ambiguous)


def _mapped(columns: Sequence[Column], mapping: Mapping[str, str]) -> tuple[Column, ...]:
    """Give columns the fields an operator chose; the others keep their own, if it is not taken."""
    chosen = {mapping[column.header] for column in columns if column.header in mapping}
    result = []
    for column in columns:
        field = mapping.get(column.header, "" if column.field in chosen else column.field)
        known = field in fields() or field in personal_fields()
        of_person = column.personal if not field else field in personal_fields()
        sure = column.score if field == column.field else float(known)
        result.append(replace(column, field=field if known else "", score=sure, personal=of_person))
    return tuple(result)


def fields_of(headers: Iterable[str], remembered: Mapping[str, str]) -> dict[str, str]:
    """Return field -> header, as a file with these headers is read."""
    columns = _mapped(_columns(headers), remembered)
    return {column.field: column.header for column in columns if column.field}


def column_letters(number: int) -> str:
    """Return the spreadsheet's name of a column: A, B, ... Z, AA."""
    letters, number = "", number + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
