"""Makes the lineage (``data/lineage.parquet``) from the editions of the official list.

A desa is followed from edition to edition (module ``steps``). Where a larger region is today its
desa tell: a region of an older edition is one of today's as far as its desa are in it.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path

import numpy as np
import pandas as pd

from geodata.data_files import write_shipped_sidecar
from geodata.errors import DataFileError
from geodata.folders import DATA_DIR
from geodata.lineage.kinds import CARRIED, Kind
from geodata.lineage.steps import Names, Step, squash, step
from geodata.regions import LEVELS, Level, ancestor, level_of

COLUMNS = ("edisi", "edisi_akhir", "kode", "nama", "kode_2025", "cara", "porsi", "calon")
_SEVERITY = {kind: number for number, kind in enumerate(Kind)}


def read_editions(path: Path) -> dict[int, Names]:
    """Read the editions: a Parquet file with columns edisi (a year), kode, nama, a row a region.

    Returns
    -------
    The name of each region by code, by edition, the oldest first.

    Raises
    ------
    DataFileError
        If the file cannot be read, or lacks a column.
    """
    try:
        table = pd.read_parquet(path, columns=["edisi", "kode", "nama"])
    except (OSError, ValueError, KeyError) as error:
        raise DataFileError("editions", file=path.name) from error
    years = sorted(table["edisi"].unique().tolist())
    of_year = {year: table[table["edisi"] == year] for year in years}
    return {
        year: dict(zip(rows["kode"], rows["nama"], strict=True)) for year, rows in of_year.items()
    }


def make_lineage(editions: Mapping[int, Names]) -> pd.DataFrame:
    """Return what the regions of every edition but the last are in the last.

    Returns
    -------
    DataFrame with the columns :data:`COLUMNS`, sorted by kode and edisi; regions that have kept
    code, name and all desa are left out.

    edisi, edisi_akhir
        Years of the first and the last edition for which the row holds.
    kode, nama
        As that edition has them.
    kode_2025
        The region of the last edition that it is; of a region that is in several, the one with
        most of its desa; "" where that is not known.
    cara
        A :class:`~geodata.lineage.kinds.Kind`.
    porsi
        Share of its desa that lie in kode_2025; NaN where that is not known.
    calon
        Other regions that it may be, or that hold parts of it; codes parted by ";".
    """
    years = sorted(editions)
    last = editions[years[-1]]
    steps = {year: step(editions[year], editions[after]) for year, after in pairwise(years)}
    rows = []
    for year in years[:-1]:
        path = [steps[between] for between in years[:-1] if between >= year]
        rows += _rows(year, editions[year], last, path)
    return _joined(pd.DataFrame(rows, columns=[name for name in COLUMNS if name != "edisi_akhir"]))


def write_lineage(editions: Path, date: str, out: Path = DATA_DIR) -> pd.DataFrame:
    """Make ``lineage.parquet`` with its sidecar in ``out``, and return it."""
    table = make_lineage(read_editions(editions))
    path = out / "lineage.parquet"
    table.to_parquet(path, index=False, compression="zstd")
    write_shipped_sidecar(path, len(table), date)
    return table


def _rows(year: int, names: Names, last: Names, path: list[dict[str, Step]]) -> list[tuple]:
    followed = {code: _followed(code, path) for code in names}
    parts = _parts(followed)
    rows = []
    for code, name in names.items():
        taken = followed[code]
        share = 1.0 if taken.code else np.nan
        if level_of(code) is not Level.DESA and code in parts:
            taken, share = _whole(code, taken, parts, last)
        target = taken.codes[0] if taken.kind in (*CARRIED, Kind.PECAH) and taken.codes else ""
        if taken.kind is Kind.SAMA and squash(name) != squash(last[target]):
            taken = Step(Kind.GANTI_NAMA, taken.codes)
        if taken.kind is not Kind.SAMA or share < 1:
            others = ";".join(other for other in taken.codes if other != target)
            known = share if target else np.nan
            rows.append((year, code, name, target, taken.kind.value, known, others))
    return rows


def _followed(code: str, path: list[dict[str, Step]]) -> Step:
    """Return what became of a region over several steps; the least sure of them tells how."""
    now, kind = Step(Kind.SAMA, (code,)), Kind.SAMA
    for steps in path:
        now = steps[now.codes[0]]
        kind = max(kind, now.kind, key=_SEVERITY.__getitem__)
        if now.code is None:
            return now
    return Step(kind, now.codes)


def _parts(followed: Mapping[str, Step]) -> dict[str, Counter[str]]:
    """Return, of every region above the desa, how many of its desa are in which region today."""
    parts: dict[str, Counter[str]] = defaultdict(Counter)
    for code, taken in followed.items():
        if level_of(code) is Level.DESA and taken.code:
            for level in LEVELS[:-1]:
                parts[ancestor(code, level)][ancestor(taken.code, level)] += 1
    return parts


def _whole(
    code: str, taken: Step, parts: Mapping[str, Counter[str]], last: Names
) -> tuple[Step, float]:
    """Return what became of a region as its desa tell, and the share that is in the first."""
    there = parts[code]
    codes = tuple(target for target, _ in there.most_common())
    share = there[codes[0]] / there.total()
    if len(codes) > 1:
        return Step(Kind.PECAH, codes), share
    if taken.code == codes[0] or codes[0] not in last:
        return taken, share
    return Step(Kind.GABUNG, codes), share


def _joined(table: pd.DataFrame) -> pd.DataFrame:
    """Join rows of editions that say the same."""
    same = [name for name in table.columns if name != "edisi"]
    grouped = table.groupby(same, sort=False, dropna=False)["edisi"].agg(["min", "max"])
    joined = grouped.reset_index().rename(columns={"min": "edisi", "max": "edisi_akhir"})
    joined["porsi"] = joined["porsi"].astype("float32")
    return joined[list(COLUMNS)].sort_values(["kode", "edisi"], ignore_index=True)
