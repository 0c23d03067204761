"""Second step of an import: what each column of the file is taken for, to be corrected."""

from pathlib import Path

import streamlit as st

from dashboard import data, permission
from dashboard.frame import doing
from dashboard.frame.markdown import literal, say, show_error
from dashboard.impor import berkas, steps
from geodata.confinement.confined import ReaderEnded
from geodata.people.rights import NotAllowed, Right
from geodata.registry import uploads
from geodata.registry.database.batches import stage
from geodata.registry.database.handing_out import existing_kim
from geodata.registry.database.memory import aliases_for, mapping_of
from geodata.registry.intake.column_preview import ColumnPreview, preview_columns
from geodata.registry.intake.preparing import prepare
from geodata.registry.intake.sheets.headers import fields, personal_fields
from geodata.text import number, text

_PLACED_BY = {"desa", "kode_wilayah", "lat", "koordinat"}


def draw(upload: uploads.Upload, lang: str) -> None:
    """Draw the step for a file that waits; what is chosen gives way to a bar while it is read."""
    steps.show_steps("kolom", lang)
    if upload.broke_reader and not _again(upload, lang):
        return
    body = st.empty()
    try:
        with body.container():
            confirmed = _choices(upload, lang)
        if confirmed is not None:
            body.empty()
            _stage(upload, *confirmed, lang)
    except NotAllowed as error:
        show_error(error, lang)
    except ReaderEnded as error:
        show_error(error, lang)
        if not upload.broke_reader:
            _again(upload, lang)


def _again(upload: uploads.Upload, lang: str) -> bool:
    """Say that the file broke its reader; return whether the operator says to try once more."""
    said = say("impor.stopped.lead", lang, file=upload.file_name)
    st.warning(said, icon=":material/warning:")
    with st.container(horizontal=True):
        st.button(
            text("impor.waiting.discard", lang),
            key="hapus-rusak",
            type="primary",
            icon=":material/delete:",
            on_click=doing.guarded,
            args=(berkas.discard, upload),
        )
        return st.button(
            text("impor.stopped.again", lang), key="coba-lagi", icon=":material/refresh:"
        )


def _choices(upload: uploads.Upload, lang: str) -> tuple[dict[str, str], bool] | None:
    """Draw what each column is taken for; return that once the operator says to go on.

    Also returned is whether the columns that are not used are kept.
    """
    berkas.say_if_known(upload, lang)
    with st.spinner(text("step.reading", lang), show_time=True):
        preview = _preview(upload.path, mapping_of(steps.registry(), upload.sender), upload)
    columns = preview.columns
    st.header(text("impor.columns.heading", lang))
    st.markdown(
        say(
            "impor.columns.lead",
            lang,
            file=upload.file_name,
            known=number((columns["field"] != "").sum(), lang),
            columns=number(len(columns), lang),
            sender=upload.sender or text("impor.columns.nobody", lang),
        )
    )
    for notice in preview.notices:
        st.warning(say(f"notice.{notice.key}", lang, **notice.values), icon=":material/warning:")
    mapping = {}
    with st.container(border=True):
        for position, column in enumerate(columns.to_dict("records")):
            mapping[column["header"]] = _column(column, f"kolom-{upload.key}-{position}", lang)
    chosen = {header: field for header, field in mapping.items() if field}
    wrong = _twice(chosen, lang)
    if wrong:
        st.error(wrong, icon=":material/error:")
    if "nama_kim" not in chosen.values():
        st.warning(text("impor.columns.no_name", lang), icon=":material/warning:")
    if not _PLACED_BY & set(chosen.values()):
        st.warning(text("impor.columns.no_place", lang), icon=":material/warning:")
    keep_others = len(chosen) < len(columns) and st.checkbox(
        say("impor.columns.keep", lang, count=number(len(columns) - len(chosen), lang)),
        help=text("impor.columns.keep_help", lang),
        key=f"simpan-lain-{upload.key}",
    )
    with st.container(horizontal=True, horizontal_alignment="distribute"):
        st.button(
            text("impor.waiting.discard", lang),
            icon=":material/delete:",
            on_click=doing.guarded,
            args=(berkas.discard, upload),
        )
        confirmed = st.button(
            text("impor.columns.start", lang),
            type="primary",
            icon=":material/arrow_forward:",
            disabled=bool(wrong),
        )
    if kept := steps.say_kept_until(upload, lang):
        st.caption(kept)
    return (mapping, keep_others) if confirmed else None


# What was read of a file that waits; of persons the preview holds nothing.
@st.cache_data(max_entries=8, show_spinner=False)
def _preview(path: Path, remembered: dict[str, str], _upload: uploads.Upload) -> ColumnPreview:
    with uploads.attempt(_upload):
        return preview_columns(path, remembered)


def _column(column: dict, key: str, lang: str) -> str:
    """Draw a column of the file, and return the field that is chosen for it."""
    left, right = st.columns([3, 2], vertical_alignment="center")
    with left:
        said = text("impor.columns.empty", lang)
        if column["personal"]:
            said = text("impor.columns.personal", lang)
        elif column["examples"]:
            said = say("impor.columns.examples", lang, examples=column["examples"])
        st.markdown(f"**{literal(column['header'])}**  \n:small[{said}]")
    with right:
        choices = ["", *fields(), *personal_fields()]
        chosen: str = st.selectbox(
            f"{text('impor.columns.means', lang)}: {literal(column['header'])}",
            choices,
            index=choices.index(column["field"]),
            format_func=lambda name: _in_words(name, lang),
            label_visibility="collapsed",
            key=key,
        )
    return chosen


def _in_words(field: str, lang: str) -> str:
    return text(f"impor.field.{field}" if field else "impor.columns.none", lang)


def _twice(chosen: dict[str, str], lang: str) -> str:
    """Say which field two columns claim, "" if none."""
    for field in set(chosen.values()):
        headers = [header for header, meaning in chosen.items() if meaning == field]
        if len(headers) > 1:
            named = ", ".join(headers)
            return say("impor.columns.twice", lang, field=_in_words(field, lang), headers=named)
    return ""


def _stage(upload: uploads.Upload, mapping: dict[str, str], keep_others: bool, lang: str) -> None:
    """Read and match all rows, keep them as a draft, and turn to it."""
    registry = steps.registry()
    bar = st.progress(0.0, text("impor.columns.starting", lang))

    def report(step: str, share: float) -> None:
        bar.progress(min(share, 1.0), text(f"step.{step.lower()}", lang))

    with uploads.attempt(upload):
        staged = prepare(
            upload.path,
            sender=upload.sender,
            gazetteer=data.gazetteer(),
            mapping=mapping,
            aliases=aliases_for(registry, upload.sender, upload.region),
            existing=existing_kim(registry),
            progress=report,
        )
    with permission.acting(Right.IMPOR, upload.region) as who:
        batch = stage(
            registry,
            staged,
            data.gazetteer(),
            who=who,
            region=upload.region,
            keep_unrecognised=keep_others,
            progress=report,
        )
    doing.guarded(berkas.discard, upload)
    steps.go(batch.id)
    st.rerun()
