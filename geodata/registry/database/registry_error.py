"""What can go wrong with the registry's database; never tells of a row's personal data."""

from geodata.errors import PetaKimError


class RegistryError(PetaKimError):
    """The database cannot be reached, or what is asked of it would break a rule of the registry."""


class RegistryEmpty(RegistryError):
    """There are no KIM to show, since none came yet or all were undone; an import mends that."""
