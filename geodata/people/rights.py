"""Who may do what: the one table of roles and rights, which whatever changes something asks.

Roles follow the chain of the KIM: a kabupaten/kota registers, its provinsi guides, the ministry
sees all. A right holds in the person's own region and in those inside it.
"""

from dataclasses import dataclass
from enum import StrEnum

from geodata.errors import PetaKimError
from geodata.regions import Level, is_within, level_of
from geodata.text import text


class Role(StrEnum):
    """What somebody is to the registry."""

    PEMBACA = "pembaca"
    """Whoever has not signed in, or was given no more than that."""
    PETUGAS = "petugas"
    """Of a kabupaten/kota: keeps the KIM of it."""
    VERIFIKATOR = "verifikator"
    """Of a provinsi: looks through what its kabupaten/kota register."""
    KEMENTERIAN = "kementerian"
    """Of the ministry: all regions."""
    ADMINISTRATOR = "administrator"
    """Keeps people, boundaries and settings; not the registry."""
    OPERATOR = "operator"
    """Whoever sits at the machine: on its command line, and in its browser if nobody signs in."""


class Right(StrEnum):
    """What somebody may do."""

    IMPOR = "impor"
    """Bring files in, decide about their rows, commit, undo and put back."""
    UBAH = "ubah"
    """Add, edit, close, reopen and move a KIM."""
    VERIFIKASI = "verifikasi"
    """Verify a registered KIM, or send it back with a remark."""
    PRIBADI = "pribadi"
    """See what is personal: contacts, cells of files that wait, speaker notes of decks."""
    HAPUS_PRIBADI = "hapus_pribadi"
    """Take personal data out."""
    PAPARAN = "paparan"
    """Make and change decks."""
    BATAS = "batas"
    """Bring in boundary sets, and choose the one in use."""
    INDIKATOR = "indikator"
    """Bring in indicators of regions, take them out and put them back."""
    PENGGUNA = "pengguna"
    """Say who has which role; make and revoke keys of programs."""
    LOG = "log"
    """Read the audit log."""
    SASARAN = "sasaran"
    """Set targets of regions."""


RIGHTS: dict[Role, frozenset[Right]] = {
    Role.PEMBACA: frozenset(),
    Role.PETUGAS: frozenset(
        {Right.IMPOR, Right.UBAH, Right.PRIBADI, Right.PAPARAN, Right.LOG, Right.SASARAN}
    ),
    Role.VERIFIKATOR: frozenset(
        {Right.VERIFIKASI, Right.PRIBADI, Right.PAPARAN, Right.LOG, Right.SASARAN}
    ),
    Role.KEMENTERIAN: frozenset(Right) - {Right.BATAS, Right.PENGGUNA, Right.HAPUS_PRIBADI},
    Role.ADMINISTRATOR: frozenset(
        {Right.BATAS, Right.PENGGUNA, Right.LOG, Right.HAPUS_PRIBADI, Right.PAPARAN}
    ),
    Role.OPERATOR: frozenset(Right),
}

REGION_OF: dict[Role, Level | None] = {
    Role.PETUGAS: Level.KABUPATEN_KOTA,
    Role.VERIFIKATOR: Level.PROVINSI,
}
"""The level of the region that a role is given for; all others are of Indonesia."""

GIVEN: tuple[Role, ...] = (
    Role.PETUGAS,
    Role.VERIFIKATOR,
    Role.KEMENTERIAN,
    Role.ADMINISTRATOR,
)
"""The roles that can be given to an account or a key."""


@dataclass(frozen=True)
class Person:
    """Somebody who asks for something.

    Attributes
    ----------
    name
        What the registry notes beside what was done: an e-mail address, or the account of the
        machine; "" for whoever has not signed in.
    role
        What they are.
    region
        The code that the role was given for; ``None`` is Indonesia.
    account
        The number of the account; ``None`` for readers, and for whoever sits at the machine.
    """

    name: str
    role: Role
    region: str | None = None
    account: int | None = None

    def may(self, right: Right, region: str | None = None) -> bool:
        """Tell whether they may, for all of ``region`` (a code; ``None`` is Indonesia)."""
        if right not in RIGHTS[self.role]:
            return False
        return self.region is None or (region is not None and is_within(region, self.region))

    def may_somewhere(self, right: Right) -> bool:
        """Tell whether there is a region for which they may."""
        return right in RIGHTS[self.role]


READER = Person("", Role.PEMBACA)


class NotAllowed(PetaKimError):
    """Somebody asked for what they may not."""

    def values_in(self, lang: str) -> dict[str, object]:
        """Return the right in words, and the region by its code."""
        where = self.values["region"] or text("region.indonesia", lang)
        return {"hak": text(f"right.{self.values['right']}", lang), "wilayah": where}


def require(person: Person, right: Right, region: str | None = None) -> None:
    """Make sure that somebody may.

    Raises
    ------
    NotAllowed
        If they may not, saying what, and for which region they may.
    """
    if not person.may(right, region):
        raise NotAllowed("not_allowed", right=right, region=region)


def check_region(role: Role, region: str | None) -> None:
    """Make sure that a role can be given for a region.

    Raises
    ------
    PetaKimError
        If the role is not one that is given, or the region is not of the level that it is for.
    """
    wanted = REGION_OF.get(role)
    is_of_level = region is None if wanted is None else region and level_of(region) is wanted
    if role not in GIVEN or not is_of_level:
        raise PetaKimError("role_region", role=role, region=region or "–")
