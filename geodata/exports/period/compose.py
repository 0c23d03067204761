"""Computes the report of a period: what changed, where, which KIM, who reported, and targets."""

from collections.abc import Sequence
from datetime import date

import geopandas as gpd
import numpy as np
import pandas as pd

from geodata.analysis.activity import status_matrix
from geodata.analysis.change import (
    ADDED,
    NOWHERE,
    STEPS,
    Development,
    Kind,
    change_between,
)
from geodata.analysis.region_metrics import totals
from geodata.boundaries.boundary_set import BoundarySet
from geodata.columns import column
from geodata.exports.briefing.compose import sources_in_words
from geodata.exports.briefing.model import Figure
from geodata.exports.file_names import named
from geodata.exports.map_picture import map_picture, widened
from geodata.exports.period.model import MOST_ROWS, PeriodReport, Section
from geodata.lines import short_line
from geodata.provenance import Sidecar
from geodata.regions import Level, level_of
from geodata.registry.snapshot import Snapshot
from geodata.targets.region_target import RegionTarget
from geodata.targets.standing import as_shown, standings
from geodata.text import number, text
from geodata.view import palette
from geodata.view.change_map import ChangeClass, change_classes, signed
from geodata.view.change_words import change_in_words, changed_regions, days_in_words
from geodata.view.view import View
from geodata.view.words import (
    as_of_in_words,
    figure_in_words,
    filter_in_words,
    level_name,
    region_path,
    region_title,
)

_FRAME = 1.7  # width to height of the picture
_PICTURE_PX = 1_400


def make_period_report(
    snapshots: tuple[Snapshot, Snapshot],
    days: tuple[date, date],
    view: View,
    boundaries: BoundarySet,
    targets: Sequence[RegionTarget],
    sources: Sequence[Sidecar],
) -> PeriodReport:
    """Compute the report of the region of a view.

    Parameters
    ----------
    snapshots, days
        The registry as of the two days, the earlier first.
    view
        Its region, filter and language count.
    targets
        Those of the region and inside it; the report tells of those of the later day's year.
    sources
        Sidecars of the data that the figures rest on.

    Raises
    ------
    RegionError
        If the gazetteer has no region ``view.region``.
    """
    start, end = snapshots
    gazetteer, lang, region = end.gazetteer, view.lang, view.region
    where = short_line(region_title(gazetteer, region, lang))
    development = change_between(start, end, view.kim_filter)
    counts = development.steps(region)
    level = Level.PROVINSI if region is None else level_of(region).child or Level.DESA
    table = development.by_region(level, region)
    classes = change_classes(table, lang)
    now = totals(end, view.kim_filter, region)
    net = counts["akhir"] - counts["awal"]
    figures = (
        *(
            Figure(column(name).title(lang), number(counts[name], lang))
            for name in ("awal", "akhir")
        ),
        Figure(column("selisih").title(lang), signed(net, lang)),
        Figure(column("cakupan").title(lang), figure_in_words(now, "cakupan", lang, 1)),
    )
    sections = (
        _steps(counts, lang),
        _by_region(table, level, lang),
        *_kim(development, view),
        *_reporting(snapshots, region, lang),
        *_targets(end, view, [it for it in targets if it.year == days[1].year]),
        *_status(snapshots, region, lang),
    )
    return PeriodReport(
        name=f"laporan-{named('', region, view.kim_filter, end).strip('-')}-dari-{days[0]}",
        lang=lang,
        title=where,
        period=days_in_words(days, lang),
        counted=short_line(
            f"{region_path(gazetteer, region, lang)} · {filter_in_words(view.kim_filter, lang)}",
            longest=300,
        ),
        line=short_line(change_in_words(counts, days, where, lang), longest=1_000),
        standing=_reported(snapshots, region, where, lang),
        figures=figures,
        picture_title=text("perkembangan.place.title", lang, tingkat=level_name(level, lang)),
        picture=_picture(table, classes, level, region, boundaries),
        legend=tuple(it.legend for it in classes),
        sections=sections,
        notes=_notes(snapshots, view, boundaries),
        sources=tuple(
            short_line(line, longest=400) for line in sources_in_words(boundaries, sources, lang)
        ),
    )


def _notes(
    snapshots: tuple[Snapshot, Snapshot], view: View, boundaries: BoundarySet
) -> tuple[str, ...]:
    lang = view.lang
    notes = [
        text("manifest.illustrative", lang) if snapshots[1].illustrative else "",
        text("app.approximate", lang) if boundaries.approximate else "",
        *(as_of_in_words(it, view.region, lang) for it in snapshots if it.as_of),
        "" if view.kim_filter.status else text("perkembangan.open_only", lang),
    ]
    return tuple(dict.fromkeys(filter(None, notes)))


def _steps(counts: dict[str, int], lang: str) -> Section:
    taken = ["awal", *(step for step in STEPS if counts[step]), "akhir"]
    table = pd.DataFrame(
        {
            "uraian": [column(name).title(lang) for name in taken],
            "kim": [
                counts[name] if name in ADDED or name not in STEPS else -counts[name]
                for name in taken
            ],
        }
    )
    return _section("steps", "", table, lang)


