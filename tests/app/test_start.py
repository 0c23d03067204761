"""Starting the server: what is missing or in the way is named before anything is served."""

import os
import socket
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def start(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "dashboard", *arguments],
        cwd=ROOT,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_a_port_in_use_is_named_with_another_one_to_try() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        ended = start("--port", str(port))
    assert ended.returncode == 2
    assert f"Port {port} is in use" in ended.stderr
    assert f"PORT={port + 1}" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_without_built_boundaries_it_says_how_to_build_them(tmp_path: Path) -> None:
    ended = start(KIM_STORE=str(tmp_path))
    assert ended.returncode == 2
    assert "make setup" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_missing_tiles_are_named(tmp_path: Path) -> None:
    folder = tmp_path / "embedded-1"
    folder.mkdir()
    (tmp_path / "active").write_text("embedded-1\n")
    ended = start(KIM_STORE=str(tmp_path))
    assert ended.returncode == 2
    assert "embedded-1" in ended.stderr
    assert "Traceback" not in ended.stderr
