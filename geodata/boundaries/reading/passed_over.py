"""What of the files of an import holds no boundaries to be used, and why."""

from enum import StrEnum

from geodata.boundaries.boundary_error import NoBoundaries


class Why(StrEnum):
    """Why a file or layer is passed over: texts stand below ``import_passed``."""

    UNKNOWN_FIELDS = "kolom_tidak_dikenal"
    NO_ROWS = "tanpa_baris"
    LINES = "garis"
    POINTS = "titik"
    NO_GEOJSON = "bukan_geojson"
    COPY = "salinan"


# The first that is met tells most, where there is nothing else in the files.
_BY_ERROR = {
    "import_fields": Why.UNKNOWN_FIELDS,
    "import_lines": Why.LINES,
    "import_empty": Why.NO_ROWS,
    "import_points": Why.POINTS,
    "import_disguised": Why.NO_GEOJSON,
}


def passed_over(label: str, error: NoBoundaries) -> dict:
    """Return what the report says of a file or layer: berkas, alasan, baris, dipakai."""
    rows = error.values.get("rows")
    return {"berkas": label, "alasan": _BY_ERROR[error.key], "baris": rows, "dipakai": ""}


def copy_of(label: str, rows: int, used: str) -> dict:
    """Return the same of a layer that is there in another file, or finer, and read from that."""
    return {"berkas": label, "alasan": Why.COPY, "baris": rows, "dipakai": used}


def most_telling(errors: list[NoBoundaries]) -> NoBoundaries:
    """Return the error to raise where no file holds boundaries."""
    order = list(_BY_ERROR)
    return min(errors, key=lambda error: order.index(error.key))
