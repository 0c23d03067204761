"""Clusters: where low coverage stands beside low coverage, more than chance would have it.

Local Moran's I (Anselin, 1995) compares a region with the mean of its neighbours; Getis-Ord Gi*
(Ord and Getis, 1995) the sum over a region and its neighbours with all of them. Both are of the
module ``autocorrelation``, over queen contiguity. So that none of 30 desa is lower than none of 3,
Moran's I is taken of the standardised share of Assuncao and Reis (1999), and Gi*, which needs
values above zero, of the empirical Bayes estimate of the module ``coverage``.

Pseudo p-values come from conditional permutations (a region stays, the others are shuffled), are
two-sided, and those of the module ``permutations``: of both statistics only the sum over the
neighbours changes. With many regions at zero coverage ties are common, and a region whose
neighbours are all at zero is as low as it can be without being remarkable. The false discovery rate
is held by the procedure of Benjamini and Hochberg (1995) over all regions that have neighbours
(Caldas de Castro and Singer, 2006). PySAL's esda keeps every permutation, so that too few can be
afforded for thousands of regions, and has ties in one tail only.

References
----------
Anselin, L. (1995). Local indicators of spatial association. Geographical Analysis, 27(2), 93-115.
Assuncao, R. M. and Reis, E. A. (1999). A new proposal to adjust Moran's I for population density.
Statistics in Medicine, 18(16), 2147-2162.
Benjamini, Y. and Hochberg, Y. (1995). Controlling the false discovery rate. Journal of the Royal
Statistical Society B, 57(1), 289-300.
Caldas de Castro, M. and Singer, B. H. (2006). Controlling the false discovery rate: a new
application to account for multiple and dependent tests in local statistics of spatial association.
Geographical Analysis, 38(2), 180-208.
Ord, J. K. and Getis, A. (1995). Local spatial autocorrelation statistics. Geographical Analysis,
27(4), 286-306.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from geodata.analysis.adjacency import queen_contiguity
from geodata.analysis.autocorrelation import (
    gi_star,
    lag,
    local_moran,
    moran,
    standardised,
    standardised_share,
)
from geodata.analysis.coverage import fit_prior
from geodata.analysis.permutations import p_of_neighbours, p_of_whole
from geodata.analysis.region_metrics import is_unreported, region_metrics
from geodata.errors import SelectionError
from geodata.regions import Level
from geodata.registry.snapshot import KimFilter, Snapshot

if TYPE_CHECKING:
    from scipy import sparse

    from geodata.boundaries.boundary_set import BoundarySet

LEVELS = (Level.KABUPATEN_KOTA, Level.KECAMATAN)
PERMUTATIONS = 5_000_000
"""Most of them; there are fewer where fewer decide. No p-value is below 2 / (this + 1): of 7,285
kecamatan, even one that is alone in being remarkable can be named."""
SIGNIFICANCE = 0.05
"""Highest false discovery rate at which a cluster is named."""

QUADRANTS = ("rendah_rendah", "rendah_tinggi", "tinggi_rendah", "tinggi_tinggi")
"""By whether the region, and then whether its neighbours are above the mean."""
CLUSTERS = ("rendah_rendah", "rendah_tinggi", "tinggi_rendah", "tinggi_tinggi", "tidak_nyata")
"""Clusters by local Moran: a region, then its neighbours; or no significant cluster."""
SPOTS = ("titik_dingin", "titik_panas", "tidak_nyata")
"""Clusters by Gi*: cold spot, hot spot, neither."""
NO_NEIGHBOURS, NOT_DRAWN = "tanpa_tetangga", "tidak_tergambar"
NOT_REPORTED = "belum_melapor"
"""Classes, of both, of the regions that can have no cluster."""

_SEED = 4114
_AT_MEAN = 1e-9
"""A region this near to the mean has a local I of 0, whatever its neighbours."""


@dataclass(frozen=True, eq=False)
class Clusters:
    """The clusters of a level.

    Attributes
    ----------
    table
        A row a region sorted by code: kode, nama, jumlah_desa, desa_terlayani, cakupan, tetangga
        (number of neighbours), cakupan_tetangga (their mean coverage), moran (local I), p_moran,
        fdr_moran (p after Benjamini and Hochberg), kelas (one of ``CLUSTERS``, ``NO_NEIGHBOURS``,
        ``NOT_DRAWN``, ``NOT_REPORTED``), gi (z-score of Gi*), p_gi, fdr_gi, kelas_gi. NaN where a
        region has no neighbours or coverage does not differ. Who has not reported is nobody's
        neighbour.
    moran, p_moran
        Moran's I of the whole country and its p-value; NaN where it cannot be computed.
    """

    table: pd.DataFrame
    moran: float
    p_moran: float


def find_clusters(
    snapshot: Snapshot,
    kim_filter: KimFilter,
    boundaries: "BoundarySet",
    level: Level,
    within: str | None = None,
) -> Clusters:
    """Return the clusters of coverage, those of the regions in ``within``.

    They are found among all regions of Indonesia, so a region is of the same cluster wherever it is
    looked at. The last few results are kept by what they rest on: coverage and boundary set.

    Raises
    ------
    RegionError
        If the gazetteer has no region ``within``.
    SelectionError
        If ``level`` is not one of :data:`LEVELS`.
    """
    if level not in LEVELS:
        raise SelectionError("cluster_level", value=level, allowed=", ".join(LEVELS))
    gazetteer = snapshot.gazetteer
    metrics = region_metrics(snapshot, kim_filter, level)
    contiguity = queen_contiguity(boundaries, gazetteer, level)
    served = metrics["desa_terlayani"].to_numpy(np.int64, na_value=0)
    desa, reported = metrics["jumlah_desa"].to_numpy(np.int64), ~is_unreported(metrics)
    local, moran, p_moran = _kept(
        served.tobytes(), desa.tobytes(), reported.tobytes(), _Key(contiguity)
    )

    table = metrics[["kode", "nama", "jumlah_desa", "desa_terlayani", "cakupan"]].join(local)
    drawn = boundaries.is_drawn(level, metrics["kode"])
    for name in ("kelas", "kelas_gi"):
        table[name] = table[name].where(drawn, NOT_DRAWN).where(reported, NOT_REPORTED)
    scope = gazetteer.within(level, within)
    return Clusters(table.iloc[scope].reset_index(drop=True), moran, p_moran)


class _Key:
    """A matrix as part of a key: the same object is the same matrix."""

    def __init__(self, matrix: "sparse.csr_array") -> None:
        self.matrix = matrix

    def __hash__(self) -> int:
        return id(self.matrix)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Key) and other.matrix is self.matrix


@lru_cache(maxsize=16)
def _kept(
    served: bytes, desa: bytes, reported: bytes, contiguity: _Key
) -> tuple[pd.DataFrame, float, float]:
    arrays = np.frombuffer(served, np.int64), np.frombuffer(desa, np.int64)
    known = np.frombuffer(reported, bool)
    matrix = contiguity.matrix
    if not known.all():
        from scipy import sparse

        among = sparse.diags_array(known.astype(float))
        matrix = sparse.csr_array(among @ matrix @ among)
        matrix.eliminate_zeros()
    return local_statistics(*arrays, matrix)


def local_statistics(
    served: np.ndarray,
    desa: np.ndarray,
    contiguity: "sparse.csr_array",
    permutations: int = PERMUTATIONS,
    seed: int = _SEED,
) -> tuple[pd.DataFrame, float, float]:
    """Return the statistics of regions with ``served`` of ``desa``, and Moran's I with its p.

    Parameters
    ----------
    contiguity
        Symmetric matrix of ones, without a diagonal.
    seed
        Of the permutations: with one seed, all who open a link see the same clusters.

    Returns
    -------
    DataFrame with the columns of :attr:`Clusters.table` from tetangga on, Moran's I, its p-value.
    """
    share = np.divide(served, desa, out=np.zeros(len(served)), where=desa > 0)
    neighbours = contiguity.sum(axis=1).astype(int)
    linked = np.flatnonzero((neighbours > 0) & (desa > 0))
    graph = contiguity[linked][:, linked]
    linked = linked[graph.sum(axis=1) > 0]
    graph = contiguity[linked][:, linked]
    table = pd.DataFrame({"tetangga": neighbours})
    nan = np.full(len(served), np.nan)
    mean = np.divide(contiguity @ share, neighbours, out=nan.copy(), where=neighbours > 0)
    table["cakupan_tetangga"] = mean
    for name in ("moran", "p_moran", "fdr_moran", "gi", "p_gi", "fdr_gi"):
        table[name] = nan
    table["kelas"] = table["kelas_gi"] = "tidak_nyata"
    table.loc[neighbours == 0, ["kelas", "kelas_gi"]] = NO_NEIGHBOURS
    if len(linked) < 3 or np.ptp(share[linked]) == 0:
        return table, np.nan, np.nan

    # Read when first needed: the map asks only what classes there are.
    from scipy.stats import false_discovery_control

    prior = fit_prior(served[linked], desa[linked])
    estimate = (served[linked] + prior.alpha) / (desa[linked] + prior.strength)
    z = standardised(standardised_share(served[linked], desa[linked]))
    lagged = lag(z, graph)
    p_moran, p_star = p_of_neighbours(
        np.vstack([z, estimate]), graph, SIGNIFICANCE, permutations, seed
    )
    p_moran[np.abs(z) <= _AT_MEAN] = 1
    statistics = pd.DataFrame(
        {
            "moran": local_moran(z, lagged),
            "p_moran": p_moran,
            "fdr_moran": false_discovery_control(p_moran),
            "gi": gi_star(estimate, graph),
            "p_gi": p_star,
            "fdr_gi": false_discovery_control(p_star),
        },
        index=linked,
    )
    table.loc[linked, statistics.columns] = statistics
    quadrant = np.array(QUADRANTS)[2 * (z > 0) + (lagged > 0)]
    table.loc[linked, "kelas"] = np.where(
        statistics["fdr_moran"] <= SIGNIFICANCE, quadrant, "tidak_nyata"
    )
    spot = np.where(statistics["gi"] > 0, "titik_panas", "titik_dingin")
    table.loc[linked, "kelas_gi"] = np.where(
        statistics["fdr_gi"] <= SIGNIFICANCE, spot, "tidak_nyata"
    )
    means = graph / graph.sum(axis=1)[:, np.newaxis]
    return table, moran(z, lagged), p_of_whole(z, means, seed)
