"""Text of files, addresses and people on every page: shown as it is written, formatting nothing."""

import csv
import io
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from google.protobuf.message import Message
from streamlit.testing.v1 import AppTest

from dashboard import data
from dashboard.main import PAGES
from geodata.boundaries.store import active_set
from geodata.exports.decks import Deck, Scene, save_deck
from geodata.gazetteer import load_gazetteer
from geodata.registry import uploads
from geodata.registry.database.batches import stage
from geodata.registry.database.committing import commit
from geodata.registry.database.connection import Registry, open_registry
from geodata.registry.intake.preparing import prepare
from geodata.text import text
from tests.app.conftest import Open, press

MARK = "jahat"
BAD = (
    f"![p](http://{MARK}.id/p.png) [n](http://{MARK}.id) <img src=x onerror=alert(1)> "
    f":red[x] :streamlit: $x$ www.{MARK}.id a@{MARK}.id **b** `c`\r\n# d\x1b[31m\u202ee"
)
# What would be a link, a picture, an element, a colour, a formula, an icon or a heading.
ACTIVE = re.compile(
    r"(?<!\\)\[[np]|(?<!\\)<img|:red\[|(?<!\\)\$x|http://|www\.|a@j|(?<!\\)\*\*b|(?<!\\)`c"
    r"|:streamlit:|[\r\x1b\u202e]|\n\s*# d"
)
# Fields that Streamlit shows as they are, by the kind of their element.
AS_IT_IS = {
    "selectbox": {"options", "placeholder", "raw_value"},
    "multiselect": {"options", "placeholder", "raw_values"},
    "text_input": {"placeholder", "value", "default"},
    "text_area": {"placeholder", "value", "default"},
    "page_link": {"query_string"},
    "code": {"code_text"},
    "component_instance": {"json_args"},
    "text": {"body"},
    "html": {"body"},
}
# What would be an element, or turn the text around.
ACTIVE_HTML = re.compile(r"<img|[\r\x1b\u202e]")
HEADER = ("Nama KIM", "Provinsi", "Kabupaten", "Kecamatan", "Desa", "Bidang", "Status",
          "Nomor Induk", "Alamat", "Website", "Lintang", "Bujur", BAD)  # fmt: skip
_MALANG = ("Jawa Timur", "Kabupaten Malang", "Kepanjen")
ROWS = (
    (f"Satu {BAD}", *_MALANG, "Mojosari", BAD, BAD, f"1 {BAD}", BAD, BAD, "", "", BAD),
    (f"Dua {BAD}", *_MALANG, BAD, "UMKM", "", "", BAD, BAD, "", "", BAD),
    (f"Tiga {BAD}", *_MALANG[:2], BAD, "Mojosari", BAD, "", "", BAD, BAD, BAD, BAD, BAD),
    (f"Empat {BAD}", BAD, BAD, BAD, BAD, BAD, BAD, BAD, BAD, BAD, BAD, BAD, BAD),
    (f"Satu {BAD}", *_MALANG, "Mojosari", "UMKM", "", "", "lain", "", "", "", ""),
    (f"Lima {BAD}", *_MALANG, "Sukoraharjo", "UMKM", "aktif", "", BAD, "", "", "", BAD),
)


