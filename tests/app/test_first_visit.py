"""What a first visit loads: asked for at once, packed well, and no more of it than is used."""

import re
from io import BytesIO
from pathlib import Path

import pytest
import streamlit
from fontTools.ttLib import TTFont

from dashboard import assets, fonts
from dashboard.http import first_visit
from dashboard.http.packing import pack_well
from dashboard.packed_files import packed, packed_before

STATIC = Path(streamlit.__file__).parent / "static"


@pytest.fixture(scope="module")
def page() -> str:
    written = (STATIC / "index.html").read_bytes()
    return first_visit.with_early_requests(written, "peta").decode()


@pytest.fixture
def folder(tmp_path, monkeypatch) -> Path:
    monkeypatch.setenv("KIM_PACKED", str(tmp_path / "packed"))
    return tmp_path / "packed"


def test_the_head_names_modules_that_streamlit_would_ask_for_later(page) -> None:
    named = re.findall(r'href="\./static/js/([^"]+)"', page)
    assert len(named) == len(set(named))
    assert all((STATIC / "static/js" / name).is_file() for name in named)
    for module in ("Html", "Selectbox", "BidiComponent", "ComponentInstance"):
        assert any(name.startswith(f"{module}.") for name in named)


def test_what_a_named_module_imports_is_named_as_well(page) -> None:
    named = set(re.findall(r'"\./static/js/([^"]+)"', page))
    for name in named:
        source = (STATIC / "static/js" / name).read_text("utf-8")
        assert set(re.findall(r'from"\./([\w.-]+\.js)"', source)) <= named


def test_text_does_not_wait_for_the_whole_font_nor_for_the_map(page) -> None:
    assert "SourceSans" not in page
    fonts_at = [page.index(assets.address(font)) for font in (assets.LETTERS, assets.ICONS)]
    assert min(fonts_at) > page.rindex("modulepreload")
    head, early = page.split("data-scripts=")
    assert "maplibre" not in head
    assert all(address in early for _, address in assets.links(".js"))


def test_a_page_without_a_map_does_not_ask_for_its_scripts() -> None:
    written = (STATIC / "index.html").read_bytes()
    assert b"maplibre" not in first_visit.with_early_requests(written, "tentang")


def test_streamlits_style_names_the_smaller_fonts_and_finds_the_others(page) -> None:
    assert assets.address(assets.STREAMLIT) in page
    style = assets.content(assets.STREAMLIT).decode()
    assert assets.address(assets.ICONS) in style
    assert "../media" not in style
    others = re.findall(r"url\((/static/media/[^)]+)\)", style)
    assert others
    assert all((STATIC / address.lstrip("/")).is_file() for address in others)


def test_the_font_of_icons_has_those_that_are_used_and_no_other() -> None:
    whole = TTFont(fonts.file("MaterialSymbols-Rounded"))
    small = assets.content(assets.ICONS)
    drawn = set(fonts._ligatures(TTFont(BytesIO(small))).values())
    used = fonts.icon_names() & set(fonts._ligatures(whole).values())
    assert {"search", "expand_more", "help"} <= used
    assert drawn == used
    assert len(small) < 20_000


def test_every_icon_of_ours_exists_and_is_written_out() -> None:
    whole = set(fonts._ligatures(TTFont(fonts.file("MaterialSymbols-Rounded"))).values())
    ours = [path for pattern in fonts._OURS for path in fonts._ROOT.glob(pattern)]
    named = {name for path in ours for name in fonts._ICON.findall(path.read_text("utf-8"))}
    assert named <= whole
    put_together = [path.name for path in ours if ":material/{" in path.read_text("utf-8")]
    assert put_together == [], "such a name is in no font"


def test_the_font_of_text_writes_our_languages_in_every_weight() -> None:
    small = assets.content(assets.LETTERS)
    font = TTFont(BytesIO(small))
    assert set(map(ord, "Peta KIM: 3,9% dari 83.762 desa é – “ya” → ≤ −")) <= set(
        font.getBestCmap()
    )
    weight = next(axis for axis in font["fvar"].axes if axis.axisTag == "wght")
    assert (weight.minValue, weight.maxValue) == (200, 900)
    assert len(small) < 60_000


def test_a_script_is_packed_well_once_for_all_servers_of_a_machine(folder) -> None:
    body = b"let kim = 1;\n" * 100
    assert packed_before(body) is None
    first = pack_well(body)
    assert packed_before(body) == first
    assert [path.stat().st_size for path in folder.iterdir()] == [len(first)]


def test_what_was_packed_before_is_not_packed_again(folder) -> None:
    made = [packed(b"source", lambda: b"packed"), packed(b"source", lambda: 1 / 0)]
    assert made == [b"packed", b"packed"]


def test_without_the_folder_it_is_packed_each_time(folder) -> None:
    folder.write_text("in the way")
    assert packed(b"source", lambda: b"packed") == b"packed"
    assert packed_before(b"source") is None


def test_after_a_start_nothing_of_a_first_visit_is_left_to_pack(folder, monkeypatch) -> None:
    monkeypatch.setattr(first_visit, "pack_well", lambda body: packed(body, lambda: body[:9]))
    bodies = first_visit.unpacked()
    assert len(bodies) > 80
    first_visit.pack(bodies)
    assert first_visit.unpacked() == []
