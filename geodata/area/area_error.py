"""What can be wrong with an area that somebody names."""

from geodata.errors import PetaKimError


class AreaError(PetaKimError):
    """An area that cannot be read, is nowhere in Indonesia, or is too large."""
