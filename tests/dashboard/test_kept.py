"""What is kept for all who ask, as a specification."""

import gc
import threading
import weakref
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd
import pytest

from dashboard.workshop import kept as of_kept
from dashboard.workshop.kept import kept
from dashboard.workshop.workshop import Workshop
from geodata.registry.snapshot import KimFilter, Snapshot


@pytest.fixture(autouse=True)
def shop(monkeypatch: pytest.MonkeyPatch) -> Workshop:
    shop = Workshop(workers=1, most_waiting=0, longest_wait=1, kept_bytes=10_000)
    monkeypatch.setattr(of_kept, "workshop", lambda: shop)
    return shop


@pytest.fixture
def counted() -> Callable[..., str]:
    """Count how often it is called, and with what."""

    def make(*asked: Any, **named: Any) -> str:
        make.calls += 1
        return f"call {make.calls}"

    make.calls = 0
    return make


def test_the_same_is_made_once_and_another_filter_or_version_anew(
    counted: Callable[..., str], sample: Snapshot
) -> None:
    aktif = KimFilter(status=("aktif",))
    assert kept(counted, sample, KimFilter(), within="35") == "call 1"
    assert kept(counted, replace(sample), KimFilter(), within="35") == "call 1"
    assert kept(counted, sample, aktif, within="35") == "call 2"
    assert kept(counted, sample, KimFilter(), within="33") == "call 3"
    assert kept(counted, replace(sample, version="newer"), KimFilter(), within="35") == "call 4"
    assert kept(counted, sample, KimFilter(), within="35") == "call 1"


def test_two_functions_that_are_asked_the_same_have_two_answers() -> None:
    assert kept(len, (1, 5)) == 2
    assert kept(max, (1, 5)) == 5


def test_a_table_is_known_by_what_stands_in_it(counted: Callable[..., str]) -> None:
    table = pd.DataFrame({"nama": ["Wajak", "Turen"], "jumlah_kim": [1, 2]})
    assert kept(counted, table) == "call 1"
    assert kept(counted, table.copy()) == "call 1"
    assert kept(counted, table.assign(jumlah_kim=[1, 3])) == "call 2"
    assert kept(counted, table.rename(columns={"nama": "desa"})) == "call 3"
    assert kept(counted, table[::-1]) == "call 4"


def test_after_an_import_one_reader_makes_what_all_wait_for(shop: Workshop) -> None:
    begun, go = threading.Event(), threading.Event()
    calls: list[str] = []

    def long(version: str) -> str:
        calls.append(version)
        begun.set()
        assert go.wait(5)
        return f"made of {version}"

    with ThreadPoolExecutor(8) as readers:
        first = readers.submit(kept, long, "2")
        assert begun.wait(5)
        others = [readers.submit(kept, long, "2") for _ in range(7)]
        assert kept(str.upper, "a") == "A"  # nobody waits for what he has not asked for
        go.set()
        assert {answer.result(5) for answer in [first, *others]} == {"made of 2"}
    assert calls == ["2"]


def test_an_error_is_told_and_not_kept() -> None:
    asked: list[str] = []

    def failing() -> str:
        asked.append("x")
        if len(asked) == 1:
            raise ValueError("once")
        return "made"

    with pytest.raises(ValueError, match="once"):
        kept(failing)
    assert kept(failing) == "made"


@dataclass(frozen=True, eq=False)
class Plan:
    """Something without a version."""

    desa: int


def test_an_object_without_a_name_is_known_as_itself_and_not_kept_alive(
    counted: Callable[..., str],
) -> None:
    plan = Plan(3)
    assert kept(counted, plan) == "call 1"
    assert kept(counted, plan) == "call 1"
    assert kept(counted, Plan(3)) == "call 2"
    left = weakref.ref(plan)
    del plan
    gc.collect()
    assert left() is None


def test_what_is_kept_stays_within_its_bytes(shop: Workshop) -> None:
    for number in range(50):
        kept(str.ljust, str(number), 1_000)
    assert shop.results.size <= 10_000
    assert kept(len, kept(str.ljust, "49", 1_000)) == 1_000
