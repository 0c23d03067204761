"""The formats of an extract, and how each is written."""

import shutil
import tempfile
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path

import geopandas as gpd
import pandas as pd
import shapely

from geodata.exports.extracts import Extract
from geodata.exports.tables import csv_pieces

_ROWS_A_PIECE = 5_000
_POLYGONS_A_PIECE = 100
_SHAPEFILE_TEXT = 254  # bytes in a text field of a shapefile

SHAPEFILE_NAMES = {
    "kabupaten_kota": "kab_kota",
    "jumlah_desa": "jml_desa",
    "desa_terlayani": "desa_kim",
    "kim_per_100_desa": "kim_100ds",
    "nomor_induk": "no_induk",
    "kode_wilayah": "kode_wil",
    "tanggal_terdaftar": "tgl_daftar",
    "tanggal_diperbarui": "tgl_ubah",
    "jumlah_anggota": "anggota",
}
"""Names of columns in a shapefile, where they are longer than the ten characters it allows."""


class Format(StrEnum):
    """What an extract is written as; the value is also the ending of its address."""

    CSV = "csv"
    XLSX = "xlsx"
    JSON = "json"
    GEOJSON = "geojson"
    GPKG = "gpkg"
    SHP = "shp.zip"
    PARQUET = "parquet"

    @property
    def spatial(self) -> bool:
        """Whether rows have their geometry."""
        return self in (Format.GEOJSON, Format.GPKG, Format.SHP, Format.PARQUET)

    @property
    def streamed(self) -> bool:
        """Whether it can be sent while it is being made."""
        return self in (Format.CSV, Format.JSON, Format.GEOJSON)

    @property
    def media_type(self) -> str:
        """Media type (IANA where registered)."""
        return _MEDIA_TYPE[self]


_MEDIA_TYPE = {
    Format.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Format.CSV: "text/csv; charset=utf-8",
    Format.JSON: "application/json",
    Format.GEOJSON: "application/geo+json",
    Format.GPKG: "application/geopackage+sqlite3",
    Format.SHP: "application/zip",
    Format.PARQUET: "application/vnd.apache.parquet",
}


def pieces(extract: Extract, form: Format, separator: str = ",") -> Iterator[bytes]:
    """Return an extract in a streamed format, piece by piece; no more than one is held at a time.

    Parameters
    ----------
    separator
        Of CSV; one of ``tables.SEPARATORS``.
    """
    if form is Format.CSV:
        parts = extract.parts(_ROWS_A_PIECE)
        return csv_pieces((extract.table(part) for part in parts), separator)
    return _json_pieces(extract, with_shapes=form is Format.GEOJSON)


def _json_pieces(extract: Extract, *, with_shapes: bool) -> Iterator[bytes]:
    yield b'{"type":"FeatureCollection","features":[\n' if with_shapes else b"[\n"
    size = _POLYGONS_A_PIECE if with_shapes and extract.level else _ROWS_A_PIECE
    for part in extract.parts(size):
        rows = _records(extract.table(part))
        if with_shapes:
            shapes = shapely.to_geojson(shapely.orient_polygons(extract.shapes(part)))
            rows = [
                f'{{"type":"Feature","properties":{row},"geometry":{shape or "null"}}}'
                for row, shape in zip(rows, shapes, strict=True)
            ]
        if rows:
            yield (",\n" if part.start else "").encode() + ",\n".join(rows).encode()
    yield b"\n]}\n" if with_shapes else b"\n]\n"


def _records(table: pd.DataFrame) -> list[str]:
    """Return each row as a JSON object; days as ISO 8601, what is missing as null."""
    for name in table.columns:
        if pd.api.types.is_datetime64_any_dtype(table[name]):
            table[name] = table[name].dt.strftime("%Y-%m-%d")
    lines = table.to_json(orient="records", lines=True, force_ascii=False, double_precision=15)
    return [line for line in lines.split("\n") if line]


def write_file(extract: Extract, form: Format, path: Path, separator: str = ",") -> None:
    """Write an extract in any format but XLSX, which needs its manifest (see ``files``).

    Raises
    ------
    OSError
        If the file cannot be written.
    """
    if form.streamed:
        with path.open("wb") as file:
            file.writelines(pieces(extract, form, separator))
    elif form is Format.PARQUET:
        _with_days(extract.frame()).to_parquet(path, index=False, compression="zstd")
    elif form is Format.GPKG:
        _write_vector(extract, extract.frame(), path, "GPKG")
    else:
        _write_shapefile(extract, path)


def _write_shapefile(extract: Extract, path: Path) -> None:
    """Write a zipped shapefile: names of at most ten characters, text in UTF-8 with a .cpg."""
    frame = extract.frame().rename(columns=SHAPEFILE_NAMES)
    for name in frame.columns[frame.dtypes == "str"]:
        frame[name] = [
            one if pd.isna(one) else one.encode()[:_SHAPEFILE_TEXT].decode(errors="ignore")
            for one in frame[name]
        ]
    with tempfile.TemporaryDirectory() as folder:
        inside = Path(folder) / "isi"
        inside.mkdir()
        _write_vector(extract, frame, inside / f"{extract.subject}.shp", "ESRI Shapefile")
        archive = shutil.make_archive(str(Path(folder) / "arsip"), "zip", inside)
        shutil.copyfile(archive, path)


def _write_vector(extract: Extract, frame: gpd.GeoDataFrame, path: Path, driver: str) -> None:
    import pyogrio

    pyogrio.write_dataframe(
        _with_days(frame),
        path,
        layer=extract.subject,
        driver=driver,
        encoding="UTF-8" if driver == "ESRI Shapefile" else None,
        geometry_type="MultiPolygon" if extract.level else "Point",
        promote_to_multi=extract.level is not None,
        use_arrow=True,
    )


def _with_days(frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return ``frame`` with days as days, not as midnights."""
    import pyarrow as pa

    days = {
        name: pd.ArrowDtype(pa.date32())
        for name in frame.columns
        if pd.api.types.is_datetime64_any_dtype(frame[name])
    }
    return frame.astype(days)
