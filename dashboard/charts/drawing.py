"""Charts on pages: what Vega draws is made once, since altair checks every part of it."""

from collections.abc import Callable
from typing import Any

import altair
import pandas as pd
import streamlit as st

from dashboard.workshop.kept import kept

# Streamlit lays charts out, and is sent tables of any length.
altair.theme.enable("none")
altair.data_transformers.disable_max_rows()

Chart = Callable[..., altair.TopLevelMixin]


def draw(chart: Chart, *asked: Any, alt: str | None = None, **named: Any) -> None:
    """Draw what ``chart`` makes of what it is asked; ``alt`` is what is heard of it."""
    st.vega_lite_chart(kept(_specification, chart, *asked, **named), alt=alt)


def draw_choosable(
    chart: Chart, *asked: Any, key: str, choose: Callable[[], None], alt: str | None = None
) -> None:
    """Draw the same of a chart whose parts can be chosen; see :func:`chosen`."""
    st.vega_lite_chart(kept(_specification, chart, *asked), key=key, on_select=choose, alt=alt)


def chosen(key: str, selection: str, field: str) -> str:
    """Return the ``field`` of the part that is chosen in the chart ``key``; "" for none."""
    parts = st.session_state[key]["selection"].get(selection) or [{}]
    return str(parts[0].get(field, ""))


def _specification(chart: Chart, *asked: Any, **named: Any) -> dict[str, Any]:
    made = chart(*asked, **named).to_dict()
    tables = {name: pd.DataFrame(rows) for name, rows in made["datasets"].items()}
    return made | {"datasets": tables}
