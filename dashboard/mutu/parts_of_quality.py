"""Parts of the page Mutu data: how KIM were placed, what is missing and stale, points outside."""

from dataclasses import replace

import altair as alt
import pandas as pd
import streamlit as st

from dashboard import data
from dashboard.charts import drawing
from dashboard.charts.style import LEGEND, localised
from dashboard.frame import tables
from dashboard.frame.markdown import say
from dashboard.mutu import doubt_map
from dashboard.workshop.kept import kept
from geodata.analysis.quality import UNPLACED, WAYS, way
from geodata.columns import column
from geodata.matching.candidate import Method
from geodata.registry.database.placement_quality import EXPECTED
from geodata.registry.snapshot import KimFilter
from geodata.text import day, in_language, number, percent, text
from geodata.view.view import View
from geodata.view.words import level_name
from geodata.village_points import FAR_KM, misplaced_desa

_REGIONS_CHARTED = 15
_ROW_PX = 22
_LACKS = [f"kosong_{name}" for name in EXPECTED]
_SHARE_AXIS, _WHOLE = alt.Axis(format=".0%"), alt.Scale(domain=[0, 1])
_NAME_AXIS = alt.Axis(labelLimit=220, labelOverlap=False)
# Okabe and Ito (2008), safe for colour-blind readers; what leaves a doubt is warm.
_COLOURS = {
    way(Method.KODE): "#0072b2",
    way(Method.KODE_LAMA): "#56b4e9",
    way(Method.KODE_BPS): "#9fd3f0",
    way(Method.NAMA): "#009e73",
    way(Method.NAMA_LAMA): "#4cbb9d",
    way(Method.ALIAS): "#7fceb5",
    way(Method.PILIHAN): "#5b6770",
    way(Method.NAMA_MIRIP): "#f0e442",
    way(Method.KOORDINAT): "#e69f00",
    UNPLACED: "#d55e00",
}


def show_placing(quality: pd.DataFrame, far: pd.DataFrame | None, view: View) -> None:
    """Draw by region how the desa of KIM were found: map, chart, table."""
    lang, level = view.lang, view.shown_level
    st.header(text("mutu.place.heading", lang))
    st.caption(text("mutu.place.note", lang))
    doubt_map.draw(view, quality, far)
    if data.boundaries().approximate:
        st.caption(text("app.approximate", lang))
    if quality["baris_dinilai"].any():
        heading = text("mutu.place.chart", lang)
        st.markdown(f"**{heading}**")
        alt_text = text("chart.in_table", lang, judul=heading)
        drawing.draw(_by_way, quality, lang, alt=alt_text)
    columns = ["kode", "nama", "baris_dinilai", *WAYS, UNPLACED, "ragu", "bagian_ragu"]
    title = say("mutu.place.table", lang, tingkat=level_name(level, lang))
    _table(quality[columns], "kecocokan", title, view)


def show_fields(quality: pd.DataFrame, totals: pd.Series, stale_before: str, view: View) -> None:
    """Draw what the rows of KIM lack, and which are stale."""
    lang = view.lang
    st.header(text("mutu.fields.heading", lang))
    if not totals["kim"]:
        st.info(text("mutu.fields.empty", lang), icon=":material/info:")
        return
    heading = text("mutu.fields.chart", lang)
    st.markdown(f"**{heading}**")
    drawing.draw(_lacking, totals, lang, alt=text("chart.in_table", lang, judul=heading))
    st.caption(say("mutu.fields.stale_note", lang, hari=day(stale_before, lang)))
    columns = ["kode", "nama", "kim", *_LACKS, "basi", "tanpa_tanggal"]
    title = say("mutu.fields.table", lang, tingkat=level_name(view.shown_level, lang))
    _table(quality[columns], "isian", title, view)


def show_outside(points: pd.DataFrame, with_point: int, kim: int, view: View) -> None:
    """Draw the KIM whose point lies outside their desa."""
    lang, boundaries = view.lang, data.boundaries()
    st.header(text("mutu.points.heading", lang))
    said = [
        say("mutu.points.boundaries", lang, set=in_language(boundaries.manifest.title, lang)),
        text("mutu.points.approximate", lang) if boundaries.approximate else "",
        say("mutu.points.without", lang, jumlah=number(with_point, lang), kim=number(kim, lang)),
    ]
    st.caption(" ".join(filter(None, said)))
    if points.empty:
        st.success(text("mutu.points.none", lang), icon=":material/check_circle:")
        return
    names = data.gazetteer().name
    told = points.assign(
        desa=points["kode_wilayah"].map(names),
        titik_di=[names(code) if code else "–" for code in points["titik_di"]],
        km=points["km"].round(2),
    )[["nomor_induk", "nama_kim", "kode_wilayah", "desa", "titik_di", "km", "lat", "lng"]]
    _table(told, "titik-di-luar", "", view)


