"""Where the data that ship lie, and where what is made goes: in a checkout, and once installed."""

from pathlib import Path

from platformdirs import user_data_path

_PACKAGE = Path(__file__).resolve().parent
_SHIPPED = _PACKAGE / "data"  # the wheel has data/ inside the package

IS_INSTALLED = _SHIPPED.is_dir()
"""Whether the library was installed by pip; else this is a checkout of the project."""

DATA_DIR = _SHIPPED if IS_INSTALLED else _PACKAGE.parent / "data"
"""Data files that ship, each with its sidecar."""

VAR_DIR = user_data_path("peta-kim") if IS_INSTALLED else _PACKAGE.parent / "var"
"""Registry, boundaries and uploads, unless a setting says otherwise."""
