"""Every command that the documents show does what it says: it is run, in a folder of its own.

Commands are the lines ``python -m geodata ...`` of code blocks. They run in the order in which a
document has them, on a registry and a boundary store of their own, beside the files that they name.
One that cannot run here is named, with the reason, by a comment somewhere in its document::

    <!-- not run: `atlas --out atlas`: takes minutes -->

Commands within a sentence are not run, for they may stand for any file. Their command and options
have to exist.
"""

import re
import shlex
import shutil
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import pytest
import shapely
import typer

from geodata.boundaries.store import store_root
from geodata.cli import app, run
from geodata.gazetteer import load_gazetteer
from geodata.regions import Level
from geodata.settings import Settings
from tests import messy
from tests.intake.conftest import write_xlsx

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]

_BLOCK = re.compile(r"^```\w*\n(.*?)^```", re.MULTILINE | re.DOTALL)
_COMMAND = re.compile(r"^(?:\.venv/bin/)?python -m geodata (.+)$", re.MULTILINE)
_WITHIN_A_SENTENCE = re.compile(r"`(?:\.venv/bin/)?python -m geodata ([^`]+)`")
_NOT_RUN = re.compile(r"<!-- not run: `([^`]+)`: [^>]*\w[^>]* -->")


@dataclass(frozen=True)
class Shown:
    """A command as a document shows it, and whether that says why it is not run."""

    document: str
    line: str
    excused: bool

    def __str__(self) -> str:
        return f"{self.document}: {self.line}"


def commands(path: Path) -> list[Shown]:
    written = path.read_text(encoding="utf-8")
    excused = _NOT_RUN.findall(written)
    lines = [
        shlex.join(shlex.split(line, comments=True))
        for block in _BLOCK.findall(written)
        for line in _COMMAND.findall(block)
    ]
    unknown = [line for line in excused if line not in lines]
    assert not unknown, f"{path.name} says of commands that it does not show why they are not run"
    return [Shown(path.name, line, line in excused) for line in lines]


SHOWN = [shown for path in DOCUMENTS for shown in commands(path)]
MENTIONED = sorted(
    {line for path in DOCUMENTS for line in _WITHIN_A_SENTENCE.findall(path.read_text("utf-8"))}
)


def _write_samples(folder: Path) -> None:
    """Write the files that commands name."""
    desa = load_gazetteer().tables[Level.DESA]
    desa = desa[desa["kode"].str.startswith("35.07.08.")]
    squares = shapely.box(desa["lng"], desa["lat"], desa["lng"] + 0.001, desa["lat"] + 0.001)
    drawn = gpd.GeoDataFrame(desa[["kode", "nama"]], geometry=squares, crs="EPSG:4326")
    drawn.to_file(folder / "desa.shp")
    with zipfile.ZipFile(folder / "desa.zip", "w") as archive:
        for part in folder.glob("desa.*"):
            if part.suffix != ".zip":
                archive.write(part, part.name)
    for name in ("daftar.xlsx", "malang.xlsx"):
        write_xlsx(folder / name, ("KIM", [messy.HEADER, *messy.ROWS]))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A working folder with the files that commands name, a store and a registry of its own."""
    folder = tmp_path_factory.mktemp("perintah")
    _write_samples(folder)
    store = folder / "store"
    store.mkdir()
    for path in store_root().iterdir():
        if path.is_dir() and not path.name.startswith("."):
            (store / path.name).symlink_to(path)
    shutil.copy(store_root() / "active", store)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KIM_STORE", str(store))
        patch.setenv("KIM_DECKS", str(folder / "decks"))
        patch.setenv("KIM_UPLOADS", str(folder / "uploads"))
        patch.delenv("KIM_DATABASE_URL", raising=False)
        patch.setattr(Settings, "registry_file", property(lambda _: folder / "registry.db"))
        patch.chdir(folder)
        yield folder


def test_the_documents_show_commands():
    assert len(SHOWN) > 10
    assert len(MENTIONED) > 3


@pytest.mark.parametrize("shown", [command for command in SHOWN if not command.excused], ids=str)
def test_a_command_runs(shown: Shown, folder: Path, monkeypatch, capsys):
    arguments = shlex.split(shown.line)
    monkeypatch.setattr(sys, "argv", ["geodata", *arguments])
    with pytest.raises(SystemExit) as ended:
        run()
    said = capsys.readouterr()
    assert not ended.value.code, (
        f"{shown} ends with {ended.value.code}: {said.err}\n"
        "Mend it, write the file that it names in _write_samples, or say why it is not run:\n"
        f"<!-- not run: `{shown.line}`: reason -->"
    )
    assert said.out or said.err
    if "--out" in arguments:
        written = folder / arguments[arguments.index("--out") + 1]
        assert written.is_file() or any(written.iterdir())


@pytest.mark.parametrize("line", MENTIONED)
def test_a_command_within_a_sentence_has_the_command_and_options_it_names(line: str):
    command = typer.main.get_command(app)
    words = shlex.split(line)
    while hasattr(command, "commands"):
        assert words, f"{line}: which command of {command.name}?"
        command = command.commands[words.pop(0)]
    options = {name for parameter in command.params for name in parameter.opts}
    assert {word for word in words if word.startswith("--")} <= options
