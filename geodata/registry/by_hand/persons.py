"""Finding KIM by a person: for those who may see persons, and each time in the audit log."""

import re

from geodata.people.audit import Deed, record
from geodata.people.rights import Person, Right, require
from geodata.regions import is_within
from geodata.registry.database.connection import Registry
from geodata.registry.database.registry_error import RegistryError
from geodata.registry.database.versions import read_current, read_personal

LEAST = 3
"""Letters or digits that are asked for at least: fewer would list everybody."""
_WORD = re.compile(r"[^\W_]+")
_OF_A_NUMBER = re.compile(r"[\d\s+().-]+")
_COUNTRY = re.compile("^(62|0)+")


def find_kim_by_person(registry: Registry, asked: str, *, person: Person) -> list[int]:
    """Return the kim_id of the KIM in somebody's region that a person belongs to.

    That it was looked for is logged, and how many KIM there were; not what was asked.

    Parameters
    ----------
    asked
        Words of a name or an address, or digits of a phone number, in whatever way it is written.

    Raises
    ------
    NotAllowed
        If the person who asks may see no persons.
    RegistryError
        If fewer than :data:`LEAST` letters or digits are asked for.
    """
    require(person, Right.PRIBADI, person.region)
    words = _WORD.findall(asked.casefold())
    if sum(map(len, words)) < LEAST:
        raise RegistryError("person_short", paling_sedikit=LEAST)
    with registry.reading() as connection:
        of_kim = read_personal(connection)
        own = [
            kim_id
            for kim_id, kim in read_current(connection).items()
            if kim_id in of_kim and is_within(kim["kode_wilayah"], person.region)
        ]
    if _OF_A_NUMBER.fullmatch(asked):
        digits = _digits(asked)
        hits = [it for it in own if digits in map(_digits, of_kim[it].values())]
    else:
        hits = [it for it in own if _has(" ".join(of_kim[it].values()), words)]
    with registry.writing() as connection:
        record(
            connection,
            Deed.CARI_PRIBADI,
            who=person.name,
            region=person.region,
            new={"kim": len(hits)},
        )
    return sorted(hits)


def _has(said: str, words: list[str]) -> bool:
    """Tell whether a text has words that begin with all of ``words``."""
    own = _WORD.findall(said.casefold())
    return all(any(it.startswith(word) for it in own) for word in words)


def _digits(number: str) -> str:
    """Return a phone number without what differs between ways of writing it."""
    return _COUNTRY.sub("", re.sub(r"\D", "", number))
