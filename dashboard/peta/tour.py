"""The steps of the tour that a first visit is shown: what each says, and what it points at."""

import streamlit as st
from markupsafe import Markup

from geodata.text import number, text

# By the keys of containers and widgets, which are classes of the page.
STEPS = {
    "cari": ".st-key-remah, .st-key-cari",
    "ukuran": ".st-key-metrik, .st-key-arti",
    "saring": ".st-key-level, .st-key-saring-bidang, .st-key-saring-lain",
    "peta": ".st-key-layar-peta iframe",
    "angka": ".st-key-angka, .st-key-urutan",
    "bagi": ".st-key-salin",
}

_LIST = Markup(
    '<ol class="tur" data-next="{next}" data-back="{back}" data-done="{done}" data-close="{close}">'
    "{steps}</ol>"
)
_STEP = Markup('<li data-at="{at}" data-title="{title}" data-count="{count}">{body}</li>')


def draw(lang: str) -> None:
    """Put the steps on the page, for the script to show to whom they are new."""
    of = number(len(STEPS), lang)
    steps = [
        _STEP.format(
            at=at,
            title=text(f"tur.title.{name}", lang),
            count=text("tur.count", lang, langkah=number(step, lang), jumlah=of),
            body=text(f"tur.body.{name}", lang),
        )
        for step, (name, at) in enumerate(STEPS.items(), start=1)
    ]
    words = {name: text(f"tur.{name}", lang) for name in ("next", "back", "done", "close")}
    st.html(_LIST.format(steps=Markup().join(steps), **words))
