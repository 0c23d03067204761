"""The audit log: who did what, when and from where, and who looked at what is personal.

Rows are only added; the database itself refuses to change or delete one. Values are public ones: of
what is personal the log names the field and never the value. Where a name of a KIM turns out to be
somebody's, erasing takes it out here, too.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Text, cast, insert, or_, select

from geodata.registry.database.connection import Registry, registry_if_made
from geodata.registry.database.relations import audit
from geodata.registry.database.versions import last_id, now
from geodata.text import LANGUAGES, text


class Deed(StrEnum):
    """What is logged."""

    KIRIM = "kirim"
    """A file was handed in: its rows wait as a draft."""
    MASUK = "masuk"
    BATAL = "batal"
    ULANG = "ulang"
    UBAH = "ubah"
    LIHAT_PRIBADI = "lihat_pribadi"
    CARI_PRIBADI = "cari_pribadi"
    """KIM were looked for by a person: ``new`` says how many there were, never who was asked."""
    HAPUS_PRIBADI = "hapus_pribadi"
    UNDANG = "undang"
    PERAN = "peran"
    KELUARKAN = "keluarkan"
    HAPUS_AKUN = "hapus_akun"
    MASUK_AKUN = "masuk_akun"
    BUAT_KUNCI = "buat_kunci"
    CABUT_KUNCI = "cabut_kunci"
    PAPARAN = "paparan"
    BATAS = "batas"
    SASARAN = "sasaran"
    INDIKATOR = "indikator"


@dataclass(frozen=True)
class Entry:
    """A line of the log.

    Attributes
    ----------
    at
        ISO 8601 in UTC.
    who, origin
        The person's name, and where they worked: the address of their browser, or the machine.
    region, kim_id, batch_id
        What it was about, where it was about such a thing; ``region`` is a code.
    old, new
        Names of what changed, each with its value before and after.
    """

    id: int
    at: str
    who: str
    origin: str
    action: Deed
    region: str | None
    kim_id: int | None
    batch_id: int | None
    old: dict[str, Any]
    new: dict[str, Any]


_MACHINE = "terminal"
_origin: ContextVar[str] = ContextVar("origin", default=_MACHINE)


@contextmanager
def from_origin(origin: str) -> Iterator[None]:
    """Within this, what is logged was asked for from ``origin``; elsewhere from a terminal."""
    token = _origin.set(origin)
    try:
        yield
    finally:
        _origin.reset(token)


def record(
    connection: Connection,
    action: Deed,
    *,
    who: str,
    region: str | None = None,
    kim_id: int | None = None,
    batch_id: int | None = None,
    old: Mapping[str, Any] | None = None,
    new: Mapping[str, Any] | None = None,
) -> None:
    """Add a line within the transaction of what it is about: one is never there without the other.

    ``old`` and ``new`` hold nothing personal.
    """
    line = {"id": last_id(connection, audit) + 1, "at": now(), "who": who, "origin": _origin.get()}
    line |= {"action": action, "region": region, "kim_id": kim_id, "batch_id": batch_id}
    connection.execute(insert(audit), line | {"old": dict(old or {}), "new": dict(new or {})})


def record_look(
    registry: Registry,
    *,
    who: str,
    region: str | None,
    kim_id: int | None = None,
    batch_id: int | None = None,
) -> None:
    """Note that somebody looked at what is personal of a KIM or a batch."""
    deed = Deed.LIHAT_PRIBADI
    with registry.writing() as connection:
        record(connection, deed, who=who, region=region, kim_id=kim_id, batch_id=batch_id)


@contextmanager
def recording(
    action: Deed,
    *,
    who: str,
    region: str | None = None,
    old: Mapping[str, Any] | None = None,
    new: Mapping[str, Any] | None = None,
) -> Iterator[None]:
    """Change within this what is no part of the database, such as a deck: without it no line.

    Where there is no registry yet, nobody signs in, and nothing is logged.
    """
    registry = registry_if_made()
    if registry is None:
        yield
        return
    with registry.writing() as connection:
        yield
        record(connection, action, who=who, region=region, old=old, new=new)


def read_audit(
    registry: Registry,
    *,
    region: str | None = None,
    kim_id: int | None = None,
    words: str = "",
    before: int | None = None,
    limit: int | None = None,
) -> list[Entry]:
    """Return lines of the log, the latest first.

    Parameters
    ----------
    region
        Only what was about this region (a code) or one inside it; ``None`` for all.
    kim_id
        Only what was about this KIM.
    words
        Only lines that have these letters in the person, the origin, what changed, or in what the
        action is called in any language.
    before, limit
        Only lines with a lower number, and only so many: a page of them.
    """
    wanted = select(audit).order_by(audit.c.id.desc())
    if region is not None:
        inside = audit.c.region.startswith(f"{region}.", autoescape=True)
        wanted = wanted.where(or_(audit.c.region == region, inside))
    if kim_id is not None:
        wanted = wanted.where(audit.c.kim_id == kim_id)
    if words:
        columns = (audit.c.who, audit.c.origin, cast(audit.c.old, Text), cast(audit.c.new, Text))
        in_words = (it.icontains(words, autoescape=True) for it in columns)
        wanted = wanted.where(or_(*in_words, audit.c.action.in_(_called(words))))
    if before is not None:
        wanted = wanted.where(audit.c.id < before)
    with registry.reading() as connection:
        rows = connection.execute(wanted.limit(limit))
        return [Entry(**row._asdict() | {"action": Deed(row.action)}) for row in rows]


def _called(words: str) -> list[Deed]:
    """Return the actions that have these letters in what they are called."""
    asked = words.casefold()
    return [
        deed
        for deed in Deed
        if any(asked in text(f"deed.{deed}", lang).casefold() for lang in LANGUAGES)
    ]