def file_of_a_stranger() -> bytes:
    written = io.StringIO()
    csv.writer(written).writerows([HEADER, *ROWS])
    return written.getvalue().encode()


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file whose accepted rows are in the registry, and again as a draft beside it."""
    folder = tmp_path_factory.mktemp("registry")
    path, gazetteer = folder / "kim.csv", load_gazetteer()
    path.write_bytes(file_of_a_stranger())
    read = replace(prepare(path, sender=BAD, gazetteer=gazetteer), file_name=BAD)
    registry = open_registry(f"sqlite:///{folder}/registry.db")
    commit(registry, stage(registry, read, gazetteer, who=BAD).id, who=BAD)
    stage(registry, read, gazetteer, who=BAD)
    return folder / "registry.db"


DRAFT = "2"


@pytest.fixture(autouse=True)
def registry(database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Registry:
    with closing(sqlite3.connect(database)) as made:
        made.execute("VACUUM INTO ?", (str(tmp_path / "registry.db"),))
    monkeypatch.setenv("KIM_DATABASE_URL", f"sqlite:///{tmp_path}/registry.db")
    return open_registry()


@pytest.fixture
def stranger(monkeypatch: pytest.MonkeyPatch) -> None:
    """Boundaries, a deck and an upload whose every text is of a stranger."""
    said = {"id": BAD, "en": BAD}
    kept = active_set()
    manifest = replace(
        kept.manifest, title=said, vintage=BAD, licence=BAD, notes=[said], approximate=False
    )
    monkeypatch.setattr(data, "boundaries", lambda: replace(kept, manifest=manifest))
    save_deck(Deck(f"a {MARK} [n] **b** <img", (Scene(f"wilayah={BAD}&metrik={BAD}", BAD),)))
    uploads.keep(io.BytesIO(file_of_a_stranger()), f"{BAD}.csv", BAD)


def markdown_of(app: AppTest) -> Iterator[str]:
    """Everything that a page hands to Streamlit to be shown as Markdown."""
    for element in _nodes(app._tree):
        proto = getattr(element, "proto", None)
        kind = getattr(element, "type", "")
        if kind == "arrow_table":
            table = element.value
            yield from map(str, [*table.index, *table.columns, *table.to_numpy().ravel()])
        elif isinstance(proto, Message) and kind not in ("arrow_data_frame", "vega_lite_chart"):
            yield from _strings(proto, AS_IT_IS.get(kind, set()))


def _nodes(node) -> Iterator:  # type: ignore[no-untyped-def]
    yield node
    for child in getattr(node, "children", {}).values():
        yield from _nodes(child)


def _strings(proto: Message, left_out: set[str]) -> Iterator[str]:
    for field, value in proto.ListFields():
        if field.name in left_out | {"id", "form_id", "element_id"}:
            continue
        for entry in value if field.is_repeated else [value]:
            if isinstance(entry, Message):
                yield from _strings(entry, left_out)
            elif isinstance(entry, str):
                yield entry


def shown(app: AppTest) -> list[str]:
    """The Markdown of a page that has words of the stranger; none of it formats."""
    written = [words for words in markdown_of(app) if MARK in words]
    for words in written:
        assert not ACTIVE.search(words), words
    for element in app.get("html"):
        assert not ACTIVE_HTML.search(element.proto.body), element.proto.body
    return written


def test_this_test_would_see_what_is_not_made_harmless() -> None:
    assert len(set(ACTIVE.findall(BAD))) >= 12


ADDRESS = ("level", "metrik", "skema", "kelas", "bidang", "status", "tahun", "isi")


@pytest.mark.parametrize("name", PAGES)
def test_a_page_shows_the_text_of_strangers_as_it_is_written(
    open_page: Open, stranger: None, name: str
) -> None:
    app = open_page(name, wilayah="35.07.13.2018", rincian=BAD, **dict.fromkeys(ADDRESS, BAD))
    assert len(shown(app)) >= len(ADDRESS), "a notice for each parameter"


def test_the_rows_behind_a_number_are_shown_as_they_are_written(open_page: Open) -> None:
    app = open_page("peta", wilayah=BAD, rincian="35.07.13.2018")
    assert shown(app)
    assert any(MARK in table.value.to_csv() for table in app.dataframe)


@pytest.mark.parametrize("step", ["desa", "kembar", "simpan", "selesai"])
def test_every_step_of_an_import_shows_the_text_of_strangers(open_page: Open, step: str) -> None:
    app = open_page("impor", kiriman=DRAFT, langkah=step)
    if step == "simpan":  # which has counts alone
        shown(app)
        return
    assert shown(app)
    if step == "selesai":
        return
    for _ in range(3):
        app.button(key="halaman-leave").click().run()
        assert shown(app)
    app.segmented_control(key="cara").set_value("bulk").run()
    shown(app)
    assert not app.exception


def test_columns_of_a_stranger_are_shown_as_they_are_written(
    open_page: Open, stranger: None
) -> None:
    (waiting,) = uploads.waiting()
    assert len(shown(open_page("impor", unggahan=waiting.key))) >= 3


def test_what_a_stranger_is_told_off_for_is_quoted_as_text(open_page: Open) -> None:
    app = open_page("paparan")
    app.text_input(key="dek-nama").set_value(BAD).run()
    press(app, text("paparan.create", "id"))
    assert shown(app)
