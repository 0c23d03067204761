"""The audit log in words, as pages show it and offices take it away."""

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from geodata.columns import COLUMNS, NONE
from geodata.days import office_time
from geodata.errors import RegionError
from geodata.gazetteer import Gazetteer
from geodata.people.audit import Entry
from geodata.text import text
from geodata.view.words import region_path

AUDIT_COLUMNS = (
    "waktu", "siapa", "kegiatan", "di_wilayah", "nomor_kim", "nomor_kiriman",
    "sebelum", "sesudah", "dari_alamat",
)  # fmt: skip
_REGIONS = ("region", "kode_wilayah")
_NAMES = (
    "email", "role", "region", "key", "name", "expires", "deck", "set", "in_use", "rows", "version",
    "kim", "as_of", "baru", "diperbarui", "sama", "target", "pribadi", "diterima", "ditinjau",
    "ditolak", "cells", "personal", "reasons", "texts", "versions", "aliases", "headers", "batches",
    "sheets", "lines", "files", "bidang_lain", "indicator", "import", "level", "values",
)  # fmt: skip


def audit_table(entries: Iterable[Entry], gazetteer: Gazetteer, lang: str) -> pd.DataFrame:
    """Return lines of the log, a row each.

    Returns
    -------
    DataFrame of text with ``AUDIT_COLUMNS``, in the order of ``entries``: waktu is the office's
    time (WIB); sebelum and sesudah name what changed, each with its value.
    """
    rows = [
        (
            office_time(entry.at),
            entry.who,
            text(f"deed.{entry.action}", lang),
            region_in_words(gazetteer, entry.region, lang),
            "" if entry.kim_id is None else f"#{entry.kim_id}",
            "" if entry.batch_id is None else f"{entry.batch_id}",
            _in_words(entry.old, gazetteer, lang),
            _in_words(entry.new, gazetteer, lang),
            entry.origin,
        )
        for entry in entries
    ]
    return pd.DataFrame(rows, columns=list(AUDIT_COLUMNS), dtype="str")


def region_in_words(gazetteer: Gazetteer, code: str | None, lang: str) -> str:
    """Return a region with those above it; the code alone of one that is no more."""
    try:
        return region_path(gazetteer, code, lang)
    except RegionError:
        return code or NONE


def _in_words(values: Mapping[str, Any], gazetteer: Gazetteer, lang: str) -> str:
    told = (
        f"{_name(name, lang)}: {_value(name, value, gazetteer, lang)}"
        for name, value in values.items()
    )
    return "; ".join(told)


def _name(name: str, lang: str) -> str:
    if name in _NAMES:
        return text(f"audit_name.{name}", lang)
    return COLUMNS[name].title(lang) if name in COLUMNS else name


def _value(name: str, value: Any, gazetteer: Gazetteer, lang: str) -> str:
    if name in _REGIONS:
        return region_in_words(gazetteer, value, lang)
    if isinstance(value, list):  # names of what is personal
        return ", ".join(_name(str(each), lang) for each in value)
    if value in (None, ""):
        return NONE
    try:
        if name == "role":
            return text(f"role.{value}", lang)
        if name in COLUMNS and COLUMNS[name].words:
            return COLUMNS[name].told(pd.Series([value]), lang)[0]
    except KeyError:  # a word of an earlier version
        pass
    return office_time(value) if name == "expires" else str(value)
