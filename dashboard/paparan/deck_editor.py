"""The editor of decks: choose or make one, add the view of now, order scenes, write notes."""

from collections.abc import Callable

import streamlit as st

from dashboard import data, permission
from dashboard.addresses import deck_address
from dashboard.frame import state
from dashboard.frame.markdown import explain, literal, say
from geodata.errors import PetaKimError
from geodata.exports.decks import (
    LONGEST_NOTES,
    Deck,
    Scene,
    add_scene,
    change_deck,
    list_decks,
    remove_deck,
    save_deck,
    slug,
)
from geodata.text import number, text
from geodata.view.address import VIEW, parameters, query, read_view_of_now
from geodata.view.view import View
from geodata.view.words import filter_in_words, level_name, region_path

_CHOSEN = "dek"
_NAME = "dek-nama"
_PROBLEM = "dek-salah"
_UNSAVED = "dek-catatan-belum"


def view_in_words(view: View) -> str:
    """Return what a view shows: metric, level, region, filter."""
    lang = view.lang
    parts = [
        view.shown_metric.title(lang),
        level_name(view.shown_level, lang),
        region_path(data.gazetteer(), view.region, lang),
        filter_in_words(view.kim_filter, lang),
    ]
    return " · ".join(parts)


def draw(view: View) -> None:
    """Draw the decks and the scenes of the chosen one."""
    lang, decks, may_edit = view.lang, list_decks(), permission.may_operate()
    problem = st.session_state.pop(_PROBLEM, None)
    if problem is not None:
        st.error(problem, icon=":material/error:")
    unsaved = st.session_state.pop(_UNSAVED, None)
    if unsaved:
        st.caption(text("paparan.unsaved_notes", lang))
        st.code(unsaved, language=None, wrap_lines=True)
    st.subheader(text("paparan.deck", lang))
    if not may_edit:
        st.info(text("paparan.read_only", lang), icon=":material/lock:")
    names = [deck.name for deck in decks]
    if decks:
        if st.session_state.get(_CHOSEN) not in names:
            st.session_state[_CHOSEN] = names[0]
        chosen = st.selectbox(text("paparan.deck", lang), names, key=_CHOSEN)
        _deck(decks[names.index(chosen)], view, may_edit)
    elif may_edit:
        st.info(text("paparan.no_deck", lang), icon=":material/info:")
    if may_edit:
        with st.container(horizontal=True, vertical_alignment="bottom"):
            st.text_input(
                text("paparan.new_deck", lang),
                key=_NAME,
                placeholder=text("paparan.new_deck_hint", lang),
                width=320,
            )
            st.button(
                text("paparan.create", lang),
                icon=":material/add:",
                on_click=_guarded,
                args=(lambda: _create(view), lang),
            )


def _deck(deck: Deck, view: View, may_edit: bool) -> None:
    lang = view.lang
    with st.container(horizontal=True):
        if deck.scenes:
            st.link_button(
                text("paparan.present", lang),
                deck_address(deck.name, lang),
                type="primary",
                icon=":material/slideshow:",
            )
            st.link_button(
                text("paparan.download", lang),
                deck_address(deck.name, lang, save=True),
                icon=":material/download:",
            )
        if may_edit:
            st.button(
                text("paparan.add", lang),
                icon=":material/add_photo_alternate:",
                on_click=_guarded,
                args=(lambda: add_scene(deck.name, _scene(view)), lang),
            )
            with st.popover(text("paparan.remove_deck", lang), icon=":material/delete:"):
                jumlah = number(len(deck.scenes), lang)
                st.text(text("paparan.removing", lang, name=deck.name, jumlah=jumlah))
                st.button(
                    text("paparan.confirm", lang),
                    on_click=_guarded,
                    args=(lambda: remove_deck(deck), lang),
                )
    if not deck.scenes:
        st.info(text("paparan.empty", lang), icon=":material/info:")
    for position, scene in enumerate(deck.scenes):
        _scene_card(deck, position, scene, lang, may_edit)


def _scene_card(deck: Deck, position: int, scene: Scene, lang: str, may_edit: bool) -> None:
    params = parameters(scene.query)
    shown, notices = read_view_of_now(params, data.gazetteer())
    key = f"{slug(deck.name)}-{position}"
    with st.container(border=True):
        heading = say("paparan.scene", lang, nomor=number(position + 1, lang))
        st.markdown(f"**{heading}**: {literal(view_in_words(shown))}")
        state.warn(notices, lang)
        if may_edit:
            st.session_state[f"{key}-catatan"] = scene.notes
            st.text_area(
                text("paparan.notes", lang),
                key=f"{key}-catatan",
                height=80,
                max_chars=LONGEST_NOTES,
                on_change=_guarded,
                args=(lambda: _note(deck, position, f"{key}-catatan"), lang),
            )
        elif scene.notes:
            st.text(scene.notes)
        with st.container(horizontal=True):
            st.page_link(
                "../pages/peta.py",
                label=text("paparan.open_scene", lang),
                query_params=params,
                icon=":material/map:",
            )
            if may_edit:
                changes: tuple[tuple[str, str, Callable[[Deck], Deck], bool], ...] = (
                    (
                        "up",
                        ":material/arrow_upward:",
                        lambda now: now.moved(position, -1),
                        position == 0,
                    ),
                    (
                        "down",
                        ":material/arrow_downward:",
                        lambda now: now.moved(position, 1),
                        position == len(deck.scenes) - 1,
                    ),
                    ("remove", ":material/delete:", lambda now: now.without(position), False),
                )
                for name, icon, change, disabled in changes:
                    st.button(
                        text(f"paparan.{name}", lang),
                        key=f"{key}-{name}",
                        icon=icon,
                        type="tertiary",
                        disabled=disabled,
                        on_click=_guarded,
                        args=(lambda change=change: change_deck(deck, change), lang),
                    )


def _scene(view: View) -> Scene:
    return Scene(query(VIEW.write(view)))


def _create(view: View) -> None:
    name = st.session_state[_NAME].strip()
    save_deck(Deck(name).with_scene(_scene(view)))
    st.session_state[_CHOSEN], st.session_state[_NAME] = name, ""


def _note(deck: Deck, position: int, key: str) -> None:
    notes = st.session_state[key]
    try:
        change_deck(deck, lambda now: now.noted(position, notes))
    except PetaKimError:
        st.session_state[_UNSAVED] = notes
        raise


def _guarded(change: Callable[[], None], lang: str) -> None:
    """Do ``change`` in a callback; what a user did wrong is said on the page that follows."""
    try:
        change()
    except PetaKimError as error:
        st.session_state[_PROBLEM] = explain(error, lang)
