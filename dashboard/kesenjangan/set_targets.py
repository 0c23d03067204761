"""Targets that were set: where each stands to the month, what is missing, and their history."""

from dataclasses import replace

import pandas as pd
import streamlit as st

from dashboard import data, permission
from dashboard.frame import tables, widgets
from dashboard.frame.markdown import say
from dashboard.kesenjangan import target_entry
from dashboard.kesenjangan.gaps_settings import GAPS, GapsSettings
from dashboard.workshop.kept import kept
from geodata.days import office_time
from geodata.people.rights import Right
from geodata.regions import Level, level_of
from geodata.registry.personal import without_personal
from geodata.registry.snapshot import KimFilter
from geodata.targets.keeping import Entry, load_history, load_targets
from geodata.targets.region_target import MINIMUM, RegionTarget, TargetKind
from geodata.targets.standing import SET_STANDINGS, as_shown, standings
from geodata.text import day, number, text
from geodata.view.view import View
from geodata.view.words import level_name, region_title

_HISTORY = 200  # lines


def draw(view: View, settings: GapsSettings) -> None:
    """Draw the targets of a year in the view's region, the forms for whoever may, and the past."""
    lang, snapshot = view.lang, data.snapshot(view)
    where = region_title(data.gazetteer(), view.region, lang)
    this_year = int(snapshot.date[:4])
    targets = load_targets(view.region)
    year = settings.tenggat or this_year
    st.markdown(say("sasaran.lead", lang, wilayah=where, hari=day(snapshot.date, lang)))
    _choose_year(sorted({target.year for target in targets} | {year, this_year}), year, lang)
    _say_minimum(view, where, year)
    of_year = tuple(target for target in targets if target.year == year)
    if of_year:
        _show_standing(view, where, of_year)
    else:
        st.info(say("sasaran.none", lang, tahun=str(year), wilayah=where), icon=":material/flag:")
    if permission.may(Right.SASARAN, view.region):
        target_entry.draw_form(view, where, year, of_year)
    if permission.may_somewhere(Right.SASARAN):
        target_entry.draw_file(view, year)
    elif not targets:
        st.caption(text("sasaran.none_reader", lang))
    _show_history(view)


def _choose_year(years: list[int], year: int, lang: str) -> None:
    st.selectbox(
        text("sasaran.year", lang),
        years,
        width=180,
        **widgets.bound_own(
            GAPS, "sasaran-tahun", year, lambda now, chosen: replace(now, tenggat=chosen)
        ),
    )


def _say_minimum(view: View, where: str, year: int) -> None:
    """Say how many kecamatan lack the KIM that each is to have."""
    region = view.region
    if region and not Level.KECAMATAN.is_below(level_of(region)):
        return
    target = RegionTarget(region or "", year, TargetKind.BAGIAN_KECAMATAN, MINIMUM)
    (row,) = _standing(view, (target,)).to_dict("records")
    if not pd.isna(row["sasaran"]):
        told = {name: number(row[name], view.lang) for name in ("tercapai", "kurang")}
        jumlah = number(row["sasaran"], view.lang)
        st.markdown(
            say("sasaran.minimum_standing", view.lang, **told, jumlah=jumlah, wilayah=where)
        )


def _standing(view: View, targets: tuple[RegionTarget, ...]) -> pd.DataFrame:
    return kept(standings, data.snapshot(view), view.kim_filter, targets)


def _show_standing(view: View, where: str, targets: tuple[RegionTarget, ...]) -> None:
    lang = view.lang
    country = region_title(data.gazetteer(), None, lang)
    table = as_shown(_standing(view, targets), country)
    counts = table["posisi"].value_counts()
    with st.container(horizontal=True):
        for standing in SET_STANDINGS:
            if standing in counts:
                st.metric(
                    text(f"posisi.{standing}", lang),
                    number(int(counts[standing]), lang),
                    border=True,
                )
    tables.show_table(table.drop(columns="tahun"), "sasaran-ditetapkan", lang)
    st.caption(text("sasaran.note", lang))
    if view.kim_filter != KimFilter():
        st.caption(text("sasaran.filtered", lang))
    _say_without(view, where, targets)
    with st.container(horizontal=True):
        tables.downloads(lambda: {text("celah.sasaran", lang): table}, "sasaran-ditetapkan", view)


def _say_without(view: View, where: str, targets: tuple[RegionTarget, ...]) -> None:
    """Say how many of the regions right below have no target of new KIM."""
    below = data.gazetteer().children(view.region)["kode"]
    level = level_of(str(below.iat[0])) if len(below) else Level.DESA
    if level is Level.DESA:
        return
    have = {it.region for it in targets if it.kind is TargetKind.KIM_BARU}
    without = int((~below.isin(have)).sum())
    if without:
        told = {"jumlah": number(without, view.lang), "semua": number(len(below), view.lang)}
        told |= {"tingkat": level_name(level, view.lang), "wilayah": where}
        st.caption(say("sasaran.without", view.lang, **told, tahun=str(targets[0].year)))


def _show_history(view: View) -> None:
    entries = load_history(view.region)
    if entries:
        with st.expander(text("sasaran.history", view.lang), icon=":material/history:"):
            rows = [_told(entry, view.lang) for entry in entries[:_HISTORY]]
            tables.show_table(pd.DataFrame(rows), "sasaran-riwayat", view.lang)


def _told(entry: Entry, lang: str) -> dict[str, object]:
    region = entry.region or None
    gone = text("sasaran.withdrawn", lang)
    by = text("sasaran.typed", lang)
    return {
        "waktu": office_time(entry.at),
        "nama": region_title(data.gazetteer(), region, lang),
        "tahun": entry.year,
        "sasaran_untuk": str(entry.kind),
        "nilai_sasaran": gone if entry.value is None else entry.kind.written(entry.value),
        "siapa": entry.who if permission.may(Right.LOG, region) else "",
        "berkas": without_personal(entry.file_name) if entry.file_name else by,
    }
