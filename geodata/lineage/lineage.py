"""The lineage that ships: older codes and names, and what regions they are today."""

from functools import cache

import pandas as pd

from geodata.folders import DATA_DIR
from geodata.lineage.kinds import CARRIED, Kind
from geodata.provenance import verified
from geodata.regions import Level

LINEAGE_FILE = DATA_DIR / "lineage.parquet"
EDITIONS = (2018, 2020, 2022, 2023)
"""Years of the editions that are led to today's: Permendagri 137/2017, 72/2019 and 58/2021,
Kepmendagri 100.1.1-6117/2022."""


@cache
def load_lineage() -> pd.DataFrame:
    """Return the lineage, with the columns of :func:`geodata.lineage.making.make_lineage`.

    Raises
    ------
    DataFileError
        If the file is missing or does not agree with its sidecar.
    """
    return pd.read_parquet(verified(LINEAGE_FILE))


def moved_codes(lineage: pd.DataFrame) -> pd.DataFrame:
    """Return the older codes of which it is known what region they are today.

    A code that was given to several regions over time, and one whose region is in several today,
    is not among them.

    Returns
    -------
    DataFrame with columns kode, kode_2025, cara; a row a code.
    """
    known = lineage[lineage["cara"].isin([Kind.MEKAR_PROVINSI, Kind.PINDAH, Kind.GABUNG])]
    meanings = lineage.groupby("kode")["kode_2025"].nunique()
    single = known[known["kode"].map(meanings) == 1]
    # Of the editions, the last says best how a code is known.
    return single.drop_duplicates("kode", keep="last")[["kode", "kode_2025", "cara"]]


def former_names(lineage: pd.DataFrame) -> pd.DataFrame:
    """Return what regions of today were called in older editions.

    Returns
    -------
    DataFrame with columns kode_2025, nama; each name of a region once. It may be spelt otherwise
    only, and another region may be called so today.
    """
    known = lineage[lineage["cara"].isin(CARRIED)]
    return known[["kode_2025", "nama"]].drop_duplicates(ignore_index=True)


def kinds_by_provinsi(lineage: pd.DataFrame, level: Level) -> pd.DataFrame:
    """Count the regions of each older edition by what became of them.

    Returns
    -------
    DataFrame with a row an edition and provinsi of that edition: edisi, provinsi (code), and a
    column each kind of :class:`~geodata.lineage.kinds.Kind` but ``sama``: regions that have kept
    code, name and all desa are not in the lineage.
    """
    of_level = lineage[lineage["kode"].str.len() == level.code_length]
    counted = []
    for edition in EDITIONS:
        rows = of_level[of_level["edisi"].le(edition) & of_level["edisi_akhir"].ge(edition)]
        counts = pd.crosstab(rows["kode"].str[:2], rows["cara"])
        counts.insert(0, "edisi", edition)
        counted.append(counts.rename_axis("provinsi").reset_index())
    kinds = [kind.value for kind in Kind if kind is not Kind.SAMA]
    table = pd.concat(counted).reindex(columns=["edisi", "provinsi", *kinds]).fillna(0)
    return table.astype(dict.fromkeys(kinds, int)).reset_index(drop=True)
