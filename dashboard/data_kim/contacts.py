"""What is known of persons of a KIM: for those who may see it, once they have asked, and logged."""

import streamlit as st

from dashboard import data, permission
from dashboard.frame import doing
from geodata.people.audit import record_look
from geodata.people.rights import Right
from geodata.registry.by_hand.kim import Kim, read_kim
from geodata.text import text

_LOOKED = "data-kim-kontak"


def of(kim: Kim) -> dict[str, str] | None:
    """Return what is known of persons; ``None`` unless they may see it, and have asked to."""
    if st.session_state.get(_LOOKED) != kim.kim_id:
        return None
    # A form keeps the KIM as it was seen; it may stand elsewhere by now.
    now = read_kim(data.registry(), kim.kim_id, with_personal=True)
    return dict(now.personal) if permission.may(Right.PRIBADI, now.kode) else None


def show_button(kim: Kim, lang: str) -> None:
    """Draw the button that shows them and says that this is logged."""
    st.button(
        text("data_kim.contacts.show", lang),
        key="lihat-kontak",
        icon=":material/visibility:",
        on_click=doing.guarded,
        args=(_look, kim),
    )


def hide() -> None:
    """Have them asked for anew: whoever leaves a KIM and comes back looks once more."""
    st.session_state.pop(_LOOKED, None)


def _look(kim: Kim) -> None:
    now = read_kim(data.registry(), kim.kim_id)
    with permission.acting(Right.PRIBADI, now.kode) as who:
        record_look(data.registry(), who=who, region=now.kode, kim_id=now.kim_id)
    st.session_state[_LOOKED] = kim.kim_id