def show_misplaced(view: View) -> None:
    """Draw the desa whose point is known to be wrong, so that nothing is measured from it."""
    lang = view.lang
    misplaced = kept(misplaced_desa, data.gazetteer(), view.region)
    st.header(text("mutu.misplaced.heading", lang))
    if misplaced.empty:
        st.caption(text("mutu.misplaced.none", lang))
        return
    far, count = number(FAR_KM, lang), number(len(misplaced), lang)
    st.caption(say("mutu.misplaced.lead", lang, jumlah=count, km=far))
    _table(misplaced, "titik-salah", "", view)


def _table(table: pd.DataFrame, name: str, title: str, view: View) -> None:
    """Draw a table with its downloads."""
    lang = view.lang
    if title:
        st.markdown(f"**{title}**")
    tables.show_table(table, name, lang)
    of_all = replace(view.at(view.scope), kim_filter=KimFilter())  # no filter counts here
    with st.container(horizontal=True):
        tables.downloads(lambda: {name: table}, f"mutu-{name}-{view.shown_level}", of_all)


def _by_way(quality: pd.DataFrame, lang: str) -> alt.Chart:
    """Return bars of the regions with the largest share in doubt, parted by way of placing."""
    filled = quality[quality["baris_dinilai"] > 0]
    worst = filled.nlargest(_REGIONS_CHARTED, ["bagian_ragu", "baris_dinilai"])
    same = worst["nama"].duplicated(keep=False)
    worst["nama"] = worst["nama"].where(~same, worst["nama"] + " (" + worst["kode"] + ")")
    titles = {name: column(name).title(lang) for name in _COLOURS}
    parts = worst.melt(["kode", "nama"], list(_COLOURS), "cara", "jumlah")
    parts["bagian"] = parts["jumlah"] / parts.groupby("kode")["jumlah"].transform("sum")
    parts["urutan"] = parts["cara"].map({name: position for position, name in enumerate(_COLOURS)})
    parts["cara"] = parts["cara"].map(titles)
    present = parts.groupby("cara")["jumlah"].sum()
    domain = [titles[name] for name in _COLOURS if present[titles[name]]]
    colours = [_COLOURS[name] for name in _COLOURS if present[titles[name]]]
    chart = (
        alt.Chart(parts[parts["jumlah"] > 0])
        .mark_bar()
        .encode(
            x=alt.X("bagian:Q", title=None, axis=_SHARE_AXIS, scale=_WHOLE),
            y=alt.Y("nama:N", sort=worst["nama"].tolist(), title=None, axis=_NAME_AXIS),
            color=alt.Color(
                "cara:N",
                title=None,
                scale=alt.Scale(domain=domain, range=colours),
                legend=LEGEND,
            ),
            order="urutan:Q",
            tooltip=[
                alt.Tooltip("nama:N", title=column("nama").title(lang)),
                alt.Tooltip("cara:N", title=column("cara").title(lang)),
                alt.Tooltip("jumlah:Q", title=column("baris_dinilai").title(lang), format="d"),
            ],
        )
        .properties(height=_ROW_PX * max(len(worst), 3) + 60)
    )
    return localised(chart, lang)


def _lacking(totals: pd.Series, lang: str) -> alt.Chart:
    """Return bars of the share of KIM that lack each field, and of those that are stale."""
    shown = [*_LACKS, "basi"]
    shares = [totals[name] / totals["kim"] for name in shown]
    table = pd.DataFrame(
        {
            "isian": [column(name).title(lang) for name in shown],
            "bagian": shares,
            "tertulis": [
                f"{percent(share, lang)} ({number(totals[name], lang)})"
                for share, name in zip(shares, shown, strict=True)
            ],
        }
    )
    bars = alt.Chart(table).encode(
        x=alt.X("bagian:Q", title=None, axis=None, scale=alt.Scale(domain=[0, 1.15])),
        y=alt.Y("isian:N", sort=None, title=None, axis=_NAME_AXIS),
    )
    labels = bars.mark_text(align="left", dx=5).encode(text="tertulis:N")
    chart = (bars.mark_bar(color="#1d6f8a") + labels).properties(height=_ROW_PX * len(shown) + 20)
    return localised(chart, lang)
