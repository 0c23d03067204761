"""The forms of a KIM: all that is known of it, or what its closing, reopening or moving needs."""

from collections.abc import Mapping
from functools import partial

import streamlit as st

from dashboard import data, permission
from dashboard.data_kim import contacts, deciding, saving
from dashboard.data_kim.whereabouts import ADD, PROPOSE, turn_to
from dashboard.frame import desa_choice, doing, state
from dashboard.frame.markdown import say
from dashboard.map import desa_click
from geodata.days import today
from geodata.people.audit import from_origin
from geodata.people.rights import Right
from geodata.registry.by_hand.change import Change
from geodata.registry.by_hand.form import (
    FIELDS,
    POINT,
    WHY,
    as_written,
    problem_of_reason,
    read_contacts,
    read_form,
)
from geodata.registry.by_hand.kim import Kim
from geodata.registry.database.committing import UNVERIFIED
from geodata.registry.fields import BIDANG, SEPARATOR
from geodata.registry.proposals import Proposal, propose
from geodata.registry.reasons import Reason
from geodata.registry.schema import STATUSES
from geodata.registry.staging import PERSONAL_FIELDS
from geodata.text import text
from geodata.view.kim_words import desa_in_words

_EMPTY = dict.fromkeys(FIELDS, "") | {"status": "aktif"}
_STATUS_OF = {"tutup": "tidak_aktif", "buka": "aktif"}
_NEEDED = ("nama_kim", "status")


def draw_new(proposal: Proposal | None, lang: str) -> None:
    """Draw the form of a KIM that there is not yet, as somebody proposed it if they did."""
    st.header(text(f"data_kim.action.{ADD}", lang), anchor=False)
    key, shown, along = "kim-baru", _EMPTY, {}
    if proposal is not None:
        key, along = f"usulan-{proposal.batch_id}", dict(proposal.personal)
        shown = as_written(proposal.values)
    code = _desa(key, shown["kode_wilayah"], permission.person().region or "", lang)
    with st.form(key, enter_to_submit=False):
        _fields(key, shown, lang)
        if along:
            st.caption(text("registration.proposal.contacts", lang))
        else:
            _contacts(key, {}, lang)
        _reason(key, needed=False, lang=lang)
        _buttons(ADD, None, shown | {"kode_wilayah": code}, along, key, lang)
    deciding.draw(lang)


def draw_proposal(lang: str) -> None:
    """Draw the form by which anybody proposes a KIM."""
    st.header(text(f"data_kim.action.{PROPOSE}", lang), anchor=False)
    st.markdown(text("registration.proposal.lead", lang))
    key = "kim-usul"
    code = _desa(key, "", "", lang, anywhere=True)
    with st.form(key, enter_to_submit=False):
        _text(key, "nama_kim", "", lang)
        _bidang(key, "", lang)
        for name in ("domain", "jumlah_anggota"):
            _text(key, name, "", lang)
        _contacts(key, {}, lang)
        shown = _EMPTY | {"status": UNVERIFIED, "kode_wilayah": code}
        _buttons(PROPOSE, None, shown, {}, key, lang)
    deciding.draw(lang)


def is_done(kim: Kim, action: str) -> bool:
    """Tell whether a KIM that is to be closed or reopened is so already."""
    return action in _STATUS_OF and (action == "tutup") is is_closed(kim)


def is_closed(kim: Kim) -> bool:
    """Tell whether a KIM is closed."""
    return kim.values["status"] == _STATUS_OF["tutup"]


def say_done(kim: Kim, action: str, lang: str) -> None:
    """Say that nothing is to be done."""
    status = text(f"status.{kim.values['status']}", lang).lower()
    said = say(f"data_kim.action.{action}_done", lang, nama=kim.values["nama_kim"], status=status)
    st.info(said, icon=":material/info:")


def draw_change(kim: Kim, action: str, lang: str) -> None:
    """Draw the form of what is done about a KIM."""
    heading = {"tindakan": text(f"data_kim.action.{action}", lang), "nama": kim.values["nama_kim"]}
    st.header(say("data_kim.form.heading", lang, **heading), anchor=False)
    key = f"kim-{kim.version}-{action}"
    shown, code = as_written(kim.values), kim.kode
    if action in ("ubah", "pindah"):
        code = _desa(key, kim.kode, kim.kode, lang)
    known = contacts.of(kim) if action == "ubah" else None
    with st.form(key, enter_to_submit=False):
        if action == "ubah":
            _fields(key, shown, lang)
            if known is not None:
                _contacts(key, known, lang)
        elif action == "pindah":
            st.caption(text("data_kim.form.move_point", lang))
            _text(key, POINT, "", lang)
            shown |= {POINT: ""}
        else:
            label = text("data_kim.form.since", lang)
            _text(key, "tanggal_diperbarui", today().isoformat(), lang, label)
            shown |= {"status": _STATUS_OF[action]}
        _reason(key, needed=action != "ubah", lang=lang)
        _buttons(action, kim, shown | {"kode_wilayah": code}, known or {}, key, lang)
    deciding.draw(lang)  # beside the button that was pressed, and so in sight
    if action == "ubah" and known is None and permission.may(Right.PRIBADI, kim.kode):
        st.caption(text("data_kim.contacts.closed", lang))
        contacts.show_button(kim, lang)


