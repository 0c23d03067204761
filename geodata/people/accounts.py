"""Accounts: who signs in with which role, and who was invited to.

A person is known by the provider's own number of them (issuer and subject, as OpenID Connect Core
1.0, section 2, has them): an address may pass to somebody else. The address counts once, at the
first sign-in, and only one that the provider has verified.
"""

import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from geodata.errors import PetaKimError
from geodata.people.audit import Deed, record
from geodata.people.rights import READER, Person, Role, check_region
from geodata.people.visits import is_to_note
from geodata.registry.database.connection import Registry
from geodata.registry.database.registry_error import RegistryError
from geodata.registry.database.relations import account, ended_session
from geodata.registry.database.versions import last_id, now

_LONGEST_EMAIL = 254  # RFC 5321, section 4.5.3.1.3, less the brackets
# As browsers take one (HTML, section 4.10.5.1.5). A letter of another alphabet may look like one of
# these, or become one in lower case (K, the sign of Kelvin): such an address is nobody's.
_EMAIL = re.compile(r"[a-z0-9.!#$%&'*+/=?^_`{|}~-]+@[a-z0-9-]+(\.[a-z0-9-]+)+")


@dataclass(frozen=True)
class Account:
    """An account.

    Attributes
    ----------
    email
        In lower case.
    subject
        Issuer and subject, with a blank between; "" until they sign in for the first time.
    role, region
        What they are, and for which region (a code; ``None`` is Indonesia).
    since, given_by
        When that was said, and by whom.
    last_seen, signed_out, removed
        Times, ISO 8601 in UTC; "" for never. A session that began before ``signed_out`` is over.
    """

    id: int
    email: str
    subject: str
    name: str
    role: Role
    region: str | None
    since: str
    given_by: str
    last_seen: str
    signed_out: str
    removed: str

    @property
    def person(self) -> Person:
        """Who they are to whatever asks for rights."""
        return Person(self.email, self.role, self.region, self.id)


@dataclass(frozen=True)
class SignIn:
    """What a provider says of somebody who signed in.

    Attributes
    ----------
    issuer, subject
        The claims ``iss`` and ``sub``.
    email
        The claim ``email``; "" where the provider does not say that it is verified.
    name
        The claim ``name``.
    at
        When they signed in (claim ``iat``).
    """

    issuer: str
    subject: str
    email: str
    name: str
    at: datetime

    @property
    def whose(self) -> str:
        """Issuer and subject, as accounts have them."""
        return f"{self.issuer} {self.subject}"

    @property
    def _session(self) -> dict[str, str]:
        return {"subject": self.whose, "began": self.at.isoformat()}


def sign_in_of(claims: Mapping[str, Any]) -> SignIn | None:
    """Return what the claims of an ID token say; ``None`` if they name nobody or no time."""
    issuer, subject, at = claims.get("iss"), claims.get("sub"), claims.get("iat")
    if not (isinstance(issuer, str) and isinstance(subject, str) and isinstance(at, int | float)):
        return None
    if not (issuer and subject):
        return None
    verified = claims.get("email_verified") is True
    email, name = claims.get("email"), claims.get("name")
    return SignIn(
        issuer,
        subject,
        _address(email) if verified and isinstance(email, str) else "",
        name if isinstance(name, str) else "",
        datetime.fromtimestamp(at, UTC),
    )


def person_of(registry: Registry, sign_in: SignIn, longest: timedelta) -> Person:
    """Return who somebody is who signed in; a reader if they must sign in anew.

    The first sign-in with an invited address makes the account theirs. Whoever has no account is a
    reader, too, but one with a name.

    Parameters
    ----------
    longest
        How long a session holds after the sign-in.
    """
    if datetime.now(UTC) - sign_in.at > longest:
        return READER
    with registry.reading() as connection:
        if _has_ended(connection, sign_in):
            return READER
        found = _by_subject(connection, sign_in.whose)
        invited = None if found else _invited(connection, sign_in)
    if invited:
        found = _claim(registry, sign_in)
    if found is None:
        return Person(sign_in.email or sign_in.name or sign_in.subject, Role.PEMBACA)
    if _is_signed_out(found, sign_in):
        return READER
    if is_to_note(found.last_seen):
        # Nobody waits for an import of others to come in: what is not noted now is noted later.
        with suppress(RegistryError), registry.writing(wait=False) as connection:
            _set(connection, found.id, last_seen=now())
    return found.person


def end_session(registry: Registry, sign_in: SignIn, longest: timedelta) -> None:
    """End a session, for all servers: whoever has kept its cookie is a reader.

    Raises
    ------
    RegistryError
        If somebody else is writing: nobody waits to leave.
    """
    over = (datetime.now(UTC) - longest).isoformat(timespec="seconds")
    with registry.writing(wait=False) as connection:
        connection.execute(delete(ended_session).where(ended_session.c.ended < over))
        if not _has_ended(connection, sign_in):
            connection.execute(insert(ended_session), {**sign_in._session, "ended": now()})


def invite(registry: Registry, email: str, role: Role, region: str | None, *, who: str) -> Account:
    """Make an account for whoever signs in with that address first.

    Raises
    ------
    PetaKimError
        If it is no address, there is an account of it, or the role is not for such a region.
    """
    address = _address(email)
    if not address:
        raise PetaKimError("email", email=email)
    check_region(role, region)
    with registry.writing() as connection:
        if _read(connection, account.c.email == address, account.c.removed == ""):
            raise PetaKimError("account_there", email=address)
        number = last_id(connection, account) + 1
        row = dict.fromkeys(("subject", "name", "last_seen", "signed_out", "removed"), "")
        row |= {"email": address, "since": now(), "given_by": who}
        connection.execute(insert(account), {**row, "id": number, "role": role, "region": region})
        new = {"email": address, "role": role, "region": region}
        record(connection, Deed.UNDANG, who=who, region=region, new=new)
        return _read(connection, account.c.id == number)[0]


