"""Where a row belongs, and the regions that it may mean."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from geodata.gazetteer import Gazetteer
from geodata.registry.reasons import Reason


class Placed(NamedTuple):
    """Where a row belongs; its fields are the columns of ``place``."""

    kode: str
    status: str
    metode: str
    skor: float
    kandidat: list[dict[str, Any]]
    alasan: list[Reason]


def describe(code: str, score: float, method: str, gazetteer: Gazetteer) -> dict[str, Any]:
    """Describe a region that a row may mean: kode, nama, wilayah (parents), skor, metode."""
    *above, name = gazetteer.lineage_names(code)
    return {
        "kode": code,
        "nama": name,
        "wilayah": ", ".join(reversed(above)),
        "skor": round(score, 3),
        "metode": method,
    }


def ranked(candidates: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return candidates, the best first, each region once."""
    first: dict[str, dict[str, Any]] = {}
    for one in sorted(candidates, key=lambda one: -one["skor"]):
        first.setdefault(one["kode"], one)
    return list(first.values())
