"""What is known of a KIM, in words."""

from typing import Any

import pandas as pd

from geodata.gazetteer import Gazetteer
from geodata.registry.fields import SEPARATOR
from geodata.text import number, text


def value_in_words(name: str, value: Any, gazetteer: Gazetteer, lang: str) -> str:
    """Return a value of a KIM or of a row as people read it, "" for none.

    Parameters
    ----------
    name
        A column of ``staging.VALUES``, or a field that tells of persons.
    value
        As the database or a form has it.
    """
    if value is None or value == "" or pd.isna(value):
        return ""
    if name == "bidang":
        return ", ".join(text(f"bidang.{field}", lang) for field in value.split(SEPARATOR))
    if name in ("status", "tahap"):
        return text(f"{name}.{value}", lang)
    if name == "kode_wilayah":
        return desa_in_words(gazetteer, value)
    if name == "jumlah_anggota":
        return number(int(value), lang)
    return str(value)


def desa_in_words(gazetteer: Gazetteer, code: str) -> str:
    """Return a desa with the regions above it, "" for none."""
    return ", ".join(reversed(gazetteer.lineage_names(code))) if code else ""
