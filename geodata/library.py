"""What an analyst wants first of the library: load, metrics, match, gaps, siting.

Each stands for the one function of ``geodata`` that pages and command line call, with plain
values in and a DataFrame out; ``docs/library.md`` shows all five at work.
"""

from collections.abc import Sequence
from datetime import date

import pandas as pd

from geodata.analysis import gaps as analysis_gaps
from geodata.analysis.region_metrics import region_metrics
from geodata.analysis.siting.plans import Objective, plan_siting
from geodata.gazetteer import load_gazetteer
from geodata.matching.match import match_names
from geodata.regions import Level
from geodata.registry.current import load_snapshot
from geodata.registry.snapshot import KimFilter, Snapshot


def load(day: date | None = None) -> Snapshot:
    """Return the registry in use: that of ``KIM_DATABASE_URL``, else the sample that ships.

    Parameters
    ----------
    day
        As of the end of this day (WIB); ``None`` is as it stands.

    Returns
    -------
    A snapshot: ``kim`` is a DataFrame with a row for each KIM and the columns of
    ``docs/data-model.md``, ``gazetteer`` the regions of Kepmendagri 300.2.2-2138/2025;
    ``illustrative`` says that it is the made-up sample.

    Raises
    ------
    RegistryEmpty, RegistryError, DataFileError
        As :func:`geodata.registry.current.load_snapshot` does.
    """
    return load_snapshot(day)


def metrics(
    snapshot: Snapshot, level: str, within: str | None = None, *, bidang: Sequence[str] = ()
) -> pd.DataFrame:
    """Return the figures of every region of ``level``: see ``region_metrics``.

    Parameters
    ----------
    level
        provinsi, kabupaten_kota, kecamatan or desa.
    within
        Code of a region, such as 35.07; ``None`` is Indonesia.
    bidang
        KIM that work in at least one of these fields; none of them: all KIM.

    Returns
    -------
    DataFrame sorted by code: kode, nama, jumlah_kim, jumlah_desa, desa_terlayani (counts), cakupan
    (share of desa with a KIM, 0 to 1), kim_per_100_desa. Missing is not reported yet, never zero.

    Raises
    ------
    ValueError
        If there is no such level.
    RegionError, SelectionError
        If there is no such region or bidang.
    """
    return region_metrics(snapshot, KimFilter(bidang=tuple(bidang)), Level(level), within)


def match(names: pd.DataFrame) -> pd.DataFrame:
    """Find the region that each row of names means; a tie is left to a person.

    Parameters
    ----------
    names
        Columns provinsi, kabupaten_kota, kecamatan, desa as far as there are. A row means the
        region of its finest name.

    Returns
    -------
    DataFrame with the index of ``names``: kode (missing unless accepted), putusan (the verdict),
    metode, nilai (score, 0 to 100) and rival (the code that comes second) of the best candidate.
    """
    matches = match_names(names, load_gazetteer())
    rows = []
    for found in matches:
        best, second = (*found.candidates[:2], None, None)[:2]
        rows.append(
            {
                "kode": found.accepted.code if found.accepted else None,
                "putusan": found.verdict.value,
                "metode": best.method.value if best else None,
                "nilai": best.score if best else None,
                "rival": second.code if second else None,
            }
        )
    return pd.DataFrame(rows, names.index, ["kode", "putusan", "metode", "nilai", "rival"])


def gaps(
    snapshot: Snapshot, level: str, within: str | None = None, *, bidang: Sequence[str] = ()
) -> pd.DataFrame:
    """Return the regions of ``level`` without any KIM; those not reported yet are none of them.

    Parameters are those of :func:`metrics`, and so are the errors.

    Returns
    -------
    DataFrame sorted by code: kode, the names of the regions above, nama, jumlah_desa.
    """
    kim_filter = KimFilter(bidang=tuple(bidang))
    return analysis_gaps.regions_without_kim(snapshot, kim_filter, Level(level), within)


def siting(
    snapshot: Snapshot,
    within: str | None,
    *,
    add: int,
    radius_km: float = 5.0,
    objective: Objective = "desa",
) -> pd.DataFrame:
    """Say where ``add`` more KIM should be formed, the one that serves most first.

    Parameters
    ----------
    within
        Code of a region; ``None`` is Indonesia.
    radius_km
        A desa this near to a KIM (km, great circle) counts as served.
    objective
        desa, worst or kecamatan: see :func:`geodata.analysis.siting.plans.plan_siting`.

    Returns
    -------
    The table of the plan: a row for each new KIM, with what it adds and what is served then.

    Raises
    ------
    RegionError, SelectionError
        If there is no such region, or a number is out of range.
    """
    plan = plan_siting(
        snapshot, KimFilter(), add=add, radius_km=radius_km, within=within, objective=objective
    )
    return plan.table
