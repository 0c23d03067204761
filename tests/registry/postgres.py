"""A PostgreSQL cluster of our own, in a folder that is thrown away."""

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def binaries() -> Path | None:
    """The folder with initdb and pg_ctl: POSTGRES_BIN, that on PATH, else Debian's newest."""
    named = os.environ.get("POSTGRES_BIN")
    on_path = shutil.which("pg_ctl")
    if named or on_path:
        return Path(named) if named else Path(str(on_path)).resolve().parent
    return max(Path("/usr/lib/postgresql").glob("*/bin"), default=None, key=_major)


def _major(path: Path) -> int:
    return int(path.parent.name)


@contextmanager
def cluster() -> Iterator[str]:
    """Start a cluster that trusts whoever is on this machine; give an address without database."""
    programs = binaries()
    assert programs, "no PostgreSQL: run .ci/postgresql.sh, or name one with POSTGRES_BIN"
    # Not below pytest's folder, which another user may not enter; and a socket's path is short.
    folder = Path(tempfile.mkdtemp(prefix="kim-pg-"))
    data = folder / "data"
    # PostgreSQL refuses to run as root, so root becomes the user that Debian's package makes.
    other = ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups"]
    as_user = other if os.getuid() == 0 else []
    if as_user:
        shutil.chown(folder, "postgres", "postgres")
    port = _free_port()

    def run(program: str, *arguments: str) -> None:
        command = [*as_user, str(programs / program), "-D", str(data), *arguments]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=folder)

    try:
        run("initdb", "-U", "kim", "--auth=trust", "--no-sync", "--encoding=UTF8", "--locale=C")
        settings = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off"
        run("pg_ctl", "-w", "-l", str(folder / "log"), "-o", settings, "start")
        try:
            yield f"postgresql://kim@127.0.0.1:{port}"
        finally:
            run("pg_ctl", "-w", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
