"""What can go wrong while a boundary set is built."""

from geodata.errors import PetaKimError


class BuildError(PetaKimError):
    """A boundary set that cannot be built here and now; the active one stays as it was."""


class ImportFailed(PetaKimError):
    """A boundary file that cannot be read, recognised or brought into place."""


class NoBoundaries(ImportFailed):
    """A file or layer that holds no boundaries to be used: beside one that does, it is passed over.

    The value ``rows``, if it has one, says how many rows it has.
    """
