"""The documents say what is so: the house, names of files, links, the address, the database."""

import importlib
import pkgutil
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

import dashboard
from geodata.exports.formats import FORMATS
from geodata.registry.database.relations import metadata
from geodata.registry.fields import BIDANG
from geodata.text import LANGUAGES
from geodata.view.address import VIEW, Part
from geodata.view.metrics import METRICS

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
DOCUMENTS = [*sorted(ROOT.glob("*.md")), *sorted(DOCS.rglob("*.md"))]
DATA_MODEL = (DOCS / "data-model.md").read_text(encoding="utf-8")

_HOUSE = ("geodata", "dashboard", "pages")
_NOT_LISTED = {"__init__.py", "__pycache__"}
_STEPS_OF_MIGRATIONS = "geodata/registry/database/migrations/"
_FILE = re.compile(r"`((?:[\w-]+/)*[\w.-]+\.(?:py|js|toml))`")
_LINK = re.compile(r"\]\(([^)#:]*)(?:#([^)]*))?\)")

each_document = pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)


def house() -> set[str]:
    """Folders (with a slash at the end) and modules that there are."""
    listed = {"app.py"}
    for top in _HOUSE:
        listed.add(f"{top}/")
        for path in (ROOT / top).rglob("*"):
            name = path.relative_to(ROOT).as_posix()
            if _NOT_LISTED & set(path.parts):
                continue
            if path.is_dir():
                listed.add(f"{name}/")
            elif path.suffix in (".py", ".js") and not name.endswith(".test.js"):
                listed.add(name)
    return {
        name
        for name in listed
        if name == _STEPS_OF_MIGRATIONS or not name.startswith(_STEPS_OF_MIGRATIONS)
        if not name.startswith("dashboard/map/tests/") or name.endswith("/")
    }


def drawn_house() -> Iterator[str]:
    """What the tree of architecture.md lists: its last block; a folder's content is indented."""
    blocks = re.findall(
        r"^```\n(.*?)^```", (DOCS / "architecture.md").read_text("utf-8"), re.M | re.S
    )
    above: list[str] = []
    for line in blocks[-1].splitlines():
        name, says = line.split(maxsplit=1)
        assert says, f"{name}: what is it?"
        depth = (len(line) - len(line.lstrip())) // 2
        above[depth:] = [name]
        yield "".join(above[: depth + 1])


def test_the_house_of_the_architecture_is_the_tree():
    drawn = Counter(drawn_house())
    assert sorted(house() - set(drawn)) == [], "missing in docs/architecture.md"
    assert sorted(set(drawn) - house()) == [], "in docs/architecture.md, and gone"
    assert [name for name, times in drawn.items() if times > 1] == []


@each_document
def test_a_file_that_a_document_names_exists(path: Path):
    names = {file.relative_to(ROOT).as_posix() for file in _files()}
    gone = [
        named
        for named in _FILE.findall(path.read_text(encoding="utf-8"))
        if not any(name == named or name.endswith(f"/{named}") for name in names)
    ]
    assert gone == []


def _files() -> Iterator[Path]:
    for part in (*_HOUSE, "tests", "benchmarks", "docs", "data", ".ci", ".github"):
        yield from (ROOT / part).rglob("*.*")
    yield from ROOT.glob("*.*")


@each_document
def test_a_target_of_make_that_a_document_names_exists(path: Path):
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+):.*## ", makefile, re.MULTILINE))
    written = path.read_text(encoding="utf-8")
    named = re.findall(r"(?:^ *|`)(?:\w+=\S+ )*make ([a-z]+)\b", written, re.MULTILINE)
    assert set(named) <= targets


def _anchors(document: Path) -> set[str]:
    """Names of headings, as GitHub makes them."""
    headings = re.findall(r"^#+ (.+)$", document.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", title).strip().lower().replace(" ", "-") for title in headings}


@each_document
def test_a_link_leads_somewhere(path: Path):
    for file, anchor in _LINK.findall(path.read_text(encoding="utf-8")):
        target = (path.parent / file).resolve() if file else path
        assert target.exists(), f"{path.name} leads to {file}"
        if anchor:
            assert anchor in _anchors(target), f"{path.name} leads to {file}#{anchor}"


def test_every_change_has_its_page_and_every_page_its_line():
    pages = {page.name for page in (DOCS / "how-to").glob("*.md")} - {"README.md"}
    listed = re.findall(
        r"\((\S+\.md)\)", (DOCS / "how-to" / "README.md").read_text(encoding="utf-8")
    )
    assert sorted(listed) == sorted(pages)


def parts_of_the_address() -> list[Part]:
    """Every part: those of the library, and those that pages keep beside their dataclass."""
    parts = [VIEW]
    for part in pkgutil.walk_packages(dashboard.__path__, "dashboard."):
        if not part.name.endswith("__main__"):
            module = importlib.import_module(part.name)
            parts += [value for value in vars(module).values() if isinstance(value, Part)]
    return list({id(part): part for part in parts}.values())


def rows_of_the_address() -> dict[str, str]:
    """Parameter -> what the tables of the section say of it; a row may hold several."""
    section = re.search(r"^## The address\n(.*?)^## ", DATA_MODEL, re.M | re.S)
    assert section
    rows = re.findall(r"^\| ([\w, -]+) \| (.+) \| .*\|$", section[1], re.MULTILINE)
    return {name: says for names, says in rows for name in names.split(", ") if name != "parameter"}


def test_every_parameter_of_the_address_is_documented_and_no_other():
    parts = parts_of_the_address()
    assert len(parts) >= 6
    names = {name for part in parts for name in part.names}
    assert set(rows_of_the_address()) == names


@pytest.mark.parametrize(
    ("parameter", "values"),
    [("metrik", METRICS), ("berkas", FORMATS), ("bahasa", LANGUAGES)],
)
def test_every_value_of_a_choice_is_documented(parameter, values):
    assert re.findall(r"`([\w.]+)`", rows_of_the_address()[parameter]) == list(values)


def test_every_table_of_the_database_is_documented():
    section = DATA_MODEL.split("## The registry's database")[1].split("\n## ")[0]
    rows = re.findall(r"^\| (\w+) \|", section, re.MULTILINE)
    assert sorted(set(rows) - {"table"}) == sorted(metadata.tables)


def test_every_bidang_is_documented():
    written = re.search(r"^Bidang: (.*?)\.$", DATA_MODEL, re.M | re.S)
    assert written
    assert re.findall(r"`(\w+)`", written[1]) == list(BIDANG)
