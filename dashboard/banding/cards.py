"""A card for each figure, the regions one below the other in it: name, value, and a bar."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
import streamlit as st
from markupsafe import Markup

from dashboard.charts.style import SIDE_BY_SIDE
from geodata.columns import column
from geodata.text import text


@dataclass(frozen=True)
class Card:
    """A figure, and the columns that the small print below it (``banding.note.<name>``) names."""

    name: str
    note: tuple[str, ...] = ()
    marks: tuple[str, str] = ("tertinggi", "terendah")
    of_kim: bool = True  # else it is known of who has not reported, too


_MANY = ("terbanyak", "tersedikit")
CARDS = (
    Card("cakupan", ("cakupan_aktif",)),
    Card("jumlah_kim", ("kim_aktif",), _MANY),
    Card("desa_terlayani", ("desa_melapor",), _MANY),
    Card("kim_per_100_desa"),
    Card("cakupan_eb", ("peringkat", "diperingkat")),
    Card("jarak_median_km", marks=("terjauh", "terdekat")),
    Card("kecamatan_kosong", ("jumlah_kecamatan",), _MANY),
    Card("kim_baru", ("kim_lalu",), _MANY),
)

_CARD = Markup("<article><h2>{}</h2><dl>{}</dl></article>")
_ROW = Markup(
    '<div style="--panjang:{:.1%};--warna:{}"><dt>{}</dt><dd><b>{}</b> <em>{}</em></dd>{}</div>'
)
_NOTE = Markup("<dd><small>{}</small></dd>")


def draw(table: pd.DataFrame, lang: str, figures: Sequence[Card] = CARDS) -> None:
    """Draw the cards of ``table``, whose rows are regions with their nama."""
    cards = [_card(card, table, lang) for card in figures if table[card.name].notna().any()]
    st.html(Markup('<section class="banding">{}</section>').format(Markup().join(cards)))


def written(name: str, value: float, lang: str) -> str:
    """Return a value of the column ``name`` as text, a share shorter than in tables."""
    known = column(name)
    return known.written(value, lang, 1 if known.kind == "share" else None)


def _card(card: Card, table: pd.DataFrame, lang: str) -> Markup:
    values = table[card.name]
    longest = values.max() or 1
    rows = [
        _ROW.format(
            0 if pd.isna(row[card.name]) else row[card.name] / longest,
            colour,
            row["nama"],
            _value(card, row, lang),
            _mark(card, row[card.name], values, lang),
            _note(card, row, lang),
        )
        for colour, (_, row) in zip(SIDE_BY_SIDE, table.iterrows(), strict=False)
    ]
    return _CARD.format(column(card.name).title(lang), Markup().join(rows))


def _value(card: Card, row: pd.Series, lang: str) -> str:
    """Return the figure; of who has not reported, there is none to be known."""
    if card.of_kim and pd.isna(row["desa_melapor"]):
        return text("legend.not_reported", lang).lower()
    if not card.of_kim and pd.isna(row[card.name]):
        return text("legend.no_data", lang).lower()
    return written(card.name, row[card.name], lang)


def _mark(card: Card, value: float, values: pd.Series, lang: str) -> str:
    """Say which is the most; of more than two regions also which is the least."""
    if values.nunique() < 2:
        return ""
    if value == values.max():
        return text(f"banding.{card.marks[0]}", lang)
    if value == values.min() and len(values) > 2:
        return text(f"banding.{card.marks[1]}", lang)
    return ""


def _note(card: Card, row: pd.Series, lang: str) -> Markup | str:
    known = {name: row[name] for name in card.note if name in row and pd.notna(row[name])}
    if not known or len(known) < len(card.note):
        return ""
    figures = {name: written(name, value, lang) for name, value in known.items()}
    return _NOTE.format(text(f"banding.note.{card.name}", lang, **figures))
