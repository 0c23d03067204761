"""The four ways to name an area: point and radius, corners, a list of regions, a file."""

import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import streamlit as st

from dashboard import data, permission
from dashboard.darurat import named_area
from dashboard.darurat.named_area import EMERGENCY, WAYS, NamedArea
from dashboard.frame import doing, state, widgets
from dashboard.frame.markdown import literal, say, show_error
from dashboard.workshop import kept as kept_answers
from geodata.area import kept
from geodata.area.area_error import AreaError
from geodata.area.file_reading import ENDINGS, MOST_BYTES, FileArea, read_area_file
from geodata.area.mending import Mended
from geodata.area.outlines import LARGEST_KM, SMALLEST_KM, File, Outline, Region
from geodata.area.typed import known_points, typed_circle, typed_polygon, typed_regions
from geodata.area.zones import shape_of, zones_of
from geodata.errors import PetaKimError
from geodata.people.rights import Right
from geodata.search.search import search_of
from geodata.text import text
from geodata.view.view import View
from geodata.view.words import region_path

POINT, RADIUS, CORNERS = "darurat-titik", "darurat-radius", "darurat-sudut"
"""Keys of the fields that a click on the map fills, too, and of the radius."""
_REGIONS, _FIELD, _CRS, _READ = "darurat-wilayah", "darurat-kolom", "darurat-crs", "darurat-isi"
_NAMES_SHOWN = 3  # of the zones of one file


def draw(view: View, area: NamedArea) -> None:
    """Draw the choice of the way, and its fields."""
    lang = view.lang
    st.segmented_control(
        text("darurat.way", lang),
        WAYS,
        format_func=lambda way: text(f"darurat.{way}", lang),
        required=True,
        label_visibility="collapsed",
        **widgets.bound_own(
            EMERGENCY, "cara", area.cara, lambda own, way: replace(own, cara=way or own.cara)
        ),
    )
    match area.cara:
        case "titik":
            _point(lang)
        case "gambar":
            _corners(lang)
        case "daftar":
            _regions(view)
        case "berkas":
            _file(lang)


def show_zones(area: NamedArea, lang: str) -> None:
    """Draw what the area is made of, each with the button that takes it out."""
    for place, outline in enumerate(area.daerah):
        name = _called(outline, lang)
        st.button(
            literal(name),
            key=f"darurat-bagian-{place}",
            icon=":material/close:",
            type="tertiary",
            help=say("darurat.remove", lang, nama=name),
            on_click=named_area.remove,
            args=(outline,),
        )
    if len(area.daerah) > 1:
        st.button(text("darurat.clear", lang), key="darurat-kosong", on_click=named_area.clear)


def _called(outline: Outline, lang: str) -> str:
    try:
        return kept_answers.kept(_names, outline, lang)
    except PetaKimError:
        return text("darurat.berkas", lang)


def _names(outline: Outline, lang: str) -> str:
    return "; ".join(zone.name for zone in zones_of(outline, data.gazetteer(), lang)[:_NAMES_SHOWN])


def _point(lang: str) -> None:
    st.text_input(
        text("darurat.titik_isian.point", lang),
        key=POINT,
        help=text("darurat.titik_isian.point_help", lang),
        placeholder="-7.98, 112.63",
    )
    st.number_input(
        text("darurat.titik_isian.radius", lang),
        SMALLEST_KM,
        LARGEST_KM,
        5.0,
        step=1.0,
        format="%g",
        key=RADIUS,
    )
    _add_button(_add_circle, lang)


def _corners(lang: str) -> None:
    st.text_area(
        text("darurat.gambar_isian.corners", lang),
        key=CORNERS,
        help=text("darurat.gambar_isian.corners_help", lang),
        height=140,
        placeholder="-7.9, 112.6\n-7.9, 112.8\n-8.1, 112.7",
    )
    with st.container(horizontal=True):
        _add_button(_add_polygon, lang)
        if st.session_state.get(CORNERS):
            st.button(
                text("darurat.gambar_isian.undo", lang), icon=":material/undo:", on_click=_undo
            )


