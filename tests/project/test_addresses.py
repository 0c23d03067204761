"""Query parameters are named in one module, and beside the dataclasses of pages' own settings."""

import ast
import re
from pathlib import Path

import pytest

from dashboard.addresses import ASKING, PRESENTING, WITH_KEY
from dashboard.catatan.log_search import LOG
from dashboard.frame.rows_behind import OPENED
from dashboard.impor.steps import WHEREABOUTS
from dashboard.kesenjangan.gaps_settings import GAPS
from dashboard.unduh.file_choice import FILE
from geodata.exports.extracts import DOWNLOAD
from geodata.view.address import VIEW

ROOT = Path(__file__).resolve().parents[2]
PARTS = (VIEW, GAPS, DOWNLOAD, FILE, WHEREABOUTS, OPENED, PRESENTING, WITH_KEY, ASKING, LOG)
NAMES = {name for part in PARTS for name in part.names}
CODE = [
    path
    for folder in ("geodata", "dashboard", "pages")
    for path in sorted((ROOT / folder).rglob("*.py"))
]


def calls(path: Path) -> list[ast.Call]:
    return [node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call)]


def is_query(node: ast.expr) -> bool:
    return isinstance(node, ast.Attribute) and node.attr == "query_params"


@pytest.mark.parametrize("path", CODE, ids=lambda path: str(path.relative_to(ROOT)))
def test_nobody_else_names_a_parameter(path):
    """Not when reading an address, nor when writing one, nor in the text of a link."""
    tree = ast.parse(path.read_text())
    for node in ast.walk(tree):
        if isinstance(node, ast.Subscript) and is_query(node.value):
            raise AssertionError(f"line {node.lineno}: a parameter is read by its name")
        if isinstance(node, ast.Call):
            named = isinstance(node.func, ast.Attribute) and node.func.attr in ("get", "pop")
            assert not (named and is_query(node.func.value)), f"line {node.lineno}"
            for keyword in node.keywords:
                written = keyword.arg == "query_params" and isinstance(keyword.value, ast.Dict)
                assert not written, f"line {node.lineno}: a link is written by hand"
    texts = (node.value for node in ast.walk(tree) if isinstance(node, ast.Constant))
    in_link = re.compile(rf"[?&]({'|'.join(sorted(NAMES))})=")
    for words in texts:
        assert not (isinstance(words, str) and in_link.search(words)), words


def test_parameters_are_made_only_where_their_values_are_defined():
    """A part of the address stands beside the dataclass of what it says."""
    makers = {"Part"}
    modules = {
        path.relative_to(ROOT).as_posix()
        for path in CODE
        for call in calls(path)
        if (isinstance(call.func, ast.Name) and call.func.id in makers)
        or (isinstance(call.func, ast.Attribute) and call.func.attr in makers)
    }  # fmt: skip
    assert modules == {
        "geodata/view/address.py",
        "geodata/view/priorities.py",
        "geodata/exports/extracts.py",
        "dashboard/addresses.py",
        "dashboard/api/asked.py",
        "dashboard/banding/compared.py",
        "dashboard/catatan/log_search.py",
        "dashboard/frame/rows_behind.py",
        "dashboard/darurat/named_area.py",
        "dashboard/data_kim/whereabouts.py",
        "dashboard/impor/steps.py",
        "dashboard/kesenjangan/gaps_settings.py",
        "dashboard/paparan/deck_in_use.py",
        "dashboard/pelaporan/settings.py",
        "dashboard/perkembangan/two_days.py",
        "dashboard/peta/summary.py",
        "dashboard/peta/time_lapse.py",
        "dashboard/potensi/settings.py",
        "dashboard/unduh/file_choice.py",
    }
