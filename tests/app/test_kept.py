"""Pages share what is kept: none changes it, and a browser is not sent again what it has."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

import pandas as pd
import pytest

from dashboard.workshop.results import Results
from dashboard.workshop.workshop import workshop
from tests.app.conftest import Open

VISITED = [
    ("ringkasan", {}),
    ("profil", {"wilayah": "35"}),
    ("banding", {"wilayah": "35", "banding": "33"}),
    ("mutu", {"wilayah": "35"}),
    *(
        ("kesenjangan", {"wilayah": "35", "bagian": section})
        for section in ("daftar", "cakupan", "bidang", "jarak", "pemerataan", "sasaran", "serupa")
    ),
]


def frames(value: Any) -> Iterator[pd.DataFrame]:
    """Return the tables that a kept value holds."""
    if isinstance(value, pd.DataFrame):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from frames(part)
    elif is_dataclass(value):
        for field in fields(value):
            yield from frames(getattr(value, field.name))


@pytest.fixture
def as_kept(monkeypatch: pytest.MonkeyPatch) -> list[tuple[pd.DataFrame, pd.DataFrame]]:
    """Every table that is kept from now on, and a copy of what it was then."""
    tables: list[tuple[pd.DataFrame, pd.DataFrame]] = []
    keep = Results.keep

    def noted(self: Results, key: Any, value: Any) -> None:
        tables.extend((table, table.copy(deep=True)) for table in frames(value))
        keep(self, key, value)

    workshop().results.clear()
    monkeypatch.setattr(Results, "keep", noted)
    return tables


def test_no_page_changes_a_table_that_others_see(open_page: Open, as_kept) -> None:
    for _ in range(2):
        for name, params in VISITED:
            open_page(name, **params)
    assert len(as_kept) > 20
    for now, then in as_kept:
        pd.testing.assert_frame_equal(now, then)


@pytest.mark.parametrize("name", ["profil", "mutu"])
def test_a_table_or_chart_that_a_browser_has_is_not_sent_again(open_page: Open, name: str) -> None:
    app = open_page(name, wilayah="35")

    def drawn() -> list[bytes]:
        return [
            element.proto.SerializeToString(deterministic=True)
            for kind in ("arrow_data_frame", "vega_lite_chart")
            for element in app.get(kind)
        ]

    before = drawn()
    assert before
    app.run()
    assert drawn() == before
