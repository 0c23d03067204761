"""The report of an import: what came in, what became of it, and what the reference lacks or has."""

import json
from dataclasses import asdict, dataclass

import pandas as pd

from geodata.boundaries.boundary_set import BoundarySet
from geodata.boundaries.official_area import load_official_area
from geodata.errors import DataFileError
from geodata.gazetteer import Gazetteer
from geodata.text import number, text

REPORT_FILE = "report.json"
METHODS_FILE = "methods.parquet"

_DOUBTFUL_SHARE = 0.25  # of files that are right, some points and names in a hundred differ


@dataclass(frozen=True)
class ImportReport:
    """What an import found and did; all lists are of dictionaries, ready for JSON.

    Attributes
    ----------
    source, producer, level
        Key of the adapter, who publishes such files, and the level of their polygons.
    files
        SHA-256 of each file by its name.
    fields
        What each field was read as: ``kode`` or the level whose name it holds.
    axes_swapped
        Layers whose latitude and longitude stood in the wrong order.
    passed_over
        Files and layers from which nothing was taken: berkas, alasan (a ``passed_over.Why``), baris
        (how many rows, where that is known), dipakai (of a copy: what was read instead).
    lines
        Of each layer of lines that areas were made of, ``areas_of_lines.Enclosed``.
    rows, polygons, merged
        Rows read, polygons kept, and rows that became part of another row's polygon.
        ``rows == polygons + merged + len(rejected)``.
    rejected
        berkas, baris (from 1), kode_asal, nama, alasan (a ``Reason``).
    methods
        How many rows each method resolved.
    levels
        By level: how many are ``present`` and how many of the reference ``missing``, and of these
        the codes ``named``: those in a region that the set draws.
    unknown
        Codes of the file that the reference lacks: kode_asal, nama, and the likely kode, metode
        and skor, empty where there is none.
    duplicated
        Codes on more than one row, with the number of rows.
    names_differ
        Regions named otherwise in the reference: of how many that were found by their code, how
        many, and the first of them.
    repairs, seams
        As ``repair.Mended`` and ``seams.Seams``.
    points_outside
        Village points of the reference outside the polygon of their region: of how many, how
        many, and the first of them.
    area_km2
        By provinsi, on the ellipsoid.
    parts
        By level: how many polygons its regions are made of (``total``), and the regions of most.
    upper
        By level above that of the set, where the files give it too: ``upper_levels.summary``.
    """

    source: str
    producer: str
    level: str
    files: dict[str, str]
    fields: dict[str, str]
    axes_swapped: list[str]
    passed_over: list[dict]
    lines: dict[str, dict]
    rows: int
    polygons: int
    merged: int
    rejected: list[dict]
    methods: dict[str, int]
    levels: dict[str, dict]
    unknown: list[dict]
    duplicated: dict[str, int]
    names_differ: dict
    repairs: dict
    seams: dict
    points_outside: dict
    area_km2: dict[str, float]
    parts: dict[str, dict]
    upper: dict[str, dict]

    def __post_init__(self) -> None:
        if self.rows != self.polygons + self.merged + len(self.rejected):
            raise AssertionError("rows of the file are unaccounted for")

    def warnings(self, lang: str) -> list[str]:
        """Return sentences in ``lang`` on what makes the whole file doubtful: to be read first."""
        told = []
        for file, enclosed in self.lines.items():
            counts = {name: number(value, lang) for name, value in enclosed.items()}
            told.append(text("import_warning.lines", lang, file=file, **counts))
        for key, figures in (("points", self.points_outside), ("names", self.names_differ)):
            if figures["count"] > _DOUBTFUL_SHARE * figures["of"]:
                counts = {name: number(figures[name], lang) for name in ("count", "of")}
                told.append(text(f"import_warning.{key}", lang, **counts))
        if len(self.rejected) > _DOUBTFUL_SHARE * self.rows:
            counts = {"count": number(len(self.rejected), lang), "of": number(self.rows, lang)}
            told.append(text("import_warning.rejected", lang, **counts))
        if self.axes_swapped:
            files = ", ".join(self.axes_swapped)
            told.append(text("import_warning.axes", lang, files=files))
        return told

    def passed_over_in_words(self, lang: str) -> list[str]:
        """Return a sentence in ``lang`` on each file and layer from which nothing was taken."""
        return [
            text(
                f"import_passed.{entry['alasan']}",
                lang,
                berkas=entry["berkas"],
                baris="?" if entry["baris"] is None else number(entry["baris"], lang),
                dipakai=entry["dipakai"],
            )
            for entry in self.passed_over
        ]

    def areas(self, gazetteer: Gazetteer) -> pd.DataFrame:
        """Return the area of each provinsi beside the official one.

        Returns
        -------
        DataFrame with columns kode, nama, area_km2, luas_resmi_km2 (see ``official_area``), and
        bagian_resmi: the one as a share of the other, far below 1 where the file has only a part
        of the provinsi.
        """
        own = pd.Series(self.area_km2, name="area_km2", dtype=float).rename_axis("kode")
        table = own.reset_index()
        table.insert(1, "nama", [gazetteer.name(code) for code in table["kode"]])
        official = table["kode"].map(load_official_area())
        return table.assign(luas_resmi_km2=official, bagian_resmi=table["area_km2"] / official)

    def to_json(self) -> str:
        """Return the report as it is kept beside its set."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=1) + "\n"


def read_report(boundaries: BoundarySet) -> ImportReport:
    """Return the report of an imported set.

    Raises
    ------
    DataFileError
        If the set was not imported, or its report cannot be read or is of another version.
    """
    try:
        return ImportReport(**json.loads((boundaries.path / REPORT_FILE).read_text("utf-8")))
    except FileNotFoundError as error:
        raise DataFileError("report_missing", set=boundaries.name) from error
    except TypeError as error:
        raise DataFileError("report_layout", set=boundaries.name) from error
    except (OSError, ValueError) as error:
        raise DataFileError("store_damaged", set=boundaries.path.name, file=REPORT_FILE) from error
