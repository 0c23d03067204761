"""One snapshot of the registry as arrays, and the filter that picks KIM from it.

A snapshot never changes. It is keyed by its version, so whatever is computed from it can be kept
under that key.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, cached_property
from itertools import compress
from pathlib import Path
from typing import Literal

import numpy as np
import pandas as pd

from geodata.errors import SelectionError
from geodata.folders import DATA_DIR
from geodata.gazetteer import Gazetteer, load_gazetteer
from geodata.provenance import Sidecar, read_sidecar, verified
from geodata.regions import Level
from geodata.registry.fields import BIDANG, column_to_bits, to_bits
from geodata.registry.schema import STATUSES, TAHAP, read_registry

SAMPLE_FILE = DATA_DIR / "registry_sample.csv"

Mode = Literal["salah_satu", "semua"]
MODES: tuple[Mode, ...] = ("salah_satu", "semua")

ACTIVE = "aktif"
"""The status of a KIM that is there not only on paper."""

UNKNOWN_YEAR = 0
"""The year of a KIM of which nobody knows when it was registered."""


@dataclass(frozen=True)
class KimFilter:
    """Which KIM count. Empty fields let everything through; the parts are joined by "and".

    Attributes
    ----------
    bidang
        Fields of :data:`~geodata.registry.fields.BIDANG`.
    mode
        ``salah_satu``: a KIM works in at least one of ``bidang``; ``semua``: in all of them.
    status
        Statuses of :data:`~geodata.registry.schema.STATUSES`.
    tahun
        First and last year of registration, both included. A KIM of an unknown year does not pass.
    tahap
        Steps of registration, of :data:`~geodata.registry.schema.TAHAP`.

    Raises
    ------
    SelectionError
        If a value is not one of those named, or the years are in the wrong order.
    """

    bidang: tuple[str, ...] = ()
    mode: Mode = "salah_satu"
    status: tuple[str, ...] = ()
    tahun: tuple[int, int] | None = None
    tahap: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        _require("bidang", self.bidang, BIDANG)
        _require("mode", [self.mode], MODES)
        _require("status", self.status, STATUSES)
        _require("tahap", self.tahap, TAHAP)
        if self.tahun is not None and self.tahun[0] > self.tahun[1]:
            raise SelectionError("years", first=self.tahun[0], last=self.tahun[1])


def _require(name: str, values: Iterable[str], allowed: tuple[str, ...]) -> None:
    for value in values:
        if value not in allowed:
            raise SelectionError(name, value=value, allowed=", ".join(allowed))


@dataclass(frozen=True, eq=False)
class Snapshot:
    """The registry at one version, with its hot columns as arrays of one entry a KIM.

    Attributes
    ----------
    kim
        The rows, with the columns of :data:`~geodata.registry.schema.COLUMNS`.
    gazetteer
        The regions that ``kode_wilayah`` refers to.
    version
        Changes whenever a row does.
    date
        The day the data stand for, ISO 8601.
    illustrative
        True if the rows are made up (the sample), which every page and extract must say.
    sources
        What the rows were derived from.
    unreported
        Codes of the kabupaten/kota whose list of KIM has not come: there, none is not zero.
    kim_ids
        The number of each KIM in the registry's database; of the sample, none.
    tahap
        How far each KIM has come along the chain: one of :data:`~geodata.registry.schema.TAHAP`, or
        "". None at all where no KIM has been registered through it.
    revision, last_kim
        The number of the version in the registry's database, and the highest number that a KIM had
        got by then, in force or not; 0 where there is no such version.
    as_of
        The day as of which it was asked for, ISO 8601; "" for now.
    undated
        Where the registry has no version as old as ``as_of``, so that these are the KIM which its
        oldest version says were registered by then: those of which nobody knows when.
    """

    kim: pd.DataFrame
    gazetteer: Gazetteer
    version: str
    date: str
    illustrative: bool
    sources: tuple[Sidecar, ...] = ()
    unreported: frozenset[str] = frozenset()
    kim_ids: tuple[int, ...] = ()
    tahap: tuple[str, ...] = ()
    revision: int = 0
    last_kim: int = 0
    as_of: str = ""
    undated: "Snapshot | None" = None

    @property
    def ids(self) -> np.ndarray:
        """What names each KIM in all snapshots of a registry: its number, else its nomor_induk."""
        if len(self.kim_ids) == len(self.kim):
            return np.array(self.kim_ids, np.int64)
        return self.kim["nomor_induk"].to_numpy(object)

    def reported(self, level: Level) -> np.ndarray:
        """Return whether each region of ``level`` is in, or holds, a kabupaten/kota that reported.

        A boolean array in the order of the gazetteer.
        """
        kabupaten = Level.KABUPATEN_KOTA
        if level is not Level.PROVINSI:
            return self._reported[self.gazetteer.parent_positions(kabupaten, level)]
        above = self.gazetteer.parent_positions(level, kabupaten)
        return np.bincount(above[self._reported], minlength=len(self.gazetteer.codes(level))) > 0

    @cached_property
    def desa_reported(self) -> np.ndarray:
        """Whether each desa lies in a kabupaten/kota that has reported, bool."""
        return self.reported(Level.DESA)

    @cached_property
    def _reported(self) -> np.ndarray:
        codes = self.gazetteer.codes(Level.KABUPATEN_KOTA)
        return ~np.isin(codes, sorted(self.unreported))

    @cached_property
    def desa(self) -> np.ndarray:
        """Position of each KIM's desa in the gazetteer, int32."""
        return self.gazetteer.positions(Level.DESA, self.kim["kode_wilayah"])

    @cached_property
    def bidang_bits(self) -> np.ndarray:
        """Fields of each KIM as bits, uint16."""
        return column_to_bits(self.kim["bidang"])

    @cached_property
    def status_index(self) -> np.ndarray:
        """Place of each KIM's status in ``STATUSES``, int8."""
        return pd.Categorical(self.kim["status"], categories=STATUSES).codes

    @cached_property
    def registered(self) -> np.ndarray:
        """Day on which each KIM was registered, datetime64[D]; NaT where nobody knows.

        A day after that of the data cannot be right, so it is not known either.
        """
        days = self.kim["tanggal_terdaftar"].to_numpy("datetime64[D]")
        return np.where(days > np.datetime64(self.date), np.datetime64("NaT", "D"), days)

    @cached_property
    def tahun(self) -> np.ndarray:
        """Year in which each KIM was registered, int16; :data:`UNKNOWN_YEAR` where nobody knows."""
        years = self.registered.astype("datetime64[Y]").astype(np.int64) + 1970
        return np.where(np.isnat(self.registered), UNKNOWN_YEAR, years).astype(np.int16)

    @property
    def years(self) -> tuple[int, int]:
        """First and last year of registration; the year of the data where none is known."""
        known = self.tahun[self.tahun != UNKNOWN_YEAR]
        if not len(known):
            return int(self.date[:4]), int(self.date[:4])
        return int(known.min()), int(known.max())

    @cached_property
    def active(self) -> np.ndarray:
        """Whether each KIM's status is :data:`ACTIVE`, bool."""
        return self.status_index == STATUSES.index(ACTIVE)

    def at_step(self, *tahap: str) -> np.ndarray:
        """Return which KIM are at one of these steps (of ``TAHAP``, or ""): a boolean array."""
        return np.isin(self.tahap or [""] * len(self.kim), tahap)

    def mask(self, kim_filter: KimFilter, within: str | None = None) -> np.ndarray:
        """Return which KIM pass ``kim_filter`` and lie in the region ``within``: a boolean array.

        Raises
        ------
        RegionError
            If the gazetteer has no region ``within``.
        """
        passes = np.ones(len(self.kim), dtype=bool)
        if within is not None:
            scope = self.gazetteer.within(Level.DESA, within)
            passes &= (self.desa >= scope.start) & (self.desa < scope.stop)
        if kim_filter.bidang:
            wanted = to_bits(kim_filter.bidang)
            held = self.bidang_bits & wanted
            passes &= (held == wanted) if kim_filter.mode == "semua" else (held != 0)
        if kim_filter.status:
            positions = [STATUSES.index(name) for name in kim_filter.status]
            passes &= np.isin(self.status_index, positions)
        if kim_filter.tahap:
            passes &= self.at_step(*kim_filter.tahap)
        if kim_filter.tahun is not None:
            first, last = kim_filter.tahun
            passes &= (self.tahun >= first) & (self.tahun <= last)
        return passes


