"""A briefing pack: the four files of a briefing, written together."""

import io
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

from geodata.exports.briefing.model import Briefing
from geodata.exports.briefing.page import to_html
from geodata.exports.briefing.paper import to_pdf
from geodata.exports.briefing.picture import sheet_png
from geodata.exports.briefing.powerpoint import to_pptx
from geodata.progress import Report
from geodata.whole_files import write_whole, writing

WRITERS: dict[str, Callable[[Briefing], bytes]] = {
    "html": to_html,
    "pptx": to_pptx,
    "pdf": to_pdf,
    "png": sheet_png,
}
"""What writes each file, by its ending."""


def pack_files(briefing: Briefing, report: Report) -> dict[str, bytes]:
    """Return the files of a pack by name; ``report`` hears of the step and the share done."""
    files = {}
    for done, (ending, write) in enumerate(WRITERS.items()):
        report("Briefing pack", done / len(WRITERS))
        files[f"{briefing.name}.{ending}"] = write(briefing)
    report("Briefing pack", 1.0)
    return files


def write_pack(briefing: Briefing, folder: Path, report: Report) -> list[Path]:
    """Write the files of a pack into ``folder``, which is made if need be.

    Raises
    ------
    DataFileError
        If a file cannot be written, or Leaflet is not installed.
    """
    files = pack_files(briefing, report)
    return [write_file(folder / name, body) for name, body in files.items()]


def write_file(path: Path, body: bytes) -> Path:
    """Write a file that has its name only when it is complete; its folder is made if need be.

    Raises
    ------
    DataFileError
        If it cannot be written.
    """
    with writing(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        return write_whole(path, body)


def pack_zip(briefing: Briefing, report: Report) -> bytes:
    """Return the files of a pack as one ZIP."""
    return zipped(pack_files(briefing, report))


def zipped(files: Mapping[str, bytes]) -> bytes:
    """Return files by name as one ZIP."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in files.items():
            archive.writestr(name, body)
    return buffer.getvalue()
