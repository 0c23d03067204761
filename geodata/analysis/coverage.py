"""Coverage with honesty about small numbers: raw share, estimate, interval, and who can be ranked.

The raw share (desa with a KIM / all desa, where anybody has reported) is the fact. As a basis for
ranking it misleads: a kecamatan of four desa is at 0% or 25% by one KIM. The estimate takes the
shares of all regions of a level in Indonesia as draws from one Beta distribution, fitted by
marginal maximum likelihood (the beta-binomial model), and pulls each region towards their mean, the
more the fewer desa it has.
Its interval is that of the posterior Beta.

Too few to rank: a region takes part in a ranking only if its estimate rests for at least 70% on
its own desa, that is desa / (desa + alpha + beta) >= 0.7. This is the reliability
that is usual where doctors and hospitals are compared (Adams et al., 2010).

Where regions do not tell a prior (a single region, or all alike at 0% or 100%), Jeffreys' prior
Beta(1/2, 1/2) gives the interval, and nobody is ranked.

References
----------
Adams, J. L. et al. (2010). Physician cost profiling: reliability and risk of misclassification.
New England Journal of Medicine, 362(11), 1014-1021.
Brown, L. D., Cai, T. T. and DasGupta, A. (2001). Interval estimation for a binomial proportion.
Statistical Science, 16(2), 101-133: Jeffreys' interval.
Griffiths, D. A. (1973). Maximum likelihood estimation for the beta-binomial distribution.
Biometrics, 29(4), 637-648.
Morris, C. N. (1983). Parametric empirical Bayes inference: theory and applications. Journal of the
American Statistical Association, 78(381), 47-55.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from geodata.analysis.ranking import rank_beta
from geodata.analysis.region_metrics import (
    count_by_desa,
    desa_counted,
    is_unreported,
    region_metrics,
)
from geodata.errors import SelectionError
from geodata.gazetteer import Gazetteer
from geodata.regions import Level, desa_kind, is_kota
from geodata.registry.snapshot import KimFilter, Snapshot

INTERVAL = 0.9
"""Probability that the interval of an estimate holds."""

RELIABLE = 0.7
"""Share of an estimate that has to be a region's own for it to be ranked."""

KINDS = ("kelurahan", "desa", "desa_adat")

_STRENGTH = 1e-2, 1e6
"""Lowest and highest alpha + beta that is looked for; the highest means "all alike"."""

_STARTS = 5


@dataclass(frozen=True)
class Prior:
    """A Beta distribution of the shares of regions.

    Attributes
    ----------
    alpha, beta
        Its two shapes; their sum is the number of desa that borrowing is worth.
    fitted
        Whether it was estimated from regions, or is Jeffreys' for want of them.
    """

    alpha: float
    beta: float
    fitted: bool

    @property
    def strength(self) -> float:
        """The number of desa that the prior weighs as much as."""
        return self.alpha + self.beta


JEFFREYS = Prior(0.5, 0.5, fitted=False)


def fit_prior(served: np.ndarray, desa: np.ndarray) -> Prior:
    """Fit the Beta distribution behind ``served`` of ``desa`` in each region.

    Regions without desa are passed over. Where regions are all but alike the likelihood is flat and
    has hills of its own, so it is climbed from several strengths, by its gradient.
    """
    # SciPy is imported where it is used: a map of counts does without it.
    from scipy.optimize import minimize
    from scipy.special import betaln, digamma, expit, logit

    known = desa > 0
    pairs, times = np.unique(
        np.column_stack([served[known], desa[known]]), axis=0, return_counts=True
    )
    k, n = pairs.T.astype(float)
    mean = float((times * k).sum() / max((times * n).sum(), 1))
    if times.sum() < 2 or mean in (0, 1):
        return JEFFREYS

    def surprise(shape: np.ndarray) -> tuple[float, np.ndarray]:
        share, strength = expit(shape[0]), np.exp(shape[1])
        a, b = share * strength, (1 - share) * strength
        value = times @ (betaln(a, b) - betaln(k + a, n - k + b))
        of_both = digamma(n + a + b) - digamma(a + b)
        by_a = times @ (digamma(a) - digamma(k + a) + of_both)
        by_b = times @ (digamma(b) - digamma(n - k + b) + of_both)
        return value, np.array([a * (1 - share) * (by_a - by_b), a * by_a + b * by_b])

    low, high = np.log(_STRENGTH)
    climbed = [
        minimize(
            surprise,
            np.array([logit(mean), strength]),
            jac=True,
            method="L-BFGS-B",
            bounds=[(-20, 20), (low, high)],
            options={"ftol": 1e-15, "gtol": 1e-9},
        )
        for strength in np.linspace(low, high, _STARTS)
    ]
    best = min(climbed, key=lambda climb: climb.fun)
    share, strength = float(expit(best.x[0])), float(np.exp(best.x[1]))
    return Prior(share * strength, (1 - share) * strength, fitted=True)


