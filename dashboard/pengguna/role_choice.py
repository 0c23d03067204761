"""The choice of a role, and of a region of the level that the role is for."""

import streamlit as st

from dashboard import data
from geodata.people.rights import GIVEN, REGION_OF, Role
from geodata.text import text
from geodata.view.words import region_path

WIDTH = 340  # pixels of a field: three stand in a row of a laptop, and one on a phone

Given = tuple[Role, str | None]
"""A role, and the code of the region that it is given for; ``None`` is Indonesia."""


def draw(key: str, lang: str, now: Given = (Role.PETUGAS, None)) -> Given | None:
    """Draw the choice, at first of ``now``; ``None`` while a region is still to be chosen."""
    role = st.selectbox(
        text("pengguna.role", lang),
        GIVEN,
        index=GIVEN.index(now[0]),
        format_func=lambda role: text(f"role.{role}", lang),
        key=f"{key}-peran",
        width=WIDTH,
    )
    level = REGION_OF.get(role)
    if level is None:
        st.caption(text("pengguna.whole_country", lang))
        return role, None
    gazetteer = data.gazetteer()
    codes = gazetteer.codes(level).tolist()
    region = st.selectbox(
        text(f"level_title.{level}", lang),
        codes,
        index=codes.index(now[1]) if now[1] in codes else None,
        format_func=lambda code: region_path(gazetteer, code, lang),
        placeholder=text("pengguna.choose_region", lang),
        key=f"{key}-{level}",
        width=WIDTH,
    )
    return None if region is None else (role, region)


def in_words(given: Given, lang: str) -> str:
    """Return a role with its region: ``Petugas kabupaten/kota, Kabupaten Malang, Jawa Timur``."""
    role, region = given
    where = region_path(data.gazetteer(), region, lang)
    return f"{text(f'role.{role}', lang)}, {where}"
