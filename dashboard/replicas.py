"""Several servers behind one nginx on this machine, as ``make run WORKERS=2`` starts them.

nginx reads the same files as where it is set up for good (``deploy/nginx``); only where it listens,
keeps and writes is another place. A server that ends of its own accord is started again.
"""

import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from types import FrameType

from geodata.errors import PetaKimError

_DEPLOY = Path(__file__).resolve().parent.parent / "deploy" / "nginx"
_TEMPORARY = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
_PAUSE = 0.2  # seconds between two looks at whether all run


class _ToldToStop(Exception):
    """Somebody wants all to end."""


def run_behind_nginx(
    address: str, port: int, workers: int, command: Callable[[int], list[str]]
) -> None:
    """Run nginx at ``port`` and so many servers at the ports after it, until told to stop.

    ``command`` gives the command of the server at a port.

    Raises
    ------
    PetaKimError
        If nginx is not installed.
    """
    nginx = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    if nginx is None:
        raise PetaKimError("no_nginx")
    ports = [port + 1 + number for number in range(workers)]
    with tempfile.TemporaryDirectory(prefix="peta-kim-nginx-") as folder:
        Path(folder).chmod(0o711)  # started by root, nginx answers as somebody else
        config = Path(folder) / "nginx.conf"
        config.write_text(_configuration(Path(folder), address, port, ports))
        commands = [
            *map(command, ports),
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
