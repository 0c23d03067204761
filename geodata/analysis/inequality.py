"""How unevenly KIM are spread over desa: Lorenz curve, Gini and Theil, and where that comes from.

The unit is the desa whose kabupaten/kota has reported, its value the number of its KIM that pass
the filter. Gini is 0 if all desa have alike and 1 - 1/n if one of n has all. Theil's T is 0 if all
have alike and ln(n) if one has all; unlike Gini it splits exactly into a part between groups of
desa (provinsi, say) and the part within them. Both are as PySAL's package ``inequality`` has them,
for all years at once.

References
----------
Gini, C. (1912). Variabilità e mutabilità. Bologna: Cuppini.
Lorenz, M. O. (1905). Methods of measuring the concentration of wealth. Publications of the American
Statistical Association, 9(70), 209-219.
Theil, H. (1967). Economics and information theory. Amsterdam: North-Holland.
"""

import numpy as np
import pandas as pd

from geodata.analysis.region_metrics import count_by_desa
from geodata.errors import SelectionError
from geodata.regions import Level
from geodata.registry.snapshot import UNKNOWN_YEAR, KimFilter, Snapshot


def lorenz_curve(
    snapshot: Snapshot, kim_filter: KimFilter, within: str | None = None
) -> pd.DataFrame:
    """Return the Lorenz curve of KIM over the desa of ``within``, those with fewest first.

    Returns
    -------
    DataFrame with bagian_desa and bagian_kim (0 to 1, both rising), from (0, 0) to (1, 1); between
    two rows the curve is straight. Empty where there is no KIM.

    Raises
    ------
    RegionError
        If the gazetteer has no region ``within``.
    """
    scope = snapshot.gazetteer.within(Level.DESA, within)
    by_desa = count_by_desa(snapshot, kim_filter)[scope][snapshot.desa_reported[scope]]
    kim, desa = np.unique(by_desa, return_counts=True)
    if not by_desa.any():
        return pd.DataFrame({"bagian_desa": [], "bagian_kim": []}, dtype=float)
    shares = {"bagian_desa": np.cumsum(desa) / len(by_desa)}
    shares["bagian_kim"] = np.cumsum(kim * desa) / by_desa.sum()
    return pd.DataFrame({name: np.append(0.0, share) for name, share in shares.items()})


def measure_inequality(
    snapshot: Snapshot,
    kim_filter: KimFilter,
    within: str | None = None,
    groups: Level = Level.PROVINSI,
) -> pd.DataFrame:
    """Return the inequality of KIM over the desa of ``within``, at the end of each year.

    Parameters
    ----------
    groups
        Level of the regions between and within which Theil's T is split.

    Returns
    -------
    DataFrame with a row for each year of the registry, the last the state as it stands: tahun,
    jumlah_kim (registered up to then), tanpa_tahun (those of them of an unknown year: all in the
    last row, none in earlier ones), gini, theil, theil_antar (between groups), theil_dalam
    (within them; the two add up to theil) and bagian_antar (the share of the first, 0 to 1). NaN
    while there is no KIM.

    Raises
    ------
    RegionError
        If the gazetteer has no region ``within``.
    SelectionError
        If ``groups`` is desa: within a desa there is nothing to split.
    """
    if groups is Level.DESA:
        raise SelectionError("inequality_groups")
    gazetteer = snapshot.gazetteer
    scope = gazetteer.within(Level.DESA, within)
    reported = snapshot.desa_reported[scope]
    member = gazetteer.parent_positions(groups, Level.DESA)[scope][reported]
    passes = snapshot.mask(kim_filter, within)
    desa, tahun = snapshot.desa[passes] - scope.start, snapshot.tahun[passes]
    first, last = snapshot.years
    years = np.arange(first, last + 1)
    unknown = tahun == UNKNOWN_YEAR
    size = scope.stop - scope.start
    kim = np.zeros((size, len(years)))
    np.add.at(kim, (desa, np.where(unknown, last, tahun) - first), 1)
    kim = kim[reported].cumsum(axis=1)

    table = pd.DataFrame({"tahun": years, "jumlah_kim": kim.sum(axis=0).astype(np.int64)})
    table["tanpa_tahun"] = np.where(years == last, unknown.sum(), 0)
    some = np.flatnonzero(table["jumlah_kim"])
    for name in ("gini", "theil", "theil_antar"):
        table[name] = np.nan
    if len(some):
        shares = kim[:, some] / kim[:, some].sum(axis=0)
        table.loc[some, "gini"] = _gini(shares)
        # Rounding may leave a hair below zero where all are alike.
        theil = np.maximum(_theil(shares, np.full(len(shares), 1 / len(shares))), 0)
        table.loc[some, "theil"] = theil
        _, group, desa = np.unique(member, return_inverse=True, return_counts=True)
        of_groups = np.zeros((len(desa), len(some)))
        np.add.at(of_groups, group, shares)
        table.loc[some, "theil_antar"] = np.clip(_theil(of_groups, desa / len(shares)), 0, theil)
    table["theil_dalam"] = table["theil"] - table["theil_antar"]
    table["bagian_antar"] = table["theil_antar"] / table["theil"].where(table["theil"] > 0)
    return table


def _gini(shares: np.ndarray) -> np.ndarray:
    """Return Gini's coefficient of each column of ``shares``, which add up to 1."""
    size = len(shares)
    weights = 2 * np.arange(1, size + 1) - size - 1
    return weights @ np.sort(shares, axis=0) / size


def _theil(shares: np.ndarray, even: np.ndarray) -> np.ndarray:
    """Return Theil's T of each column of ``shares`` against the shares of an ``even`` spread."""
    ratio = shares / even[:, np.newaxis]
    return (shares * np.log(ratio, out=np.zeros_like(ratio), where=ratio > 0)).sum(axis=0)
