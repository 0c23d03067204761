"""What a download is written as: kept in the address of the page Unduh, and of links to data."""

from dataclasses import dataclass

from geodata.exports.formats import CSV, FORMATS, SEPARATORS, Format
from geodata.view.address import Part, choice_parameter


@dataclass(frozen=True)
class FileChoice:
    """The format, and the separator of CSV by its name; "" is the one usual in the language."""

    format: Format = CSV
    separator: str = ""


FILE: Part[FileChoice] = Part(
    FileChoice(),
    choice_parameter("berkas", FORMATS.values(), "format"),
    choice_parameter("pemisah", SEPARATORS, "separator"),
)
