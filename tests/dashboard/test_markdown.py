"""Words of others as Streamlit shows them; the browser test ``test_foreign_text`` sees it drawn."""

import ast
from pathlib import Path

import pytest

from dashboard.frame.markdown import explain, literal, say
from geodata.errors import SelectionError

ROOT = Path(__file__).resolve().parents[2]

# Where Streamlit, the map's scripts or HTML take a text of ours as it is: (module, text).
PLAIN = {
    ("dashboard/frame/markdown.py", ""),
    ("dashboard/data_kim/card.py", "data_kim.placed_sure"),  # a part of a line that is said
    ("dashboard/data_kim/form.py", "data_kim.form.needed"),  # of words of ours
    ("dashboard/data_kim/history.py", "data_kim.history.of_file"),  # a part of a line that is said
    ("dashboard/data_kim/history.py", "data_kim.history.of_sheet"),  # a part of a line that is said
    ("dashboard/frame/header.py", "nav.manage_waiting"),  # a number
    ("dashboard/kesenjangan/rencana.py", "celah.adds"),  # the map's script
    ("dashboard/pelaporan/parts.py", "chart.in_table"),  # the name of a chart
    ("dashboard/pelaporan/silence_map.py", "pelaporan.place.days"),  # the map's script
    ("dashboard/permission.py", ""),  # of words of ours
    ("dashboard/mutu/parts_of_quality.py", "chart.in_table"),  # the name of a chart
    ("pages/ringkasan.py", "chart.in_table"),  # the name of a chart
    ("dashboard/mutu/doubt_map.py", "mutu.place.share"),  # the map's script
    ("dashboard/impor/queue.py", "impor.review.sheet"),  # a part of a line that is said
    ("dashboard/impor/kembar.py", "impor.twins.row"),  # a cell of st.dataframe
    ("dashboard/banding/cards.py", ""),  # HTML, which Markup escapes
    ("dashboard/banding/thumbnails.py", "paparan.picture"),  # likewise
    ("dashboard/peta/tour.py", "tur.count"),  # likewise
    ("dashboard/frame/paper.py", "paper.source"),  # likewise
    ("dashboard/frame/tables.py", "paper.rows"),  # HTML, which is escaped
    ("dashboard/mutu/parts_of_quality.py", "chart.in_table"),  # an attribute
    ("pages/ringkasan.py", "chart.in_table"),  # likewise
}


@pytest.mark.parametrize(
    ("words", "markdown"),
    [
        ("KIM Gema Wajak (2), 1.031,5 & 3,9%", "KIM Gema Wajak (2), 1.031,5 & 3,9%"),
        ("kode_wilayah", "kode_wilayah"),
        ("[n](http://x.id)", r"\[n\]\(http\::small[]//x.id)"),
        ("![p](//x.id/p.png)", r"\!\[p\]\(//x.id/p.png)"),
        ("<img src=x>", r"\<img src=x>"),
        ("www.x.id", "www:small[].x.id"),
        ("a@x.id", "a@:small[]x.id"),
        (":red[x]", r"\:red\[x\]"),
        (":streamlit:", r"\::small[]streamlit:"),
        (":material/home:", r"\::small[]material/home:"),
        ("$x$ `y` *z* _z_ ~z~", r"\$x\$ \`y\` \*z\* \_z\_ \~z\~"),
        ("&lt;b&gt;", r"\&lt;b\&gt;"),
        ("# A", r"\# A"),
        ("1. A", r"1\. A"),
        ("- A", r"\- A"),
        ("> A", r"\> A"),
        ("a -> b", r"a \-:small[]\> b"),
        ("satu\n\n# dua", "satu # dua"),
        ("    kode", "kode"),
        ("a\u202eb\x1b[0m", r"ab\[0m"),
        ("a\\", "a\\\\"),
        ("", ""),
    ],
)
def test_words_of_others_keep_nothing_that_formats(words, markdown):
    assert literal(words) == markdown


def test_our_words_may_format_and_values_may_not():
    said = say("unduh.lead", "en", jumlah=3, apa="**KIM**", wilayah="[a](b)", filter="x")
    assert said.startswith(r"**3 \*\*KIM\*\*** in **\[a\]\(b)**. Counted: **x**.")


def test_an_error_quotes_what_it_was_given_as_text():
    error = SelectionError("deck_unknown", name="![p](http://x.id/p.png)")
    assert r"\!\[p\]\(http\::small[]//x.id/p.png)" in explain(error, "id")


def modules_with_streamlit() -> list[Path]:
    modules = [*ROOT.glob("dashboard/**/*.py"), *ROOT.glob("pages/*.py")]
    return [path for path in modules if "import streamlit as st" in path.read_text("utf-8")]


def test_a_page_that_shows_a_text_with_values_says_it():
    """``text`` with values is for what is no Markdown; each such place is on the list above."""
    calls = {
        (str(path.relative_to(ROOT)), _key(call))
        for path in modules_with_streamlit()
        for call in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(call, ast.Call) and call.keywords and ast.unparse(call.func) == "text"
    }
    assert calls == PLAIN


def _key(call: ast.Call) -> str:
    (key, *_) = call.args
    return key.value if isinstance(key, ast.Constant) else ""


def test_no_page_shows_an_error_or_a_notice_but_through_what_explains_it():
    for path in modules_with_streamlit():
        assert ".message(" not in path.read_text("utf-8"), path
