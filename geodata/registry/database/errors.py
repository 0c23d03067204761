"""What can go wrong with the registry's database; never tells of a row's personal data."""

from geodata.errors import PetaKimError


class RegistryError(PetaKimError):
    """The database cannot be reached, or what is asked of it would break a rule of the registry."""
