"""Two servers of one PostgreSQL, which share their folders, behind nginx and below a path."""

import http.client
import os
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from geodata.boundaries.store import active_set
from geodata.gazetteer import load_gazetteer
from geodata.registry.database.batches import Batch, stage
from geodata.registry.database.committing import commit
from geodata.registry.database.connection import Registry, open_registry
from tests.app.visiting import Answer, ask
from tests.browser.conftest import ARTEFACTS, free_port
from tests.registry import postgres
from tests.registry.rows import staged

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "deploy"
NAME = "kim.contoh.go.id"
PATH = "/peta"  # below which all is served
LOG = ARTEFACTS / "servers.log"


@dataclass(frozen=True)
class Replicas:
    """Where the servers are, nginx before them first, and what they share."""

    port: int
    registry: Registry
    database: postgres.Cluster
    store: Path
    decks: Path
    uploads: Path

    @property
    def front(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def addresses(self) -> list[str]:
        return [f"http://127.0.0.1:{self.port + number}" for number in (1, 2)]


def soon(is_so: Callable[[], bool], seconds: float = 2.0) -> bool:
    """Whether something is so within so many seconds; by default those of following the others."""
    last = time.monotonic() + seconds
    while not is_so():
        if time.monotonic() > last:
            return False
        time.sleep(0.05)
    return True


def answers(address: str) -> bool:
    """Whether a server says that it is ready."""
    try:
        with urlopen(f"{address}{PATH}/sehat", timeout=10) as reply:
            return reply.status == 200
    except URLError:  # also an answer that says it is not
        return False
    except OSError:
        return False


def figures(address: str) -> dict[str, str]:
    """What a server measures of itself; nothing if it is not there."""
    try:
        lines = ask(address, f"{PATH}/metrics").text.splitlines()
    except OSError:
        return {}
    return dict(line.rsplit(" ", 1) for line in lines if line[0] != "#")


def sessions(address: str) -> float:
    """How many pages a server has open."""
    return float(figures(address).get("peta_kim_sessions", 0))


def nginx_program() -> str:
    program = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    if program is None:
        pytest.skip("SERVERS ARE NOT TESTED TOGETHER: no nginx; see .ci/nginx.sh")
    return program


@pytest.fixture(scope="session")
def replicas(tmp_path_factory) -> Iterator[Replicas]:
    nginx_program()
    if postgres.binaries() is None:
        pytest.skip("SERVERS ARE NOT TESTED TOGETHER: no PostgreSQL; see .ci/postgresql.sh")
    shared = tmp_path_factory.mktemp("shared")
    store = own_store(shared / "boundaries")
    tuned = (DEPLOY / "postgresql" / "peta-kim.conf").read_text(encoding="utf-8")
    with postgres.cluster(tuned) as database:
        url = database.make_database("kim")
        registry = open_registry(url)
        commit(registry, draft(registry, "1").id, who="operator", covers=["35.07"])
        environment = {
            "KIM_DATABASE_URL": url,
            "KIM_STORE": str(store),
            "KIM_DECKS": str(shared / "decks"),
            "KIM_UPLOADS": str(shared / "uploads"),
            "KIM_HOSTS": NAME,
            "KIM_METRICS": "1",
            "KIM_LOG": "json",
        }
        with several_servers(environment) as port:
            yield Replicas(port, registry, database, store, shared / "decks", shared / "uploads")
        registry.engine.dispose()


@contextmanager
def several_servers(environment: Mapping[str, str]) -> Iterator[int]:
    """Run two servers at the ports after the one that is given, where nginx stands before them."""
    port = free_ports(3)
    command = [sys.executable, "-m", "dashboard", f"--port={port}", "--workers=2"]
    below = {"STREAMLIT_SERVER_BASE_URL_PATH": PATH}
    with running(command, LOG, environment | below) as servers:
        everyone = [f"http://127.0.0.1:{port + number}" for number in (1, 2, 0)]
        assert soon(lambda: all(map(answers, everyone)) or servers.poll() is not None, 180)
        assert servers.poll() is None, LOG.read_text()
        yield port
    assert servers.returncode == 0, LOG.read_text()


def free_ports(count: int) -> int:
    """The first of so many ports in a row that nobody uses."""
    while True:
        first = free_port()
        with ExitStack() as probes:
            try:
                for port in range(first, first + count):
                    probe = probes.enter_context(socket.socket())
                    probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return first


@contextmanager
def running(
    command: Sequence[str | Path], log: Path, environment: Mapping[str, str]
) -> Iterator[subprocess.Popen]:
    """Run a command, and end it as an operator does."""
    log.parent.mkdir(exist_ok=True)
    with log.open("w") as written:
        process = subprocess.Popen(
            command, cwd=ROOT, env=os.environ | environment, stdout=written, stderr=written
        )
    try:
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=30)


