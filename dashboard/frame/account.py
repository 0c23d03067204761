"""Who is signed in, said in the header: signing in, or a menu with the role, and signing out."""

from collections.abc import Callable

import streamlit as st

from dashboard import data
from dashboard.addresses import NOT_SIGNED_IN
from dashboard.frame.markdown import literal, say
from geodata.people.rights import Person, Role
from geodata.settings import settings
from geodata.text import text
from geodata.view.words import region_title

_TOLD = "belum-masuk-disampaikan"
SIGN_IN, SIGN_OUT = "masuk", "keluar"


def draw(person: Person, lang: str) -> None:
    """Draw the button with which one signs in, or the menu of who has done so."""
    if not person.name:
        _button(SIGN_IN, lang, ":material/login:", st.login)
        return
    label = say("account.menu", lang, name=person.name)
    with st.popover(label, key="akun", icon=":material/account_circle:"):
        st.markdown(f"**{literal(person.name)}**")
        st.markdown(literal(_role(person, lang)))
        _button(SIGN_OUT, lang, ":material/logout:", st.logout)


def choices(person: Person, lang: str) -> dict[str, str]:
    """Return what a menu of pages offers besides these, with its labels."""
    if not settings().signs_in:
        return {}
    if not person.name:
        return {SIGN_IN: text("account.masuk", lang)}
    said = {"name": person.name, "peran": _role(person, lang)}
    return {SIGN_OUT: say("account.leave", lang, **said)}


def choose(choice: str) -> None:
    """Do what was chosen of :func:`choices`."""
    if choice == SIGN_IN:
        st.login()
    else:
        st.logout()


def tell_what_hinders(person: Person, lang: str) -> None:
    """Tell somebody who tried to sign in what came of it, and who has no account whom to ask."""
    if not person.name and NOT_SIGNED_IN in st.context.cookies and _TOLD not in st.session_state:
        st.session_state[_TOLD] = True  # once: the cookie is that of the connection
        st.warning(text("account.failed", lang), icon=":material/error:")
    if person.name and person.role is Role.PEMBACA:
        st.info(say("account.none", lang, name=person.name), icon=":material/no_accounts:")


def _button(key: str, lang: str, icon: str, act: Callable[[], None]) -> None:
    st.button(text(f"account.{key}", lang), key=key, icon=icon, on_click=act)


def _role(person: Person, lang: str) -> str:
    """Return role and region in words: ``Petugas kabupaten/kota, Kabupaten Malang``."""
    role, gazetteer = text(f"role.{person.role}", lang), data.gazetteer()
    if person.region is None:
        return role
    # A later list of regions may know it no more.
    known = person.region in gazetteer
    return f"{role}, {region_title(gazetteer, person.region, lang) if known else person.region}"