def change_role(
    registry: Registry, number: int, role: Role, region: str | None, *, who: str
) -> Account:
    """Give an account another role or region.

    Raises
    ------
    PetaKimError
        If there is no such account, the role is not for such a region, or nobody would be left who
        keeps accounts.
    """
    check_region(role, region)
    with registry.writing() as connection:
        before = _require(connection, number)
        _require_administrator(connection, before, role)
        _set(connection, number, role=role, region=region, since=now(), given_by=who)
        old = {"email": before.email, "role": before.role, "region": before.region}
        new = old | {"role": role, "region": region}
        record(connection, Deed.PERAN, who=who, region=region, old=old, new=new)
        return _require(connection, number)


def sign_out_everywhere(registry: Registry, number: int, *, who: str) -> None:
    """End all sessions of an account: who signs in anew comes in again.

    Raises
    ------
    PetaKimError
        If there is no such account.
    """
    with registry.writing() as connection:
        found = _require(connection, number)
        _set(connection, number, signed_out=now())
        record(connection, Deed.KELUARKAN, who=who, region=found.region, new={"email": found.email})


def remove(registry: Registry, number: int, *, who: str) -> None:
    """Take an account away: its sessions are over, and it comes back by an invitation only.

    Raises
    ------
    PetaKimError
        If there is no such account, or nobody would be left who keeps accounts.
    """
    with registry.writing() as connection:
        found = _require(connection, number)
        _require_administrator(connection, found, None)
        _set(connection, number, removed=now())
        old = {"email": found.email, "role": found.role, "region": found.region}
        record(connection, Deed.HAPUS_AKUN, who=who, region=found.region, old=old)


def find_account(registry: Registry, email: str) -> Account:
    """Return the account of an address.

    Raises
    ------
    PetaKimError
        If there is none.
    """
    with registry.reading() as connection:
        found = _read(connection, account.c.email == _address(email), account.c.removed == "")
    if not found:
        raise PetaKimError("account_missing", account=email)
    return found[0]


def list_accounts(registry: Registry) -> list[Account]:
    """Return the accounts that are not removed, by address."""
    with registry.reading() as connection:
        return sorted(_read(connection, account.c.removed == ""), key=lambda it: it.email)


def _address(written: str) -> str:
    """Return an e-mail address as accounts have it; "" of what is none."""
    bare = written.strip()
    email = bare.lower() if bare.isascii() and len(bare) <= _LONGEST_EMAIL else ""
    return email if _EMAIL.fullmatch(email) else ""


def _read(connection: Connection, *wanted: Any) -> list[Account]:
    rows = connection.execute(select(account).where(*wanted).order_by(account.c.id))
    return [Account(**row._asdict() | {"role": Role(row.role)}) for row in rows]


def _require(connection: Connection, number: int) -> Account:
    found = _read(connection, account.c.id == number, account.c.removed == "")
    if not found:
        raise PetaKimError("account_missing", account=number)
    return found[0]


def _by_subject(connection: Connection, subject: str) -> Account | None:
    found = _read(connection, account.c.subject == subject, account.c.removed == "")
    return found[0] if found else None


def _invited(connection: Connection, sign_in: SignIn) -> Account | None:
    if not sign_in.email:
        return None
    wanted = (account.c.email == sign_in.email, account.c.subject == "", account.c.removed == "")
    found = _read(connection, *wanted)
    # A session of theirs from before they were removed stays over.
    ended = account.c.removed >= sign_in.at.isoformat(timespec="seconds")
    over = _read(connection, account.c.subject == sign_in.whose, ended)
    return found[0] if found and not over else None


def _has_ended(connection: Connection, sign_in: SignIn) -> bool:
    wanted = select(ended_session.c.ended).filter_by(**sign_in._session)
    return connection.execute(wanted).first() is not None


def _claim(registry: Registry, sign_in: SignIn) -> Account | None:
    subject = sign_in.whose
    with registry.writing() as connection:
        found = _by_subject(connection, subject)  # another tab may have come first
        if found is None and (found := _invited(connection, sign_in)):
            _set(connection, found.id, subject=subject, name=sign_in.name, last_seen=now())
            record(connection, Deed.MASUK_AKUN, who=found.email, region=found.region)
            found = replace(found, subject=subject, name=sign_in.name, last_seen=now())
        return found


def _set(connection: Connection, number: int, **values: Any) -> None:
    connection.execute(update(account).where(account.c.id == number).values(values))


def _is_signed_out(found: Account, sign_in: SignIn) -> bool:
    # Claims have whole seconds: who signs in in the second of a sign-out is asked once more.
    return bool(found.signed_out) and sign_in.at <= datetime.fromisoformat(found.signed_out)


def _require_administrator(connection: Connection, before: Account, role: Role | None) -> None:
    """Make sure that an administrator is left where one loses that role."""
    if before.role is not Role.ADMINISTRATOR or role is Role.ADMINISTRATOR:
        return
    wanted = (account.c.role == Role.ADMINISTRATOR, account.c.removed == "")
    others = [it for it in _read(connection, *wanted) if it.id != before.id]
    # Who was only invited may never come, or be nobody.
    if not any(it.subject or not before.subject for it in others):
        raise PetaKimError("last_administrator", email=before.email)
