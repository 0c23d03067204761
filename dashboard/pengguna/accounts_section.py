"""The accounts on the page Pengguna: a table, inviting, and what can be done about one."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from dashboard import data, permission
from dashboard.frame import doing, tables
from dashboard.frame.markdown import say
from dashboard.pengguna import role_choice
from dashboard.pengguna.role_choice import Given
from geodata.days import office_time
from geodata.people import accounts
from geodata.people.accounts import Account
from geodata.people.rights import Right, Role
from geodata.text import text
from geodata.view.words import region_path

_ADDRESS = "pengguna-surel"


def draw(lang: str) -> None:
    """Draw the accounts, and what can be done about them."""
    known = accounts.list_accounts(data.registry())
    if known:
        tables.show_table(_table(known, lang), "pengguna-akun", lang)
    else:
        st.info(text("pengguna.empty", lang), icon=":material/person_add:")
    with st.expander(
        text("pengguna.invite", lang), icon=":material/person_add:", expanded=not known
    ):
        _invitation(lang, is_first=not known)
    if known:
        st.header(text("pengguna.change", lang))
        _one_account(known, lang)


def _table(known: Sequence[Account], lang: str) -> pd.DataFrame:
    gazetteer = data.gazetteer()
    return pd.DataFrame(
        [
            {
                "surel": it.email,
                "nama_orang": it.name,
                "peran": text(f"role.{it.role}", lang),
                "di_wilayah": region_path(gazetteer, it.region, lang),
                "terakhir_masuk": office_time(it.last_seen) or text("pengguna.invited", lang),
                "sejak": office_time(it.since),
                "oleh": it.given_by,
            }
            for it in known
        ]
    )


def _invitation(lang: str, *, is_first: bool) -> None:
    st.markdown(text("pengguna.invite_lead", lang))
    now = (Role.ADMINISTRATOR if is_first else Role.PETUGAS, None)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.text_input(text("column.surel", lang), key=_ADDRESS, placeholder="siti@malangkab.go.id")
        given = role_choice.draw(f"pengguna-undang-{now[0]}", lang, now)
    st.button(
        text("pengguna.invite_button", lang),
        type="primary",
        icon=":material/send:",
        disabled=given is None,
        on_click=doing.guarded,
        args=(_invite, given, lang),
    )


def _one_account(known: Sequence[Account], lang: str) -> None:
    by_number = {it.id: it for it in known}
    number = st.selectbox(
        text("pengguna.account", lang),
        list(by_number),
        index=None,
        format_func=lambda number: by_number[number].email if number in by_number else "",
        placeholder=text("pengguna.choose_account", lang),
        key="pengguna-dipilih",
    )
    if number not in by_number:
        return
    chosen = by_number[number]
    now = (chosen.role, chosen.region)
    with st.container(border=True):
        # Of another role than now the widgets begin anew, so they show what holds.
        with st.container(horizontal=True, vertical_alignment="bottom"):
            given = role_choice.draw(f"pengguna-{number}-{chosen.role}-{chosen.region}", lang, now)
        with st.container(horizontal=True):
            st.button(
                text("pengguna.save_role", lang),
                type="primary",
                icon=":material/check:",
                disabled=given in (None, now),
                on_click=doing.guarded,
                args=(_change_role, number, given, lang),
            )
            doing.confirmed(
                text("pengguna.sign_out", lang),
                say("pengguna.sign_out_sure", lang, surel=chosen.email),
                _sign_out,
                chosen,
                lang,
                key="pengguna-keluarkan",
                icon=":material/logout:",
            )
            doing.confirmed(
                text("pengguna.remove", lang),
                say("pengguna.remove_sure", lang, surel=chosen.email),
                _remove,
                chosen,
                lang,
                key="pengguna-hapus",
                icon=":material/person_remove:",
            )


def _invite(given: Given, lang: str) -> str:
    email = st.session_state[_ADDRESS]
    with permission.acting(Right.PENGGUNA) as who:
        made = accounts.invite(data.registry(), email, *given, who=who)
    st.session_state[_ADDRESS] = ""
    return say(
        "pengguna.invited_news", lang, surel=made.email, peran=role_choice.in_words(given, lang)
    )


def _change_role(number: int, given: Given, lang: str) -> str:
    with permission.acting(Right.PENGGUNA) as who:
        changed = accounts.change_role(data.registry(), number, *given, who=who)
    return say(
        "pengguna.role_news", lang, surel=changed.email, peran=role_choice.in_words(given, lang)
    )


def _sign_out(account: Account, lang: str) -> str:
    with permission.acting(Right.PENGGUNA) as who:
        accounts.sign_out_everywhere(data.registry(), account.id, who=who)
    return say("pengguna.sign_out_news", lang, surel=account.email)


def _remove(account: Account, lang: str) -> str:
    with permission.acting(Right.PENGGUNA) as who:
        accounts.remove(data.registry(), account.id, who=who)
    given = role_choice.in_words((account.role, account.region), lang)
    return say("pengguna.remove_news", lang, surel=account.email, peran=given)
