"""Builds the embedded boundary set: Thiessen polygons of the village points of the reference."""

import hashlib
import json

import numpy as np
import pandas as pd

from geodata.boundaries.boundary_set import BoundarySet
from geodata.boundaries.completeness import roll_up
from geodata.boundaries.land import LAND_FILE, fill_inland_waters, load_land
from geodata.boundaries.set_manifest import LAYOUT, Description
from geodata.boundaries.store import activate, active_set, list_sets, write
from geodata.boundaries.thiessen import thiessen_polygons
from geodata.errors import DataFileError
from geodata.gazetteer import REGIONS_FILE, Gazetteer, load_gazetteer
from geodata.progress import Report
from geodata.provenance import read_sidecar, sha256, verified
from geodata.regions import Level

EMBEDDED = "embedded"

# About 1,000 km. The point farthest from the middle of its kabupaten is 417 km off (islands of
# Pangkajene); the next, of five desa, are 2,347 km off: in the wrong sea.
STRAY_DEGREES = 9.0


def village_points(gazetteer: Gazetteer) -> tuple[pd.DataFrame, int]:
    """Return the points of desa and kelurahan that polygons can be made of.

    Returns
    -------
    DataFrame with columns kode, lat, lng (EPSG:4326 degrees) without the desa that have no point,
    and without those whose point is far out of their kabupaten; and the number of the latter.
    """
    desa = gazetteer.tables[Level.DESA]
    points = desa.loc[desa["lat"].notna(), ["kode", "lat", "lng"]]
    kabupaten = points["kode"].str[: Level.KABUPATEN_KOTA.code_length]
    middle = points.groupby(kabupaten)[["lat", "lng"]].transform("median")
    off = points[["lat", "lng"]] - middle
    stray = np.hypot(off["lat"], off["lng"]) > STRAY_DEGREES
    return points[~stray].reset_index(drop=True), int(stray.sum())


def build_embedded(report: Report, *, force: bool = False) -> BoundarySet:
    """Build the embedded set, unless it is there already, and activate it.

    An imported set stays in use: the embedded one then only stands ready.

    Parameters
    ----------
    force
        Build even then.

    Raises
    ------
    DataFileError
        If a data file of the project is missing or damaged.
    BuildError
        If the store cannot be written or tippecanoe fails.
    """
    inputs = {path.name: sha256(verified(path)) for path in (REGIONS_FILE, LAND_FILE)}
    recipe = json.dumps([LAYOUT, inputs])
    version = hashlib.sha256(recipe.encode()).hexdigest()[:12]
    in_use = _in_use()
    if not force and (ready := _built(version, in_use)):
        return ready

    gazetteer = load_gazetteer()
    points, stray = village_points(gazetteer)
    report("Thiessen polygons", 0.0)
    desa = thiessen_polygons(points, fill_inland_waters(load_land()))
    report("Thiessen polygons", 1.0)
    report("Unions of desa", 0.0)
    polygons = roll_up(desa)
    report("Unions of desa", 1.0)

    no_point = len(gazetteer.codes(Level.DESA)) - len(points) - stray
    islets = int(desa["islet"].sum())
    description = Description(
        name=EMBEDDED,
        title={
            "id": "Batas perkiraan, dibuat otomatis dari titik desa",
            "en": "Approximate boundaries, made automatically from village points",
        },
        version=version,
        vintage="2025",
        licence="ODbL-1.0",
        sources=read_sidecar(REGIONS_FILE).sources + read_sidecar(LAND_FILE).sources,
        approximate=True,
        notes=[
            {
                "id": f"{no_point} desa tidak punya titik, dan titik {stray} desa jauh di luar "
                "kabupatennya; semua tetap dihitung, tetapi tidak tergambar.",
                "en": f"{no_point} desa have no point, and {stray} a point far out of their "
                "kabupaten; all count in every figure but are not drawn.",
            },
            {
                "id": f"{islets} desa berada di pulau yang tidak ada dalam garis daratan; "
                "masing-masing digambar sebagai lingkaran kecil di titiknya.",
                "en": f"{islets} desa stand on islands that the land outline leaves out; each is "
                "drawn as a small disc around its point.",
            },
        ],
        inputs=inputs,
    )
    boundaries = write(description, polygons, gazetteer, report)
    if in_use is None or in_use.name == EMBEDDED:
        activate(boundaries)
    return boundaries


def _in_use() -> BoundarySet | None:
    """Return the active set; ``None`` if there is none that can be used."""
    try:
        return active_set()
    except DataFileError:
        return None


def _built(version: str, in_use: BoundarySet | None) -> BoundarySet | None:
    """Return the embedded set of ``version``, if nothing is left to do for it."""
    if in_use is None or in_use.name == EMBEDDED:
        sets = [in_use] if in_use else []
    else:
        sets = list_sets()
    return next(
        (known for known in sets if (known.name, known.version) == (EMBEDDED, version)), None
    )
