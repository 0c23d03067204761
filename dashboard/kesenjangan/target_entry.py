"""Setting targets: that of the region on screen by a form, those of many by a file."""

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import IO

import pandas as pd
import streamlit as st

from dashboard import data, permission
from dashboard.frame import doing, tables
from dashboard.frame.markdown import say
from dashboard.impor.berkas import KINDS
from geodata.exports.spreadsheets import to_xlsx
from geodata.people.rights import Right, require
from geodata.regions import LEVELS, Level, ancestor, is_within, level_of
from geodata.targets.keeping import set_targets, withdraw_target
from geodata.targets.region_target import FIRST_YEAR, LAST_YEAR, MOST_KIM, RegionTarget, TargetKind
from geodata.targets.target_file import read_target_file
from geodata.text import number, text
from geodata.view.view import View

_KIND, _YEAR, _VALUE, _READ = "sasaran-jenis", "sasaran-pada", "sasaran-nilai", "sasaran-terbaca"
_MOST_BYTES = 20_000_000


def draw_form(view: View, where: str, year: int, targets: Sequence[RegionTarget]) -> None:
    """Draw the form of a target of the view's region, and taking back those of ``targets``."""
    lang, region = view.lang, view.region or ""
    kinds = [kind for kind in TargetKind if _is_above(view.region, kind.unit or Level.DESA)]
    if not kinds:
        return
    title = say("sasaran.form.title", lang, wilayah=where)
    with st.expander(title, icon=":material/flag:"):
        with st.form("sasaran-tetapkan", border=False):
            with st.container(horizontal=True, vertical_alignment="bottom"):
                st.selectbox(
                    text("sasaran.form.kind", lang),
                    kinds,
                    format_func=lambda kind: text(f"sasaran_untuk.{kind}", lang),
                    key=_KIND,
                    width=320,
                )
                st.number_input(
                    text("sasaran.year", lang), FIRST_YEAR, LAST_YEAR, year, key=_YEAR, width=160
                )
                st.number_input(
                    text("sasaran.form.value", lang), 1, MOST_KIM, 10, key=_VALUE, width=260
                )
            st.form_submit_button(
                text("sasaran.form.save", lang),
                type="primary",
                icon=":material/flag:",
                on_click=doing.guarded,
                args=(_save, region, where, lang),
            )
        for target in (it for it in targets if it.region == region):
            _taking_back(target, where, lang)


def _is_above(region: str | None, unit: Level) -> bool:
    return region is None or unit.is_below(level_of(region))


def _taking_back(target: RegionTarget, where: str, lang: str) -> None:
    told = {"tahun": str(target.year), "wilayah": where}
    jenis = text(f"sasaran_untuk.{target.kind}", lang)
    nilai = target.kind.written(target.value)
    doing.confirmed(
        say("sasaran.form.withdraw", lang, jenis=jenis, nilai=nilai),
        say("sasaran.form.withdraw_sure", lang, **told),
        _withdraw,
        target,
        say("sasaran.form.withdraw_news", lang, **told),
        key=f"sasaran-cabut-{target.kind}-{target.year}",
        icon=":material/undo:",
    )


def _save(region: str, where: str, lang: str) -> str:
    chosen = st.session_state
    kind, year, value = TargetKind(chosen[_KIND]), chosen[_YEAR], chosen[_VALUE]
    target = RegionTarget(region, year, kind, value / 100 if kind.unit else value)
    with permission.acting(Right.SASARAN, region or None) as who:
        changed = set_targets(data.registry(), [target], who=who)
    if not changed:
        return text("sasaran.form.same", lang)
    told = {"tahun": str(year), "wilayah": where, "nilai": kind.written(target.value)}
    return say("sasaran.form.saved", lang, **told, jenis=text(f"sasaran_untuk.{kind}", lang))


