"""Areas that are too large for an address: kept for a while under a key, and named by it.

They lie among the uploads, as GeoJSON of zones that were read and mended, so nobody's file is
opened again. An area is no secret: whoever has the link that names it sees it. As many are kept as
there is room for; the oldest go first.
"""

import hashlib
import json
import re
import time
from pathlib import Path

import shapely

from geodata.area.area import Zone
from geodata.area.area_error import AreaError
from geodata.registry.uploads import AREAS_FOLDER
from geodata.settings import settings
from geodata.whole_files import write_whole, writing

MOST_KEPT = 300
_MOST_BYTES = 3_000_000  # of one area
_KEY = re.compile(r"[0-9a-f]{16}")
_DECIMALS = 6
_DAY = 86_400


def keep(zones: tuple[Zone, ...]) -> str:
    """Keep zones that are shapes, and return the key that names them: the same for the same.

    Raises
    ------
    AreaError
        If they take more room than one area may.
    DataFileError
        If they cannot be written.
    """
    features = [
        {
            "type": "Feature",
            "properties": {"nama": zone.name},
            "geometry": shapely.geometry.mapping(
                shapely.transform(zone.shape, lambda xy: xy.round(_DECIMALS))
            ),
        }
        for zone in zones
    ]
    body = json.dumps({"type": "FeatureCollection", "features": features}).encode()
    if len(body) > _MOST_BYTES:
        raise AreaError("area_kept_size", limit=_MOST_BYTES // 1_000_000)
    key = hashlib.sha256(body).hexdigest()[:16]
    file = _file(key)
    with writing(file):
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        if file.exists():
            file.touch()
            return key
        _make_room(file.parent)
        write_whole(file, body)
    return key


def kept(key: str) -> tuple[Zone, ...]:
    """Return the zones that are kept under ``key``.

    Raises
    ------
    AreaError
        If there are none, or no longer.
    """
    try:
        if not _KEY.fullmatch(key):
            raise ValueError(key)
        features = json.loads(_file(key).read_bytes())["features"]
        return tuple(
            Zone(str(it["properties"]["nama"]), _valid(shapely.geometry.shape(it["geometry"])))
            for it in features
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise AreaError("area_gone", days=settings().uploads_days) from error


def _valid(shape: shapely.Geometry) -> shapely.Geometry:
    """Return a shape whose corners were rounded, as valid as it was before."""
    if shapely.is_valid(shape):
        return shape
    return shapely.make_valid(shape, method="structure", keep_collapsed=False)


def _file(key: str) -> Path:
    return settings().uploads / AREAS_FOLDER / f"{key}.geojson"


def _make_room(folder: Path) -> None:
    """Delete what is older than uploads may be, and the oldest beyond :data:`MOST_KEPT`."""
    files = sorted(folder.glob("*.geojson"), key=lambda path: path.stat().st_mtime, reverse=True)
    days = settings().uploads_days
    before = time.time() - days * _DAY if days else 0
    for place, file in enumerate(files):
        if place >= MOST_KEPT - 1 or file.stat().st_mtime < before:
            file.unlink(missing_ok=True)
