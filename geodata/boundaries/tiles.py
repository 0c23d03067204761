"""Tilesets as PMTiles files, made by tippecanoe: one a level of a boundary set, or of Petak."""

import json
import math
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from pathlib import Path

import geopandas as gpd

from geodata.boundaries.boundary_error import BuildError
from geodata.boundaries.features import features, mark_features
from geodata.boundaries.marks import island_marks
from geodata.boundaries.petak.squares import Petak
from geodata.boundaries.set_manifest import tiles_file
from geodata.gazetteer import Gazetteer
from geodata.progress import Report
from geodata.regions import LEVELS, Level

# MapLibre's zooms, one less than Leaflet's. A phone shows all of Indonesia at 2. At 10 the grid of
# a tile is 10 m, a tenth of the land outline's; nearer zooms stretch those tiles.
MIN_ZOOM = 2
MAX_ZOOM = 10

MARKS_LAYER = "pulau"

_STEP = "Tiles"

# Squares are stretched beyond the zoom at which their side has so many steps of the grid of a tile.
_GRID = 4096
_STEPS_A_SIDE = 70

_OPTIONS = [
    f"--minimum-zoom={MIN_ZOOM}",
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


def write_tilesets(
    polygons: Mapping[Level, gpd.GeoDataFrame], gazetteer: Gazetteer, folder: Path, report: Report
) -> int:
    """Write the tileset of each level of ``polygons`` into ``folder``.

    Who sees provinsi loads no desa. Each has a layer named as its level, and :data:`MARKS_LAYER`
    with the marks of those regions that are on small islands. Ids and attributes of the features
    are those of the module ``features``.

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
    report(_STEP, 0.0)
    marks = island_marks(polygons, MIN_ZOOM, MAX_ZOOM)
    for done, level in enumerate(LEVELS):
        lines = {
            level.value: features(level, polygons[level], gazetteer),
            MARKS_LAYER: mark_features(level, marks[level], gazetteer),
        }
        told = partial(_tell_part, report, done)
        _write(lines, MAX_ZOOM, folder / tiles_file(level), told)
    report(_STEP, 1.0)
    return sum(map(len, marks.values()))


def _tell_part(report: Report, done: int, share: float) -> None:
    """Tell how much of all tilesets is made when ``share`` of the one after ``done`` is."""
    report(_STEP, (done + share) / len(LEVELS))


def write_squares(petak: Petak, path: Path) -> None:
    """Write the tileset of ``petak`` to ``path``: its squares, and a layer of blocks a level above.

    Ids and attributes of the features are those of the module ``features``.

    Raises
    ------
    BuildError
        If tippecanoe is not installed or fails.
    """
    levels = LEVELS[: LEVELS.index(petak.level) + 1]
    lines = {
        level.value: features(level, petak.polygons(level), petak.gazetteer) for level in levels
    }
    max_zoom = math.ceil(math.log2(_STEPS_A_SIDE * 360 / _GRID / petak.side))
    _write(lines, max(MIN_ZOOM, max_zoom), path)


def _write(
    features_of: Mapping[str, Iterable[str]],
    max_zoom: int,
    path: Path,
    told: Callable[[float], object] = lambda _: None,
) -> None:
    """Have tippecanoe make a tileset of the features of each layer, if there are any."""
    program = _find("tippecanoe")
    with tempfile.TemporaryDirectory(dir=path.parent) as folder:
        layers = []
        for layer, lines in features_of.items():
            source = Path(folder) / f"{layer}.geojsonl"
            with source.open("w", encoding="utf-8") as file:
                file.writelines(f"{line}\n" for line in lines)
            if source.stat().st_size:
                layers.append(f"--named-layer={layer}:{source}")
        where = [f"--output={path}", f"--temporary-directory={folder}"]
        zooms = f"--maximum-zoom={max_zoom}"
        _run([program, *where, "--name=Peta KIM", zooms, *_OPTIONS, *layers], told)


def _find(name: str) -> str:
    """Return the path of a program that is installed beside this Python, or on the search path."""
    beside = Path(sys.executable).with_name(name)
    program = str(beside) if beside.is_file() else shutil.which(name)
    if program is None:
        raise BuildError("program_missing", program=name)
    return program


def _run(command: list[str], told: Callable[[float], object]) -> None:
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
                    told(json.loads(line)["progress"] / 100)
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
