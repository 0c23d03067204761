"""Finds rows that may be one KIM: by nomor_induk, by name and desa, by domain."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from geodata.matching.names import keys
from geodata.regions import Level
from geodata.registry.staging import row_key

_LISTED = 20  # of a group; what all rows share says nothing more
_NAMES_OF_A_DOMAIN = 2  # KIM of more names are no duplicates for the host that they share
_PUNCTUATION = re.compile(r"[\W_]+")
_KIM = re.compile(
    r"\bKIM(?=[A-Z][a-z])"
    r"|(?i:\bk i m\b|\bkim\b"
    r"|\b(?:kel|kl|kom|lembaga)\w* inf\w* (?:dan )?(?:kom\w* )?(?:mas\w*rakat|masy)\w*\b)"
)


def name_key(nama_kim: str) -> str:
    """Return what a KIM's name is compared by: without the word KIM, as names of desa are.

    >>> name_key("Kelompok Informasi Masyarakat (K.I.M.) 'Soeka Maju'") == name_key("KIM Sukamaju")
    True
    """
    own = own_name(nama_kim)
    return keys(own, Level.DESA).loose if own else ""


def own_name(nama_kim: str) -> str:
    """Return the name of a KIM without the word KIM, however that is written.

    >>> own_name("Kelompok Informasi Masyarakat (K.I.M.) Soeka Maju")
    'Soeka Maju'
    """
    return _KIM.sub(" ", _PUNCTUATION.sub(" ", nama_kim)).strip()


def shared_domains(rows: Sequence[Mapping[Any, Any]], existing: pd.DataFrame | None) -> set[str]:
    """Return the domains that KIM of more than two names have: a host of many, not of a KIM.

    Parameters are those of :func:`find_twins`.
    """
    names: dict[str, set[str]] = defaultdict(set)
    for kim in (*_records(existing), *rows):
        if kim["domain"]:
            names[kim["domain"]].add(name_key(kim["nama_kim"]))
    return {domain for domain, own in names.items() if len(own) > _NAMES_OF_A_DOMAIN}


def find_twins(
    rows: Sequence[Mapping[str, Any]], existing: pd.DataFrame | None
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
    shared = shared_domains(rows, existing)
    for kim in _records(existing):
        for key in _keys(kim, shared):
            seen[key].append(int(kim["kim_id"]))
    twins = []
    for row in rows:
        own: dict[str | int, str] = {}
        for key in _keys(row, shared):
            for other in seen[key][:_LISTED]:
                own.setdefault(other, key[0])
            seen[key].append(row_key(row["sheet"], row["line"]))
        twins.append([{"with": other, "why": why} for other, why in own.items()])
    return twins


def _records(existing: pd.DataFrame | None) -> list[dict[Any, Any]]:
    return [] if existing is None else existing.to_dict("records")


def _keys(row: Mapping[Any, Any], shared: set[str]) -> list[tuple[str, str]]:
    """Return what a row is known by: why, and a text."""
    known = []
    if number := "".join(char for char in row["nomor_induk"].lower() if char.isalnum()):
        known.append(("nomor_induk", number))
    if row["kode_wilayah"] and (name := name_key(row["nama_kim"])):
        known.append(("nama_desa", f"{row['kode_wilayah']} {name}"))
    if row["domain"] and row["domain"] not in shared:
        known.append(("domain", row["domain"]))
    return known
