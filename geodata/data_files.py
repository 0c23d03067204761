"""What the sidecars of the data files that ship say: each file's words and sources, by its name.

They stand in ``data_files.toml``; ``{names}`` in them are filled in by whoever makes the file.
"""

import tomllib
from pathlib import Path

from geodata.provenance import Source, write_sidecar

_WORDS = Path(__file__).with_suffix(".toml")


def write_shipped_sidecar(path: Path, rows: int, date: str, **values: object) -> None:
    """Write the sidecar of a data file that ships, which must be complete by now.

    Parameters
    ----------
    path
        The data file; its name picks the words.
    rows
        How many rows it has.
    date
        The day of making, ISO 8601.
    values
        What fills the names in braces.

    Raises
    ------
    KeyError
        If no file of that name ships, or a value is missing: a mistake in our code.
    """
    table = tomllib.loads(_WORDS.read_text(encoding="utf-8"))
    words = table["files"][path.name]
    write_sidecar(
        path,
        description=words["description"],
        licence=words["licence"],
        date=date,
        made_by=words["made_by"].format(**values),
        sources=[Source(**table["sources"][name]) for name in words["sources"]],
        rows=rows,
        notes=[
            {lang: note.format(**values) for lang, note in notes.items()}
            for notes in words.get("notes", [])
        ],
    )
