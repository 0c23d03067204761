"""The keys of programs on the page Pengguna: a table, making one, which is shown once, revoking."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from dashboard import data, permission
from dashboard.frame import doing, tables
from dashboard.frame.markdown import say
from dashboard.pengguna import role_choice
from dashboard.pengguna.role_choice import Given
from geodata.days import office_time
from geodata.people import keys
from geodata.people.keys import Key
from geodata.people.rights import Right
from geodata.text import text
from geodata.view.words import region_path

_NAME, _DAYS, _MADE = "kunci-nama", "kunci-hari", "kunci-baru"


def draw(lang: str) -> None:
    """Draw the keys, and what can be done about them."""
    st.header(text("kunci.title", lang))
    st.markdown(text("kunci.lead", lang))
    _show_made(lang)
    known = keys.list_keys(data.registry())
    if known:
        tables.show_table(_table(known, lang), "pengguna-kunci", lang)
    with st.expander(text("kunci.make", lang), icon=":material/key:"):
        _making(lang)
    if valid := [key for key in known if key.is_valid]:
        _revoking(valid, lang)


def _show_made(lang: str) -> None:
    """Show a key that was just made, this once."""
    place = st.empty()  # also without one: else what is open below would close
    if made := st.session_state.pop(_MADE, None):
        with place.container():
            st.warning(text("kunci.shown_once", lang), icon=":material/key:")
            st.code(made, language=None, wrap_lines=True)


def _table(known: Sequence[Key], lang: str) -> pd.DataFrame:
    gazetteer = data.gazetteer()
    return pd.DataFrame(
        [
            {
                "nama_kunci": f"{key.id}. {key.name}",
                "peran": text(f"role.{key.role}", lang),
                "di_wilayah": region_path(gazetteer, key.region, lang),
                "keadaan": text(f"kunci.state.{_state(key)}", lang),
                "berlaku_sampai": office_time(key.expires),
                "terakhir_dipakai": office_time(key.last_used) or text("kunci.unused", lang),
                "sejak": office_time(key.made),
                "oleh": key.made_by,
            }
            for key in known
        ]
    )


def _state(key: Key) -> str:
    if key.revoked:
        return "revoked"
    return "valid" if key.is_valid else "expired"


def _making(lang: str) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.text_input(
            text("column.nama_kunci", lang),
            key=_NAME,
            placeholder=text("kunci.name_example", lang),
            max_chars=keys.LONGEST_NAME,
            width=role_choice.WIDTH,
        )
        st.number_input(
            text("kunci.days", lang),
            1,
            keys.LONGEST_DAYS,
            value=keys.USUAL_DAYS,
            key=_DAYS,
            width=200,
        )
        given = role_choice.draw("kunci", lang)
    st.button(
        text("kunci.make_button", lang),
        type="primary",
        icon=":material/key:",
        disabled=given is None,
        on_click=doing.guarded,
        args=(_make, given),
    )


def _revoking(valid: Sequence[Key], lang: str) -> None:
    by_number = {key.id: key for key in valid}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        number = st.selectbox(
            text("kunci.revoke_which", lang),
            list(by_number),
            index=None,
            format_func=lambda number: (
                f"{number}. {by_number[number].name}" if number in by_number else ""
            ),
            placeholder=text("kunci.choose", lang),
            key="kunci-dipilih",
        )
        if number in by_number:
            name = by_number[number].name
            doing.confirmed(
                text("kunci.revoke", lang),
                say("kunci.revoke_sure", lang, nama=name),
                _revoke,
                number,
                lang,
                key="kunci-cabut",
                icon=":material/key_off:",
            )


def _make(given: Given) -> None:
    now = st.session_state
    with permission.acting(Right.PENGGUNA) as who:
        now[_MADE] = keys.make_key(data.registry(), now[_NAME], *given, now[_DAYS], who=who)
    now[_NAME] = ""


def _revoke(number: int, lang: str) -> str:
    with permission.acting(Right.PENGGUNA) as who:
        key = keys.revoke_key(data.registry(), number, who=who)
    return say("kunci.revoke_news", lang, nama=key.name)
