"""The map's scripts as one, and what Python sends them."""

import re

import pytest

from dashboard.map import script
from tests.dashboard import views

_TOP_LEVEL = re.compile(r"^(?:async )?(?:function|class|const|let) (\w+)", re.MULTILINE)


def test_the_scripts_are_joined_each_once_and_after_what_it_needs():
    joined = script.joined()
    order = re.findall(r"^// ([\w-]+\.js)$", joined, re.MULTILINE)
    assert sorted(order) == sorted(set(order))
    assert order[-1] == "main.js"
    for name in order:
        source = (script.SCRIPTS / name).read_text(encoding="utf-8")
        for needed in re.findall(r'from "\./([\w-]+\.js)";$', source, re.MULTILINE):
            assert order.index(needed) < order.index(name)
    assert "contract.js" not in order, "types are not sent"


def test_every_script_but_the_types_is_sent():
    order = re.findall(r"^// ([\w-]+\.js)$", script.joined(), re.MULTILINE)
    assert {*order, "contract.js"} == {path.name for path in script.SCRIPTS.glob("*.js")}


def test_no_top_level_name_stands_in_two_scripts():
    names = _TOP_LEVEL.findall(script.joined())
    assert sorted(names) == sorted(set(names))
    assert {"Choropleth", "decode", "SEA"} <= set(names)


@pytest.mark.parametrize(
    "statement",
    [
        'import * as table from "./table.js";',
        'import { decode } from "table";',
        "export default 3;",
        "export { decode };",
    ],
)
def test_a_statement_that_cannot_be_joined_is_named(tmp_path, statement):
    (tmp_path / "main.js").write_text(statement + "\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"main\.js: " + re.escape(statement)):
        script.joined(tmp_path / "main.js")


def test_the_scripts_are_tested_with_what_python_sends_today():
    kept = views.FILE.read_text(encoding="utf-8")
    assert kept == views.source(), "python -m tests.dashboard.views writes it anew"
