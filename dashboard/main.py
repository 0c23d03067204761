"""The frame around every page: its header, and what must always be said."""

import logging
from pathlib import Path

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from dashboard import data, meters, permission
from dashboard.data_kim import waiting
from dashboard.frame import account, as_of, header, paper, rows_behind, state
from dashboard.frame.markdown import explain, show_error
from dashboard.workshop import turns
from geodata.errors import PetaKimError, RegionError, SelectionError
from geodata.people.rights import Person, Right
from geodata.registry.database.registry_error import RegistryEmpty
from geodata.text import text
from geodata.view.address import VIEW
from geodata.view.words import region_path

# A file of our own: an icon named by Streamlit would be fetched from another host.
_FRAME = Path(__file__).with_name("frame")
_ICON = _FRAME / "icon.svg"

# Names, also addresses and keys of titles. The first one opens at the root.
PAGES = (
    "peta", "ringkasan", "kesenjangan", "potensi", "profil", "banding", "darurat", "paparan",
    "unduh",
    "data_kim", "impor", "pelaporan", "perkembangan", "mutu", "indikator", "batas", "pengguna",
    "catatan", "bantuan", "tentang",
)  # fmt: skip

# Pages on the data themselves: in a menu of their own, and of the day that they say themselves.
MANAGING = (
    "data_kim", "impor", "pelaporan", "perkembangan", "mutu", "indikator", "batas", "pengguna",
    "catatan",
)  # fmt: skip
# Pages on the app itself: in a menu of their own, too.
HELPING = ("bantuan", "tentang")
# Pages that put something where there is nothing yet.
_WITHOUT_KIM = ("data_kim", "impor", "indikator", "batas", "pengguna", "catatan", "bantuan")
# Pages that no menu offers to who lacks the right to all that is on them.
_FOR = {"pengguna": Right.PENGGUNA, "catatan": Right.LOG}


def main() -> None:
    """Draw the frame and, in it, the page that the address names."""
    with meters.run() as run, turns.turn(), data.held():
        _draw(run)


def _draw(run: meters.Run) -> None:
    st.set_page_config(page_icon=_ICON, layout="wide")
    for style in ("page.css", "phone.css", "paper.css"):
        st.html(_FRAME / style)
    try:
        view = state.current()
        lang = view.lang
        pages = {
            name: st.Page(
                f"../pages/{name}.py",
                title=text(f"page.{name}", lang),
                url_path=name,
                default=position == 0,
            )
            for position, name in enumerate(PAGES)
        }
        page = st.navigation(list(pages.values()), position="hidden")
        run.page = page.url_path or PAGES[0]
        st.set_page_config(page_title=page_title(run.page, lang))
        person = permission.person()
        offered = {
            name: it
            for name, it in pages.items()
            if name not in _FOR or person.may_somewhere(_FOR[name])
        }
        managing = [name for name in MANAGING if name in offered]
        beside_name = header.draw(view, offered, managing, HELPING, person, _waiting(person))
        account.tell_what_hinders(person, lang)
        state.show_notices(VIEW)
        state.show_notices(rows_behind.OPENED)
        try:
            if data.snapshot(view).illustrative:
                beside_name.badge(
                    text("app.sample", lang), color="orange", help=text("app.illustrative", lang)
                )
            if page.url_path not in (*MANAGING, *HELPING):
                where = region_path(data.gazetteer(), view.region, lang)
                paper.sheets(f"{page.title} · {where}", view)
                as_of.show(view)
        except RegistryEmpty as error:
            if page.url_path not in _WITHOUT_KIM:
                _say_empty(error, page.title, person, pages["impor"], lang)
                return
            if person.may_somewhere(Right.IMPOR):  # who can do something about it
                st.info(explain(error, lang), icon=":material/database_off:")
        if page.url_path in MANAGING:
            turns.leave()
        page.run()
        rows_behind.show(view)
    except PetaKimError as error:
        _show(error)


def _say_empty(
    error: RegistryEmpty, title: str, person: Person, importing: StreamlitPage, lang: str
) -> None:
    """Say that there are no KIM yet, and to whoever can do something about it what to do next."""
    st.title(title)
    if not any(map(person.may_somewhere, (Right.IMPOR, Right.BATAS))):
        st.info(text("app.no_kim", lang), icon=":material/database_off:")
        return
    st.info(explain(error, lang), icon=":material/database_off:")
    if person.may_somewhere(Right.IMPOR):
        st.page_link(importing, label=text("app.import", lang), icon=":material/upload_file:")


def _waiting(person: Person) -> int:
    """Return how many KIM wait for somebody; the page itself says if that cannot be read."""
    try:
        return waiting.count(person)
    except PetaKimError:
        return 0


def page_title(name: str, lang: str) -> str:
    """Return what tab and history call the page ``name``, also before it is drawn."""
    return f"{text(f'page.{name}', lang)} · {text('app.title', lang)}"


def _show(error: PetaKimError) -> None:
    """Tell a visitor what is wrong; hosts, users and paths are for operators and the log."""
    if isinstance(error, (SelectionError, RegionError)):  # of what was asked for
        show_error(error, state.language())
        return
    logging.getLogger("peta_kim").error("%s", error)
    if permission.may_somewhere(Right.BATAS):
        show_error(error, state.language())
    else:
        st.error(text("error.unavailable", state.language()), icon=":material/error:")


if __name__ == "__main__":
    main()
