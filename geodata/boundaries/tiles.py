"""The tileset: all levels as vector tiles in one PMTiles file, made by tippecanoe."""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

import geopandas as gpd

from geodata.boundaries.boundary_error import BuildError
from geodata.boundaries.features import features, mark_features
from geodata.boundaries.marks import island_marks
from geodata.gazetteer import Gazetteer
from geodata.progress import Report
from geodata.regions import LEVELS, Level

# MapLibre's zooms, one less than Leaflet's. A phone shows all of Indonesia at 2. At 10 the grid of
# a tile is 10 m, a tenth of the land outline's; nearer zooms stretch those tiles.
MIN_ZOOM = 2
MAX_ZOOM = 10

# Ids tell the level of a mark: those of each level have a length of their own.
MARKS_LAYER = "pulau"

_STEP = "Tiles"

_OPTIONS = [
    f"--minimum-zoom={MIN_ZOOM}",
    f"--maximum-zoom={MAX_ZOOM}",
    # Every region at every zoom. Only what is smaller than the grid of a tile (2 km at zoom 2: an
    # eighth of a pixel) collapses and is left out.
    "--no-feature-limit",
    "--no-tile-size-limit",
    "--no-tiny-polygon-reduction",
    "--drop-rate=1",  # every mark of a small island, too
    # Coasts are simplified to half a pixel. Corners where regions meet stay: were each region
    # simplified on its own, 1.4% of the land would show as gaps between desa at zoom 5.
    "--simplification=4",
    "--no-simplification-of-shared-nodes",
    # The last zoom is stretched, so it keeps all that its grid can hold.
    "--simplify-only-low-zooms",
    # Four pixels over the edge of a tile: more than the widest border drawn.
    "--buffer=2",
    "--no-tile-stats",
    "--read-parallel",
    "--json-progress",
    "--progress-interval=0.5",
]


def write_tileset(
    polygons: Mapping[Level, gpd.GeoDataFrame], gazetteer: Gazetteer, path: Path, report: Report
) -> int:
    """Write the tileset of ``polygons`` to ``path``: a layer a level, named as the level.

    Beside these stands :data:`MARKS_LAYER`, with the marks of all levels' regions on small islands.

    Ids and attributes of the features are those of the module ``features``.

    Parameters
    ----------
    polygons
        For each level columns kode, geometry (EPSG:4326).

    Returns
    -------
    How many marks there are.

    Raises
    ------
    BuildError
        If tippecanoe is not installed or fails.
    """
    program = _find("tippecanoe")
    report(_STEP, 0.0)
    with tempfile.TemporaryDirectory(dir=path.parent) as folder:
        layers = []
        marks = island_marks(polygons, MIN_ZOOM, MAX_ZOOM)
        lines = {level.value: features(level, polygons[level], gazetteer) for level in LEVELS}
        lines[MARKS_LAYER] = [
            line for level in LEVELS for line in mark_features(level, marks[level], gazetteer)
        ]
        for layer in [name for name, written in lines.items() if written]:
            source = Path(folder) / f"{layer}.geojsonl"
            source.write_text("\n".join(lines.pop(layer)), "utf-8")
            layers.append(f"--named-layer={layer}:{source}")
        scratch = f"--temporary-directory={folder}"
        _run([program, f"--output={path}", "--name=Peta KIM", scratch, *_OPTIONS, *layers], report)
    report(_STEP, 1.0)
    return sum(map(len, marks.values()))


def _find(name: str) -> str:
    """Return the path of a program that is installed beside this Python, or on the search path."""
    beside = Path(sys.executable).with_name(name)
    program = str(beside) if beside.is_file() else shutil.which(name)
    if program is None:
        raise BuildError("program_missing", program=name)
    return program


def _run(command: list[str], report: Report) -> None:
    """Run tippecanoe and report its progress; what it says goes to a log file if it fails."""
    said = []
    with subprocess.Popen(
        command,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        errors="replace",
        start_new_session=True,
    ) as process:
        try:
            for line in process.stderr or ():
                if line.startswith('{"progress":'):
                    report(_STEP, json.loads(line)["progress"] / 100)
                else:
                    said.append(line)
        except BaseException:
            # The installed program is a wrapper: its whole group has to go.
            os.killpg(process.pid, signal.SIGTERM)
            raise
    if process.returncode != 0:
        handle, log = tempfile.mkstemp(prefix="tippecanoe-", suffix=".log")
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(" ".join(command) + "\n" + "".join(said))
        reason = said[-1].strip() if said else f"exit {process.returncode}"
        raise BuildError("program_failed", program="tippecanoe", reason=reason, log=log)
