"""Reads delimited text (CSV): its delimiter, its records, and quotation marks that quote nothing.

A cell is quoted if a mark begins it and a mark ends it, before a delimiter or the end of the line.
Any other mark is text, so that a stray one swallows nothing.
"""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice

from geodata.packed import PART, Packed
from geodata.progress import Done
from geodata.registry.intake.files.cells import MAX_CELLS, tidy
from geodata.registry.intake.files.decoding import FOREIGN, UNKNOWN, decoded, foreign_as_windows
from geodata.registry.intake.intake_error import IntakeError
from geodata.registry.intake.sheets.sheet import Sheet
from geodata.registry.notice import Notice, counted

DELIMITERS = (",", ";", "\t", "|")

_TRIED = 200  # records by which a delimiter is judged
_HINT = re.compile(r'"?sep=(.?).*', re.IGNORECASE)
_ODD = re.compile(rf"[\0{UNKNOWN}{FOREIGN}]")
_ODD_KINDS = {"\0": "null_bytes", UNKNOWN: "unknown_characters"}
_LEAST_WIDTH = 3  # columns, from which their number tells rows from lines of one cell

Record = tuple[list[str], bool]
"""Its cells, and whether a mark begins one of them and does not end it."""


def read(data: bytes, name: str, done: Done) -> list[Sheet]:
    """Return the one sheet of a CSV, under the name "".

    Raises
    ------
    IntakeError
        If it is no text or has too many cells.
    """
    text = decoded(data, name).replace("\r\n", "\n").replace("\r", "\n")
    second = text.find("\n") + 1 or len(text)
    hint = _HINT.fullmatch(text[:second].removesuffix("\n"))  # Excel's, which Excel does not show
    text = text[second:] if hint else text
    odd = _ODD if _ODD.search(text) else None
    delimiter, width = _shape(text, hint[1] if hint else "")
    rows: Packed[list[str]] = Packed()
    lines: dict[str, list[int]] = {}
    cells = characters = 0
    for line, record in enumerate(_records(text, delimiter, width), start=1):
        row, unended = _unwrapped(record, delimiter, width)
        cells += len(row) or 1  # an empty line takes memory, too
        if cells > MAX_CELLS:
            raise IntakeError("intake_area", file=name, limit=MAX_CELLS)
        if unended:
            lines.setdefault("stray_quotes", []).append(line)
        if odd and (marks := {mark for cell in row for mark in odd.findall(cell)}):
            for kind in {_ODD_KINDS.get(mark, "foreign_bytes") for mark in marks}:
                lines.setdefault(kind, []).append(line)
            row = [foreign_as_windows(cell) for cell in row]
        rows.append([tidy(cell) for cell in row])
        characters += sum(map(len, row)) + len(row)
        if line % PART == 0:
            done(characters / len(text))
    return [Sheet("", rows, notices=tuple(Notice(kind, counted(lines[kind])) for kind in lines))]


def _shape(text: str, hint: str = "") -> tuple[str, int]:
    """Return the delimiter by which most of the first records have the same number of columns.

    Also returned is that number. A delimiter that the file hints at is taken if it parts anything.
    """
    best = (0, 0, ",")
    for delimiter in filter(None, (hint, *DELIMITERS)):
        widths: Counter[int] = Counter()
        for record in islice(_records(text, delimiter), _TRIED):
            cells, _ = _unwrapped(record, delimiter)
            widths[len(cells)] += len(cells) > 1
        width, count = max(widths.items(), key=lambda pair: (pair[1], pair[0]), default=(0, 0))
        best = max(best, (count, width, delimiter), key=lambda candidate: candidate[:2])
        if delimiter == hint and count:
            break
    return best[2], best[1]


def _records(text: str, delimiter: str, width: int = 0) -> Iterator[Record]:
    """Part ``text`` into records; lines of ``width`` columns each are not taken for one cell."""
    plain = re.compile(rf"[^{re.escape(delimiter)}\n]*")
    quoted = re.compile(rf' *+"((?:[^"]|"")*+)" *+(?=[{re.escape(delimiter)}\n]|\Z)')
    start = 0
    while start < len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        if text.find('"', start, end) < 0:
            yield text[start:end].split(delimiter) if end > start else [], False
            start = end + 1
            continue
        cells: list[str] = []
        unended = False
        at = start
        while True:
            match = quoted.match(text, at)
            if match and "\n" in match[1] and _are_rows(text, start, match.end(), delimiter, width):
                match = None
            if match:
                cells.append(match[1].replace('""', '"'))
            else:
                match = plain.match(text, at)
                assert match is not None  # it may be empty
                cells.append(match[0])
                unended = unended or match[0].lstrip(" ").startswith('"')
            at = match.end() + 1
            if text[match.end() : at] != delimiter:
                break
        yield cells, unended
        start = at


def _are_rows(text: str, start: int, ended: int, delimiter: str, width: int) -> bool:
    """Tell whether what two marks enclose is rows, from a stray mark to the next one.

    RFC 4180 takes it for one cell. But if the first and the last line that such a cell touches have
    each as many columns as the table, they are rows.
    """
    if width < _LEAST_WIDTH:
        return False
    end = text.find("\n", ended)
    end = len(text) if end < 0 else end
    first = text[start : text.find("\n", start)]
    last = text[text.rfind("\n", start, end) + 1 : end]
    return all(
        len(cells) == width for line in (first, last) for cells, _ in _records(line, delimiter)
    )


def _unwrapped(record: Record, delimiter: str, width: int = 0) -> Record:
    """Return the cells of a line that is quoted as a whole, if they are as many as the table's."""
    cells, _ = record
    if len(cells) != 1 or delimiter not in cells[0]:
        return record
    (inner, *others) = _records(cells[0], delimiter)
    return record if others or (width and len(inner[0]) != width) else inner
