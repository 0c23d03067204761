"""What the map page lets one choose about the picture: metric, level, classes, points."""

from dataclasses import replace

import streamlit as st

from dashboard.markdown import show_error
from dashboard.selection import Selection, read_breaks, write_breaks
from dashboard.widgets import bound, level_choice
from geodata.analysis.classes import MAX_CLASSES, MIN_CLASSES, SCHEMES, Scheme
from geodata.analysis.map_metrics import MAP_METRICS
from geodata.errors import SelectionError
from geodata.text import text

_FIRST_OWN_BREAKS = (1.0, 5.0, 10.0)


def display(selection: Selection) -> None:
    """Draw the choices of metric and level, and, folded away, those of classes and points."""
    lang = selection.bahasa
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.segmented_control(
            text("widget.metrik", lang),
            [name for name, one in MAP_METRICS.items() if set(one.levels) & set(selection.levels)],
            format_func=lambda name: text(f"metrik.{name}", lang),
            wrap=True,
            **bound(
                "metrik",
                selection.shown_metrik,
                lambda now, name: now.measured_by(name or now.shown_metrik),
            ),
        )
        level_choice(selection)
        st.toggle(
            text("widget.titik", lang),
            **bound("titik", selection.titik, lambda now, on: replace(now, titik=on)),
        )
        with st.popover(text("widget.display", lang), icon=":material/palette:"):
            _class_choices(selection)


def _class_choices(selection: Selection) -> None:
    lang = selection.bahasa
    st.selectbox(
        text("widget.skema", lang),
        SCHEMES,
        format_func=lambda name: text(f"skema.{name}", lang),
        **bound("skema", selection.skema, _with_scheme),
    )
    if selection.skema != "sendiri":
        st.slider(
            text("widget.kelas", lang),
            MIN_CLASSES,
            MAX_CLASSES,
            **bound("kelas", selection.kelas, lambda now, k: replace(now, kelas=k)),
        )
        return
    st.text_input(
        text("widget.batas", lang),
        help=text("widget.batas_hint", lang),
        **bound(
            "batas",
            write_breaks(selection.batas).replace(",", "; "),
            _with_breaks,
        ),
    )
    wrong = st.session_state.pop("batas-salah", None)
    if wrong is not None:
        error = SelectionError("breaks", value=wrong, most=MAX_CLASSES - 1)
        show_error(error, lang)


def _with_scheme(selection: Selection, scheme: Scheme) -> Selection:
    batas = _FIRST_OWN_BREAKS if scheme == "sendiri" else ()
    return replace(selection, skema=scheme, batas=batas)


def _with_breaks(selection: Selection, written: str) -> Selection:
    """Read breaks as Indonesians write them (``0,5; 1; 10``); keep the old ones on a mistake."""
    try:
        batas = read_breaks(written.replace(" ", "").replace(",", ".").replace(";", ","))
    except ValueError:
        st.session_state["batas-salah"] = written
        return selection
    return replace(selection, batas=batas)
