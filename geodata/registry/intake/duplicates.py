"""Finds rows that may be one KIM: by nomor_induk, by name and desa, by domain."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from geodata.matching.names import loose
from geodata.registry.staging import row_key

_LISTED = 20  # of a group; a domain that all rows share says nothing more
_KINDS_OF_NAME = ("kelompok informasi masyarakat", "komunitas informasi masyarakat", "kim")


def name_key(nama_kim: str) -> str:
    """Return what a KIM's name is compared by: its letters, without the word KIM.

    >>> name_key("Kelompok Informasi Masyarakat (KIM) 'Soeka Maju'") == name_key("KIM Sukamaju")
    True
    """
    words = "".join(char if char.isalnum() else " " for char in nama_kim.lower())
    text = f" {' '.join(words.split())} "
    for kind in _KINDS_OF_NAME:
        text = text.replace(f" {kind} ", " ")
    return loose("".join(text.split()))


def find_twins(
    rows: Iterable[Mapping[str, Any]], existing: pd.DataFrame | None
) -> list[list[dict[str, Any]]]:
    """Return, for each row, the rows above it and the KIM that it may be the same as.

    Parameters
    ----------
    rows
        sheet, line, nomor_induk, nama_kim, kode_wilayah, domain; all text but line.
    existing
        KIM of the registry, columns as in :data:`~geodata.registry.staging.EXISTING_COLUMNS`.

    Returns
    -------
    A list a row of dicts: ``with`` (a ``staging.row_key``, or a kim_id) and ``why``
    (``nomor_induk``, ``nama_desa``, ``domain``), the surest reason only.
    """
    seen: dict[tuple[str, str], list[str | int]] = defaultdict(list)
    for kim in [] if existing is None else existing.to_dict("records"):
        for key in _keys(kim):
            seen[key].append(int(kim["kim_id"]))
    twins = []
    for row in rows:
        own: dict[str | int, str] = {}
        for key in _keys(row):
            for other in seen[key][:_LISTED]:
                own.setdefault(other, key[0])
            seen[key].append(row_key(row["sheet"], row["line"]))
        twins.append([{"with": other, "why": why} for other, why in own.items()])
    return twins


def _keys(row: Mapping[Any, Any]) -> list[tuple[str, str]]:
    """Return what a row is known by: why, and a text."""
    keys = []
    if number := "".join(char for char in row["nomor_induk"].lower() if char.isalnum()):
        keys.append(("nomor_induk", number))
    if row["kode_wilayah"] and (name := name_key(row["nama_kim"])):
        keys.append(("nama_desa", f"{row['kode_wilayah']} {name}"))
    if row["domain"]:
        keys.append(("domain", row["domain"]))
    return keys
