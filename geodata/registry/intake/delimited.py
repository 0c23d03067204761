"""Reads delimited text (CSV): its encoding, its delimiter, its records."""

import codecs
import csv
import io
from collections import Counter

from charset_normalizer import from_bytes

from geodata.registry.intake.cells import MAX_CELLS, tidy
from geodata.registry.intake.intake_error import IntakeError

DELIMITERS = (",", ";", "\t", "|")

_TRIED = 200  # records by which a delimiter is judged
_SAMPLE = 1 << 18  # bytes by which an encoding is guessed
_UTF16 = {codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
_MANY_NULLS = 0.3  # of every other byte: ASCII in UTF-16


def read(data: bytes, name: str) -> list[tuple[str, list[list[str]], bool]]:
    """Return the one sheet of a CSV, under the name "".

    Raises
    ------
    IntakeError
        If it is no text, has too many cells, or a quotation mark is opened and never closed.
    """
    text = decoded(data, name)
    first, _, rest = text.partition("\n")
    if first.strip().lower().startswith("sep="):  # Excel's own hint, which Excel does not show
        delimiter, text = first.strip()[4:5] or ",", rest
    else:
        delimiter = delimiter_of(text)
    records = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    rows, cells = [], 0
    try:
        for record in records:
            cells += len(record) or 1  # an empty line takes memory, too
            if cells > MAX_CELLS:
                raise IntakeError("intake_area", file=name, limit=MAX_CELLS)
            rows.append([tidy(cell) for cell in record])
    except csv.Error as error:
        raise IntakeError("intake_quotes", file=name, row=records.line_num) from error
    return [("", rows, False)]


def decoded(data: bytes, name: str) -> str:
    """Return ``data`` as text: UTF-8 or UTF-16, with or without a mark, else cp1252 or a guess.

    Raises
    ------
    IntakeError
        If it is no text.
    """
    encoding = _UTF16.get(data[:2]) or _unmarked_utf16(data)
    if encoding is None and b"\0" in data:
        raise IntakeError("intake_binary", file=name)
    for candidate in [encoding] if encoding else ["utf-8-sig", "cp1252"]:
        try:
            return data.decode(candidate)
        except UnicodeDecodeError:
            continue
    guess = None if encoding else from_bytes(data[:_SAMPLE]).best()
    if guess is None:
        raise IntakeError("intake_binary", file=name)
    return data.decode(guess.encoding, errors="replace")


def _unmarked_utf16(data: bytes) -> str | None:
    sample = data[:_SAMPLE]
    for encoding, nulls in (("utf-16-le", sample[1::2]), ("utf-16-be", sample[0::2])):
        others = sample[0::2] if encoding == "utf-16-le" else sample[1::2]
        if nulls and nulls.count(0) > _MANY_NULLS * len(nulls) and others.count(0) == 0:
            return encoding
    return None


def delimiter_of(text: str) -> str:
    """Return the delimiter by which most of the first records have the same number of columns."""
    best = (0, 0, ",")
    for delimiter in DELIMITERS:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        widths: Counter[int] = Counter()
        try:
            for record in reader:
                widths[len(record)] += len(record) > 1
                if reader.line_num > _TRIED:
                    break
        except csv.Error:
            continue
        width, count = max(widths.items(), key=lambda pair: (pair[1], pair[0]), default=(0, 0))
        best = max(best, (count, width, delimiter), key=lambda candidate: candidate[:2])
    return best[2]
