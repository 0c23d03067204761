"""What an operator copies from deploy/ is sound, as far as this machine can tell."""

import re
import shutil
import socket
import subprocess
import tempfile
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
import yaml

from dashboard.replicas import _configuration
from geodata.settings import entries
from tests.app.visiting import ask
from tests.browser.conftest import free_port
from tests.operating.conftest import ROOT, nginx_program, soon

DEPLOY = ROOT / "deploy"
FILES = [path for path in DEPLOY.rglob("*") if path.is_file()]
SCRIPTS = sorted(DEPLOY.glob("*.sh"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_setting_that_is_set_exists(path: Path) -> None:
    named = set(re.findall(r"\bKIM_[A-Z_]*[A-Z]\b", path.read_text(encoding="utf-8")))
    assert named <= {entry.variable for entry in entries()}


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_a_script_can_be_read_and_says_how_it_is_used(path: Path) -> None:
    subprocess.run(["sh", "-n", path], check=True)
    assert path.stat().st_mode & 0o111
    if path.name != "wait.sh":
        asked = subprocess.run([path], capture_output=True, text=True)
        assert asked.returncode == 2
        assert f"deploy/{path.name} " in asked.stderr


def test_the_units_are_sound(tmp_path: Path) -> None:
    analyze = shutil.which("systemd-analyze")
    if analyze is None:
        pytest.skip("No systemd: the units of deploy/systemd are not checked")
    for unit in (DEPLOY / "systemd").iterdir():
        programs = r"(?m)^(Exec\w+)=/srv/peta-kim/current/\S+"  # not on this machine
        written = re.sub(programs, r"\1=/bin/true", unit.read_text(encoding="utf-8"))
        (tmp_path / unit.name).write_text(written)
    units = [path for path in tmp_path.iterdir() if "@" not in path.name]
    (tmp_path / "peta-kim@8501.service").symlink_to(tmp_path / "peta-kim@.service")
    checked = subprocess.run(
        [analyze, "verify", "--man=no", *units, tmp_path / "peta-kim@8501.service"],
        capture_output=True,
        text=True,
    )
    ours = [line for line in checked.stderr.splitlines() if "peta-kim" in line]
    assert ours == []


def test_the_stop_of_a_server_is_waited_for_longer_than_it_may_take() -> None:
    app = (ROOT / "app.py").read_text(encoding="utf-8")
    longest = int(re.search(r"_LONGEST_WRITING = (\d+)", app)[1])
    unit = (DEPLOY / "systemd" / "peta-kim@.service").read_text(encoding="utf-8")
    assert int(re.search(r"TimeoutStopSec=(\d+)", unit)[1]) > longest
    assert int(compose()["services"]["app"]["stop_grace_period"].rstrip("s")) > longest


def compose() -> dict:
    return yaml.safe_load((DEPLOY / "container" / "compose.yaml").read_text(encoding="utf-8"))


def test_what_containers_are_given_is_there() -> None:
    services = compose()["services"]
    for service in services.values():
        for other in service.get("depends_on", ()):
            assert other in services
        for volume in service.get("volumes", ()):
            source = volume.partition(":")[0]
            if source.startswith("..") or source.endswith(".conf"):
                assert (DEPLOY / "container" / source).is_file()
            else:
                assert source == "./tls" or source in compose()["volumes"]
    build = services["app"]["build"]
    containerfile = (DEPLOY / "container" / build["context"] / build["dockerfile"]).resolve()
    copied = re.findall(r"(?m)^COPY (?!--from)(.*) \S+$", containerfile.read_text(encoding="utf-8"))
    for source in " ".join(copied).split():
        assert (ROOT / source).exists(), source


def test_nginx_of_the_containers_can_read_its_configuration(tmp_path: Path) -> None:
    program = nginx_program()
    written = (DEPLOY / "container" / "peta-kim.conf").read_text(encoding="utf-8")
    # What Debian's nginx is too old for, and what is only in the container.
    for there, here in {
        "resolver 127.0.0.11 valid=5s;": "", "server app:8501 resolve": "server 127.0.0.1:8501",
        "http2 on;": "", "listen 443 ssl;": "listen 443;",
        "/etc/nginx/peta-kim": f"{DEPLOY}/nginx", "/var/cache/nginx": str(tmp_path),
        "/dev/stdout": f"{tmp_path}/log",
    }.items():  # fmt: skip
        assert there in written
        written = written.replace(there, here)
    written = re.sub(r"ssl_certificate.*", "", written)
    config = tmp_path / "nginx.conf"
    config.write_text(f"pid {tmp_path}/pid; events {{}} http {{ {written} }}")
    tried = subprocess.run(
        [program, "-t", "-q", "-p", tmp_path, "-e", "stderr", "-c", config],
        capture_output=True,
        text=True,
    )
    assert tried.returncode == 0, tried.stderr


def test_nobody_gives_themselves_another_address_than_nginx_saw() -> None:
    told: list[str] = []

    class Server(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            told.extend(self.headers.get_all("X-Forwarded-For", []))
            self.send_response(204)
            self.end_headers()

    port = free_port()
    with (
        tempfile.TemporaryDirectory() as folder,
        HTTPServer(("127.0.0.1", 0), Server) as server,
    ):
        Path(folder).chmod(0o711)  # as replicas have it
        config = Path(folder) / "nginx.conf"
        threading.Thread(target=server.serve_forever, daemon=True).start()
        written = _configuration(Path(folder), "127.0.0.1", port, [server.server_port])
        config.write_text(written)
        command = [nginx_program(), "-p", folder, "-e", f"{folder}/error.log", "-c", config]
        with subprocess.Popen(command) as front:
            soon(lambda: is_open(port))
            said = ask(f"http://127.0.0.1:{port}", "/unduh/kim.csv", x_forwarded_for="203.0.113.7")
            front.terminate()
        server.shutdown()
    assert (said.status, told) == (204, ["127.0.0.1"])


def is_open(port: int) -> bool:
    with socket.socket() as connection:
        return connection.connect_ex(("127.0.0.1", port)) == 0
