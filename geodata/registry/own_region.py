"""A batch of a region: it changes the KIM of that region and no others.

A petugas brings in the list of a kabupaten/kota. What such a file says of elsewhere is not taken
in: not as a new KIM, and not as a change of one.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from geodata.gazetteer import Gazetteer, load_gazetteer
from geodata.regions import is_within
from geodata.registry.database.registry_error import RegistryError
from geodata.registry.reasons import Reason
from geodata.registry.staging import Outcome
from geodata.text import text


def is_elsewhere(code: str | None, region: str | None) -> bool:
    """Tell whether a place is known to lie outside ``region``; ``None`` is Indonesia, for both.

    A row whose desa nobody knows yet (code "") lies nowhere.
    """
    if region is None or code == "":
        return False
    return code is None or not is_within(code, region)


def outcome_in(row: Mapping[str, Any], region: str | None) -> Outcome:
    """Return what is to become of a staged row in a batch of ``region``."""
    outcome: Outcome = row["outcome"]
    return "ditolak" if is_elsewhere(row["kode_wilayah"], region) else outcome


def turn_away(rows: Iterable[dict[str, Any]], region: str | None) -> None:
    """Reject, in place, the staged rows that lie outside ``region``, and say why."""
    for row in rows:
        outcome = outcome_in(row, region)
        if outcome != row["outcome"]:
            row |= {"outcome": outcome, "alasan": [*row["alasan"], str(Reason.ELSEWHERE)]}


def require_inside(codes: Iterable[str | None], region: str | None) -> None:
    """Make sure that none of ``codes`` lies outside the region of a batch.

    Raises
    ------
    RegistryError
        If one does, naming both.
    """
    for code in codes:
        if is_elsewhere(code, region):
            raise RegistryError("registry_elsewhere", **_named(code, region, load_gazetteer()))


def reason_in_words(
    reason: str, lang: str, code: str, region: str | None, gazetteer: Gazetteer
) -> str:
    """Return why a row of a batch of ``region`` is not accepted; ``code`` is that of its desa."""
    return text(f"registry.reason.{reason}", lang, **_named(code, region, gazetteer))


def _named(code: str | None, region: str | None, gazetteer: Gazetteer) -> dict[str, str]:
    return {"letak": _path(code, gazetteer), "wilayah": _path(region, gazetteer)}


def _path(code: str | None, gazetteer: Gazetteer) -> str:
    if not code or code not in gazetteer:
        return code or "Indonesia"
    return ", ".join(reversed(gazetteer.lineage_names(code)))
