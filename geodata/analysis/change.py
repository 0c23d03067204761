"""What changed between two days: the KIM that count at either, each told from the other once.

A KIM *counts* at a day if it is in the registry as of then and passes the filter. Where the filter
names no status, KIM that are ``tidak_aktif`` do not count: one that closes has left. So, in every
region::

    awal + laporan_pertama + baru + tak_bertanggal + kembali + data_masuk
         - ditutup - dihapus - data_keluar
         + pindah_masuk - pindah_keluar + ganti_kode_masuk - ganti_kode_keluar = akhir
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property

import numpy as np
import pandas as pd

from geodata.analysis.region_metrics import region_metrics, sum_by_region
from geodata.lineage.lineage import load_lineage, moved_codes
from geodata.regions import Level, level_of
from geodata.registry.schema import STATUSES
from geodata.registry.snapshot import KimFilter, Snapshot

CLOSED = "tidak_aktif"


class Kind(StrEnum):
    """What became of a KIM that counts at one of two days only, or in another desa."""

    LAPORAN_PERTAMA = "laporan_pertama"
    """It was never in the registry before, and its kabupaten/kota had not reported at the start."""
    BARU = "baru"
    """It was never in the registry before, though its kabupaten/kota had reported."""
    TAK_BERTANGGAL = "tak_bertanggal"
    """Nobody knows whether it was there at the start: that is told by days of registration, and it
    has none."""
    KEMBALI = "kembali"
    """It was closed, or had been taken out of the registry before the start, and counts again."""
    DATA_MASUK = "data_masuk"
    """It was in the registry at the start, and what is recorded of it passes the filter since."""
    DITUTUP = "ditutup"
    """It is ``tidak_aktif`` at the end."""
    DIHAPUS = "dihapus"
    """It is not in the registry at the end: what brought it was undone."""
    DATA_KELUAR = "data_keluar"
    """It is in the registry at the end, and what is recorded of it passes the filter no longer."""
    PINDAH = "pindah"
    """It counts at both, in another desa: somebody has corrected that."""
    GANTI_KODE = "ganti_kode"
    """It counts at both, and its desa has another code now: so the lineage of regions has it."""


ENTERS = (Kind.LAPORAN_PERTAMA, Kind.BARU, Kind.TAK_BERTANGGAL, Kind.KEMBALI, Kind.DATA_MASUK)
LEAVES = (Kind.DITUTUP, Kind.DIHAPUS, Kind.DATA_KELUAR)
MOVES = (Kind.PINDAH, Kind.GANTI_KODE)

ADDED: Mapping[str, Kind] = {str(kind): kind for kind in ENTERS} | {
    f"{kind}_masuk": kind for kind in MOVES
}
TAKEN: Mapping[str, Kind] = {str(kind): kind for kind in LEAVES} | {
    f"{kind}_keluar": kind for kind in MOVES
}
STEPS: tuple[str, ...] = (
    *ENTERS,
    *LEAVES,
    *(f"{k}_{way}" for k in MOVES for way in ("masuk", "keluar")),
)
"""The columns between ``awal`` and ``akhir``: those of ``ADDED`` add, those of ``TAKEN`` take."""

NOWHERE = -1


def counted(kim_filter: KimFilter) -> KimFilter:
    """Return which KIM count for a filter: those not closed, unless it names statuses."""
    open_ones = tuple(status for status in STATUSES if status != CLOSED)
    return kim_filter if kim_filter.status else replace(kim_filter, status=open_ones)


@dataclass(frozen=True, eq=False)
class Development:
    """The change between two days.

    Attributes
    ----------
    start, end
        The registry as of either day.
    kim_filter
        Which KIM count: a filter as :func:`counted` returns it.
    kim
        A row for each KIM that counts at one day only, or in another desa: kim (as
        ``Snapshot.ids`` names it), kind (of :class:`Kind`), dari and ke (position of its desa at
        the start and at the end, :data:`NOWHERE` where it does not count), and baris (its row in
        the snapshot of the end, else in that of the start).
    """

    start: Snapshot
    end: Snapshot
    kim_filter: KimFilter
    kim: pd.DataFrame

    def by_region(self, level: Level, within: str | None = None) -> pd.DataFrame:
        """Return the change of every region of ``level`` in ``within``.

        Returns
        -------
        DataFrame sorted by code: kode, nama, awal, the columns of :data:`STEPS`, akhir; all counts
        of KIM. The sum of a column over the regions of any level is the same. A KIM that moved
        within a region is in it both ``pindah_masuk`` and ``pindah_keluar``. ``awal`` and ``akhir``
        are missing where a region had not reported by then; nothing counts there, so they are to be
        added up as zero.

        Raises
        ------
        RegionError
            If the gazetteer has no region ``within``.
        """
        before, after = (
            region_metrics(snapshot, self.kim_filter, level, within)
            for snapshot in (self.start, self.end)
        )
        table = before[["kode", "nama"]].copy()
        table["awal"] = before["jumlah_kim"].array
        scope = self.end.gazetteer.within(level, within)
        for step in STEPS:
            table[step] = sum_by_region(self._by_desa[step], self.end.gazetteer, level)[scope]
        table["akhir"] = after["jumlah_kim"].array
        return table

    def steps(self, within: str | None = None) -> dict[str, int]:
        """Return the counts of one region by column: awal, those of :data:`STEPS`, akhir."""
        level = Level.PROVINSI if within is None else level_of(within)
        table = self.by_region(level, within)
        return {name: int(table[name].sum()) for name in ("awal", *STEPS, "akhir")}

    @cached_property
    def _by_desa(self) -> dict[str, np.ndarray]:
        size = len(self.end.gazetteer.codes(Level.DESA))
        return {
            step: np.bincount(self._where(step)[self._is(step)], minlength=size) for step in STEPS
        }

    def _is(self, step: str) -> np.ndarray:
        return (self.kim["kind"] == (ADDED.get(step) or TAKEN[step])).to_numpy()

    def _where(self, step: str) -> np.ndarray:
        """Return the desa to which each KIM is added, or from which it is taken."""
        return self.kim["ke" if step in ADDED else "dari"].to_numpy()

    def rows(self, step: str | None = None, within: str | None = None) -> pd.DataFrame:
        """Return the KIM behind the number of a region in the column ``step``; default: in any.

        Returns
        -------
        DataFrame in the order of ``kim``: those of its rows.

        Raises
        ------
        RegionError
            If the gazetteer has no region ``within``.
        """
        scope = self.end.gazetteer.within(Level.DESA, within)
        chosen = np.zeros(len(self.kim), bool)
        for name in STEPS if step is None else (step,):
            where = self._where(name)
            chosen |= self._is(name) & (where >= scope.start) & (where < scope.stop)
        return self.kim[chosen]


def change_between(start: Snapshot, end: Snapshot, kim_filter: KimFilter) -> Development:
    """Compare the registry as of two days, KIM by KIM.

    Parameters
    ----------
    start, end
        Of one registry, the earlier first.
    kim_filter
        Which KIM count; see the module.
    """
    counting = counted(kim_filter)
    states = [_states(snapshot, counting) for snapshot in (start, end)]
    both = states[0].add_suffix("_dari").join(states[1].add_suffix("_ke"), how="outer", sort=True)
    there = both[["baris_dari", "baris_ke"]].notna()
    both = both.fillna(NOWHERE)
    dari, ke = (both[name].to_numpy(int) for name in ("desa_dari", "desa_ke"))
    came, left = (dari < 0) & (ke >= 0), (dari >= 0) & (ke < 0)
    moved = (dari >= 0) & (ke >= 0) & (dari != ke)
    there_before, there_after = there["baris_dari"].to_numpy(), there["baris_ke"].to_numpy()
    was_closed, is_closed = (
        ~np.isin(CLOSED, counting.status) & (both[name] == STATUSES.index(CLOSED)).to_numpy()
        for name in ("status_dari", "status_ke")
    )
    known = both.index.to_numpy() <= start.last_kim if start.last_kim else np.zeros(len(both), bool)
    undated = np.isin(both.index, start.undated.ids) if start.undated is not None else known & False
    reported = start.desa_reported[np.maximum(ke, 0)]
    rules = {
        Kind.TAK_BERTANGGAL: came & ~there_before & undated,
        Kind.KEMBALI: came & ((~there_before & known) | was_closed),
        Kind.DATA_MASUK: came & there_before,
        Kind.LAPORAN_PERTAMA: came & ~reported,
        Kind.BARU: came,
        Kind.DIHAPUS: left & ~there_after,
        Kind.DITUTUP: left & is_closed,
        Kind.DATA_KELUAR: left,
        Kind.GANTI_KODE: _recoded(start, dari, ke, moved),
        Kind.PINDAH: moved,
    }
    kinds = np.select(list(rules.values()), [str(kind) for kind in rules], "")
    baris = np.where(there_after, both["baris_ke"], both["baris_dari"]).astype(int)
    table = pd.DataFrame({"kim": both.index, "kind": kinds, "dari": dari, "ke": ke, "baris": baris})
    return Development(start, end, counting, table[kinds != ""].reset_index(drop=True))


def _states(snapshot: Snapshot, counting: KimFilter) -> pd.DataFrame:
    """Return of each KIM by its id: its desa where it counts, its status, and its row."""
    desa = np.where(snapshot.mask(counting), snapshot.desa, NOWHERE)
    return pd.DataFrame(
        {"desa": desa, "status": snapshot.status_index, "baris": np.arange(len(desa))},
        index=snapshot.ids,
    )


def _recoded(start: Snapshot, dari: np.ndarray, ke: np.ndarray, moved: np.ndarray) -> np.ndarray:
    """Return which of the KIM that ``moved`` did because the code of their desa is an older one."""
    codes = start.gazetteer.codes(Level.DESA)
    lineage = moved_codes(load_lineage())
    today = dict(zip(lineage["kode"], lineage["kode_2025"], strict=True))
    recoded = moved.copy()
    recoded[moved] = [
        today.get(codes[old]) == codes[new] for old, new in zip(dari[moved], ke[moved], strict=True)
    ]
    return recoded
