"""Reads a file of targets (CSV, XLSX, ...): a row a region, with year, kind and value.

A row's region is that of its code, if its names can mean it too; else that of its names. What is in
doubt is not guessed: the row is left out, and says why.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from geodata.errors import SelectionError
from geodata.gazetteer import Gazetteer
from geodata.lineage.lineage import load_lineage
from geodata.matching.candidate import Verdict
from geodata.matching.codes import SCORE_OF_GUESS, resolve_codes
from geodata.matching.match import match_names
from geodata.regions import LEVELS
from geodata.registry.intake.files.reading import read_sheets
from geodata.registry.intake.intake_error import IntakeError
from geodata.targets.region_target import RegionTarget, TargetKind
from geodata.text import LANGUAGES, text

MOST_ROWS = 20_000
_PLACE = {
    "kode": ("kode", "kode wilayah", "code"),
    "provinsi": ("provinsi", "province"),
    "kabupaten_kota": ("kabupaten kota", "kab kota", "kabupaten", "regency"),
    "kecamatan": ("kecamatan", "district"),
}
_VALUES = {
    "tahun": ("tahun", "year"),
    "jenis": ("jenis", "jenis sasaran", "kind"),
    "nilai": ("nilai", "sasaran", "target", "value"),
}
_WORD = re.compile(r"[^\W_]+")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)?", re.ASCII)
_GROUPED = re.compile(r"\d{1,3}(?:\.\d{3})+", re.ASCII)
_YEAR = re.compile(r"(\d{4})(?:[.,]0)?", re.ASCII)


def read_target_file(path: Path, gazetteer: Gazetteer) -> tuple[pd.DataFrame, list[RegionTarget]]:
    """Read the targets of a file.

    Parameters
    ----------
    path
        Any file that registry files may be: see ``intake.files.reading``.

    Returns
    -------
    A row for each row below a header, of baris (its line), kode and nama ("" where it is in doubt),
    tahun_tertulis, jenis_tertulis, nilai_tertulis, and hasil_baca: ``diterima``, else why it is
    left out, a word of the texts ``target_row``. And the targets of those taken.

    Raises
    ------
    IntakeError
        If the file cannot be read, has no header with a region, year, kind and value, or too many
        rows.
    """
    rows = pd.DataFrame(_rows(path)).reindex(columns=["baris", *_PLACE, *_VALUES], fill_value="")
    rows = rows.fillna("")
    if not 0 < len(rows) <= MOST_ROWS:
        raise IntakeError("target_file", file=path.name, found=len(rows), most=MOST_ROWS)
    rows["kode"] = _codes(rows, gazetteer)
    taken: dict[tuple[str, int, TargetKind], RegionTarget] = {}
    results = []
    for row in rows.to_dict("records"):
        target, why = _target(*(str(row[name]) for name in ("kode", *_VALUES)))
        if target is not None:
            key = (target.region, target.year, target.kind)
            why = "twice" if key in taken else "diterima"
            taken.setdefault(key, target)
        results.append(why)
    told = rows[["baris", "kode"]].assign(
        nama=[gazetteer.name(code) if code else "" for code in rows["kode"]],
        **{f"{name}_tertulis": rows[name] for name in _VALUES},
        hasil_baca=results,
    )
    return told, list(taken.values())


def _rows(path: Path) -> Iterator[dict[str, str | int]]:
    """Yield the rows below a header of any sheet that is not empty, by field."""
    for sheet in read_sheets(path):
        fields: dict[int, str] = {}
        for line, cells in enumerate(sheet.rows, start=1):
            header = _fields(cells)
            if set(_VALUES) <= set(header.values()) and set(_PLACE) & set(header.values()):
                fields = header
            elif fields and any(cells):
                yield {"baris": line} | {
                    field: cells[at] for at, field in fields.items() if at < len(cells)
                }


def _fields(cells: list[str]) -> dict[int, str]:
    """Return what the columns below these cells hold, by their place."""
    named = {name: field for field, names in (_PLACE | _VALUES).items() for name in names}
    plain = (" ".join(_WORD.findall(cell.casefold())) for cell in cells)
    return {at: named[name] for at, name in enumerate(plain) if name in named}


def _codes(rows: pd.DataFrame, gazetteer: Gazetteer) -> list[str]:
    """Return the code of each row's region, "" where it is in doubt."""
    levels = [level.value for level in LEVELS if level.value in rows]
    by_name = match_names(rows[levels], gazetteer)
    named = (rows[levels] != "").any(axis=1)
    by_code = resolve_codes(rows["kode"], gazetteer, load_lineage())
    codes = []
    for written, code, match, has_names in zip(rows["kode"], by_code, by_name, named, strict=True):
        possible = {candidate.code for candidate in match.candidates}
        if code is not None and code.score > SCORE_OF_GUESS:
            codes.append(code.code if not has_names or code.code in possible else "")
        elif not written and match.verdict is Verdict.COCOK:
            codes.append(match.candidates[0].code)
        else:
            codes.append("")
    return codes


def _target(code: str, tahun: str, jenis: str, nilai: str) -> tuple[RegionTarget | None, str]:
    """Return the target of a row, or why it has none."""
    year, kind = _YEAR.fullmatch(tahun), _kinds().get(" ".join(jenis.casefold().split()))
    if not nilai:  # as the template has them
        return None, "empty"
    if not code:
        return None, "region"
    if year is None:
        return None, "year"
    if kind is None:
        return None, "kind"
    value = _value(nilai, kind)
    if value is None:
        return None, "value"
    try:
        return RegionTarget(code, int(year[1]), kind, value), ""
    except SelectionError as error:  # its key is one of ``target_row``, too
        return None, error.key


def _kinds() -> dict[str, TargetKind]:
    """Return the kinds by what they are called, in any language."""
    return {
        name.casefold(): kind
        for kind in TargetKind
        for name in (str(kind), *(text(f"sasaran_untuk.{kind}", lang) for lang in LANGUAGES))
    }


def _value(written: str, kind: TargetKind) -> float | None:
    """Return a number of KIM, or a share of 0 to 1 that is written in percent.

    A spreadsheet keeps 80% as 0.8, which may as well be meant for 0.8%: without its sign a share of
    at most 1 is not understood.
    """
    bare = written.removesuffix("%").strip()
    if kind.unit is None and _GROUPED.fullmatch(bare):
        bare = bare.replace(".", "")
    if not _NUMBER.fullmatch(bare):
        return None
    number = float(bare.replace(",", "."))
    if kind.unit is None:
        return None if written.endswith("%") else number
    return None if number <= 1 and not written.endswith("%") else number / 100
