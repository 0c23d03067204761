"""Whose list a batch is: the kabupaten/kota of its rows, a whole provinsi, or the country."""

import streamlit as st

from dashboard import data
from dashboard.frame.markdown import say
from dashboard.impor import steps
from geodata.regions import Level, ancestor
from geodata.registry.database.batches import Batch
from geodata.registry.database.reported import (
    Covers,
    doubtful_scope,
    kabupaten_of_batch,
    reported_by,
)
from geodata.registry.own_region import is_elsewhere
from geodata.text import number, text

_PROVINSI_OFFERED = 3
_NAMED_AT_MOST = 3
_EVERYWHERE: Covers = (None,)


def choose(batch: Batch, lang: str) -> Covers | None:
    """Draw the choice and return it; ``None`` as long as somebody has to say and has not."""
    gazetteer = data.gazetteer()
    named = kabupaten_of_batch(steps.registry(), batch.id)
    doubtful = doubtful_scope(named, gazetteer)
    provinsi = doubtful or list(dict.fromkeys(ancestor(code, Level.PROVINSI) for code in named))
    options: list[Covers] = [(), *((code,) for code in provinsi[:_PROVINSI_OFFERED]), _EVERYWHERE]
    options = [it for it in options if not any(is_elsewhere(code, batch.region) for code in it)]
    if batch.covers not in options:
        options.append(batch.covers)
    asked = bool(doubtful) and not (batch.covers or batch.baru or batch.diperbarui or batch.sama)
    return st.radio(
        text("impor.covers.question", lang),
        options,
        index=None if asked else options.index(batch.covers),
        format_func=lambda covers: _in_words(covers, named, lang),
        help=text("impor.covers.help", lang),
        key=f"mencakup-{batch.id}",
    )


def _in_words(covers: Covers, named: list[str], lang: str) -> str:
    gazetteer = data.gazetteer()
    count = number(len(reported_by(named, covers, gazetteer)), lang)
    if covers == _EVERYWHERE:
        return say("impor.covers.everywhere", lang, jumlah=count)
    if covers:
        names = ", ".join(gazetteer.name(code) if code else "Indonesia" for code in covers)
        return say("impor.covers.whole", lang, wilayah=names, jumlah=count)
    listed = ", ".join(gazetteer.name(code) for code in named[:_NAMED_AT_MOST])
    if len(named) > _NAMED_AT_MOST:
        listed += f" +{number(len(named) - _NAMED_AT_MOST, lang)}"
    return say("impor.covers.named", lang, jumlah=count, daftar=listed)


def reported_in_words(batch: Batch, lang: str) -> str:
    """Say for how many kabupaten/kota a batch in the registry reports."""
    named = kabupaten_of_batch(steps.registry(), batch.id)
    count = len(reported_by(named, batch.covers, data.gazetteer()))
    return say("impor.covers.said", lang, jumlah=number(count, lang))
