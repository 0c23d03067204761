"""What can be wrong with a registry file as a whole."""

from geodata.errors import PetaKimError


class IntakeError(PetaKimError):
    """A registry file that cannot be read, or of which nothing can be told apart."""
