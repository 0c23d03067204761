"""The editor of decks: add the view of now, choose or make a deck, order scenes, write notes."""

from collections.abc import Callable

import streamlit as st

from dashboard import data, permission
from dashboard.addresses import deck_address, slide_address
from dashboard.frame import state
from dashboard.frame.markdown import literal, say
from dashboard.paparan import changes
from dashboard.paparan.changes import guarded
from dashboard.paparan.closing import reaches_others
from dashboard.paparan.deck_in_use import deck_in_use, use
from geodata.exports.decks import LONGEST_NOTES, Deck, Scene, list_decks, slug
from geodata.people.rights import Right
from geodata.text import number, text
from geodata.view.address import VIEW, parameters, query, read_view
from geodata.view.view import View
from geodata.view.words import filter_in_words, level_name, region_path

_CHOSEN = "dek"
_NAME = "dek-nama"


def draw(view: View) -> None:
    """Draw the view of now, and the decks with the scenes of the one in use."""
    lang, decks, may_edit = view.lang, list_decks(), permission.may_somewhere(Right.PAPARAN)
    deck = deck_in_use(decks)
    _view_of_now(view, deck, may_edit)
    changes.tell(lang)
    if changes.place_of_removal(deck) is None:
        changes.offer_undo(lang)
    st.header(text("paparan.deck", lang))
    if not may_edit:
        lack = permission.explain_lack(Right.PAPARAN, "paparan.read_only", lang)
        st.info(lack, icon=":material/lock:")
    if decks:
        names = [kept.name for kept in decks]
        st.session_state[_CHOSEN] = deck.name if deck else None
        st.selectbox(
            text("paparan.deck", lang),
            names,
            key=_CHOSEN,
            placeholder=text("paparan.choose", lang),
            label_visibility="collapsed",
            width=480,
            on_change=lambda: use(st.session_state[_CHOSEN] or ""),
        )
    elif may_edit:
        st.info(text("paparan.no_deck", lang), icon=":material/info:")
    if deck:
        _deck(deck, lang, may_edit)
    if may_edit:
        _new_deck(view)


def _view_of_now(view: View, deck: Deck | None, may_edit: bool) -> None:
    """Draw what the view shows, and where it may go: on the screen, or into ``deck``."""
    lang = view.lang
    with st.container(border=True):
        st.markdown(f"**{text('paparan.now', lang)}**: {literal(_in_words(view))}")
        with st.container(horizontal=True, vertical_alignment="center"):
            st.link_button(
                text("paparan.show_now", lang),
                slide_address(view),
                type="primary",
                icon=":material/slideshow:",
            )
            if deck and may_edit:
                st.button(
                    text("paparan.add", lang),
                    icon=":material/add_photo_alternate:",
                    on_click=guarded,
                    args=(lambda: changes.add(deck, _scene(view)), lang),
                )
                nomor = number(len(deck.scenes) + 1, lang)
                st.markdown(say("paparan.into", lang, name=deck.name, nomor=nomor))


def _in_words(view: View) -> str:
    """Return what a view shows: metric, level, region, filter."""
    lang = view.lang
    parts = [
        view.shown_metric.title(lang),
        level_name(view.shown_level, lang),
        region_path(data.gazetteer(), view.region, lang),
        filter_in_words(view.kim_filter, lang),
    ]
    return " · ".join(parts)


def _new_deck(view: View) -> None:
    lang = view.lang

    def create() -> None:
        changes.create(st.session_state[_NAME].strip(), _scene(view))
        st.session_state[_NAME] = ""

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
            on_click=guarded,
            args=(create, lang),
        )


def _deck(deck: Deck, lang: str, may_edit: bool) -> None:
    with st.container(horizontal=True):
        if deck.scenes:
            st.link_button(
                text("paparan.present", lang),
                deck_address(deck.name, lang, notes=may_edit),
                type="primary",
                icon=":material/slideshow:",
            )
            files = {"download": False} | ({"download_notes": True} if may_edit else {})
            for name, notes in files.items():
                st.link_button(
                    text(f"paparan.{name}", lang),
                    deck_address(deck.name, lang, save=True, notes=notes),
                    icon=":material/download:",
                )
        if may_edit:
            st.button(
                text("paparan.remove_deck", lang),
                icon=":material/delete:",
                on_click=guarded,
                args=(lambda: changes.remove_all(deck), lang),
            )
    if not deck.scenes:
        st.info(text("paparan.empty", lang), icon=":material/info:")
    elif not reaches_others(st.context.url or ""):
        st.caption(text("paparan.no_code", lang))
    removed = changes.place_of_removal(deck)
    for position, scene in enumerate(deck.scenes):
        if position == removed:
            changes.offer_undo(lang)
        _scene_card(deck, position, scene, lang, may_edit)
    if removed == len(deck.scenes):
        changes.offer_undo(lang)


def _scene_card(deck: Deck, position: int, scene: Scene, lang: str, may_edit: bool) -> None:
    params = parameters(scene.query)
    shown, notices = read_view(params, data.gazetteer())
    key = f"{slug(deck.name)}-{position}"
    with st.container(border=True):
        heading = say("paparan.scene", lang, nomor=number(position + 1, lang))
        st.markdown(f"**{heading}**: {literal(_in_words(shown))}")
        state.warn(notices, lang)
        if may_edit:
            _notes(deck, position, f"{key}-catatan", lang)
        with st.container(horizontal=True, vertical_alignment="center"):
            st.page_link(
                "../pages/peta.py",
                label=text("paparan.open_scene", lang),
                query_params=params,
                icon=":material/map:",
            )
            if may_edit:
                _scene_buttons(deck, position, key, lang)


def _notes(deck: Deck, position: int, key: str, lang: str) -> None:
    st.session_state[key] = deck.scenes[position].notes
    st.text_area(
        text("paparan.notes", lang),
        key=key,
        height=80,
        max_chars=LONGEST_NOTES,
        on_change=guarded,
        args=(lambda: changes.note(deck, position, st.session_state[key]), lang),
    )


def _scene_buttons(deck: Deck, position: int, key: str, lang: str) -> None:
    def move(steps: int) -> None:
        changes.change(deck, lambda now: now.moved(position, steps))

    last = len(deck.scenes) - 1
    buttons: tuple[tuple[str, str, Callable[[], None], bool], ...] = (
        ("up", ":material/arrow_upward:", lambda: move(-1), position == 0),
        ("down", ":material/arrow_downward:", lambda: move(1), position == last),
        ("remove", ":material/delete:", lambda: changes.remove(deck, position), False),
    )
    for name, icon, change, disabled in buttons:
        st.button(
            text(f"paparan.{name}", lang),
            key=f"{key}-{name}",
            icon=icon,
            type="tertiary",
            disabled=disabled,
            on_click=guarded,
            args=(change, lang),
        )


def _scene(view: View) -> Scene:
    return Scene(query(VIEW.write(view)))