def _desa(key: str, code: str, near: str, lang: str, *, anywhere: bool = False) -> str:
    """Draw where the KIM is, and the search for another desa; return the code that holds."""
    own = None if anywhere else permission.person().region
    where = st.container()

    def allowed(kode: str) -> bool:
        return anywhere or permission.may(Right.UBAH, kode)

    searched = desa_choice.choose(
        text("data_kim.form.desa_other" if code else "data_kim.form.desa_search", lang),
        key,
        near,
        lang,
        allowed,
        partial(desa_click.forget, key),
    )
    clicked = desa_click.choose(key, near or state.current().region, own, lang, allowed)
    code = clicked or searched or code
    if code:
        path = desa_in_words(data.gazetteer(), code)
        where.markdown(f"**{say('data_kim.form.desa', lang, desa=path)}**")
    else:
        where.caption(text("data_kim.form.desa_none", lang))
    return code


def _fields(key: str, shown: Mapping[str, str], lang: str) -> None:
    left, right = st.columns(2, gap="large")
    with left:
        for name in ("nama_kim", "nomor_induk"):
            _text(key, name, shown[name], lang)
        _bidang(key, shown["bidang"], lang)
        _text(key, "bidang_lain", shown["bidang_lain"], lang)
        st.selectbox(
            text("impor.field.status", lang),
            STATUSES,
            index=STATUSES.index(shown["status"]),
            format_func=lambda status: text(f"status.{status}", lang),
            key=f"{key}-status",
        )
    with right:
        for name in ("tanggal_terdaftar", "tanggal_diperbarui", "domain", "jumlah_anggota", POINT):
            _text(key, name, shown[name], lang)


def _bidang(key: str, shown: str, lang: str) -> None:
    st.multiselect(
        text("impor.field.bidang", lang),
        BIDANG,
        default=[name for name in BIDANG if name in shown.split(SEPARATOR)],
        format_func=lambda name: text(f"bidang.{name}", lang),
        placeholder="",
        key=f"{key}-bidang",
    )


def _text(key: str, name: str, shown: str, lang: str, label: str | None = None) -> None:
    """Draw a field for a line of text."""
    label = label or text(f"impor.field.{name}", lang)
    hints = {POINT: "koordinat_hint"} | dict.fromkeys(
        ("tanggal_terdaftar", "tanggal_diperbarui"), "day_hint"
    )
    st.text_input(
        text("data_kim.form.needed", lang, nama=label) if name in _NEEDED else label,
        value=shown,
        placeholder=text(f"data_kim.form.{hints[name]}", lang) if name in hints else None,
        help=text("data_kim.form.confirmed_help", lang) if name == "tanggal_diperbarui" else None,
        key=f"{key}-{name}",
    )


def _contacts(key: str, known: Mapping[str, str], lang: str) -> None:
    st.subheader(text("data_kim.contacts.heading", lang), anchor=False)
    st.caption(text("data_kim.contacts.logged" if known else "data_kim.contacts.new", lang))
    for name in PERSONAL_FIELDS:
        _text(key, name, known.get(name, ""), lang)


def _reason(key: str, *, needed: bool, lang: str) -> None:
    label = text("data_kim.form.reason", lang)
    st.text_input(
        text("data_kim.form.needed", lang, nama=label) if needed else label,
        help=text("data_kim.form.reason_help", lang),
        key=f"{key}-{WHY}",
    )


def _buttons(
    action: str,
    kim: Kim | None,
    shown: Mapping[str, str],
    known: Mapping[str, str],
    key: str,
    lang: str,
) -> None:
    with st.container(horizontal=True):
        st.form_submit_button(
            text("data_kim.form.save", lang),
            type="primary",
            icon=":material/save:",
            on_click=doing.guarded,
            args=(_submit, action, kim, shown, known, key, lang),
        )
        st.form_submit_button(
            text("data_kim.form.cancel", lang), on_click=_leave, args=(kim.kim_id if kim else 0,)
        )


def _leave(kim_id: int) -> None:
    saving.see_anew()
    turn_to(kim_id)


def _submit(
    action: str,
    kim: Kim | None,
    shown: Mapping[str, str],
    known: Mapping[str, str],
    key: str,
    lang: str,
) -> str | None:
    """Read what was written and save it, or say which fields cannot be read.

    Parameters
    ----------
    shown
        What the form says of fields that it does not ask for.
    known
        The contacts that it showed; of a proposal those that come along unseen.
    """
    typed = {
        name.removeprefix(f"{key}-"): value
        for name, value in st.session_state.items()
        if isinstance(name, str) and name.startswith(f"{key}-")
    }
    if "bidang" in typed:
        typed["bidang"] = SEPARATOR.join(name for name in BIDANG if name in typed["bidang"])
    written = {name: typed.get(name, shown[name]) for name in FIELDS}
    values, problems = read_form(written, data.gazetteer(), kim.values if kim else None)
    problems |= problem_of_reason(typed.get(WHY, ""), needed=action in ("pindah", "tutup", "buka"))
    if action == "pindah" and kim and values["kode_wilayah"] == kim.kode:
        problems["kode_wilayah"] = str(Reason.NO_DESA)
    if problems:
        saving.hold(problems)
        return None
    personal = {} if kim else dict(known)
    if PERSONAL_FIELDS[0] in typed:
        said = read_contacts(typed)
        personal = {name: said[name] for name in said if said[name] != known.get(name, "")}
    if action == PROPOSE:
        return _propose(values, personal, lang)
    return saving.save([Change(values, kim, personal, typed[WHY].strip())], lang)


def _propose(values: Mapping[str, str], contacts: Mapping[str, str], lang: str) -> str:
    with from_origin(permission.origin()):
        propose(data.registry(), values, contacts)
    saving.see_anew()
    turn_to()
    return say("registration.proposal.done", lang, nama=values["nama_kim"])
