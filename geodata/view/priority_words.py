"""Priorities put into words: who comes first, how surely, and why each stands where it does."""

from collections.abc import Iterable

import pandas as pd

from geodata.analysis.priority import DRAWS, SPREAD
from geodata.regions import Level
from geodata.text import number, percent, text
from geodata.view.metrics import METRICS
from geodata.view.priorities import Criterion, Priorities, PrioritySettings, criteria_at
from geodata.view.words import level_name

SURE = 0.95
"""Share of the draws from which on a place among the first counts as sure."""
_NAMED_AT_MOST = 3


def priority_in_words(found: Priorities, region: str, lang: str) -> str:
    """Return who comes first in ``region`` (as it is called), how surely, and who has no score."""
    every, scored = found.table, found.scored
    level = level_name(found.level, lang)
    measures = _listed(found.criteria, lang)
    if scored.empty:
        return text("prioritas.none", lang, tingkat=level, wilayah=region, ukuran=measures)
    counts = {"jumlah": number(len(scored), lang), "semua": number(len(every), lang)}
    said = [
        text("prioritas.scored", lang, **counts, tingkat=level, wilayah=region, ukuran=measures),
        text("prioritas.highest", lang, daftar=_highest(scored, lang)),
    ]
    if len(scored) > found.first:
        said.append(_how_sure(scored, found.first, lang))
    if len(scored) < len(every):
        without = number(len(every) - len(scored), lang)
        said.append(text("prioritas.without", lang, jumlah=without))
    return " ".join(said)


def _highest(scored: pd.DataFrame, lang: str) -> str:
    first = scored.head(_NAMED_AT_MOST)
    return ", ".join(
        text("prioritas.with_score", lang, wilayah=nama, skor=number(skor, lang, 1))
        for nama, skor in zip(first["nama"], first["prioritas"], strict=True)
    )


def _how_sure(scored: pd.DataFrame, first: int, lang: str) -> str:
    top, after = scored.head(first), scored.iloc[first:]
    said = text(
        "prioritas.sure",
        lang,
        pertama=number(first, lang),
        pasti=number(int((top["bertahan"] >= SURE).sum()), lang),
        batas=percent(SURE, lang, 0),
        kali=number(DRAWS, lang),
        simpangan=percent(SPREAD, lang, 0),
    )
    tied = int((after["peringkat"] == top["peringkat"].iloc[-1]).sum())
    if not tied:
        return said
    return f"{said} {text('prioritas.tied', lang, jumlah=number(tied, lang))}"


def measures_in_words(level: Level, settings: PrioritySettings, lang: str) -> str:
    """Return by what regions of ``level`` are weighed."""
    return _listed(criteria_at(level, settings), lang)


def _listed(criteria: Iterable[Criterion], lang: str) -> str:
    return "; ".join(_criterion(it, lang) for it in criteria if it.weight)


def _criterion(criterion: Criterion, lang: str) -> str:
    """Return what is weighed: ``Penduduk (tinggi lebih mendesak, bobot 2)``."""
    return text(
        "prioritas.high" if criterion.high_first else "prioritas.low",
        lang,
        ukuran=METRICS[criterion.metric].title(lang),
        bobot=number(criterion.weight, lang),
    )


def reasons_in_words(found: Priorities, lang: str) -> list[str]:
    """Return for each row of ``found.table`` why it stands there, what gives most first."""
    parts = found.parts.assign(
        ukuran=found.parts["metrik"].map(lambda name: METRICS[name].title(lang))
    )
    return [
        _reason(rows.sort_values("andil", ascending=False, kind="stable"), lang)
        for _, rows in parts.groupby("kode", sort=False)
    ]


def _reason(parts: pd.DataFrame, lang: str) -> str:
    if parts["andil"].isna().any():
        unknown = ", ".join(parts.loc[parts["nilai"].isna(), "ukuran"])
        return text("prioritas.unknown", lang, daftar=unknown)
    given = [
        text(
            "prioritas.gives",
            lang,
            ukuran=ukuran,
            nilai=METRICS[metric].written(nilai, lang),
            andil=number(andil, lang, 1),
        )
        for ukuran, metric, nilai, andil in parts[
            ["ukuran", "metrik", "nilai", "andil"]
        ].itertuples(index=False)
    ]
    score = number(parts["andil"].sum(), lang, 1)
    return text("prioritas.reason", lang, skor=score, daftar="; ".join(given))
