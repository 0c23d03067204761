"""Keys of programs: made once, shown once, kept as a hash alone, ended by a day or by hand.

A key is ``kim_`` and 32 random bytes (base64url, RFC 4648, section 5). Nobody can guess so many, so
its SHA-256 needs no salt.
"""

import hashlib
import secrets
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, insert, select, update

from geodata.errors import PetaKimError
from geodata.lines import on_one_line
from geodata.people.audit import Deed, record
from geodata.people.rights import Person, Role, check_region
from geodata.people.visits import is_to_note
from geodata.registry.database.connection import Registry
from geodata.registry.database.registry_error import RegistryError
from geodata.registry.database.relations import access_key
from geodata.registry.database.versions import last_id, now

PREFIX = "kim_"
LONGEST_DAYS, USUAL_DAYS = 366, 90
LONGEST_NAME = 80
_BYTES = 32


@dataclass(frozen=True)
class Key:
    """What is known of a key; the key itself is not.

    Attributes
    ----------
    name
        What it is for.
    role, region
        What whoever has it may, and for which region (a code; ``None`` is Indonesia).
    made, made_by
        When it was made, and by whom.
    expires, revoked, last_used
        Times, ISO 8601 in UTC; "" for never.
    """

    id: int
    name: str
    role: Role
    region: str | None
    made: str
    made_by: str
    expires: str
    revoked: str
    last_used: str

    @property
    def is_valid(self) -> bool:
        """Whether it opens anything now."""
        return not self.revoked and datetime.now(UTC) < datetime.fromisoformat(self.expires)

    @property
    def person(self) -> Person:
        """Who a program with this key is to whatever asks for rights."""
        return Person(f"kunci {self.id}: {self.name}", self.role, self.region)


def make_key(
    registry: Registry, name: str, role: Role, region: str | None, days: int, *, who: str
) -> str:
    """Make a key that is valid for so many days, and return it: it cannot be read again.

    Raises
    ------
    PetaKimError
        If the name is empty or long, the days are out of bounds, or the role is not for such a
        region.
    """
    named = on_one_line(name).strip()
    if not 0 < len(named) <= LONGEST_NAME:
        raise PetaKimError("key_name", most=LONGEST_NAME)
    if not 1 <= days <= LONGEST_DAYS:
        raise PetaKimError("key_days", days=days, most=LONGEST_DAYS)
    check_region(role, region)
    key = PREFIX + secrets.token_urlsafe(_BYTES)
    expires = (datetime.now(UTC) + timedelta(days=days)).isoformat(timespec="seconds")
    with registry.writing() as connection:
        number = last_id(connection, access_key) + 1
        row = {"id": number, "name": named, "sha256": _hash(key)}
        row |= {"role": role, "region": region, "made": now(), "made_by": who}
        row |= {"expires": expires, "revoked": "", "last_used": ""}
        connection.execute(insert(access_key), row)
        new = _said(_require(connection, number))
        record(connection, Deed.BUAT_KUNCI, who=who, region=region, new=new)
    return key


def list_keys(registry: Registry) -> list[Key]:
    """Return all keys that were ever made, the latest first."""
    with registry.reading() as connection:
        return _read(connection)


def revoke_key(registry: Registry, number: int, *, who: str) -> Key:
    """End a key for good.

    Raises
    ------
    PetaKimError
        If there is no such key, or it was revoked before.
    """
    with registry.writing() as connection:
        key = _require(connection, number)
        _set(connection, number, revoked=now())
        record(connection, Deed.CABUT_KUNCI, who=who, region=key.region, old=_said(key))
        return key


def person_of_key(registry: Registry, written: str) -> Person | None:
    """Return who a program is that has a key; ``None`` if it is wrong, expired or revoked."""
    with registry.reading() as connection:
        keys = _read(connection, access_key.c.sha256 == _hash(written))
    if not keys or not keys[0].is_valid:
        return None
    key = keys[0]
    if is_to_note(key.last_used):
        with suppress(RegistryError), registry.writing(wait=False) as connection:  # as a person's
            _set(connection, key.id, last_used=now())
    return key.person


def _hash(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()


def _read(connection: Connection, *wanted: Any) -> list[Key]:
    columns = [column for column in access_key.c if column.name != "sha256"]
    rows = connection.execute(select(*columns).where(*wanted).order_by(access_key.c.id.desc()))
    return [Key(**row._asdict() | {"role": Role(row.role)}) for row in rows]


def _require(connection: Connection, number: int) -> Key:
    keys = _read(connection, access_key.c.id == number, access_key.c.revoked == "")
    if not keys:
        raise PetaKimError("key_missing", number=number)
    return keys[0]


def _set(connection: Connection, number: int, **values: Any) -> None:
    connection.execute(update(access_key).where(access_key.c.id == number).values(values))


def _said(key: Key) -> dict[str, Any]:
    """Return what the log says of a key."""
    return {"key": key.id} | {
        name: getattr(key, name) for name in ("name", "role", "region", "expires")
    }
