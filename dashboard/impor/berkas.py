"""First step of an import: a new file, what is not finished yet, and all batches that came."""

import streamlit as st

from dashboard import permission
from dashboard.frame import doing, tables
from dashboard.frame.markdown import literal, say
from dashboard.impor import selesai, steps
from geodata.people.rights import Right
from geodata.registry import uploads
from geodata.registry.by_hand.saving import office_of
from geodata.registry.database.batches import Batch, committed_before, list_batches
from geodata.registry.database.memory import list_aliases
from geodata.registry.database.states import State
from geodata.registry.intake.files.reading import MAX_BYTES
from geodata.registry.intake.template import template
from geodata.text import number, text

KINDS = ["xlsx", "xls", "xlsb", "ods", "csv", "tsv", "txt"]
_BATCHES_A_PAGE = 10
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def draw(lang: str) -> None:
    """Draw the step."""
    steps.forget_look()
    batches = _own(list_batches(steps.registry()))
    steps.show_steps("berkas", lang)
    _new_file(batches, lang)
    _unfinished(batches, lang)
    _history([batch for batch in batches if batch.state is not State.DRAF], lang)
    _aliases({batch.id for batch in batches}, lang)


def _new_file(batches: list[Batch], lang: str) -> None:
    st.header(text("impor.file.heading", lang))
    left, right = st.columns([3, 2], gap="large")
    with right:
        st.markdown(text("impor.file.template_note", lang))
        st.download_button(
            text("impor.file.template", lang),
            lambda: template(lang),
            file_name="templat-kim.xlsx",
            mime=_XLSX,
            icon=":material/table:",
            on_click="ignore",
        )
    with left:
        sender = _sender(batches, lang)
        file = st.file_uploader(
            text("impor.file.file", lang),
            type=KINDS,
            max_upload_size=MAX_BYTES // 1_000_000,
            key="berkas-baru",
        )
        if file is not None:
            st.button(
                text("impor.file.start", lang),
                type="primary",
                icon=":material/arrow_forward:",
                on_click=doing.guarded,
                args=(_keep, file, sender),
            )


def _own(of_all: list[Batch]) -> list[Batch]:
    """Return the batches that whoever asks may work on."""
    person = permission.person()
    return [batch for batch in of_all if person.may(Right.IMPOR, batch.region)]


def _sender(batches: list[Batch], lang: str) -> str:
    """Return who sends a file: the office of whoever has signed in, else whom they name."""
    person = permission.person()
    if person.account is not None:
        office = office_of(person)
        said = say("impor.file.sender_office", lang, kantor=office)
        st.markdown(said, help=text("impor.file.sender_help", lang))
        return office
    named = st.selectbox(
        text("impor.file.sender", lang),
        sorted({batch.sender for batch in batches} - {""}),
        index=None,
        accept_new_options=True,
        placeholder=text("impor.file.sender_hint", lang),
        help=text("impor.file.sender_help", lang),
        key="pengirim",
    )
    return named or ""


def _keep(file, sender: str) -> None:  # type: ignore[no-untyped-def]
    region = permission.person().region
    with permission.acting(Right.IMPOR, region):
        upload = uploads.keep(file, file.name, sender, region)
    steps.turn_to(steps.Whereabouts(upload=upload.key))


def discard(upload: uploads.Upload) -> None:
    """Give up a file that waits; for callbacks."""
    with permission.acting(Right.IMPOR, upload.region):
        uploads.discard(upload)


def say_if_known(upload: uploads.Upload, lang: str) -> None:
    """Say whether the very same file has come before."""
    committed = _own(committed_before(steps.registry(), upload.sha256))
    drafts = [
        batch
        for batch in _own(list_batches(steps.registry(), State.DRAF))
        if batch.sha256 == upload.sha256
    ]
    for key, known in (("same_committed", committed), ("same_draft", drafts)):
        if known:
            named = ", ".join(number(batch.id, lang) for batch in known)
            st.warning(say(f"impor.file.{key}", lang, batches=named), icon=":material/file_copy:")


def _unfinished(batches: list[Batch], lang: str) -> None:
    waiting = [it for it in uploads.waiting() if permission.may(Right.IMPOR, it.region)]
    drafts = [batch for batch in batches if batch.state is State.DRAF]
    if not waiting and not drafts:
        return
    st.header(text("impor.waiting.heading", lang))
    for upload in waiting:
        _waiting_file(upload, lang)
    for batch in drafts:
        selesai.card(batch, lang)


def _waiting_file(upload: uploads.Upload, lang: str) -> None:
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        if upload.whole:
            why = "stopped" if upload.broke_reader else "columns"
            said = " · ".join(filter(None, [upload.sender, text(f"impor.waiting.{why}", lang)]))
            kept = steps.say_kept_until(upload, lang)
            st.markdown(f"**{literal(upload.file_name)}**  \n{literal(said)}  \n{kept}")
            st.button(
                text("impor.waiting.open", lang),
                key=f"lanjut-{upload.key}",
                type="primary",
                on_click=steps.turn_to,
                args=(steps.Whereabouts(upload=upload.key),),
            )
        else:
            st.markdown(text("impor.waiting.broken", lang))
        st.button(
            text("impor.waiting.discard", lang),
            key=f"hapus-{upload.key}",
            type="tertiary",
            icon=":material/delete:",
            on_click=doing.guarded,
            args=(discard, upload),
        )


def _history(batches: list[Batch], lang: str) -> None:
    st.header(text("impor.history.heading", lang))
    if not batches:
        st.info(text("impor.history.empty", lang), icon=":material/info:")
        return
    pages = -(-len(batches) // _BATCHES_A_PAGE)
    page = 1
    if pages > 1:
        label = say("impor.review.page", lang, pages=number(pages, lang))
        page = st.number_input(label, 1, pages, key="riwayat-halaman", width=200)
    for batch in batches[(page - 1) * _BATCHES_A_PAGE : page * _BATCHES_A_PAGE]:
        selesai.card(batch, lang)


def _aliases(own: set[int], lang: str) -> None:
    """Draw the download of the places that were decided in one's ``own`` batches."""
    aliases = list_aliases(steps.registry())
    aliases = aliases[aliases["batch_id"].isin(own)].drop(columns="batch_id")
    if len(aliases):
        st.caption(text("impor.history.aliases", lang))
        with st.container(horizontal=True):
            tables.downloads_as_they_are(lambda: {"alias": aliases}, "alias-tempat", lang)
