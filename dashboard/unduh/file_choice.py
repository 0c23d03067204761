"""What a download is written as: kept in the address of the page Unduh, and of links to data."""

from dataclasses import dataclass

from geodata.exports.formats import CSV, FORMATS, SEPARATORS, Format
from geodata.view.address import Part, choice_parameter

PEOPLE, PROGRAMS = READERS = ("orang", "program")


@dataclass(frozen=True)
class FileChoice:
    """What a file is written as.

    Attributes
    ----------
    format
        Its format.
    separator
        Of CSV, by its name; "" is the one usual in the language.
    readers
        Who reads it: :data:`PEOPLE` have words, :data:`PROGRAMS` names and codes; "" are people on
        the page, and programs by a link.
    """

    format: Format = CSV
    separator: str = ""
    readers: str = ""

    def readable_in(self, lang: str, usual: str) -> str:
        """Return the language of the file's words, empty for names and codes.

        ``usual`` are its readers where nobody has chosen.
        """
        return lang if self.format.readable and (self.readers or usual) == PEOPLE else ""


FILE: Part[FileChoice] = Part(
    FileChoice(),
    choice_parameter("berkas", FORMATS.values(), "format"),
    choice_parameter("pemisah", SEPARATORS, "separator"),
    choice_parameter("untuk", READERS, "readers"),
)
