"""Which regions stand beside that of the view, and what the right map shows: in the address."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import streamlit as st

from dashboard import data
from dashboard.frame import state
from dashboard.frame.widgets import bound_own
from geodata.gazetteer import Gazetteer
from geodata.regions import Level, lineage, parent, parse
from geodata.text import text
from geodata.view.address import LIST, Parameter, Part, choice_parameter, names
from geodata.view.metrics import METRICS
from geodata.view.view import View
from geodata.view.words import region_path, region_title

MOST = 3
"""Regions beside that of the view."""


@dataclass(frozen=True)
class Compared:
    """What the page Banding keeps in the address.

    Attributes
    ----------
    others
        Codes of the regions beside that of the view, in the order chosen.
    metric
        What the right map shows of the first region; none: it shows the second region.
    """

    others: tuple[str, ...] = ()
    metric: str = ""


def _read(compared: Compared, written: str, gazetteer: Gazetteer) -> Compared:
    codes = tuple(dict.fromkeys(parse(code) for code in names(written)))
    if len(codes) > MOST:
        raise ValueError(written)
    for code in codes:
        gazetteer.name(code)
    return replace(compared, others=codes)


COMPARED: Part[Compared] = Part(
    Compared(),
    Parameter("banding", _read, lambda compared: LIST.join(compared.others)),
    choice_parameter("kanan", METRICS, "metric"),
)


def regions(view: View, compared: Compared) -> list[str | None]:
    """Return the regions that are compared, that of the view first."""
    return list(dict.fromkeys([view.region, *compared.others]))


def titles(codes: list[str | None], lang: str) -> list[str]:
    """Return what the regions are called, those of one name told apart by what they lie in."""
    gazetteer = data.gazetteer()
    short = [region_title(gazetteer, code, lang) for code in codes]
    return [
        region_path(gazetteer, code, lang) if short.count(title) > 1 else title
        for code, title in zip(codes, short, strict=True)
    ]


def move(old: str | None, new: str | None) -> None:
    """Put a region in the place of another; for callbacks.

    Indonesia stands beside no other: it is only ever the region of the view.
    """
    if old == state.current().region:
        state.change(lambda view: view.at(new))
        return
    compared = state.own(COMPARED)
    others = dict.fromkeys(new if new and code == old else code for code in compared.others)
    state.set_own(COMPARED, replace(compared, others=tuple(others)))


def add(code: str) -> None:
    """Put one more region beside the others; for callbacks."""
    compared = state.own(COMPARED)
    state.set_own(COMPARED, replace(compared, others=(*compared.others, code)))


def choice(view: View, compared: Compared) -> None:
    """Draw the choice of the regions beside that of the view."""
    lang, gazetteer = view.lang, data.gazetteer()
    own = [code for code in compared.others if code != view.region]
    st.multiselect(
        text("banding.beside", lang),
        list(dict.fromkeys([*own, *_offered(view, compared, gazetteer)])),
        format_func=lambda code: region_path(gazetteer, code, lang),
        placeholder=text("banding.choose", lang),
        max_selections=MOST,
        **bound_own(COMPARED, "banding", own, lambda now, codes: replace(now, others=tuple(codes))),
    )


def _offered(view: View, compared: Compared, gazetteer: Gazetteer) -> Iterator[str]:
    """Return those beside and above the regions that are compared, then the two upper levels."""
    chosen = [code for code in regions(view, compared) if code]
    every = [code for region in chosen for code in gazetteer.children(parent(region))["kode"]]
    every += [code for region in chosen for code in lineage(region)]
    for level in (Level.PROVINSI, Level.KABUPATEN_KOTA):
        every += gazetteer.codes(level).tolist()
    return (code for code in every if code != view.region)
