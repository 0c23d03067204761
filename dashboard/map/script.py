"""The map's scripts, which are ES modules, as the one classic script that folium can load.

folium and streamlit-folium load classic scripts only. As modules the sources can be checked and
tested by the ordinary tools; joined they are one request, and need no build.
"""

import re
from pathlib import Path

SCRIPTS = Path(__file__).parent / "scripts"
ENTRY = SCRIPTS / "main.js"

_IMPORT = re.compile(r'^import \{[^}]*\} from "(\.{1,2}/[\w./-]+\.js)";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?(?:function|class|const) )", re.MULTILINE)
_LEFT_OVER = re.compile(r"^(?:import|export)\b.*", re.MULTILINE)


def joined(entry: Path = ENTRY) -> str:
    """Return ``entry`` and the modules that it imports as one script, what is imported first.

    Modules may say ``import { names } from "./file.js";`` and put ``export`` before a function, a
    class or a constant. Their top-level names share one scope, so none may be used twice.

    Raises
    ------
    ValueError
        Naming a statement that is written otherwise: a mistake in our code.
    """
    modules: dict[Path, str] = {}
    _add(entry.resolve(), modules)
    body = "".join(f"\n// {path.name}\n{source}" for path, source in modules.items())
    return f'(() => {{\n"use strict";\n{body}}})();\n'


def _add(path: Path, modules: dict[Path, str]) -> None:
    """Add to ``modules`` what ``path`` imports and has not been added yet, then ``path`` itself."""
    source = path.read_text(encoding="utf-8")
    for imported in _IMPORT.findall(source):
        module = (path.parent / imported).resolve()
        if module not in modules:
            _add(module, modules)
    source = _EXPORT.sub("", _IMPORT.sub("", source))
    if unknown := _LEFT_OVER.search(source):
        raise ValueError(f"{path.name}: {unknown.group()}")
    modules[path] = source
