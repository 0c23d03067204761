"""Several servers behind one nginx on this machine, as ``make run WORKERS=2`` starts them.

nginx reads the same files as where it is set up for good (``deploy/nginx``); only where it listens,
keeps and writes is another place. A server that ends of its own accord is started again. All are
looked after by a process of its own, ``python -m dashboard.replicas``, which holds no data.
"""

import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from types import FrameType

from geodata.errors import PetaKimError

_DEPLOY = Path(__file__).resolve().parent.parent / "deploy" / "nginx"
_TEMPORARY = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
_PAUSE = 0.2  # seconds between two looks at whether all run


class _ToldToStop(Exception):
    """Somebody wants all to end."""


def command(address: str, port: int, workers: int) -> list[str]:
    """Return the command that runs nginx at ``port`` and the servers at the ports after it.

    Raises
    ------
    PetaKimError
        If nginx is not installed.
    """
    nginx = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    if nginx is None:
        raise PetaKimError("no_nginx")
    return [sys.executable, "-m", "dashboard.replicas", nginx, address, str(port), str(workers)]


def server(port: int) -> list[str]:
    """Return the command that serves at ``port``."""
    return [sys.executable, "-m", "streamlit", "run", "app.py", f"--server.port={port}"]


def _run(nginx: str, address: str, port: int, workers: int) -> None:
    """Run nginx and the servers until told to stop."""
    ports = [port + 1 + number for number in range(workers)]
    with tempfile.TemporaryDirectory(prefix="peta-kim-nginx-") as folder:
        Path(folder).chmod(0o711)  # started by root, nginx answers as somebody else
        config = Path(folder) / "nginx.conf"
        config.write_text(_configuration(Path(folder), address, port, ports))
        commands = [
            *map(server, ports),
            [nginx, "-p", folder, "-e", "stderr", "-c", str(config)],
        ]
        _keep_running(commands)


def _configuration(folder: Path, address: str, port: int, ports: list[int]) -> str:
    servers = "".join(f"server {address}:{p} max_fails=1 fail_timeout=2s;\n" for p in ports)
    places = "".join(f"{name}_temp_path {folder}/{name};\n" for name in _TEMPORARY)
    return f"""\
daemon off;
pid {folder}/pid;
worker_processes auto;
worker_rlimit_nofile 8192;
events {{ worker_connections 4096; }}
http {{
{places}
access_log off;
include {_DEPLOY}/shared.conf;
proxy_cache_path {folder}/cache keys_zone=peta_kim:20m max_size=2g use_temp_path=off;
upstream peta_kim {{
hash $peta_kim_reader consistent;
{servers}keepalive 64;
}}
server {{
listen {address}:{port};
include {_DEPLOY}/locations.conf;
}}
}}
"""


def _keep_running(commands: list[list[str]]) -> None:
    """Run all commands, each again once it ends, until this process is told to stop."""
    for told in (signal.SIGTERM, signal.SIGINT):
        signal.signal(told, _stop)
    running: list[subprocess.Popen] = []
    try:
        running += map(subprocess.Popen, commands)
        while True:
            time.sleep(_PAUSE)
            for position, process in enumerate(running):
                if process.poll() is not None:
                    running[position] = subprocess.Popen(commands[position])
    except _ToldToStop:
        pass
    finally:
        for told in (signal.SIGTERM, signal.SIGINT):
            signal.signal(told, signal.SIG_IGN)
        for process in running:
            process.terminate()
        for process in running:
            process.wait()


def _stop(_: int, __: FrameType | None) -> None:
    raise _ToldToStop


if __name__ == "__main__":
    _run(sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))
