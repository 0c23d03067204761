"""Regions, filters and figures put into words, in the language of the reader."""

import pandas as pd

from geodata.analysis.map_metrics import MAP_METRICS, MapMetric
from geodata.analysis.metrics import Totals
from geodata.gazetteer import Gazetteer
from geodata.regions import Level, ancestor, desa_kind, level_of, lineage
from geodata.registry.snapshot import KimFilter
from geodata.text import number, percent, text

_NAMED_AT_MOST = 3


def region_title(gazetteer: Gazetteer, code: str | None, lang: str) -> str:
    """Return a region's name with its kind: ``Kecamatan Wajak``, ``Kelurahan Sisir``.

    Names of kabupaten and kota carry their kind already.
    """
    if code is None:
        return text("region.indonesia", lang)
    level, name = level_of(code), gazetteer.name(code)
    if level is Level.KABUPATEN_KOTA or (level is Level.DESA and name.startswith("Desa Adat")):
        return name
    kind = desa_kind(code) if level is Level.DESA else level.value
    return text(f"region.{kind}", lang, nama=name)


def region_path(gazetteer: Gazetteer, code: str | None, lang: str) -> str:
    """Return a region and those above it: ``Kecamatan Wajak, Kabupaten Malang, Jawa Timur``."""
    if code is None:
        return region_title(gazetteer, None, lang)
    above = [gazetteer.name(step) for step in reversed(lineage(code)[:-1])]
    return ", ".join([region_title(gazetteer, code, lang), *above])


def level_name(level: Level, lang: str) -> str:
    """Return what regions of a level are called: ``kabupaten/kota``."""
    return text(f"level.{level.value}", lang)


def metric_value(metric: str, value: float, lang: str) -> str:
    """Write a figure as its legend does: ``1.031``, ``1,23%`` or ``12,14``; a dash for no data.

    Parameters
    ----------
    metric
        A name of ``MAP_METRICS`` whose values are numbers or shares.
    """
    if pd.isna(value):
        return "–"
    known = MAP_METRICS[metric]
    if known.kind == "share":
        return percent(value, lang, known.decimals - 2)
    return number(value, lang, known.decimals)


def filter_in_words(kim_filter: KimFilter, lang: str) -> str:
    """Return the filter as a phrase: ``bidang UMKM atau Pariwisata; status aktif``."""
    parts = []
    if kim_filter.bidang:
        joiner = f" {text(f'filter.join.{kim_filter.mode}', lang)} "
        fields = joiner.join(text(f"bidang.{name}", lang) for name in kim_filter.bidang)
        parts.append(text("filter.bidang", lang, bidang=fields))
    if kim_filter.status:
        joiner = f" {text('filter.join.salah_satu', lang)} "
        statuses = joiner.join(text(f"status.{name}", lang).lower() for name in kim_filter.status)
        parts.append(text("filter.status", lang, status=statuses))
    if kim_filter.tahun:
        first, last = kim_filter.tahun
        years = str(first) if first == last else f"{first}–{last}"
        parts.append(text("filter.tahun", lang, tahun=years))
    return "; ".join(parts) or text("filter.none", lang)


def summary(
    gazetteer: Gazetteer,
    metrics: pd.DataFrame,
    totals: Totals,
    *,
    code: str | None,
    level: Level,
    metric: str,
    kim_filter: KimFilter,
    lang: str,
) -> str:
    """Return one paragraph that says what a map of ``metrics`` shows.

    Parameters
    ----------
    metrics
        The regions on the map, as ``map_table`` returns them.
    totals
        The figures of the whole region ``code`` (``None``: Indonesia).
    metric
        The metric on the map; the regions highest in it, or those of each category, are named.
    """
    figures = {
        "wilayah": region_path(gazetteer, code, lang),
        "kim": number(totals.jumlah_kim, lang),
        "terlayani": number(totals.desa_terlayani, lang),
        "desa": number(totals.jumlah_desa, lang),
        "cakupan": percent(totals.cakupan, lang),
    }
    alone = totals.jumlah_desa == 1
    sentences = [text("summary.desa" if alone else "summary.totals", lang, **figures)]
    if not alone:
        sentences += _about_parts(gazetteer, metrics, code, level, metric, lang)
    if kim_filter != KimFilter():
        sentences.append(text("summary.filter", lang, filter=filter_in_words(kim_filter, lang)))
    return " ".join(sentences)


def _about_parts(
    gazetteer: Gazetteer,
    metrics: pd.DataFrame,
    code: str | None,
    level: Level,
    metric: str,
    lang: str,
) -> list[str]:
    parts = level_name(level, lang)
    empty = int((metrics["jumlah_kim"] == 0).sum())
    if empty == len(metrics):
        return [text("summary.all_empty", lang, jumlah=number(empty, lang), tingkat=parts)]
    known = MAP_METRICS[metric]
    if known.kind == "category":
        sentences = _about_categories(gazetteer, metrics, code, level, known, lang)
    else:
        ranked = metrics.sort_values(metric, ascending=False, kind="stable")
        most = ranked[ranked[metric] > 0].head(_NAMED_AT_MOST)
        names = [
            f"{_told_apart(gazetteer, kode, code, level)} ({metric_value(metric, value, lang)})"
            for kode, value in zip(most["kode"], most[metric], strict=True)
        ]
        sentences = [text(f"summary.most.{metric}", lang, daftar="; ".join(names))] if names else []
    key = "summary.some_empty" if empty else "summary.none_empty"
    sentences.append(
        text(
            key,
            lang,
            kosong=number(empty, lang),
            jumlah=number(len(metrics), lang),
            tingkat=parts,
        )
    )
    return sentences


def _about_categories(
    gazetteer: Gazetteer,
    metrics: pd.DataFrame,
    code: str | None,
    level: Level,
    metric: MapMetric,
    lang: str,
) -> list[str]:
    """Name, for each category that says something, how many regions are in it and some of them."""
    sentences = []
    for category in metric.categories:
        found = metrics[metrics[metric.name] == category]
        if category in metric.plain or found.empty:
            continue
        names = [_told_apart(gazetteer, kode, code, level) for kode in found["kode"]]
        listed = ", ".join(names[:_NAMED_AT_MOST])
        if len(names) > _NAMED_AT_MOST:
            more = number(len(names) - _NAMED_AT_MOST, lang)
            listed = text("summary.and_more", lang, daftar=listed, jumlah=more)
        sentences.append(
            text(
                "summary.category",
                lang,
                kelas=text(f"klaster.{category}", lang),
                jumlah=number(len(found), lang),
                tingkat=level_name(level, lang),
                daftar=listed,
            )
        )
    return sentences or [text("summary.no_category", lang)]


def _told_apart(gazetteer: Gazetteer, kode: str, scope: str | None, level: Level) -> str:
    """Name a kecamatan or desa with its kabupaten/kota, unless all of them lie in one."""
    kabupaten = Level.KABUPATEN_KOTA
    wide = scope is None or kabupaten.is_below(level_of(scope))
    if wide and level.is_below(kabupaten):
        return f"{gazetteer.name(kode)}, {gazetteer.name(ancestor(kode, kabupaten))}"
    return gazetteer.name(kode)
