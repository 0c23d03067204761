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


def _specification(chart: Chart, *asked: Any, **named: Any) -> dict[str, Any]:
    made = chart(*asked, **named).to_dict()
    tables = {name: pd.DataFrame(rows) for name, rows in made["datasets"].items()}
    return made | {"datasets": tables}
