"""Staged rows written by what is not ordinary about them."""

import hashlib
import json
from itertools import count

import pytest

from geodata.registry.database.connection import Registry
from geodata.registry.database.registry_error import RegistryError
from geodata.registry.database.undoing import redo, undo
from geodata.registry.staging import PLACE_WRITTEN, VALUES, Staged

WAJAK, SUMBER = "35.07.08.2001", "34.01.01.2001"

_ORDINARY = {
    "sheet": "KIM",
    "nama_kim": "KIM Suara Warga",
    "kode_wilayah": WAJAK,
    "bidang": "umkm",
    "status": "aktif",
    "tanggal_terdaftar": "2020-05-17",
    "metode": "nama",
    "skor": 1.0,
    "outcome": "diterima",
}


def staged(*rows: dict, file_name: str = "malang.xlsx", sender: str = "Diskominfo Malang", **more):
    """Rows below a header; each names only what is not ordinary about it."""
    texts = dict.fromkeys((*PLACE_WRITTEN, *VALUES), "")
    table = []
    for row, line in zip(rows, count(2)):
        if row.get("nomor_induk"):  # another number is another KIM, by its name too
            row = {"nama_kim": f"KIM Suara Warga {row['nomor_induk']}", **row}
        empty = {"raw": {}, "personal": {}, "kandidat": [], "alasan": [], "kembar": []}
        table.append({**texts, **_ORDINARY, "line": line, **empty, **row})
    sha256 = hashlib.sha256(json.dumps([file_name, rows]).encode()).hexdigest()
    return Staged(file_name, sha256, sender, table, **more)


def in_review(**row) -> dict:
    """A row whose desa nobody knows yet."""
    why = {"outcome": "ditinjau", "alasan": ["nomor_dipakai"], "kode_wilayah": "", "metode": ""}
    return {**why, "skor": float("nan"), **row}


def rejected(**row) -> dict:
    return in_review(outcome="ditolak", **row)


def undone_and_redone(registry: Registry, first: int, later: int) -> tuple[str, str]:
    """Undo two batches, the later of which rests on the first, and redo them.

    What comes out of order is refused: returned is what is said of undoing the first one first, and
    of redoing the later one first.
    """
    with pytest.raises(RegistryError, match=f"batch {later}") as undoing:
        undo(registry, first, who="operator")
    undo(registry, later, who="operator")
    undo(registry, first, who="operator")
    with pytest.raises(RegistryError, match="not what it was then") as redoing:
        redo(registry, later, who="operator")
    redo(registry, first, who="operator")
    redo(registry, later, who="operator")
    return str(undoing.value), str(redoing.value)
