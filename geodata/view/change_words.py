"""The change between two days put into words, and its table as people read it."""

from collections.abc import Mapping
from datetime import date

import pandas as pd

from geodata.analysis.change import STEPS
from geodata.columns import column
from geodata.text import day, number, text


def change_in_words(
    counts: Mapping[str, int], days: tuple[date, date], where: str, lang: str
) -> str:
    """Return a sentence of the counts of a region, as ``Development.steps`` has them."""
    told = [
        f"{number(counts[step], lang)} {column(step).title(lang).lower()}"
        for step in STEPS
        if counts[step]
    ]
    return text(
        "perkembangan.sentence" if told else "perkembangan.nothing",
        lang,
        wilayah=where,
        awal=number(counts["awal"], lang),
        akhir=number(counts["akhir"], lang),
        dari=day(days[0].isoformat(), lang),
        sampai=day(days[1].isoformat(), lang),
        **({"daftar": "; ".join(told)} if told else {}),
    )


def changed_regions(table: pd.DataFrame) -> pd.DataFrame:
    """Return a table of ``Development.by_region`` with selisih, without steps that nobody took.

    selisih is akhir less awal; what is missing counts as zero, as nothing counts there.
    """
    taken = [step for step in STEPS if table[step].any()]
    shown = table[["kode", "nama", "awal", *taken, "akhir"]].copy()
    net = table["akhir"].fillna(0).astype(int) - table["awal"].fillna(0).astype(int)
    return shown.assign(selisih=net)


def days_in_words(days: tuple[date, date], lang: str) -> str:
    """Write the two days: ``1 Januari 2024 sampai 31 Maret 2024``."""
    dari, sampai = (day(it.isoformat(), lang) for it in days)
    return text("perkembangan.days", lang, dari=dari, sampai=sampai)
