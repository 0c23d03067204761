"""Who works at this machine: the name that the registry notes beside what was done."""

import getpass
import os

from geodata.people.rights import Person, Right, Role, require


def operator_name() -> str:
    """Return the account name of this process; ``"uid 10001"`` where its user has none."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a container may run as a user that no file knows
        return f"uid {os.getuid()}"


def machine_operator() -> Person:
    """Return whoever works at this machine, as those who sign in are known."""
    return Person(operator_name(), Role.OPERATOR)


def operating(right: Right, region: str | None = None) -> str:
    """Return the name under which a command does something.

    Raises
    ------
    NotAllowed
        If whoever works at this machine may not.
    """
    person = machine_operator()
    require(person, right, region)
    return person.name
