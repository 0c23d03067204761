"""What the map page lets one choose about the picture: metric, level, Petak, classes, points."""

from dataclasses import replace

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard.frame.markdown import literal, show_error
from dashboard.frame.widgets import bound, level_choice
from dashboard.peta import time_lapse
from geodata.analysis.classes import MAX_CLASSES, MIN_CLASSES, SCHEMES, Scheme
from geodata.boundaries.petak.tilesets import has_petak
from geodata.errors import SelectionError
from geodata.text import text
from geodata.view.address import read_breaks, write_breaks
from geodata.view.metrics import METRICS
from geodata.view.view import View

_FIRST_OWN_BREAKS = (1.0, 5.0, 10.0)


def of_map(view: View) -> None:
    """Draw the choices of metric and level, and, folded away, those of classes and points."""
    lang = view.lang
    st.selectbox(
        text("widget.metrik", lang),
        [name for name, metric in METRICS.items() if set(metric.levels) & set(view.levels)],
        format_func=lambda name: METRICS[name].offered(lang),
        label_visibility="collapsed",
        width=160,
        **bound("metrik", view.shown_metric.name, lambda now, name: now.measured_by(name)),
    )
    with _sign("widget.meaning", "arti", ":material/help:", lang):
        metric = view.shown_metric
        st.markdown(f"**{literal(metric.title(lang))}**  \n{literal(metric.meaning(lang))}")
    level_choice(view)
    with _sign("widget.display", "tampilan", ":material/palette:", lang):
        st.toggle(
            text("widget.titik", lang),
            disabled=view.petak,
            **bound("titik", view.points, lambda now, on: replace(now, points=on)),
        )
        time_lapse.choice(view)
        _class_choices(view)


def _sign(words: str, key: str, icon: str, lang: str) -> DeltaGenerator:
    """Return what opens at a sign, whose ``words`` are heard, and seen when one points at it."""
    said = text(words, lang)
    return st.popover(said, key=key, icon=icon, help=said)


def on_map(view: View) -> None:
    """Draw the switch between map and Petak, which stands on the map."""
    if not has_petak():
        return
    st.segmented_control(
        text("widget.petak", view.lang),
        (False, True),
        format_func=lambda petak: text(
            "widget.as_squares" if petak else "widget.as_map", view.lang
        ),
        required=True,
        label_visibility="collapsed",
        **bound("petak", view.petak, lambda now, petak: replace(now, petak=petak)),
    )


def _class_choices(view: View) -> None:
    lang = view.lang
    st.selectbox(
        text("widget.skema", lang),
        SCHEMES,
        format_func=lambda name: text(f"skema.{name}", lang),
        **bound("skema", view.scheme, _with_scheme),
    )
    if view.scheme != "sendiri":
        st.slider(
            text("widget.kelas", lang),
            MIN_CLASSES,
            MAX_CLASSES,
            **bound("kelas", view.k, lambda now, k: replace(now, k=k)),
        )
        return
    st.text_input(
        text("widget.batas", lang),
        help=text("widget.batas_hint", lang),
        **bound(
            "batas",
            write_breaks(view.breaks).replace(",", "; "),
            _with_breaks,
        ),
    )
    wrong = st.session_state.pop("batas-kelas-salah", None)
    if wrong is not None:
        error = SelectionError("breaks", value=wrong, most=MAX_CLASSES - 1)
        show_error(error, lang)


def _with_scheme(view: View, scheme: Scheme) -> View:
    breaks = _FIRST_OWN_BREAKS if scheme == "sendiri" else ()
    return replace(view, scheme=scheme, breaks=breaks)


def _with_breaks(view: View, written: str) -> View:
    """Read breaks as Indonesians write them (``0,5; 1; 10``); keep the old ones on a mistake."""
    try:
        breaks = read_breaks(written.replace(" ", "").replace(",", ".").replace(";", ","))
    except ValueError:
        st.session_state["batas-kelas-salah"] = written
        return view
    return replace(view, breaks=breaks)