def registered_by(snapshot: Snapshot, day: date) -> Snapshot:
    """Return the KIM of ``snapshot`` that were registered by ``day``, as its rows say.

    That is what is known of a day before the oldest version. Their desa, status and fields are
    those of ``snapshot``. KIM without a day of registration are ``undated``.
    """
    dated = ~np.isnat(snapshot.registered)
    by_then = dated & (snapshot.registered <= np.datetime64(day))

    def part(chosen: np.ndarray, name: str, undated: Snapshot | None) -> Snapshot:
        return replace(
            snapshot,
            kim=snapshot.kim[chosen].reset_index(drop=True),
            version=f"{snapshot.version}-{name}-{day}",
            date=min(day.isoformat(), snapshot.date),
            kim_ids=tuple(compress(snapshot.kim_ids, chosen)),
            tahap=tuple(compress(snapshot.tahap, chosen)),
            revision=0,
            last_kim=0,
            as_of=day.isoformat(),
            undated=undated,
        )

    return part(by_then, "terdaftar", part(~dated, "tanpa-tanggal", None))


def read_snapshot(path: Path, gazetteer: Gazetteer, *, illustrative: bool) -> Snapshot:
    """Read a registry CSV that has a sidecar.

    Raises
    ------
    DataFileError
        If the file is missing, damaged, or a row of it breaks the schema.
    """
    registry = read_registry(verified(path), gazetteer)
    sidecar = read_sidecar(path)
    version = sidecar.sha256[:12]
    return Snapshot(registry, gazetteer, version, sidecar.date, illustrative, (sidecar,))


@cache
def load_sample() -> Snapshot:
    """Return the sample registry that ships with the project, read once a process."""
    return read_snapshot(SAMPLE_FILE, load_gazetteer(), illustrative=True)