def _by_region(table: pd.DataFrame, level: Level, lang: str) -> Section:
    shown = changed_regions(table)
    title = text("perkembangan.by_region", lang, tingkat=level_name(level, lang))
    return Section(
        text("laporan.region.sheet", lang),
        title,
        _lead(text("perkembangan.not_reported", lang), len(shown), lang),
        shown,
    )


def _kim(development: Development, view: View) -> list[Section]:
    """Return the KIM behind the numbers."""
    lang, gazetteer = view.lang, development.end.gazetteer
    rows = development.rows(within=view.region)
    if rows.empty:
        return []
    codes = gazetteer.codes(Level.DESA)
    told = []
    for kind, dari, ke, baris in rows[["kind", "dari", "ke", "baris"]].itertuples(index=False):
        snapshot = development.start if kind == Kind.DIHAPUS else development.end
        places = [
            region_path(gazetteer, str(codes[at]), lang) for at in (dari, ke) if at != NOWHERE
        ]
        step = kind if kind in STEPS else f"{kind}_masuk"
        kim = snapshot.kim.iloc[baris]
        name, number_ = kim["nama_kim"], kim["nomor_induk"]
        told.append((column(step).title(lang), name, number_, " → ".join(places)))
    names = ["uraian", "nama_kim", "nomor_induk", "wilayah"]
    table = pd.DataFrame(told, columns=names)
    return [_section("kim", "", table, lang)]


def _reporting(
    snapshots: tuple[Snapshot, Snapshot], region: str | None, lang: str
) -> list[Section]:
    """Return the kabupaten/kota that had not reported by the later day."""
    level, end = Level.KABUPATEN_KOTA, snapshots[1]
    if region and level_of(region).is_below(level):
        return []
    scope = end.gazetteer.within(level, region)
    silent = ~end.reported(level)[scope]
    if not silent.any():
        return []
    table = end.gazetteer.tables[level].iloc[scope][["kode", "nama"]][silent]
    return [_section("silent", "", table.reset_index(drop=True), lang)]


def _reported(
    snapshots: tuple[Snapshot, Snapshot], region: str | None, where: str, lang: str
) -> tuple[str, ...]:
    level = Level.KABUPATEN_KOTA
    if region and not level.is_below(level_of(region)):
        return ()
    scope = snapshots[1].gazetteer.within(level, region)
    before, after = (int(it.reported(level)[scope].sum()) for it in snapshots)
    said = {"jumlah": number(scope.stop - scope.start, lang), "wilayah": where}
    said |= {"awal": number(before, lang), "akhir": number(after, lang)}
    return (text("laporan.reported", lang, **said),)


def _targets(end: Snapshot, view: View, targets: Sequence[RegionTarget]) -> list[Section]:
    if not targets:
        return []
    country = region_title(end.gazetteer, None, view.lang)
    table = as_shown(standings(end, view.kim_filter, targets), country)
    lead = text("sasaran.note", view.lang)
    return [_section("targets", lead, table.drop(columns="tahun"), view.lang)]


def _status(snapshots: tuple[Snapshot, Snapshot], region: str | None, lang: str) -> list[Section]:
    """Return the statuses at either day, where both have a version of the registry."""
    start, end = snapshots
    if not (start.revision and end.revision):
        return []
    return [_section("status", "", status_matrix(start, end, region), lang)]


def _section(name: str, lead: str, table: pd.DataFrame, lang: str) -> Section:
    title = text(f"laporan.{name}.title", lang)
    return Section(text(f"laporan.{name}.sheet", lang), title, _lead(lead, len(table), lang), table)


def _lead(lead: str, rows: int, lang: str) -> str:
    """Return what is said above a table, and that it is cut where it is."""
    cut = ""
    if rows > MOST_ROWS:
        figures = {"jumlah": number(MOST_ROWS, lang), "semua": number(rows, lang)}
        cut = text("laporan.cut", lang, **figures)
    return " ".join(filter(None, [lead, cut]))


def _picture(
    table: pd.DataFrame,
    classes: Sequence[ChangeClass],
    level: Level,
    region: str | None,
    boundaries: BoundarySet,
) -> bytes:
    fills = np.full(len(table), palette.ZERO, dtype=object)
    hatched = np.zeros(len(table), bool)
    for it in classes:
        fills[it.rows], hatched[it.rows] = it.legend.fill, bool(it.legend.hatch)
    bounds = widened(boundaries.bounds(region), _FRAME)
    drawn = boundaries.is_drawn(level, table["kode"])
    if region is None:
        simplified = boundaries.simplified(level, None)
        regions = simplified[simplified["kode"].isin(table["kode"][drawn])]
        land = boundaries.simplified(Level.PROVINSI, None)
    else:
        regions = gpd.GeoDataFrame(geometry=boundaries.polygons_of(level, table["kode"][drawn]))
        around = boundaries.in_sight(Level.PROVINSI, bounds)
        land = gpd.GeoDataFrame(geometry=boundaries.polygons_of(Level.PROVINSI, around))
    return map_picture(
        regions,
        fills[drawn],
        hatched[drawn],
        land,
        bounds,
        land_colour=palette.LAND,
        sea_colour=palette.SEA,
        border_colour=palette.BORDERS[Level.PROVINSI],
        longest_px=_PICTURE_PX,
    )
