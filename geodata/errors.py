"""Errors a user can meet, each with a text in every language of the interface."""

from geodata.text import text


class PetaKimError(Exception):
    """Base of every error that is shown to a user.

    Parameters
    ----------
    key
        Name of the text below ``error`` of the text table: what is wrong, where, how to mend it.
    **values
        What the text's placeholders stand for.
    """

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key, values)
        self.key = key
        self.values = values

    def message(self, lang: str) -> str:
        """Return the error's sentence in ``lang`` (``id`` or ``en``)."""
        return text(f"error.{self.key}", lang, **self.values_in(lang))

    def values_in(self, lang: str) -> dict[str, object]:  # noqa: ARG002 - some say them in words
        """Return what the text's placeholders stand for in ``lang``."""
        return self.values

    def __str__(self) -> str:
        return self.message("en")


class RegionError(PetaKimError):
    """A region code that cannot be read or that the gazetteer does not hold."""


class SelectionError(PetaKimError):
    """A filter, metric, level or classification scheme that does not exist."""


class DataFileError(PetaKimError):
    """A shipped or made file that is missing, damaged or of another version."""
