"""The words of the tables: the state of a batch, a person's decision, what became of a row."""

from enum import StrEnum


class State(StrEnum):
    """State of a batch."""

    DRAF = "draf"
    """Being reviewed; nothing of it is in the registry yet."""
    MASUK = "masuk"
    """Committed; rows that are still in review may follow."""
    DIBATALKAN = "dibatalkan"
    """Undone, or given up before it was committed."""


class Action(StrEnum):
    """What made a version of the registry."""

    MASUK = "masuk"
    BATAL = "batal"
    ULANG = "ulang"


class Choice(StrEnum):
    """What a person decides about a row."""

    TERIMA = "terima"
    TOLAK = "tolak"
    GABUNG = "gabung"
    TERPISAH = "terpisah"
    TINJAU = "tinjau"
    UBAH = "ubah"
    """Written by hand: it says all of a KIM, so that its empty values replace, too."""


class Effect(StrEnum):
    """What a committed row did."""

    BARU = "baru"
    DIPERBARUI = "diperbarui"
    SAMA = "sama"
