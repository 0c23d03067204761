"""Uploading a boundary file: kept in a folder of its own while it is imported, then gone."""

import tempfile
from pathlib import Path
from typing import IO

import streamlit as st

from dashboard import permission
from geodata.boundaries import keeping
from geodata.boundaries.boundary_set import BoundarySet
from geodata.boundaries.reading.options import Options
from geodata.people.rights import Right
from geodata.text import text


def import_upload(file: IO[bytes], file_name: str, options: Options, lang: str) -> BoundarySet:
    """Import an uploaded file while a bar tells the step, and return the set (not yet active).

    Raises
    ------
    ImportFailed
        If the file cannot be read, recognised or placed.
    BuildError
        If the store cannot be written.
    NotAllowed
        If whoever asks may not.
    """
    # Read when first needed: hardly anybody imports boundaries.
    from geodata.boundaries.importing import import_boundaries

    bar = st.progress(0.0, text("batas.starting", lang))

    def report(step: str, share: float) -> None:
        bar.progress(min(share, 1.0), text(f"step.{step.lower().replace(' ', '_')}", lang))

    with permission.acting(Right.BATAS) as who, tempfile.TemporaryDirectory() as folder:
        # Of the name that the browser sent only the last part is used, so it leads nowhere else.
        path = Path(folder) / Path(file_name.replace("\\", "/")).name
        with path.open("wb") as copy:
            while chunk := file.read(1 << 20):
                copy.write(chunk)
        boundaries, _ = import_boundaries(path, report, options=options)
        keeping.note_import(boundaries, who=who)
    bar.empty()
    return boundaries


def take_into_use(boundaries: BoundarySet) -> None:
    """Make a set the one in use; for callbacks."""
    with permission.acting(Right.BATAS) as who:
        keeping.activate(boundaries, who=who)
