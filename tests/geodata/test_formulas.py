"""Text that a spreadsheet would run as a formula."""

import csv
import io
import json

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geodata.exports.spreadsheets import to_csv, to_xlsx
from geodata.formulas import as_written, without_formula
from geodata.registry.intake.files.cells import tidy
from geodata.registry.intake.files.reading import read_here

SIGNS = "=+-@＝＋－＠"
# Texts that are mostly made of what matters.
texts = st.text(
    st.sampled_from(SIGNS + "'\"\t\r\n,;| a1\ufeff") | st.characters(codec="utf-8"), max_size=12
)


@pytest.mark.parametrize("sign", SIGNS)
@pytest.mark.parametrize("before", ["", " ", "\t", "\n", "\xa0", '"', "'", "' \"", "\ufeff"])
def test_a_formula_gets_an_apostrophe_whatever_stands_before_it(sign, before):
    assert without_formula(f"{before}{sign}1").startswith("'" + before)


@pytest.mark.parametrize(
    "words", ["Desa Wajak", "", "KIM 'Maju'", "a=b", "C++", "umkm; pariwisata", "3-2", "a @b", "'t"]
)
def test_other_words_stay_as_they_are(words):
    assert without_formula(words) == words
    assert as_written(words) == words


def test_a_telephone_number_keeps_its_plus_and_a_spreadsheet_does_not_compute_it():
    assert without_formula("+62 812-3456") == "'+62 812-3456"
    assert as_written("'+62 812-3456") == "+62 812-3456"


def cells(content: str, separator: str) -> list[str]:
    """Cells of a file opened with another separator than its own, without regard to quotes."""
    reader = csv.reader(
        io.StringIO(content, newline=""), delimiter=separator, quoting=csv.QUOTE_NONE
    )
    return [cell for row in reader for cell in row]


@given(texts)
def test_no_cell_begins_as_a_formula_even_where_the_separator_is_another(words):
    content = to_csv(pd.DataFrame({"a": ["x"], "nama": [words], "b": ["y"]})).decode("utf-8-sig")
    for separator in ",;\t|":
        for cell in cells(content, separator):
            assert not cell.lstrip(' "\t\ufeff').startswith(tuple(SIGNS))


@given(texts)
def test_reading_gives_back_what_was_written(words):
    assert as_written(without_formula(words)) == words


def with_line_feeds(words: str) -> str:
    """A cell's lines as they are read: in a CSV any mark may end a line."""
    return words.replace("\r", "\n")


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(words=st.lists(texts.map(tidy).map(with_line_feeds).filter(bool), min_size=1, max_size=20))
def test_a_file_of_ours_is_read_back_as_it_was(tmp_path, ending, words):
    table = pd.DataFrame({"No": "x", words[0]: words})
    path = tmp_path / f"kim.{ending}"
    path.write_bytes(to_csv(table) if ending == "csv" else to_xlsx({"KIM": table}))
    ((_, part, *_),) = read_here([str(path), path.name], tmp_path, lambda *_: None)
    rows = [row for line in (tmp_path / part).open() for row in json.loads(line)]
    assert [row[1] for row in rows] == [words[0], *words]
