"""The report of the two days on the page Perkembangan, as files."""

from datetime import date

import streamlit as st

from dashboard import data
from dashboard.frame.markdown import say
from dashboard.workshop import pack_button
from geodata.exports.briefing.pack import zipped
from geodata.exports.manifest import sources_of
from geodata.exports.period.compose import make_period_report
from geodata.exports.period.written import report_files
from geodata.registry.snapshot import Snapshot
from geodata.targets.keeping import load_targets
from geodata.targets.region_target import RegionTarget
from geodata.text import text
from geodata.view.view import View
from geodata.view.words import region_title

Snapshots = tuple[Snapshot, Snapshot]


def draw(view: View, snapshots: Snapshots, days: tuple[date, date]) -> None:
    """Draw the button that makes the report of the view's region, and its download."""
    lang = view.lang
    st.header(text("laporan.heading", lang))
    where = region_title(data.gazetteer(), view.region, lang)
    st.markdown(say("laporan.lead", lang, wilayah=where))
    targets = load_targets(view.region)
    versions = (*(it.version for it in snapshots), data.boundaries().version)
    pack_button.draw(
        "laporan",
        ":material/summarize:",
        (*versions, view, days, targets),
        lambda: _pack(view, snapshots, days, targets),
        lang,
    )


def _pack(
    view: View, snapshots: Snapshots, days: tuple[date, date], targets: tuple[RegionTarget, ...]
) -> pack_button.Pack:
    sources = sources_of(snapshots[1])
    report = make_period_report(snapshots, days, view, data.boundaries(), targets, sources)
    return report.name, zipped(report_files(report))
