"""``python -m dashboard``: checks that everything is in place, then starts the app's server."""

import os
import socket
import sys
from pathlib import Path
from typing import Annotated

import typer

from dashboard import assets, data, replicas
from dashboard.addresses import base_path
from dashboard.http import first_visit
from geodata.cli.options import print_lines
from geodata.errors import PetaKimError
from geodata.operator import operating
from geodata.people.rights import Right
from geodata.private_files import write_private
from geodata.registry import forgetting
from geodata.registry.database.connection import find_registry, sample_is_chosen
from geodata.registry.database.registry_error import RegistryEmpty

_ROOT = Path(__file__).resolve().parent.parent
_ADDRESS = os.environ.get("STREAMLIT_SERVER_ADDRESS", "127.0.0.1")
DEFAULT_PORT = 8501
# What has been read goes back to the system: pools of memory for each thread would keep 60 MB.
_FRUGAL = {"ARROW_DEFAULT_MEMORY_POOL": "system", "MALLOC_ARENA_MAX": "2"}


def _require_free(port: int) -> None:
    """Make sure nobody listens on ``port``.

    Raises
    ------
    PetaKimError
        If somebody does.
    """
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((_ADDRESS, port))
        except OSError as error:
            raise PetaKimError("port_in_use", port=port, other=port + 1) from error


def _require_registry() -> None:
    """Make sure that the registry can be read; of one without KIM only say so.

    Raises
    ------
    PetaKimError
        If it cannot be read.
    """
    try:
        data.snapshot()
    except RegistryEmpty as error:  # the page Impor can fill it
        print_lines(error.message("en"), to_stderr=True)


def _expire() -> None:
    """Take out what has been kept long enough, unless somebody is writing to the registry."""
    if sample_is_chosen():
        return
    try:
        expired, complete = forgetting.expire(find_registry(), who=operating(Right.HAPUS_PRIBADI))
        for name in expired:
            print_lines(f"Kept long enough, and deleted: {name}")
        if not complete:
            said = "Bytes of what was deleted may be left: run `python -m geodata registry expire`."
            print_lines(said, to_stderr=True)
    except RegistryEmpty:
        pass  # there is nothing to keep
    except PetaKimError as error:
        print_lines(error.message("en"), to_stderr=True)


def serve(
    port: Annotated[int, typer.Option(help="Port to listen on.")] = DEFAULT_PORT,
    workers: Annotated[
        int, typer.Option(min=1, max=64, help="How many servers; several stand behind nginx.")
    ] = 1,
) -> None:
    """Start Peta KIM and print its address."""
    write_private()
    try:
        several = workers > 1
        command = replicas.command(_ADDRESS, port, workers) if several else replicas.server(port)
        assets.check()
        _require_registry()
        data.boundaries()
        for used in range(port, port + (workers + 1 if several else 1)):
            _require_free(used)
        _expire()
        if scripts := first_visit.unpacked():
            print_lines("Packing the scripts that browsers are sent; this is done once.")
            first_visit.pack(scripts)
        print_lines(f"Peta KIM: http://{_ADDRESS}:{port}{base_path()}  (Ctrl+C stops it)")
        os.chdir(_ROOT)
        os.environ.update(_FRUGAL | os.environ)
        os.execv(sys.executable, command)
    except PetaKimError as error:
        print_lines(error.message("en"), to_stderr=True)
        raise typer.Exit(2) from error


if __name__ == "__main__":
    typer.run(serve)
