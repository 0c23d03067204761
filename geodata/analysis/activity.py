"""Activity: what became of the status of KIM from one day to another."""

import numpy as np
import pandas as pd

from geodata.registry.schema import STATUSES
from geodata.registry.snapshot import KimFilter, Snapshot

ABSENT = "tidak_ada"
"""Of a KIM that was not in the region then, or not in the registry."""


def status_matrix(start: Snapshot, end: Snapshot, within: str | None) -> pd.DataFrame:
    """Return how many KIM of each status have which status later.

    Parameters
    ----------
    start, end
        The registry of a database at two of its versions.
    within
        Code of the region that is looked at; ``None`` is Indonesia.

    Returns
    -------
    DataFrame, a row for each status at the start and one for :data:`ABSENT`, of status_awal, a
    count for each status at the end and for :data:`ABSENT`, and jumlah, their sum. All rows but the
    last sum up to the KIM at the start, all columns but the last to those at the end.
    """
    names = (*STATUSES, ABSENT)
    states = pd.concat([_statuses(start, within), _statuses(end, within)], axis=1, keys=("a", "b"))
    states = states.fillna(len(STATUSES)).astype(int)
    counts = np.zeros((len(names), len(names)), dtype=np.int64)
    np.add.at(counts, (states["a"], states["b"]), 1)
    table = pd.DataFrame(counts, columns=list(names))
    return table.assign(jumlah=table.sum(axis=1)).assign(status_awal=names)[
        ["status_awal", *names, "jumlah"]
    ]


def _statuses(snapshot: Snapshot, within: str | None) -> pd.Series:
    """Return the place in ``STATUSES`` of each KIM of a region, by kim_id."""
    inside = snapshot.mask(KimFilter(), within)
    return pd.Series(snapshot.status_index, index=snapshot.kim_ids)[inside]
