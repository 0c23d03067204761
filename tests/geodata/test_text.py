import ast
import builtins
import re
import string
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.analysis.classes import SCHEMES
from geodata.regions import LEVELS
from geodata.registry.fields import BIDANG
from geodata.registry.schema import COLUMNS, STATUSES
from geodata.registry.snapshot import MODES
from geodata.text import (
    DEFAULT_LANGUAGE,
    LANGUAGES,
    day,
    in_language,
    number,
    percent,
    percent_as_set,
    text,
    text_keys,
)
from geodata.view.indicator_metrics import IndicatorMetric
from geodata.view.metrics import METRICS

OF_OURS = [it for it in METRICS.values() if not isinstance(it, IndicatorMetric)]
"""Metrics that no indicator names."""

PROJECT = Path(__file__).resolve().parents[2]
SOURCES = [
    PROJECT / "app.py",
    *(
        path
        for folder in ("geodata", "dashboard", "pages")
        for path in (PROJECT / folder).rglob("*.py")
    ),
]


def placeholders(template: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name is not None}


def test_every_text_says_something_in_both_languages():
    assert len(text_keys()) > 100
    empty = [key for key in text_keys() for lang in LANGUAGES if not text(key, lang).strip()]
    assert empty == []


def test_every_text_has_the_same_placeholders_in_both_languages():
    differing = [
        key for key in text_keys() if placeholders(text(key, "id")) != placeholders(text(key, "en"))
    ]
    assert differing == []


def test_indonesian_comes_first():
    assert DEFAULT_LANGUAGE == LANGUAGES[0] == "id"


@pytest.mark.parametrize(
    "key",
    [f"bidang.{name}" for name in BIDANG]
    + [f"status.{name}" for name in STATUSES]
    + [f"{kind}.{mode}" for kind in ("mode", "filter.join") for mode in MODES]
    + [f"metrik.{metric.name}" for metric in OF_OURS]
    + [f"klaster.{category.name}" for metric in OF_OURS for category in metric.categories]
    + [f"skema.{name}" for name in SCHEMES]
    + [f"{kind}.{level}" for kind in ("level", "level_title") for level in LEVELS]
    + [f"region.{kind}" for kind in ("provinsi", "kecamatan", "desa", "kelurahan", "desa_adat")]
    + [f"column.{name}" for name in COLUMNS],
)
def test_every_choice_a_reader_can_make_has_a_name(key):
    assert key in text_keys()


def test_placeholders_are_filled_and_braces_in_what_fills_them_are_left_alone():
    assert text("region.kecamatan", "id", nama="Wajak") == "Kecamatan Wajak"
    assert text("region.desa", "en", nama="{nama} {0} {") == "Desa {nama} {0} {"


def test_a_text_that_does_not_exist_is_a_mistake_in_the_code():
    with pytest.raises(KeyError):
        text("error.no_such_text", "id")
    with pytest.raises(KeyError):
        text("app.title", "jv")


def test_a_file_that_is_older_than_a_language_is_described_in_indonesian():
    title = {"id": "Batas perkiraan", "en": "Approximate boundaries"}
    assert in_language(title, "en") == "Approximate boundaries"
    assert in_language(title, "jv") == "Batas perkiraan"


def test_to_clear_or_widen_the_filter_is_advised_only_where_there_is_one():
    advice = re.compile(r"(Hapus|Longgarkan) filter|(Clear|Widen) the filter")
    advising = {key for key in text_keys() for lang in LANGUAGES if advice.search(text(key, lang))}
    assert advising, "the pattern finds none"
    assert {key for key in advising if not key.endswith("_counted")} == {"filter.clear"}


# What the source code asks of the table.


def texts_named_in(source: str):
    """Yield line, pattern of the key and given keywords of each call that names a text."""
    for node in ast.walk(ast.parse(source)):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.args):
            continue
        name = node.func.id
        is_error = name.endswith("Error") and not hasattr(builtins, name)
        if name != "text" and not is_error:
            continue
        key = node.args[0]
        parts = key.values if isinstance(key, ast.JoinedStr) else [key]
        pattern = "".join(
            re.escape(part.value) if isinstance(part, ast.Constant) else r"[\w.]+" for part in parts
        )
        keywords = {keyword.arg for keyword in node.keywords}
        yield node.lineno, (r"error\." if is_error else "") + pattern, keywords


def faults(source: str) -> list[str]:
    told = []
    for line, pattern, keywords in texts_named_in(source):
        named = [key for key in text_keys() if re.fullmatch(pattern, key)]
        if not named:
            told.append(f"line {line}: there is no text {pattern}")
        if len(named) == 1 and None not in keywords:
            needed = placeholders(text(named[0], "id"))
            if keywords != needed:
                told.append(f"line {line}: {named[0]} needs {needed}, not {keywords}")
    return told


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(PROJECT).as_posix())
def test_the_texts_that_the_code_names_exist_and_get_what_their_placeholders_need(path):
    assert faults(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "call",
    [
        'text("app.titel", "id")',
        'text(f"status_of.{name}", "id")',
        'text("app.data_date", "id")',
        'text("app.title", "id", date="2026-01-02")',
        'RegionError("region_unknwon", code="35")',
        'RegionError("region_unknown", kode="35")',
    ],
)
def test_a_mistake_in_naming_a_text_would_be_seen(call):
    assert len(faults(call)) == 1


# Numbers and days.


@pytest.mark.parametrize(
    ("write", "value", "decimals", "indonesian", "english"),
    [
        (number, 0, 0, "0", "0"),
        (number, 806, 0, "806", "806"),
        (number, 4114, 0, "4.114", "4,114"),
        (number, 83762, 0, "83.762", "83,762"),
        (number, 1031.5, 1, "1.031,5", "1,031.5"),
        (number, 12.136, 2, "12,14", "12.14"),
        (number, -6.2, 2, "-6,20", "-6.20"),
        (percent, 0, 1, "0,0%", "0.0%"),
        (percent, 0.0387, 1, "3,9%", "3.9%"),
        (percent, 0.0123, 2, "1,23%", "1.23%"),
        (percent, 1, 0, "100%", "100%"),
        (percent, 12.345, 1, "1.234,5%", "1,234.5%"),
        (percent, 1 / 83_762, 1, "<0,1%", "<0.1%"),
        (percent, 1 - 1 / 83_762, 2, ">99,99%", ">99.99%"),
        (percent, 0.996, 0, ">99%", ">99%"),
    ],
)
def test_numbers_and_shares_are_written_the_way_each_language_reads_them(
    write, value, decimals, indonesian, english
):
    assert write(value, "id", decimals) == indonesian
    assert write(value, "en", decimals) == english


@pytest.mark.parametrize(
    ("share", "indonesian"), [(0.125, "12,5%"), (0.2, "20%"), (14.3 / 100, "14,3%"), (1, "100%")]
)
def test_a_share_that_was_set_keeps_its_digits(share, indonesian):
    assert percent_as_set(share, "id") == indonesian


@given(st.integers(-(10**12), 10**12))
def test_a_whole_number_can_be_read_back_in_both_languages(value):
    assert int(number(value, "id").replace(".", "")) == value
    assert int(number(value, "en").replace(",", "")) == value


def test_a_day_is_written_in_words():
    assert day("2023-06-30", "id") == "30 Juni 2023"
    assert day("2024-08-01", "en") == "1 August 2024"