def _regions(view: View) -> None:
    lang = view.lang
    st.text_area(
        text("darurat.daftar_isian.regions", lang),
        key=_REGIONS,
        help=text("darurat.daftar_isian.regions_help", lang),
        height=140,
    )
    with st.container(horizontal=True):
        _add_button(_add_regions, lang)
        if view.region:
            path = region_path(data.gazetteer(), view.region, lang)
            st.button(
                say("darurat.daftar_isian.here", lang, wilayah=path),
                icon=":material/add_location:",
                on_click=doing.guarded,
                args=(named_area.add, Region(view.region)),
            )


def _file(lang: str) -> None:
    if not _may_bring():
        st.info(text("darurat.berkas_isian.forbidden", lang), icon=":material/lock:")
        return
    limit = MOST_BYTES // 1_000_000
    file = st.file_uploader(
        text("darurat.berkas_isian.file", lang),
        type=list(ENDINGS),
        max_upload_size=limit,
        help=say("darurat.berkas_isian.file_help", lang, limit=limit),
        key="darurat-berkas",
    )
    crs = st.text_input(
        text("darurat.berkas_isian.crs", lang), key=_CRS, placeholder="EPSG:32749"
    ).strip()
    if file is None:
        return
    try:
        read = _read(file, crs or None)
    except PetaKimError as error:
        show_error(error, lang)
        return
    field = st.selectbox(
        text("darurat.berkas_isian.field", lang),
        read.fields,
        index=None,
        format_func=literal,
        placeholder=text("darurat.berkas_isian.whole", lang),
        key=_FIELD,
    )
    _add_button(_add_file, lang, read, file.name, field)


def _read(file: Any, crs: str | None) -> FileArea:
    """Return what is in an uploaded file, read once in this session."""
    key = file.file_id, crs
    known = st.session_state.get(_READ)
    if known is None or known[0] != key:
        with tempfile.TemporaryDirectory(prefix="kim-") as folder:
            copy = Path(folder) / f"berkas{Path(file.name).suffix.lower()}"
            copy.write_bytes(file.getbuffer())
            known = key, read_area_file(copy, crs)
        st.session_state[_READ] = known
    return known[1]


def _may_bring() -> bool:
    return permission.may_somewhere(Right.IMPOR) or permission.may_somewhere(Right.BATAS)


def _add_button(add: Any, lang: str, *args: Any) -> None:
    st.button(
        text("darurat.add", lang),
        key="darurat-tambah",
        type="primary",
        icon=":material/add:",
        on_click=doing.guarded,
        args=(add, *args),
    )


def _add_circle() -> str:
    outline, done = typed_circle(st.session_state[POINT], st.session_state[RADIUS])
    named_area.add(outline)
    st.session_state[POINT] = ""
    return _told(done)


def _add_polygon() -> str:
    outline, done = typed_polygon(st.session_state[CORNERS])
    _, mended = shape_of(outline)
    named_area.add(outline)
    st.session_state[CORNERS] = ""
    return _told([*done, *mended])


def _add_regions() -> None:
    snapshot = data.snapshot()
    written = st.session_state[_REGIONS]
    named_area.add(*typed_regions(written, data.gazetteer(), lambda: search_of(snapshot)))
    st.session_state[_REGIONS] = ""


def _add_file(read: FileArea, name: str, field: str | None) -> str:
    if not _may_bring():
        raise AreaError("area_none")
    named_area.add(File(kept.keep(read.zones(name, field))))
    return _told(read.done)


def _told(done: list[Mended] | tuple[Mended, ...]) -> str:
    return " ".join(text(f"area.mended.{what}", state.language()) for what in done)


def _undo() -> None:
    lines = st.session_state[CORNERS].strip().splitlines()
    st.session_state[CORNERS] = "\n".join(lines[:-1])


def clicked(area: NamedArea, lat: float, lng: float) -> None:
    """Take a click on the map as the point, or as one more corner."""
    written = f"{lat:.5f}, {lng:.5f}"
    if area.cara == "titik":
        st.session_state[POINT] = written
    elif area.cara == "gambar":
        lines = st.session_state.get(CORNERS, "").strip()
        st.session_state[CORNERS] = "\n".join(filter(None, (lines, written)))


def corners(area: NamedArea) -> list[tuple[float, float]]:
    """Return what of the next outline is known so far, for the map: the point, or corners."""
    field = {"titik": POINT, "gambar": CORNERS}.get(area.cara)
    return known_points(st.session_state.get(field, "")) if field else []