def draft(registry: Registry, *numbers: str) -> Batch:
    """Stage a file with a KIM of Malang of each number, which waits to be committed."""
    rows = [{"nomor_induk": number} for number in numbers]
    file = staged(*rows, file_name=f"malang-{numbers[0]}.xlsx")
    return stage(registry, file, load_gazetteer(), who="operator")


def own_store(folder: Path) -> Path:
    """Make a store that holds the active set, without a second copy of its bytes."""
    used = active_set().path
    (folder / used.name).mkdir(parents=True)
    for file in used.iterdir():
        os.link(file, folder / used.name / file.name)
    (folder / "active").write_text(f"{used.name}\n")
    return folder


@dataclass(frozen=True)
class Site:
    """Where people reach the servers: by TLS, by the name of the site."""

    port: int
    trusted: ssl.SSLContext
    log: Path

    def get(self, path: str, **headers: str) -> Answer:
        """Ask the site as a browser does."""
        connection = http.client.HTTPConnection(NAME, timeout=30)
        plain = socket.create_connection(("127.0.0.1", self.port), timeout=30)
        connection.sock = self.trusted.wrap_socket(plain, server_hostname=NAME)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request("GET", path, headers=named)
        reply = connection.getresponse()
        lowered = {name.lower(): value for name, value in reply.getheaders()}
        answer = Answer(reply.status, lowered, reply.read())
        connection.close()
        return answer

    def kept(self, path: str) -> list[str]:
        """What nginx's log says of whether each answer was kept already: HIT or MISS."""
        lines = self.log.read_text(encoding="utf-8").splitlines()
        return [line.rsplit(" ", 1)[1] for line in lines if f'"GET {path}"' in line]


@pytest.fixture(scope="session")
def site(replicas: Replicas) -> Iterator[Site]:
    """The servers behind nginx as it is set up for good, but for ports and folders."""
    # Not below pytest's folder: started by root, nginx answers as somebody else.
    folder = Path(tempfile.mkdtemp(prefix="kim-nginx-"))
    folder.chmod(0o711)
    certificate, key = folder / "fullchain.pem", folder / "privkey.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
         "-nodes", "-days", "1", "-subj", f"/CN={NAME}", "-addext", f"subjectAltName=DNS:{NAME}",
         "-keyout", key, "-out", certificate],
        check=True, capture_output=True,
    )  # fmt: skip
    port = free_port()
    written = (DEPLOY / "nginx" / "peta-kim.conf").read_text(encoding="utf-8")
    for there, here in {
        "listen 443": f"listen 127.0.0.1:{port}", "listen 80": f"listen 127.0.0.1:{free_port()}",
        "/etc/ssl/peta-kim": str(folder), "/etc/nginx/peta-kim": str(DEPLOY / "nginx"),
        "/var/cache/nginx": str(folder), "/var/log/nginx": str(folder),
        "127.0.0.1:8501": replicas.addresses[0].removeprefix("http://"),
        "127.0.0.1:8502": replicas.addresses[1].removeprefix("http://"),
    }.items():  # fmt: skip
        assert there in written
        written = written.replace(there, here)
    config = folder / "nginx.conf"
    temporary = "".join(
        f"{kind}_temp_path {folder}/{kind};"
        for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    config.write_text(
        f"daemon off; pid {folder}/pid; events {{}} http {{ {temporary}\n{written}\n}}"
    )
    command = [nginx_program(), "-p", folder, "-e", "stderr", "-c", config]
    trusted = ssl.create_default_context(cafile=str(certificate))
    with running(command, ARTEFACTS / "nginx.log", {}):
        site = Site(port, trusted, folder / "peta-kim.log")
        assert soon(lambda: site.log.exists())
        yield site
    shutil.rmtree(folder)
