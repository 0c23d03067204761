"""Runs the benchmarks, prints a table of each and writes ``artefacts/benchmarks.json``."""

import importlib
import json
import logging
import os
import platform
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Annotated

import typer
from rich.console import Console

from benchmarks.results import Result, as_json, draw
from tests.browser.conftest import ARTEFACTS

_NAMES = (
    "metrics", "nearest", "area", "siting", "priority", "clusters", "matching", "search",
    "registry-import", "exports", "crowd", "reruns", "light", "readers", "soak", "first-visit",
    "filter-browser", "national", "build", "importing", "official", "fuzz", "mutated-files",
)  # fmt: skip
Name = StrEnum("Name", {name: name for name in _NAMES})  # type: ignore[misc]


@dataclass(frozen=True)
class Options:
    """What the reader of the tables asks for."""

    runs: int | None
    with_folium: bool
    small: bool


def main(
    names: Annotated[
        list[Name] | None, typer.Argument(help="Which to run.", show_default="all")
    ] = None,
    runs: Annotated[
        int | None, typer.Option(min=1, help="Repetitions; each benchmark has its own default.")
    ] = None,
    with_folium: Annotated[
        bool, typer.Option(help="national: folium as well, over a minute for each change.")
    ] = False,
    small: Annotated[
        bool, typer.Option(help="registry-import: few rows, as the tests have them.")
    ] = False,
) -> None:
    """Measure what has to stay fast."""
    logging.disable(logging.WARNING)  # Streamlit warns of whatever is used outside a page
    console = Console()
    options = Options(runs, with_folium, small)
    results: list[Result] = []
    for name in names or _NAMES:
        with console.status(f"{name} ..."):
            module = importlib.import_module(f"benchmarks.{name.replace('-', '_')}")
            result: Result = module.run(options)
        results.append(result)
        console.print(draw(result), "")
        _write(results)
    judged = [row.met for result in results for row in result.rows if row.met is not None]
    console.print(
        f"{sum(judged)} of {len(judged)} targets met; artefacts/benchmarks.json has it all."
    )


def _write(results: list[Result]) -> None:
    ARTEFACTS.mkdir(exist_ok=True)
    report = {
        "date": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": {
            "system": platform.platform(terse=True),
            "python": platform.python_version(),
            "cores": os.cpu_count(),
        },
        "benchmarks": [as_json(result) for result in results],
    }
    path = ARTEFACTS / "benchmarks.json"
    path.write_text(json.dumps(report, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    typer.run(main)