def prior_of(snapshot: Snapshot, kim_filter: KimFilter, level: Level) -> Prior:
    """Return the prior of the regions of ``level``, fitted to all of Indonesia.

    Raises
    ------
    SelectionError
        For desa, of which each is served or is not: there is no share to estimate.
    """
    if level is Level.DESA:
        raise SelectionError("coverage_level")
    metrics = region_metrics(snapshot, kim_filter, level)
    return fit_prior(*_served_of(metrics))


def _served_of(metrics: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """Return the desa with a KIM of each region, and the desa that they are of."""
    served = metrics["desa_terlayani"].to_numpy(np.int64, na_value=0)
    return served, desa_counted(metrics).to_numpy()


def estimated_coverage(
    snapshot: Snapshot, kim_filter: KimFilter, level: Level, within: str | None = None
) -> pd.DataFrame:
    """Return the coverage of every region of ``level`` in ``within``, and what it is estimated at.

    A region has the same estimate in whatever ``within`` it is looked at.

    Returns
    -------
    DataFrame sorted by code with the columns of ``region_metrics`` and cakupan_eb (estimate),
    cakupan_bawah, cakupan_atas (its interval of :data:`INTERVAL`) and dapat_diperingkat (enough
    desa to be ranked). Shares are 0 to 1, NaN where there is no desa or nobody has reported.

    Raises
    ------
    RegionError
        If the gazetteer has no region ``within``.
    SelectionError
        If ``level`` is desa.
    """
    return _estimated(snapshot, kim_filter, level, within)[0]


def coverage_by_region(
    snapshot: Snapshot,
    kim_filter: KimFilter,
    level: Level,
    within: str | None = None,
    *,
    kota_apart: bool = False,
) -> pd.DataFrame:
    """Return the coverage of every region of ``level`` in ``within`` with its rank.

    Parameters
    ----------
    kota_apart
        Whether kota are ranked among kota and kabupaten among kabupaten.

    Returns
    -------
    DataFrame of ``estimated_coverage`` with peringkat, peringkat_terbaik and peringkat_terburuk:
    those of ``rank_beta`` among the regions of ``within`` that can be ranked and have a KIM;
    missing for others, since estimates of nothing differ by size alone.
    Unless level is kecamatan, jumlah_kecamatan, kecamatan_terlayani (kecamatan with a KIM that
    passes) and cakupan_kecamatan follow: of kecamatan that have reported.

    Raises
    ------
    RegionError
        If the gazetteer has no region ``within``.
    SelectionError
        If ``level`` is desa, or not kabupaten_kota where kota are to be apart.
    """
    if kota_apart and level is not Level.KABUPATEN_KOTA:
        raise SelectionError("kota_apart", value=level)
    table, a, b = _estimated(snapshot, kim_filter, level, within)
    ranked = table["dapat_diperingkat"] & (_served_of(table)[0] > 0)
    kota = table["kode"].map(is_kota) if kota_apart else pd.Series(False, index=table.index)
    groups = [ranked & kota, ranked & ~kota]
    ranks = pd.concat([rank_beta(a[group], b[group], INTERVAL) for group in groups])
    table = table.join(ranks)
    if Level.KECAMATAN.is_below(level):
        _add_kecamatan(table, snapshot, kim_filter, level)
    return table


def _estimated(
    snapshot: Snapshot, kim_filter: KimFilter, level: Level, within: str | None
) -> tuple[pd.DataFrame, pd.Series, pd.Series]:
    """Return the table of ``estimated_coverage``, and the shapes of the posterior of each row."""
    from scipy.special import betaincinv  # scipy.stats would bring 30 MB

    prior = prior_of(snapshot, kim_filter, level)
    table = region_metrics(snapshot, kim_filter, level, within)
    served, desa = (pd.Series(counts, table.index) for counts in _served_of(table))
    a, b = served + prior.alpha, desa - served + prior.beta
    known = desa > 0
    tail = (1 - INTERVAL) / 2
    table["cakupan_eb"] = (a / (a + b)).where(known)
    table["cakupan_bawah"] = np.where(known, betaincinv(a, b, tail), np.nan)
    table["cakupan_atas"] = np.where(known, betaincinv(a, b, 1 - tail), np.nan)
    reliability = desa / (desa + prior.strength)
    table["dapat_diperingkat"] = known & prior.fitted & (reliability >= RELIABLE)
    return table, a, b


def _add_kecamatan(
    table: pd.DataFrame, snapshot: Snapshot, kim_filter: KimFilter, level: Level
) -> None:
    parts = region_metrics(snapshot, kim_filter, Level.KECAMATAN)
    parts = parts[~is_unreported(parts)].astype({"jumlah_kim": np.int64})
    above = parts["kode"].str[: level.code_length]
    served = (parts["jumlah_kim"] > 0).groupby(above)
    table["jumlah_kecamatan"] = served.size().reindex(table["kode"], fill_value=0).array
    table["kecamatan_terlayani"] = served.sum().reindex(table["kode"], fill_value=0).array
    whole = table["jumlah_kecamatan"].where(table["jumlah_kecamatan"] > 0)
    table["cakupan_kecamatan"] = table["kecamatan_terlayani"] / whole


def kinds_of_desa(gazetteer: Gazetteer) -> np.ndarray:
    """Return the kind of each desa of the gazetteer, told by its code: one of :data:`KINDS`."""
    first = gazetteer.tables[Level.DESA]["kode"].str[9]
    return first.map({code[9]: desa_kind(code) for code in _ONE_OF_EACH}).to_numpy(dtype=str)


_ONE_OF_EACH = ("00.00.00.1001", "00.00.00.2001", "00.00.00.3001")


def coverage_by_kind(
    snapshot: Snapshot, kim_filter: KimFilter, within: str | None = None
) -> pd.DataFrame:
    """Return the coverage of kelurahan, desa and desa adat in ``within``, where it has reported.

    Returns
    -------
    DataFrame with jenis (in the order of :data:`KINDS`, those that ``within`` has), jumlah_kim,
    jumlah_desa, desa_terlayani and cakupan (0 to 1). The counts add up to those of ``totals``,
    jumlah_desa to desa_melapor.

    Raises
    ------
    RegionError
        If the gazetteer has no region ``within``.
    """
    rows = desa_behind(snapshot, kim_filter, within).dropna(subset=["jumlah_kim"])
    grouped = rows.groupby("jenis")["jumlah_kim"]
    kinds = [kind for kind in KINDS if kind in grouped.groups]
    table = pd.DataFrame(
        {
            "jenis": kinds,
            "jumlah_kim": grouped.sum().reindex(kinds).array,
            "jumlah_desa": grouped.size().reindex(kinds).array,
            "desa_terlayani": grouped.agg(lambda kim: (kim > 0).sum()).reindex(kinds).array,
        }
    )
    table["cakupan"] = table["desa_terlayani"] / table["jumlah_desa"]
    return table


def desa_behind(
    snapshot: Snapshot, kim_filter: KimFilter, within: str | None = None
) -> pd.DataFrame:
    """Return the desa behind the figures of ``within``: kode, nama, jenis, jumlah_kim.

    Of a desa that has not reported, the last is missing.

    Raises
    ------
    RegionError
        If the gazetteer has no region ``within``.
    """
    scope = snapshot.gazetteer.within(Level.DESA, within)
    rows = snapshot.gazetteer.tables[Level.DESA].iloc[scope][["kode", "nama"]]
    rows = rows.assign(
        jenis=kinds_of_desa(snapshot.gazetteer)[scope],
        jumlah_kim=count_by_desa(snapshot, kim_filter)[scope],
    ).reset_index(drop=True)
    if snapshot.unreported:
        known = snapshot.desa_reported[scope]
        rows["jumlah_kim"] = rows["jumlah_kim"].astype("Int64").where(known)
    return rows
