"""Extracts as files with geometry: GeoPackage, shapefile, KML and KMZ, GeoParquet."""

import shutil
import tempfile
from pathlib import Path

import geopandas as gpd
import pandas as pd

from geodata.columns import column
from geodata.exports.extracts import Extract
from geodata.lines import on_one_line

_SHAPEFILE_TEXT = 254  # bytes in a text field of a shapefile


def write_parquet(extract: Extract, path: Path) -> None:
    """Write GeoParquet."""
    _with_days(extract.frame()).to_parquet(path, index=False, compression="zstd")


def write_geopackage(extract: Extract, path: Path) -> None:
    """Write a GeoPackage of one layer."""
    _write(extract, extract.frame(), path, "GPKG")


def write_shapefile(extract: Extract, path: Path) -> None:
    """Write a zipped shapefile: short names of columns, text in UTF-8 with a .cpg."""
    frame = extract.frame().rename(columns=lambda name: column(name).short_name)
    for name in frame.columns[frame.dtypes == "str"]:
        frame[name] = [
            cell if pd.isna(cell) else cell.encode()[:_SHAPEFILE_TEXT].decode(errors="ignore")
            for cell in frame[name]
        ]
    with tempfile.TemporaryDirectory() as folder:
        inside = Path(folder) / "isi"
        inside.mkdir()
        _write(extract, frame, inside / f"{extract.subject}.shp", "ESRI Shapefile")
        archive = shutil.make_archive(str(Path(folder) / "arsip"), "zip", inside)
        shutil.copyfile(archive, path)


def write_kml(extract: Extract, path: Path) -> None:
    """Write KML (OGC 07-147r2): a placemark a row, called by its name; columns as its data.

    In a file that ends with .kmz it is zipped.

    Text is on one line, since XML allows no control characters; ``]]>`` becomes ``]] >``, since the
    writing library does not escape it.
    """
    frame = extract.frame()
    called = next((frame[name] for name in ("nama_kim", "nama") if name in frame), None)
    if lang := extract.readable_in:
        for name in extract.columns:
            frame[name] = column(name).readable(frame[name], lang)
        frame = frame.rename(columns={name: column(name).heading(lang) for name in extract.columns})
    if called is not None:
        frame.insert(0, "Name", called)
    for name in frame.columns[frame.dtypes == "str"]:
        frame[name] = frame[name].map(kml_text, na_action="ignore")
    _write(extract, frame, path, "LIBKML")


def kml_text(words: str) -> str:
    """Return ``words`` as a KML file can hold them: without blanks around them, too."""
    return on_one_line(words).strip().replace("]]>", "]] >")


def _write(extract: Extract, frame: gpd.GeoDataFrame, path: Path, driver: str) -> None:
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
