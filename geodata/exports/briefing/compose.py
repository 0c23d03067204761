"""Computes a briefing: figures, choropleths, ranking, gaps, fields, years and sources."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import geopandas as gpd
import pandas as pd

from geodata.analysis.coverage import coverage_by_region
from geodata.analysis.gaps import regions_without_kim
from geodata.analysis.region_metrics import (
    is_unreported,
    kim_by_bidang,
    kim_by_year,
    reported_regions,
    totals,
)
from geodata.boundaries.boundary_set import BoundarySet
from geodata.columns import COLUMNS, column
from geodata.errors import SelectionError
from geodata.exports.briefing.first_regions import first_regions
from geodata.exports.briefing.model import Briefing, BriefingLayer, Chart, Figure, Table
from geodata.exports.briefing.next_sites import next_sites
from geodata.lines import short_line
from geodata.provenance import Sidecar
from geodata.regions import LEVELS, Level, ancestor, level_of, parent
from geodata.registry.snapshot import Snapshot
from geodata.text import in_language, number, text
from geodata.view.choropleth import Layer, choropleth, layer_of
from geodata.view.conditions import notes_on
from geodata.view.metric import Metric
from geodata.view.metrics import ANYWHERE, BASIC_METRICS, MEASURES, METRICS
from geodata.view.rank_words import rank_in_words
from geodata.view.view import View
from geodata.view.words import (
    data_date_in_words,
    figure_in_words,
    filter_in_words,
    level_name,
    region_path,
    region_title,
    reporting_in_words,
    year_in_words,
)

_GAPS_AT_MOST = 100
_FIGURES = ("jumlah_kim", "cakupan", "cakupan_aktif", "kim_per_100_desa")
_LEVELS_OF_THE_COUNTRY = (Level.PROVINSI, Level.KABUPATEN_KOTA)


def make_briefing(
    snapshot: Snapshot, boundaries: BoundarySet, view: View, sources: Sequence[Sidecar]
) -> Briefing:
    """Compute the briefing of a region above desa.

    Parameters
    ----------
    sources
        Sidecars of the data that the figures rest on.

    Raises
    ------
    RegionError
        If the gazetteer has no region ``view.region``.
    SelectionError
        If the region is a desa, which has no parts, or ``view.level`` is not below it.
    """
    gazetteer, lang, region = snapshot.gazetteer, view.lang, view.region
    levels = briefing_levels(region)
    if not levels or view.level not in (None, *levels):
        raise SelectionError("briefing_level", region=region, level=view.level or Level.DESA)
    if view.metric not in MEASURES:
        view = replace(view, metric=ANYWHERE)
    view = replace(view, petak=False)
    parts = levels[0]
    shown = choropleth(replace(view, level=None), snapshot, boundaries)
    drawn = levels.index(view.level or parts)
    layers = tuple(
        _layer(snapshot, boundaries, replace(view, level=level), level) for level in levels
    )
    proposed, sites = next_sites(snapshot, view)
    notes = [
        text("manifest.illustrative", lang) if snapshot.illustrative else "",
        text("app.approximate", lang) if boundaries.approximate else "",
        reporting_in_words(shown.totals, lang),
        shown.layer.source(lang),
        *notes_on(view.conditions, layers[drawn].level, lang),
        layers[drawn].not_drawn,
    ]
    briefing = Briefing(
        code=region,
        lang=lang,
        title=short_line(region_title(gazetteer, region, lang)),
        region_path=short_line(region_path(gazetteer, region, lang)),
        counted=short_line(
            filter_in_words(view.kim_filter, lang, shown.totals.tanpa_tahun), longest=240
        ),
        as_of=data_date_in_words(snapshot, lang),
        line=short_line(shown.sentence, longest=1_000),
        standing=short_line(_standing(snapshot, view), longest=400),
        figures=(
            *(
                Figure(METRICS[name].title(lang), figure_in_words(shown.totals, name, lang, 2))
                for name in _FIGURES
            ),
            Figure(
                text("ringkasan.served", lang),
                figure_in_words(shown.totals, "desa_terlayani", lang),
            ),
            Figure(text("column.jumlah_desa", lang), number(shown.totals.jumlah_desa, lang)),
        ),
        layers=layers,
        drawn=drawn,
        ranking=_ranking(shown.layer, lang),
        gaps=_gaps(snapshot, view),
        priority=first_regions(snapshot, view, parts),
        next_sites=proposed,
        sites=sites,
        bidang=_by_bidang(snapshot, view),
        trend=_by_year(snapshot, view),
        notes=tuple(filter(None, notes)),
        sources=tuple(
            short_line(source, longest=400)
            for source in sources_in_words(boundaries, sources, lang)
        ),
    )
    return briefing if shown.totals.kabupaten_melapor else _unknown(briefing)


def _unknown(briefing: Briefing) -> Briefing:
    """Say of a region that has not reported that its counts are not known; they are not zero."""
    said = text("briefing.unknown", briefing.lang)
    return replace(
        briefing,
        ranking=replace(briefing.ranking, lead=said),
        gaps=replace(briefing.gaps, lead=said),
        priority=replace(briefing.priority, lead=said, rows=()),
        next_sites=replace(briefing.next_sites, lead=said),
        bidang=replace(briefing.bidang, note=said, categories=(), values=()),
        trend=replace(briefing.trend, note=said, categories=(), values=()),
    )


def briefing_levels(within: str | None) -> tuple[Level, ...]:
    """Return the levels that a briefing can draw: those below the region, two for Indonesia."""
    if within is None:
        return _LEVELS_OF_THE_COUNTRY
    return tuple(level for level in LEVELS if level.is_below(level_of(within)))


def _layer(snapshot: Snapshot, boundaries: BoundarySet, view: View, level: Level) -> BriefingLayer:
    lang = view.lang
    layer = layer_of(view, level, snapshot, boundaries)
    table = layer.table
    regions = gpd.GeoDataFrame(
        {
            "kode": table["kode"],
            "nama": [short_line(name) for name in table["nama"]],
            "fill": layer.row_fills,
            "hatched": layer.hatched,
            "line": [
                _figures_in_words(row, layer.metric, lang) for row in table.to_dict("records")
            ],
        },
        geometry=boundaries.polygons_of(level, table["kode"]),
        crs="EPSG:4326",
    )
    drawn = {"ukuran": layer.metric.title(lang), "tingkat": level_name(level, lang)}
    return BriefingLayer(
        level,
        text(f"level_title.{level}", lang),
        text("briefing.map", lang, **drawn),
        regions,
        layer.legend,
        layer.not_drawn_in_words(lang),
    )


def _figures_in_words(row: Mapping[Hashable, Any], metric: Metric, lang: str) -> str:
    of_kim = _kim_in_words(row, lang)
    if metric.basic or (metric.of_kim and pd.isna(row["jumlah_kim"])):
        return of_kim
    return f"{metric.title(lang)}: {metric.written(row[metric.name], lang)}; {of_kim}"


def _kim_in_words(row: Mapping[Hashable, Any], lang: str) -> str:
    if pd.isna(row["jumlah_kim"]):
        return text("map.not_reported", lang)
    every = text(
        "briefing.figures_of_region",
        lang,
        kim=number(row["jumlah_kim"], lang),
        terlayani=number(row["desa_terlayani"], lang),
        desa=number(row["jumlah_desa"], lang),
        cakupan=COLUMNS["cakupan"].written(row["cakupan"], lang),
    )
    if "desa_aktif" in row:
        share = COLUMNS["cakupan_aktif"].written(row["cakupan_aktif"], lang)
        active = text("map.active", lang, served=number(row["desa_aktif"], lang), share=share)
        every = f"{every}; {active}"
    return every


def _standing(snapshot: Snapshot, view: View) -> str:
    """Say which rank the region has among those beside it."""
    if view.region is None:
        return ""
    level, above = level_of(view.region), parent(view.region)
    beside = coverage_by_region(snapshot, view.kim_filter, level, above)
    return rank_in_words(beside, view.region, snapshot.gazetteer, view.kim_filter, view.lang)


def _ranking(layer: Layer, lang: str) -> Table:
    metric = layer.metric
    by, ascending = [metric.name, "jumlah_kim"], [not metric.high_is_good, False]
    known = layer.table[~is_unreported(layer.table)] if metric.of_kim else layer.table
    ranked = known.sort_values(by, ascending=ascending, kind="stable")
    counts = ("jumlah_kim", "desa_terlayani", "jumlah_desa")
    measures = [name for name in dict.fromkeys((*BASIC_METRICS, metric.name)) if name not in counts]
    rows = [
        (
            number(rank, lang),
            short_line(row["nama"]),
            *(column(name).written(row[name], lang) for name in (*counts, *measures)),
        )
        for rank, row in enumerate(ranked.to_dict("records"), start=1)
    ]
    names = ("nama", *counts, *measures)
    return Table(
        text("briefing.ranking", lang, tingkat=level_name(layer.level, lang)),
        text("briefing.ranking_lead", lang, ukuran=metric.title(lang)),
        (text("briefing.rank", lang), *(column(name).title(lang) for name in names)),
        (True, False, *[True] * (len(names) - 1)),
        tuple(rows),
    )


def _gaps(snapshot: Snapshot, view: View) -> Table:
    lang, within = view.lang, view.region
    in_kecamatan = within is not None and level_of(within) is Level.KECAMATAN
    level = Level.DESA if in_kecamatan else Level.KECAMATAN
    empty = regions_without_kim(snapshot, view.kim_filter, level, within)
    most = empty.sort_values("jumlah_desa", ascending=False, kind="stable").head(_GAPS_AT_MOST)
    figures = {
        "kosong": number(len(empty), lang),
        "jumlah": number(reported_regions(snapshot, level, within), lang),
        "tingkat": level_name(level, lang),
    }
    lead = text("briefing.gaps_lead", lang, **figures)
    if reporting := reporting_in_words(totals(snapshot, view.kim_filter, within), lang):
        lead += " " + reporting
    if len(empty) > len(most):
        lead += " " + text("briefing.gaps_most", lang, paling=number(len(most), lang))
    # Inside one kabupaten/kota its name would stand in every row.
    wide = within is None or level_of(within) is Level.PROVINSI
    kabupaten = (
        short_line(snapshot.gazetteer.name(ancestor(code, Level.KABUPATEN_KOTA)))
        for code in most["kode"]
    )
    rows = tuple(
        (
            row["kode"],
            short_line(row["nama"]),
            *([above] if wide else []),
            number(row["jumlah_desa"], lang),
        )
        for row, above in zip(most.to_dict("records"), kabupaten, strict=True)
    )
    names = ("kode", "nama", *(["kabupaten_kota"] if wide else []), "jumlah_desa")
    return Table(
        text("briefing.gaps", lang, tingkat=level_name(level, lang)),
        lead,
        tuple(text(f"column.{name}", lang) for name in names),
        (*[False] * (len(names) - 1), True),
        rows,
    )


def _by_bidang(snapshot: Snapshot, view: View) -> Chart:
    counts = kim_by_bidang(snapshot, view.kim_filter, view.region)
    counts = counts.sort_values(ascending=False, kind="stable")
    return Chart(
        text("ringkasan.by_bidang", view.lang),
        text("ringkasan.by_bidang_note", view.lang),
        tuple(text(f"bidang.{name}", view.lang) for name in counts.index),
        tuple(counts.tolist()),
    )


def _by_year(snapshot: Snapshot, view: View) -> Chart:
    counts = kim_by_year(snapshot, view.kim_filter, view.region)
    return Chart(
        text("ringkasan.by_year", view.lang),
        "",
        tuple(year_in_words(year, view.lang) for year in counts.index),
        tuple(counts.tolist()),
    )


def sources_in_words(boundaries: BoundarySet, sources: Sequence[Sidecar], lang: str) -> list[str]:
    """Say where data and boundaries come from, a line each."""
    about = boundaries.manifest
    lines = [
        f"{in_language(source.description, lang)}. {source.date}. "
        f"{in_language(source.licence, lang)}"
        for source in sources
    ]
    titled = " ".join(filter(None, [in_language(about.title, lang), about.vintage]))
    origins = "; ".join(
        f"{in_language(source.producer, lang)} ({in_language(source.licence, lang)})"
        for source in about.sources
    )
    return [*lines, ". ".join(filter(None, [titled, origins, about.licence]))]
