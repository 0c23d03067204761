"""What a map shows, as a paragraph: the figures of its region, and which parts stand out."""

import pandas as pd

from geodata.analysis.region_metrics import Totals, is_unreported
from geodata.gazetteer import Gazetteer
from geodata.regions import Level, ancestor, level_of
from geodata.registry.snapshot import KimFilter
from geodata.text import number, text
from geodata.view.conditions import conditions_in_words, without_meaning
from geodata.view.view import View
from geodata.view.words import (
    absence_in_words,
    filter_in_words,
    level_name,
    scope_of_totals,
    totals_in_words,
)

_NAMED_AT_MOST = 3


def view_summary(gazetteer: Gazetteer, table: pd.DataFrame, totals: Totals, view: View) -> str:
    """Return one paragraph that says what a map of ``view`` shows.

    Parameters
    ----------
    table
        The regions on the map, as ``metric_table`` returns them for the metric that is shown; the
        regions highest in it, or those of each category, are named.
    totals
        The figures of the whole region.
    """
    lang = view.lang
    alone = totals.jumlah_desa == 1
    sentences = [totals_in_words(gazetteer, view.region, totals, alone=alone, lang=lang)]
    sentences += scope_of_totals(totals, view.kim_filter, lang)
    if not alone:
        sentences += _about_conditions(gazetteer, table, view)
        sentences += _about_parts(gazetteer, table, view)
    if view.kim_filter != KimFilter():
        words = filter_in_words(view.kim_filter, lang, totals.tanpa_tahun)
        sentences.append(text("summary.filter", lang, filter=words))
    return " ".join(sentences)


def _about_conditions(gazetteer: Gazetteer, table: pd.DataFrame, view: View) -> list[str]:
    """Say how many regions meet the conditions, and which of these say nothing of this level."""
    lang, level = view.lang, view.shown_level
    scope = gazetteer.within(level, view.scope)
    said = ""
    if words := conditions_in_words(view.conditions, level, lang):
        counts = {
            "jumlah": number(len(table), lang),
            "semua": number(scope.stop - scope.start, lang),
        }
        tingkat = level_name(level, lang)
        said = text("summary.conditions", lang, **counts, tingkat=tingkat, syarat=words)
    return list(filter(None, [said, without_meaning(view.conditions, level, lang)]))


def _about_parts(gazetteer: Gazetteer, table: pd.DataFrame, view: View) -> list[str]:
    """Say which parts have most of what is shown, and how many have no KIM."""
    lang, metric = view.lang, view.shown_metric
    empty, reported = int((table["jumlah_kim"] == 0).sum()), int((~is_unreported(table)).sum())
    sentences: list[str] = []
    if not metric.of_kim or empty < reported:  # else each would have none of it
        sentences = _about_metric(gazetteer, table, view)
    if not reported:
        return sentences
    absence = absence_in_words(empty, reported, len(table), view.shown_level, view.kim_filter, lang)
    return [*sentences, absence, *_only_on_paper(table, view)]


def _about_metric(gazetteer: Gazetteer, table: pd.DataFrame, view: View) -> list[str]:
    lang, metric = view.lang, view.shown_metric
    if metric.categories:
        return (_counts_of_categories if metric.sources else _about_categories)(
            gazetteer, table, view
        )
    ranked = table.sort_values(metric.name, ascending=False, kind="stable")
    above = ranked[metric.name] > 0 if metric.has_zero else ranked[metric.name].notna()
    most = ranked[above].head(_NAMED_AT_MOST)
    named = [
        f"{_told_apart(gazetteer, kode, view)} ({metric.written(value, lang)})"
        for kode, value in zip(most["kode"], most[metric.name], strict=True)
    ]
    return [metric.most("; ".join(named), lang)] if named else []


def _only_on_paper(table: pd.DataFrame, view: View) -> list[str]:
    """Say how many regions have KIM of which none is active, where there are some."""
    if "desa_aktif" not in table:
        return []
    count = int(((table["jumlah_kim"] > 0) & (table["desa_aktif"] == 0)).sum())
    if not count:
        return []
    tingkat = level_name(view.shown_level, view.lang)
    return [
        text("summary.none_active", view.lang, jumlah=number(count, view.lang), tingkat=tingkat)
    ]


def _about_categories(gazetteer: Gazetteer, table: pd.DataFrame, view: View) -> list[str]:
    """Name, for each category that says something, how many regions are in it and some of them."""
    lang, metric = view.lang, view.shown_metric
    sentences = []
    for category in metric.categories:
        members = table[table[metric.name] == category.name]
        if category.plain or members.empty:
            continue
        named = [_told_apart(gazetteer, kode, view) for kode in members["kode"]]
        listed = ", ".join(named[:_NAMED_AT_MOST])
        if len(named) > _NAMED_AT_MOST:
            more = number(len(named) - _NAMED_AT_MOST, lang)
            listed = text("summary.and_more", lang, daftar=listed, jumlah=more)
        sentences.append(
            text(
                "summary.category",
                lang,
                kelas=category.title(lang),
                jumlah=number(len(members), lang),
                tingkat=level_name(view.shown_level, lang),
                daftar=listed,
            )
        )
    return sentences or [text("summary.no_category", lang)]


def _counts_of_categories(_: Gazetteer, table: pd.DataFrame, view: View) -> list[str]:
    """Say how many regions are in each category of an indicator, and of how many nobody knows."""
    lang, metric = view.lang, view.shown_metric
    counts = table[metric.name].value_counts()
    tingkat = level_name(view.shown_level, lang)
    told = [
        f"{category.title(lang)} {number(counts[category.name], lang)}"
        for category in metric.categories
        if counts.get(category.name)
    ]
    listed = {"nama": metric.title(lang), "daftar": ", ".join(told), "tingkat": tingkat}
    unknown = int(table[metric.name].isna().sum())
    missing = {"jumlah": number(unknown, lang), "tingkat": tingkat}
    return [
        *([text("summary.categories", lang, **listed)] if told else []),
        *([text("summary.no_data_of", lang, **missing)] if unknown else []),
    ]


def _told_apart(gazetteer: Gazetteer, kode: str, view: View) -> str:
    """Name a kecamatan or desa with its kabupaten/kota, unless all of them lie in one."""
    kabupaten = Level.KABUPATEN_KOTA
    wide = view.region is None or kabupaten.is_below(level_of(view.region))
    if wide and view.shown_level.is_below(kabupaten):
        return f"{gazetteer.name(kode)}, {gazetteer.name(ancestor(kode, kabupaten))}"
    return gazetteer.name(kode)
