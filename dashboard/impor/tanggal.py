"""Which day the data of a batch are of: the file's, which only whoever brings it in can know."""

from datetime import date

import streamlit as st

from dashboard.impor import steps
from geodata.days import today
from geodata.registry.database.batches import Batch
from geodata.registry.database.data_day import suggested_day
from geodata.text import text

_FIRST = date(1945, 1, 1)  # before which no file is read to have a day


def choose(batch: Batch, lang: str) -> date | None:
    """Draw the choice and return it; ``None`` as long as the field is empty."""
    return st.date_input(
        text("impor.as_of.question", lang),
        batch.as_of or suggested_day(steps.registry(), batch.id),
        min_value=_FIRST,
        max_value=today(),
        format="DD/MM/YYYY",
        help=text("impor.as_of.help", lang),
        key=f"tanggal-data-{batch.id}",
        width=320,
    )
