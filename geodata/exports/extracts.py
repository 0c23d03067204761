"""Filtered extracts of the registry, each with a manifest that says what it holds."""

from pathlib import Path
from typing import Literal

import numpy as np
import pandas as pd

from geodata.errors import DataFileError, SelectionError
from geodata.exports.tables import SEPARATORS, to_csv, to_xlsx
from geodata.gazetteer import REGIONS_FILE
from geodata.provenance import Sidecar, read_sidecar
from geodata.regions import Level
from geodata.registry.schema import COLUMNS
from geodata.registry.snapshot import KimFilter, Snapshot
from geodata.text import number, text
from geodata.wording import filter_in_words, region_path


def kim_extract(
    snapshot: Snapshot, kim_filter: KimFilter, within: str | None = None
) -> pd.DataFrame:
    """Return the KIM that pass the filter in ``within``, in the registry's order.

    Returns
    -------
    DataFrame with the columns of ``schema.COLUMNS`` and, after kode_wilayah, the names of the
    regions: provinsi, kabupaten_kota, kecamatan, desa.

    Raises
    ------
    RegionError
        If the gazetteer has no region ``within``.
    """
    gazetteer = snapshot.gazetteer
    chosen = np.flatnonzero(snapshot.mask(kim_filter, within))
    extract = snapshot.kim.iloc[chosen].reset_index(drop=True)
    desa = snapshot.desa[chosen]
    first = list(COLUMNS).index("kode_wilayah") + 1
    for place, level in enumerate(Level):
        positions = gazetteer.parent_positions(level, Level.DESA)[desa]
        names = gazetteer.tables[level]["nama"].to_numpy()[positions]
        extract.insert(first + place, level.value, names)
    return extract


def manifest(
    snapshot: Snapshot,
    kim_filter: KimFilter,
    *,
    within: str | None,
    rows: int,
    sources: list[Sidecar],
    made: str,
    lang: str,
) -> pd.DataFrame:
    """Return what an extract must say of itself, as two columns of text.

    Parameters
    ----------
    rows
        Number of rows of the extract.
    sources
        Sidecars of the data files that went into it.
    made
        When the extract was made, ISO 8601.
    """
    note = text("manifest.illustrative", lang) if snapshot.illustrative else ""
    lines = [
        ("wilayah", region_path(snapshot.gazetteer, within, lang)),
        ("kode_wilayah", within or "–"),
        ("filter", filter_in_words(kim_filter, lang)),
        ("rows", number(rows, lang)),
        ("date", snapshot.date),
        ("version", snapshot.version),
        ("made", made),
        ("note", note),
    ]
    for sidecar in sources:
        origin = "; ".join(f"{s.producer}, {s.title} {s.version}" for s in sidecar.sources)
        said = (sidecar.description[lang], origin, sidecar.licence)
        lines.append(("source", ". ".join(filter(None, said))))
    return pd.DataFrame(
        [(text(f"manifest.{key}", lang), value) for key, value in lines if value],
        columns=[text("manifest.column_what", lang), text("manifest.column_value", lang)],
    )


def write_extract(
    out: Path,
    snapshot: Snapshot,
    kim_filter: KimFilter,
    *,
    within: str | None,
    form: Literal["csv", "xlsx"],
    separator: str,
    made: str,
    lang: str,
) -> list[Path]:
    """Write an extract and its manifest: two CSV files, or one workbook with two sheets.

    A file appears under its name only when it is complete.

    Returns
    -------
    The files written: ``out`` and, for CSV, ``<stem>-keterangan.csv`` beside it.

    Raises
    ------
    DataFileError
        If a file cannot be written.
    SelectionError
        If the separator is not one of ``tables.SEPARATORS``.
    """
    if separator not in SEPARATORS:
        raise SelectionError("separator", value=separator)
    extract = kim_extract(snapshot, kim_filter, within)
    explained = manifest(
        snapshot,
        kim_filter,
        within=within,
        rows=len(extract),
        sources=[*snapshot.sources, read_sidecar(REGIONS_FILE)],
        made=made,
        lang=lang,
    )
    if form == "xlsx":
        files = {out: to_xlsx({"KIM": extract, text("unduh.sheet", lang): explained})}
    else:
        beside = out.with_name(f"{out.stem}-keterangan.csv")
        files = {out: to_csv(extract, separator), beside: to_csv(explained, separator)}
    for path, body in files.items():
        _write_whole(path, body)
    return list(files)


def _write_whole(path: Path, body: bytes) -> None:
    partial = path.with_name(path.name + ".part")
    try:
        partial.write_bytes(body)
        partial.replace(path)
    except OSError as error:
        partial.unlink(missing_ok=True)
        raise DataFileError("cannot_write", file=str(path), reason=error.strerror) from error
