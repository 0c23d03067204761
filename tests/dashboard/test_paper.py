"""Pages on paper: what stands in their markup. How it looks is seen by the tests in a browser."""

import re

import pytest

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
