"""Whoever runs Peta KIM finds every setting in docs/operating.md."""

import re
from pathlib import Path

import pytest

from geodata.settings import Entry, entries

ROOT = Path(__file__).resolve().parents[2]
OPERATING = (ROOT / "docs" / "operating.md").read_text(encoding="utf-8")
DOCUMENTS = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md"))]


@pytest.mark.parametrize("entry", entries(), ids=lambda entry: entry.variable)
def test_a_setting_is_in_the_table_of_settings(entry: Entry):
    row = rf"^\| `{entry.variable}` \| .+ \| {re.escape(entry.description)} \|$"
    assert re.search(row, OPERATING, re.MULTILINE), (
        f"docs/operating.md, section Settings, says of {entry.variable} nothing, or something else"
        " than geodata/settings.py. Its row is, with the default as people write it,\n"
        f"| `{entry.variable}` | {entry.value or 'none'} | {entry.description} |"
    )


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_a_setting_that_a_document_names_exists(path: Path):
    named = set(re.findall(r"\bKIM_[A-Z_]*[A-Z]\b", path.read_text(encoding="utf-8")))
    known = {entry.variable for entry in entries()}
    known.add("KIM_COLUMNS")  # a name of the code
    assert named <= known, f"{path.name} names settings that geodata/settings.py does not have"
