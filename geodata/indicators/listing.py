"""Indicators and their rows as tables in words, as the page and the command line list them."""

from functools import cache

import numpy as np
import pandas as pd

from geodata.days import office_time
from geodata.gazetteer import Gazetteer, load_gazetteer
from geodata.indicators.figures import Figures, Given
from geodata.indicators.indicator import Indicator
from geodata.indicators.reading import AS_WRITTEN
from geodata.indicators.shipped import shipped
from geodata.indicators.storing import Import, imports
from geodata.regions import Level
from geodata.registry.database.connection import registry_if_made
from geodata.text import in_language, text
from geodata.view.words import level_name


def known_imports() -> list[Import]:
    """Return all imports, the latest first; none where there is no registry."""
    registry = registry_if_made()
    return imports(registry) if registry else []


def list_tables(figures: Figures, brought: list[Import], lang: str) -> pd.DataFrame:
    """Return what there is of indicators: each table that ships, and each that was brought in.

    Returns
    -------
    DataFrame with columns nama_indikator, kunci, tingkat, tahun, bernilai (regions with a value),
    keadaan (whether its values count), produsen, lisensi, and of what was brought in nomor_masukan,
    berkas, oleh, waktu (of the office), else "". The indicators stand in their order, those that
    ship first, then the latest.
    """
    year_in_use = {(it.key, it.level): it.year for it in figures.tables}
    order = {key: place for place, key in enumerate(dict.fromkeys(it.key for it in figures.tables))}
    tables = [(it.indicator, None) for it in _shipped().values()] + [
        (it.indicator, it) for it in brought
    ]
    tables.sort(key=lambda table: order.get(table[0].key, len(order)))
    return pd.DataFrame([_row(it, kept, year_in_use, lang) for it, kept in tables])


def _row(own: Indicator, kept: Import | None, year_in_use: dict, lang: str) -> dict[str, object]:
    counts = year_in_use.get((own.key, own.level)) == own.year
    state = "in_use" if counts else "older"
    if kept and not kept.in_force:
        state = "out"
    return {
        "nama_indikator": own.name(lang),
        "kunci": own.key,
        "tingkat": level_name(own.level, lang),
        "tahun": own.year,
        "bernilai": kept.accepted if kept else _shipped_count(own.key, own.level),
        "keadaan": text(f"indicator_state.{state}", lang),
        "produsen": in_language(own.producer, lang),
        "lisensi": in_language(own.licence, lang),
        "nomor_masukan": str(kept.id) if kept else "",
        "berkas": kept.file_name if kept else "",
        "oleh": kept.who if kept else "",
        "waktu": office_time(kept.at) if kept else "",
    }


@cache
def _shipped() -> dict[tuple[str, Level], Given]:
    return {(it.indicator.key, it.indicator.level): it for it in shipped(load_gazetteer())}


@cache
def _shipped_count(key: str, level: Level) -> int:
    return int(np.isfinite(_shipped()[key, level].read()).sum())


def report_table(
    rows: pd.DataFrame, own: Indicator, gazetteer: Gazetteer, lang: str
) -> pd.DataFrame:
    """Return what became of each row of a file in words.

    Parameters
    ----------
    rows
        As ``reading.Prepared`` has them.
    own
        The indicator that they are of.

    Returns
    -------
    DataFrame of text, but for line: lembar, line, kode and nama of the region, dibaca (the value),
    alasan (why it has none), kolom_berkas (the column that this is about), and of a file that was
    just read tertulis (the region) and isi_sel (the value) as rows without a value have them.
    """
    words = {
        reason: text(f"indicator_reason.{reason}", lang) if reason else ""
        for reason in rows["reason"].unique()
    }
    table = pd.DataFrame(
        {
            "lembar": rows["sheet"],
            "line": rows["line"],
            "kode": rows["kode"],
            "nama": [gazetteer.name(code) if code in gazetteer else "" for code in rows["kode"]],
            "dibaca": [_value_read(value, own) for value in rows["value"]],
            "alasan": rows["reason"].map(words),
            "kolom_berkas": rows["column"],
        }
    )
    if AS_WRITTEN[0] in rows:
        table[["tertulis", "isi_sel"]] = rows[list(AS_WRITTEN)]
    return table


def _value_read(value: float, own: Indicator) -> str:
    if np.isnan(value):
        return ""
    return own.categories[int(value)] if own.kind == "category" else f"{value:.12g}"
