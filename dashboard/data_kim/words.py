"""What the fields of a KIM are called, and what they hold, as this page says it."""

from typing import Any

from dashboard import data
from geodata.registry.by_hand.form import WHY
from geodata.registry.database.relations import DATES, FLOATS
from geodata.text import day, number, text
from geodata.view.kim_words import value_in_words

_DECIMALS = 5  # of a degree: a metre


def field_in_words(name: str, lang: str) -> str:
    """Return what a field is called."""
    if name == WHY:
        return text("data_kim.form.reason", lang)
    return text("impor.field.desa" if name == "kode_wilayah" else f"impor.field.{name}", lang)


def told(name: str, value: Any, lang: str) -> str:
    """Return what a field holds, "" for nothing."""
    if value not in (None, "") and name in DATES:
        return day(str(value), lang)
    if value not in (None, "") and name in FLOATS:
        return number(float(value), lang, _DECIMALS)
    return value_in_words(name, value, data.gazetteer(), lang)


def told_or_empty(name: str, value: Any, lang: str) -> str:
    """Return what a field holds; of an empty one, that it is."""
    return told(name, value, lang) or text("data_kim.history.nothing", lang)
