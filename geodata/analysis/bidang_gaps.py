"""Gaps by field: coverage of each bidang, and where one is absent that the neighbours have."""

from dataclasses import replace

import numpy as np
import pandas as pd

from geodata.analysis.adjacency import neighbours_of, queen_contiguity
from geodata.analysis.gaps import with_ancestors
from geodata.analysis.region_metrics import region_metrics
from geodata.boundaries.boundary_set import BoundarySet
from geodata.regions import Level
from geodata.registry.fields import BIDANG
from geodata.registry.snapshot import KimFilter, Snapshot


def bidang_coverage(
    snapshot: Snapshot, kim_filter: KimFilter, level: Level, within: str | None = None
) -> pd.DataFrame:
    """Return the coverage of every region of ``level`` in ``within`` by each field.

    The filter's status and years hold; of its fields those that it names are shown, else all.

    Returns
    -------
    DataFrame sorted by code with a row a region and field, fields in the order of ``BIDANG``: kode,
    nama, bidang, jumlah_kim, jumlah_desa, desa_terlayani and cakupan (0 to 1; NaN without desa).
    Figures of a region that has not reported are missing.
    ``pivot(index="kode", columns="bidang", values="cakupan")`` makes it a heat table.

    Raises
    ------
    RegionError
        If the gazetteer has no region ``within``.
    """
    columns = ["kode", "nama", "bidang", "jumlah_kim", "jumlah_desa", "desa_terlayani", "cakupan"]
    fields = fields_shown(kim_filter)
    tables = [
        region_metrics(snapshot, replace(kim_filter, bidang=(name,)), level, within).assign(
            bidang=name
        )
        for name in fields
    ]
    rows = pd.concat(tables, ignore_index=True)[columns]
    return rows.sort_values("kode", kind="stable", ignore_index=True)


def absent_fields(
    snapshot: Snapshot,
    kim_filter: KimFilter,
    boundaries: BoundarySet,
    level: Level,
    within: str | None = None,
) -> pd.DataFrame:
    """Return where no KIM works in a field though half the neighbours or more have one.

    A region without neighbours (an island, or not drawn) is compared with nobody and not listed.
    Who has not reported is not listed, and nobody's neighbour.

    Returns
    -------
    DataFrame with kode, the names of the regions above, nama, bidang, tetangga (number of
    neighbours), tetangga_ada (of these, with a KIM of the field) and kode_tetangga (the codes of
    the latter, joined by ``;``). First the highest share of neighbours, then the most, then by
    code.

    Raises
    ------
    RegionError
        If the gazetteer has no region ``within``.
    """
    fields = fields_shown(kim_filter)
    gazetteer = snapshot.gazetteer
    scope = gazetteer.within(level, within)
    reported = snapshot.reported(level)
    contiguity = queen_contiguity(boundaries, gazetteer, level)
    neighbours = (contiguity @ reported).astype(int)
    codes = gazetteer.codes(level)
    absences = []
    for field in fields:
        metrics = region_metrics(snapshot, replace(kim_filter, bidang=(field,)), level)
        has = (metrics["jumlah_kim"] > 0).to_numpy(bool, na_value=False)
        holders = set(codes[has])
        around = (contiguity @ has).astype(int)
        absent = np.flatnonzero(~has & reported & (neighbours > 0) & (2 * around >= neighbours))
        for position in absent[(absent >= scope.start) & (absent < scope.stop)]:
            near = neighbours_of(boundaries, gazetteer, str(codes[position]))
            named = ";".join(code for code in near if code in holders)
            absences.append((codes[position], field, neighbours[position], around[position], named))
    rows = pd.DataFrame(
        absences, columns=["kode", "bidang", "tetangga", "tetangga_ada", "kode_tetangga"]
    )
    share = rows["tetangga_ada"] / rows["tetangga"]
    rows = rows.assign(_share=share).sort_values(
        ["_share", "tetangga_ada", "kode"], ascending=[False, False, True], ignore_index=True
    )
    rows.insert(1, "nama", rows["kode"].map(gazetteer.name) if len(rows) else "")
    return with_ancestors(rows.drop(columns="_share"), snapshot, level)


def fields_shown(kim_filter: KimFilter) -> list[str]:
    """Return the fields that a filter names, in the order of ``BIDANG``; all if it names none."""
    return [name for name in BIDANG if name in (kim_filter.bidang or BIDANG)]
