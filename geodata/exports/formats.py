"""The formats of an extract, a record each: ending, media type, and what writes it.

Modules that write are imported when a format is asked for, so that the command line can list the
formats at once.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from geodata.exports.extracts import Extract
    from geodata.exports.manifest import Imprint

SEPARATORS = {"koma": ",", "titik_koma": ";"}
"""Separators of CSV by their name in the address; with ``;`` numbers have a decimal comma."""

Pieces = Callable[["Extract", str], Iterator[bytes]]
Write = Callable[["Extract", Path, "Imprint"], None]


@dataclass(frozen=True)
class Format:
    """What an extract is written as.

    Attributes
    ----------
    name
        Its name on the command line; the text ``berkas.<name>`` says what it is.
    ending
        Of file names and addresses.
    media_type
        IANA's where registered.
    spatial
        Whether rows have their geometry.
    pieces
        Makes it piece by piece, so that it can be sent meanwhile; takes the separator of CSV.
    file
        Writes it as a whole where it cannot be made in pieces.
    has_manifest
        Whether its manifest is in it.
    short_names
        Whether columns have their short names.
    readable
        Whether it can have headings and values as people read them.
    """

    name: str
    ending: str
    media_type: str
    spatial: bool = False
    pieces: Pieces | None = None
    file: Write | None = None
    has_manifest: bool = False
    short_names: bool = False
    readable: bool = False

    def __str__(self) -> str:
        return self.ending

    @property
    def streamed(self) -> bool:
        """Whether it can be sent while it is being made."""
        return self.pieces is not None

    def write(
        self, extract: "Extract", path: Path, imprint: "Imprint", separator: str = ","
    ) -> None:
        """Write ``extract`` to ``path``.

        Raises
        ------
        OSError
            If the file cannot be written.
        """
        if self.pieces is not None:
            with path.open("wb") as file:
                file.writelines(self.pieces(extract, separator))
        else:
            assert self.file is not None
            self.file(extract, path, imprint)


def _csv(extract: "Extract", separator: str) -> Iterator[bytes]:
    from geodata.exports.pieces import csv_of

    return csv_of(extract, separator)


def _json(extract: "Extract", _: str) -> Iterator[bytes]:
    from geodata.exports.pieces import json_of

    return json_of(extract)


def _geojson(extract: "Extract", _: str) -> Iterator[bytes]:
    from geodata.exports.pieces import geojson_of

    return geojson_of(extract)


def _xlsx(extract: "Extract", path: Path, imprint: "Imprint") -> None:
    from geodata.exports.extract_workbook import write_workbook

    write_workbook(extract, path, imprint)


def _gpkg(extract: "Extract", path: Path, _: "Imprint") -> None:
    from geodata.exports.vector import write_geopackage

    write_geopackage(extract, path)


def _shp(extract: "Extract", path: Path, _: "Imprint") -> None:
    from geodata.exports.vector import write_shapefile

    write_shapefile(extract, path)


def _kml(extract: "Extract", path: Path, _: "Imprint") -> None:
    from geodata.exports.vector import write_kml

    write_kml(extract, path)


def _parquet(extract: "Extract", path: Path, _: "Imprint") -> None:
    from geodata.exports.vector import write_parquet

    write_parquet(extract, path)


CSV = Format("csv", "csv", "text/csv; charset=utf-8", pieces=_csv, readable=True)
XLSX = Format(
    "xlsx",
    "xlsx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    file=_xlsx,
    has_manifest=True,
    readable=True,
)
JSON = Format("json", "json", "application/json", pieces=_json)
GEOJSON = Format("geojson", "geojson", "application/geo+json", spatial=True, pieces=_geojson)
GPKG = Format("gpkg", "gpkg", "application/geopackage+sqlite3", spatial=True, file=_gpkg)
SHP = Format("shp", "shp.zip", "application/zip", spatial=True, file=_shp, short_names=True)
PARQUET = Format(
    "parquet", "parquet", "application/vnd.apache.parquet", spatial=True, file=_parquet
)
KML = Format(
    "kml", "kml", "application/vnd.google-earth.kml+xml", spatial=True, file=_kml, readable=True
)
KMZ = Format(
    "kmz", "kmz", "application/vnd.google-earth.kmz", spatial=True, file=_kml, readable=True
)
FORMATS: Mapping[str, Format] = {
    form.ending: form for form in (CSV, XLSX, JSON, GEOJSON, GPKG, SHP, KML, KMZ, PARQUET)
}
"""Every format, by the ending of its files and addresses, as they are offered."""
