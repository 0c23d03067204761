"""Priorities put into words: who comes first, how surely, and why each stands where it does."""

from collections.abc import Iterable

import numpy as np
import pandas as pd

from geodata.analysis.priority import DRAWS, SPREAD
from geodata.columns import COLUMNS
from geodata.regions import LEVELS, Level
from geodata.text import number, percent, text
from geodata.view.conditions import conditions_in_words, without_meaning
from geodata.view.metrics import METRICS
from geodata.view.priorities import Criterion, Priorities, PrioritySettings, criteria_at
from geodata.view.words import level_name

SURE = 0.95
"""Share of the draws from which on a place among the first counts as sure."""
_NAMED_AT_MOST = 3


def priority_in_words(ranked: Priorities, region: str, lang: str) -> str:
    """Return who comes first in ``region`` (as it is called), how surely, and who has no score."""
    every, scored = ranked.table, ranked.scored
    level = level_name(ranked.level, lang)
    measures = _listed(ranked.criteria, lang)
    met = conditions_in_words(ranked.conditions, ranked.level, lang)
    if every.empty:
        return text("prioritas.none_meets", lang, tingkat=level, wilayah=region, syarat=met)
    if scored.empty:
        return text("prioritas.none", lang, tingkat=level, wilayah=region, ukuran=measures)
    counts = {"jumlah": number(len(scored), lang), "semua": number(len(every), lang)}
    said = [
        text("prioritas.scored", lang, **counts, tingkat=level, wilayah=region, ukuran=measures),
        text("prioritas.highest", lang, daftar=_highest(ranked, lang)),
    ]
    if len(scored) > ranked.first:
        said.append(_how_sure(scored, ranked.first, lang))
    if len(scored) < len(every):
        without = number(len(every) - len(scored), lang)
        said.append(text("prioritas.without", lang, jumlah=without))
    if met:
        said.insert(0, text("prioritas.meeting", lang, syarat=met))
    said.append(without_meaning(ranked.conditions, ranked.level, lang))
    return " ".join(filter(None, said))


def _highest(ranked: Priorities, lang: str) -> str:
    scores = ranked.scored["prioritas"].head(_NAMED_AT_MOST)
    named = zip(names_in_words(ranked, len(scores)), scores, strict=True)
    return "; ".join(
        text("prioritas.with_score", lang, wilayah=name, skor=number(score, lang, 1))
        for name, score in named
    )


def names_in_words(ranked: Priorities, first: int) -> list[str]:
    """Return what the first regions are called, with those above them that are not all the same."""
    table = ranked.table
    above = [it.value for it in reversed(LEVELS) if it.value in table]
    telling = [name for name in above if table[name].nunique() > 1]
    names = table[["nama", *telling]].head(first)
    return [", ".join(row) for row in names.itertuples(index=False)]


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


def reasons_in_words(ranked: Priorities, lang: str, first: int | None = None) -> list[str]:
    """Return why each row of ``ranked.table`` stands where it does, what gives most first.

    Parameters
    ----------
    first
        How many rows from the top; all by default.
    """
    size, measures = len(ranked.criteria), [METRICS[it.metric] for it in ranked.criteria]
    parts = ranked.parts if first is None else ranked.parts.head(size * first)
    titles = [measure.title(lang) for measure in measures]
    figures = [
        measure.column.told(parts["nilai"].iloc[position::size], lang)
        for position, measure in enumerate(measures)
    ]
    given = parts["andil"].to_numpy().reshape(-1, size)
    order = np.argsort(-given, axis=1, kind="stable").tolist()
    added = COLUMNS["andil"].told(parts["andil"].round(COLUMNS["andil"].decimals), lang)
    scores = ranked.table["prioritas"].head(len(given)).round(COLUMNS["prioritas"].decimals)
    reasons = []
    for row, score in enumerate(COLUMNS["prioritas"].told(scores, lang)):
        if np.isnan(given[row]).any():
            missing = [
                title for position, title in enumerate(titles) if np.isnan(given[row, position])
            ]
            reasons.append(text("prioritas.unknown", lang, daftar=", ".join(missing)))
            continue
        said = (
            text(
                "prioritas.gives",
                lang,
                ukuran=titles[position],
                nilai=figures[position][row],
                andil=added[size * row + position],
            )
            for position in order[row]
        )
        reasons.append(text("prioritas.reason", lang, skor=score, daftar="; ".join(said)))
    return reasons
