"""The rows of boundary files: of one producer, of one level or of several, each region once."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import geopandas as gpd
import pandas as pd

from geodata.boundaries.boundary_error import ImportFailed, NoBoundaries
from geodata.boundaries.reading.archives import unpacked
from geodata.boundaries.reading.copies import fingerprint, same_regions, vertices
from geodata.boundaries.reading.layer_rows import LayerRows, rows_of
from geodata.boundaries.reading.options import Options
from geodata.boundaries.reading.passed_over import copy_of, most_telling, passed_over
from geodata.boundaries.reading.polygon_files import layers_of
from geodata.boundaries.reading.sources import Schema
from geodata.progress import Report
from geodata.regions import LEVELS, Level


@dataclass(frozen=True)
class Reading:
    """What stands in boundary files.

    Attributes
    ----------
    schema, rows
        The schema of the finest level that was met, and its rows: a GeoDataFrame in EPSG:4326 with
        the columns berkas, and those of ``layer_rows.LayerRows``; baris counts within its layer.
    upper
        Schema and rows of the levels above it, where they are given too.
    axes_swapped
        Layers whose latitude and longitude stood in the wrong order.
    passed_over
        Files and layers that nothing was taken from: see ``passed_over.passed_over``.
    lines
        Of each layer of lines that areas were made of, ``areas_of_lines.Enclosed``.
    """

    schema: Schema
    rows: gpd.GeoDataFrame
    upper: dict[Level, tuple[Schema, gpd.GeoDataFrame]]
    axes_swapped: list[str]
    passed_over: list[dict]
    lines: dict[str, dict]


class _Layers:
    """The layers that were read, each region once, by what its rows say; and what was not."""

    def __init__(self) -> None:
        self.read: dict[str, LayerRows] = {}
        self.passed_over: list[dict] = []
        self.errors: list[NoBoundaries] = []
        self._same: dict[str, list[str]] = {}

    def leave_out(self, label: str, error: NoBoundaries) -> None:
        self.passed_over.append(passed_over(label, error))
        self.errors.append(error)

    def add(self, label: str, layer: LayerRows) -> None:
        """Take a layer, unless it draws what another one does and no finer."""
        layer.rows.insert(0, "berkas", label)
        alike = self._same.setdefault(fingerprint(layer.rows), [])
        for known in alike:
            other = self.read[known].rows
            if same_regions(other, layer.rows):
                finer = vertices(layer.rows) > vertices(other)
                if finer:
                    del self.read[known]
                    alike[alike.index(known)] = label
                    self.read[label] = layer
                left, used = (known, label) if finer else (label, known)
                self._is_copy(left, len(other), used)
                return
        alike.append(label)
        self.read[label] = layer

    def _is_copy(self, left: str, rows: int, used: str) -> None:
        for entry in self.passed_over:
            if entry["dipakai"] == left:
                entry["dipakai"] = used
        self.passed_over.append(copy_of(left, rows, used))


def read_polygons(files: list[Path], options: Options, report: Report) -> Reading:
    """Read files of one producer, of one level or of several.

    Raises
    ------
    ImportFailed
        If a file cannot be read, none holds boundaries, or they are of several producers.
    """
    layers = _Layers()
    for done, file in enumerate(files):
        with unpacked(file) as inner:
            for part in inner:
                _read_file(part, "" if part == file else f"{file.name}/", options, layers)
        report("Reading", (done + 1) / len(files))
    read = layers.read
    if not read:
        raise most_telling(layers.errors)
    producers = {label: layer.schema.adapter.key for label, layer in read.items()}
    if len(set(producers.values())) > 1:
        told = (f"{label}: {key}" for label, key in sorted(producers.items()))
        raise ImportFailed("import_mixed", files="; ".join(told))
    levels = dict(_by_level(list(read.values())))
    _, (schema, rows) = levels.popitem()
    swapped = [label for label, layer in read.items() if layer.axes_swapped]
    lines = {label: asdict(layer.enclosed) for label, layer in read.items() if layer.enclosed}
    return Reading(schema, rows, levels, swapped, layers.passed_over, lines)


def _read_file(file: Path, within: str, options: Options, layers: _Layers) -> None:
    try:
        there = layers_of(file)
    except NoBoundaries as error:
        layers.leave_out(within + file.name, error)
        return
    for layer in there:
        try:
            rows = rows_of(layer, options)
        except NoBoundaries as error:
            layers.leave_out(within + layer.label, error)
        else:
            layers.add(within + layer.label, rows)


def _by_level(layers: list[LayerRows]) -> Iterator[tuple[Level, tuple[Schema, gpd.GeoDataFrame]]]:
    """Return the levels that were met, the finest last: their schema and all their rows."""
    for level in LEVELS:
        alike = [layer for layer in layers if layer.schema.level is level]
        if alike:
            yield level, (alike[0].schema, _joined([layer.rows for layer in alike]))


def _joined(tables: list[gpd.GeoDataFrame]) -> gpd.GeoDataFrame:
    rows = gpd.GeoDataFrame(pd.concat(tables, ignore_index=True), crs="EPSG:4326")
    names = [level.value for level in LEVELS if level.value in rows]
    rows[names] = rows[names].fillna("")
    return rows
