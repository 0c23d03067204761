"""The code and the names of each row, in whichever of its fields they stand."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pandas as pd

from geodata.boundaries.reading.sources import CodeScheme, Schema
from geodata.regions import LEVELS, Level


def first_filled(columns: Mapping[str, pd.Series], fields: Sequence[str]) -> pd.Series:
    """Return of each row the first text in ``fields`` that is not empty."""
    first = columns[fields[0]]
    for name in fields[1:]:
        first = first.where(first != "", columns[name])
    return first


def digit_counts(codes: pd.Series) -> pd.Series:
    """Return how many digits each of ``codes`` has that has any."""
    digits = codes.str.count(r"\d")
    return digits[digits > 0]


def with_code_parts(columns: Mapping[str, pd.Series], schema: Schema) -> Schema:
    """Return ``schema`` with those levels in ``codes`` that make up the code of a row.

    It is that of the schema, unless its code is spread over the fields of several levels: 35, 07,
    8 and 2001 for 35.07.08.2001. Only codes of Kemendagri are put together.
    """
    level = schema.level
    used = {level: schema.codes[level]} if level in schema.codes else {}
    while used and schema.adapter.scheme is CodeScheme.KEMENDAGRI:
        above = level.parent
        if above is None or above not in schema.codes:
            break
        digits = digit_counts(first_filled(columns, schema.codes[level]))
        if digits.empty or digits.median() > _part_digits(level):
            break
        used[above], level = schema.codes[above], above
    return replace(schema, codes=used)


def codes_of(columns: Mapping[str, pd.Series], schema: Schema) -> pd.Series:
    """Return the code of each row as its fields have it, empty where they have none.

    ``schema`` is that of :func:`with_code_parts`.
    """
    finest, *above = sorted(schema.codes, key=LEVELS.index, reverse=True)
    code = first_filled(columns, schema.codes[finest])
    part = finest
    for level in above:
        upper = first_filled(columns, schema.codes[level])
        both = (code != "") & (upper != "")
        code = code.mask(both, upper + "." + _padded(code, part))
        part = level
    return code


def _padded(code: pd.Series, level: Level) -> pd.Series:
    """Fill up the first part of each code, that of ``level``, with the zeros that it lost."""
    split = code.str.partition(".")
    return split[0].str.zfill(_part_digits(level)) + split[1] + split[2]


def _part_digits(level: Level) -> int:
    """Return how many digits a code of ``level`` has more than one of the level above."""
    return level.digits - (level.parent.digits if level.parent else 0)
