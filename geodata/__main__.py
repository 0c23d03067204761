"""``python -m geodata``."""

from geodata.cli import run

run()