def _withdraw(target: RegionTarget, news: str) -> str:
    with permission.acting(Right.SASARAN, target.region or None) as who:
        withdraw_target(data.registry(), (target.region, target.year, target.kind), who=who)
    return news


def draw_file(view: View, year: int) -> None:
    """Draw bringing in a file of targets: reading it, looking at its rows, saving them."""
    lang = view.lang
    with st.expander(text("sasaran.file.title", lang), icon=":material/upload_file:"):
        names = ", ".join(text(f"sasaran_untuk.{kind}", lang) for kind in TargetKind)
        st.markdown(say("sasaran.file.lead", lang, jenis=names))
        st.download_button(
            text("sasaran.file.template", lang),
            lambda: to_xlsx({text("celah.sasaran", lang): _template(view.region, year, lang)}),
            file_name="templat-sasaran.xlsx",
            icon=":material/table:",
            on_click="ignore",
        )
        file = st.file_uploader(
            text("sasaran.file.file", lang),
            type=KINDS,
            max_upload_size=_MOST_BYTES // 1_000_000,
            key="sasaran-berkas",
        )
        if file is None:
            st.session_state.pop(_READ, None)
            return
        st.button(
            text("sasaran.file.read", lang),
            icon=":material/table_view:",
            on_click=doing.guarded,
            args=(_read, file),
        )
        if read := st.session_state.get(_READ):
            _show_read(read, lang)


def _template(region: str | None, year: int, lang: str) -> pd.DataFrame:
    """Return the regions right below ``region``, a row each, without values."""
    gazetteer = data.gazetteer()
    codes = gazetteer.children(region)["kode"].tolist()
    rows = []
    for code in codes:
        levels = [level for level in LEVELS if not level.is_below(level_of(code))]
        names = {level.value: gazetteer.name(ancestor(code, level)) for level in levels}
        kind = text(f"sasaran_untuk.{TargetKind.KIM_BARU}", lang)
        rows.append({"kode": code, **names, "tahun": year, "jenis": kind, "nilai": ""})
    return pd.DataFrame(rows)


def _read(file: IO[bytes]) -> None:
    """Read an uploaded file and keep what it says; rows of elsewhere are left out."""
    person = permission.person()
    name = Path(getattr(file, "name", "").replace("\\", "/")).name
    with tempfile.TemporaryDirectory() as folder:
        # Of the name that the browser sent only the last part is used, so it leads nowhere else.
        path = Path(folder) / name
        path.write_bytes(file.read())
        rows, targets = read_target_file(path, data.gazetteer())
    own = [it for it in targets if is_within(it.region, person.region)]
    taken = rows["hasil_baca"] == "diterima"
    inside = rows["kode"].map(lambda code: is_within(code, person.region))
    rows.loc[taken & ~inside, "hasil_baca"] = "elsewhere"
    st.session_state[_READ] = (name, rows, own)


def _show_read(read: tuple[str, pd.DataFrame, list[RegionTarget]], lang: str) -> None:
    name, rows, targets = read
    told = {"jumlah": number(len(targets), lang), "semua": number(len(rows), lang)}
    st.markdown(say("sasaran.file.taken", lang, **told))
    tables.show_table(rows, "sasaran-baris", lang)
    if targets:
        st.button(
            say("sasaran.file.save", lang, jumlah=told["jumlah"]),
            type="primary",
            icon=":material/check:",
            on_click=doing.guarded,
            args=(_save_all, name, targets, lang),
        )


def _save_all(name: str, targets: Sequence[RegionTarget], lang: str) -> str:
    person = permission.person()
    for target in targets:  # what they may is looked up anew: the file was read before
        require(person, Right.SASARAN, target.region or None)
    with permission.acting(Right.SASARAN, person.region) as who:
        changed = set_targets(data.registry(), targets, who=who, file_name=name)
    st.session_state.pop(_READ, None)
    same = number(len(targets) - changed, lang)
    return say("sasaran.file.saved", lang, jumlah=number(changed, lang), sama=same)
