"""Spatial autocorrelation: how much regions are like those that they touch.

PySAL's esda computes the same and is what the tests hold this against; with what it brings along
it would take 130 MB of every server.

References
----------
Anselin, L. (1995). Local indicators of spatial association. Geographical Analysis, 27(2), 93-115.
Assuncao, R. M. and Reis, E. A. (1999). A new proposal to adjust Moran's I for population density.
Statistics in Medicine, 18(16), 2147-2162.
Ord, J. K. and Getis, A. (1995). Local spatial autocorrelation statistics. Geographical Analysis,
27(4), 286-306.
"""

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from scipy import sparse


def standardised_share(served: np.ndarray, of: np.ndarray) -> np.ndarray:
    """Return the share ``served / of``, less that of all, in standard deviations of its own.

    A share of few varies more than one of many (Assuncao and Reis, 1999). ``of`` is above zero.
    """
    share, whole = served / of, served.sum() / of.sum()
    between = (of * (share - whole) ** 2).sum() / of.sum() - whole / of.mean()
    variance = between + whole / of
    return (share - whole) / np.sqrt(np.where(variance < 0, whole / of, variance))


def standardised(values: np.ndarray) -> np.ndarray:
    """Return ``values`` less their mean, in standard deviations of theirs."""
    return (values - values.mean()) / values.std()


def lag(values: np.ndarray, graph: "sparse.csr_array") -> np.ndarray:
    """Return the mean of each region's neighbours; ``graph`` is a matrix of ones."""
    return (graph @ values) / graph.sum(axis=1)


def moran(z: np.ndarray, lagged: np.ndarray) -> float:
    """Return Moran's I of standardised values, each neighbour of a region of the same weight."""
    return float((z * lagged).sum() / (z * z).sum())


def local_moran(z: np.ndarray, lagged: np.ndarray) -> np.ndarray:
    """Return the local I of each region (Anselin, 1995, equation 12)."""
    return (len(z) - 1) * z * lagged / (z * z).sum()


def gi_star(values: np.ndarray, graph: "sparse.csr_array") -> np.ndarray:
    """Return the z-score of Gi* of each region (Ord and Getis, 1995, equation 14).

    Parameters
    ----------
    values
        Above zero.
    graph
        Symmetric matrix of ones, without a diagonal.
    """
    count, together = len(values), graph.sum(axis=1) + 1
    expected = together * values.mean()
    variance = values.var() * together * (count - together) / (count - 1)
    # Who touches all others has the mean of all, and no variance.
    with np.errstate(invalid="ignore", divide="ignore"):
        return (graph @ values + values - expected) / np.sqrt(variance)
