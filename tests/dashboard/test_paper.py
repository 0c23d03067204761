"""Pages on paper: what stands in their markup. How it looks is seen by the tests in a browser."""

import re

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.frame.paper import _quoted


@pytest.mark.parametrize(
    "words",
    ['"; } body { display: none', "</style><script>alert(1)</script>", "a\\", "Ünï\u202e", "a\nb"],
)
def test_words_of_others_stay_within_the_string_that_a_sheet_shows(words: str) -> None:
    written = _quoted(words)
    assert re.fullmatch(r'"(?:[A-Za-z0-9 ,./-]|\\[0-9a-f]{1,6} )*"', written)
    shown = re.sub(r"\\([0-9a-f]+) ", lambda mark: chr(int(mark[1], 16)), written[1:-1])
    assert shown == words


def _long_table(rows: int) -> None:
    import pandas as pd

    from dashboard.frame import tables

    names = [f"Desa {number}" for number in range(1, rows + 1)]
    tables.show_table(pd.DataFrame({"nama": names}), "uji", "id")


def on_paper(app: AppTest) -> tuple[int, str]:
    """How many rows of its table paper has, and what it says of them."""
    html = "".join(element.proto.body for element in app.get("html"))
    return html.count("<td>"), "".join(re.findall('<p class="kertas">(.*?)</p>', html))


@pytest.mark.parametrize(
    ("rows", "whole", "said"),
    [(501, 501, ""), (5_001, 5_000, "Baris 1 sampai 5.000 dari 5.001; semuanya ada dalam berkas")],
)
def test_of_a_long_table_paper_has_the_page_on_screen_or_all_rows_and_says_what_is_left_out(
    rows, whole, said
):
    app = AppTest.from_function(_long_table, args=(rows,)).run()
    printed, note = on_paper(app)
    assert printed == 500
    assert note.startswith("Baris 1 sampai 500 dari ")
    app.toggle(key="uji-cetak").set_value(True).run()
    printed, note = on_paper(app)
    assert printed == whole
    assert note.startswith(said)
    assert bool(note) == (whole < rows)
