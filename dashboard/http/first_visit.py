"""What a first visit loads: asked for at once, and no more of it than is used.

A browser learns what Streamlit's page needs step by step: from its scripts, from the server, from
the frame of the map, from folium, a round trip each. Here its head names all of it.
"""

import json
import re
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from html import escape
from importlib.util import find_spec
from pathlib import Path

import streamlit

from dashboard import assets
from dashboard.addresses import below
from dashboard.http.packing import pack_well
from dashboard.packed_files import packed_before

_STATIC = Path(streamlit.__file__).parent / "static"
_SCRIPTS = _STATIC / "static/js"
_IMPORT = re.compile(r'(?:from|import)\s*"\./([\w.-]+\.js)"')
_NAMED = re.compile(r'(?:href|src)="\./static/js/([\w.-]+\.js)"')
# Streamlit asks for its whole font before its scripts.
_FONT_FIRST = re.compile(rb'<link\s+rel="preload"\s[^>]*as="font"[^>]*>')

_STYLE = re.compile(rb'href="\./static/css/index\.[\w-]+\.css"')

# Streamlit's modules for what every page has, and for the map, by the beginnings of their names.
_OF_EVERY_PAGE = (
    "Html", "MenuButton", "BidiComponent", "PageLink",
    "ButtonGroup", "Selectbox", "Checkbox", "Button",
)  # fmt: skip
_OF_THE_MAP = ("ComponentInstance",)
_PAGES_WITH_MAP = frozenset({"peta", "banding"})


def with_early_requests(page: bytes, name: str) -> bytes:
    """Return the HTML of the page ``name``, whose head asks for what the page will need."""
    page = _FONT_FIRST.sub(b"", page, count=1)
    page = _STYLE.sub(f'href="{assets.address(assets.STREAMLIT)}"'.encode(), page, count=1)
    return page.replace(b"</head>", _links(name in _PAGES_WITH_MAP).encode() + b"</head>", 1)


def unpacked() -> list[bytes]:
    """Return the scripts and styles of a first visit that have not been packed well yet."""
    contents = {name: assets.content(name) for name in assets.FILES}
    files = [*_of_the_page(), *_modules(_OF_EVERY_PAGE + _OF_THE_MAP)]
    bodies = [body for name, body in contents.items() if name.endswith((".js", ".css"))]
    paths = [*(_SCRIPTS / file for file in files), _of_the_frame()]
    bodies += [path.read_bytes() for path in paths]
    return [body for body in bodies if packed_before(body) is None]


def pack(bodies: list[bytes]) -> None:
    """Pack what :func:`unpacked` names, so that no reader waits for it: some seconds, once."""
    with ThreadPoolExecutor() as pool:
        list(pool.map(pack_well, bodies))


@cache
def _links(has_map: bool) -> str:
    modules = _modules(_OF_EVERY_PAGE + (_OF_THE_MAP if has_map else ()))
    links = [f'<link rel="modulepreload" crossorigin href="./static/js/{m}">' for m in modules]
    frame = below(f"/component/streamlit_folium.st_folium/static/js/{_of_the_frame().name}")
    # After the scripts, which text waits for; before the text, which would be laid out anew.
    fonts = [assets.address(name) for name in (assets.LETTERS, assets.ICONS)]
    links += [f'<link rel="preload" as="font" crossorigin href="{font}">' for font in fonts]
    of_the_map = json.dumps([frame, *(address for _, address in assets.links(".js"))])
    early = (
        f'<script type="module" src="{assets.address(assets.EARLY)}" '
        f'data-scripts="{escape(of_the_map)}"></script>'
    )
    return "".join(links) + (early if has_map else "")


def _of_the_frame() -> Path:
    """Return the script of the frame in which streamlit-folium draws a map."""
    # Imported before the server runs, it would not be known to it.
    spec = find_spec("streamlit_folium")
    [folder] = (spec and spec.submodule_search_locations) or []
    [path] = Path(folder).glob("frontend/build/static/js/main.*.js")
    return path


@cache
def _of_the_page() -> frozenset[str]:
    """Return the scripts that Streamlit's page names itself."""
    return frozenset(_NAMED.findall((_STATIC / "index.html").read_text("utf-8")))


def _modules(names: tuple[str, ...]) -> list[str]:
    """Return the files of Streamlit's modules ``names``, and of those that they import, in order.

    Left out are those that its page names already.
    """
    known = _of_the_page()
    files: dict[str, None] = {}

    def add(file: str) -> None:
        if file in known or file in files:
            return
        files[file] = None
        for imported in _IMPORT.findall((_SCRIPTS / file).read_text("utf-8")):
            add(imported)

    for name in names:
        for path in _SCRIPTS.glob(f"{name}.*.js"):
            add(path.name)
    return list(files)
