"""Where the next KIM of a region should be, for its briefing: a table, a sentence and marks."""

from typing import Any

from geodata.analysis.siting.plans import RADIUS_KM, SitingPlan, plan_siting
from geodata.exports.briefing.model import Site, Table
from geodata.lines import short_line
from geodata.registry.snapshot import Snapshot
from geodata.text import number, percent, text
from geodata.view.view import View

SITES = 10
_NAMES = ("urutan", "desa", "kecamatan", "kabupaten_kota")


def next_sites(snapshot: Snapshot, view: View) -> tuple[Table, tuple[Site, ...]]:
    """Return the :data:`SITES` places whose KIM would bring most desa within ``RADIUS_KM``.

    They are those of ``siting.plan_siting``, in the order to form them; places without a known
    point are in the table, but have no mark.
    """
    plan = plan_siting(
        snapshot, view.kim_filter, add=SITES, radius_km=RADIUS_KM, within=view.region
    )
    lang = view.lang
    records: list[dict[Any, Any]] = plan.table.to_dict("records")
    rows = tuple(
        (
            number(row["urutan"], lang),
            *(short_line(row[name]) for name in ("nama", "kecamatan", "kabupaten_kota")),
            number(row["tambahan"], lang),
            number(row["terlayani"], lang),
            percent(row["porsi"], lang, 2),
        )
        for row in records
    )
    headings = [text(f"column.{name}", lang) for name in _NAMES]
    headings += [text(f"briefing.{name}", lang) for name in ("more_near", "near", "share_near")]
    table = Table(
        text("briefing.sites", lang),
        _lead(plan, lang),
        tuple(headings),
        (True, False, False, False, True, True, True),
        rows,
    )
    sites = tuple(
        Site(number(row["urutan"], lang), short_line(row["nama"]), row["lat"], row["lng"])
        for row in records
        if row["lat"] == row["lat"]  # not NaN
    )
    return table, sites


def _lead(plan: SitingPlan, lang: str) -> str:
    key = "sites_lead" if len(plan.table) else "sites_none"
    return text(
        f"briefing.{key}",
        lang,
        km=number(RADIUS_KM, lang),
        baru=number(len(plan.table), lang),
        sebelum=number(plan.before, lang),
        sesudah=number(plan.after, lang),
        jumlah=number(plan.total, lang),
        batas=number(plan.bound, lang),
        seberang=number(plan.across_water, lang),
    )
