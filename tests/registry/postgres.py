"""A PostgreSQL cluster of our own, in a folder that is thrown away."""

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
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


@dataclass(frozen=True)
class Cluster:
    """A cluster that runs: its address without a database, and a way to use its programs."""

    address: str
    run: Callable[..., None]

    def make_database(self, name: str) -> str:
        """Make a database and give its address."""
        self.run("createdb", name)
        return f"{self.address}/{name}"

    def stop(self) -> None:
        """Stop as an upgrade of the system does: every connection is cut."""
        self.run("pg_ctl", "-w", "-m", "fast", "stop")

    def start(self) -> None:
        self.run("pg_ctl", "-w", "start")


@contextmanager
def cluster(configuration: str = "") -> Iterator[Cluster]:
    """Start a cluster that trusts whoever is on this machine, perhaps with lines of its own."""
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

    environment = {
        **os.environ,
        "PGDATA": str(data),
        "PGHOST": "127.0.0.1",
        "PGPORT": str(port),
        "PGUSER": "kim",
    }

    def run(program: str, *arguments: str) -> None:
        command = [*as_user, str(programs / program), *arguments]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=folder, env=environment)

    settings = {"port": port, "unix_socket_directories": f"'{folder}'", "fsync": "off"}
    settings |= {"listen_addresses": "'127.0.0.1'", "logging_collector": "on"}
    written = "".join(f"{name} = {value}\n" for name, value in settings.items())
    try:
        run("initdb", "-U", "kim", "--auth=trust", "--no-sync", "--encoding=UTF8", "--locale=C")
        with (data / "postgresql.conf").open("a") as file:
            file.write(configuration + written)
        run("pg_ctl", "-w", "start")
        try:
            yield Cluster(f"postgresql://kim@127.0.0.1:{port}", run)
        finally:
            run("pg_ctl", "-w", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
