"""GDAL with the drivers of the formats that we read, and no other.

GDAL tells a format by what is in the file, and some of its drivers open whatever file or address
that names: with them, a boundary file could hand out any file of this machine. So whoever reads
boundaries imports pyogrio from here.
"""

import pyogrio
from pyogrio._ogr import _register_drivers

DRIVERS = frozenset(
    ("ESRI Shapefile", "FlatGeobuf", "GPKG", "GeoJSON", "LIBKML", "OpenFileGDB", "TopoJSON")
)

__all__ = ("DRIVERS", "pyogrio")


def _drop_other_drivers() -> None:
    """Have GDAL leave out what its list has now and ours has not: it obeys when registering.

    Raises
    ------
    ImportError
        If another driver is still there.
    """
    others = pyogrio.list_drivers().keys() - DRIVERS
    pyogrio.set_gdal_config_options({"OGR_SKIP": ",".join(sorted(others))})
    _register_drivers()
    if left := pyogrio.list_drivers().keys() - DRIVERS:
        raise ImportError(f"GDAL keeps the drivers {', '.join(sorted(left))}")


_drop_other_drivers()
