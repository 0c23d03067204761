"""Plans of new KIM put into words: why each kecamatan is chosen."""

import pandas as pd

from geodata.text import number, percent, text


def reasons_in_words(table: pd.DataFrame, lang: str) -> list[str]:
    """Return why each kecamatan of ``plan_by_kecamatan`` is chosen: what is gained, what is now."""
    return [f"{_gain(row, lang)} {_standing(row, lang)}" for _, row in table.iterrows()]


def _gain(row: pd.Series, lang: str) -> str:
    kim, desa = number(row["jumlah_baru"], lang), number(row["desa_baru"], lang)
    return text("celah.next.gain", lang, kim=kim, desa=desa)


def _standing(row: pd.Series, lang: str) -> str:
    words = {
        "terlayani": number(row["desa_terlayani"], lang),
        "desa": number(row["jumlah_desa"], lang),
        "cakupan": percent(row["cakupan"], lang),
    }
    if pd.isna(row["jarak_rata_km"]):
        return text("celah.next.now", lang, **words)
    km = number(row["jarak_rata_km"], lang, 1)
    return text("celah.next.now_near", lang, **words, km=km)
