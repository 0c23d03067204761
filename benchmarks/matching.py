"""Accuracy and speed of finding a desa by its names, on lists that others have written.

The lists and how their truth is known: ``place_names``. Ours is ``match_names``; the plain way is
an exact join on the names in small letters, without what kind of region they name ("KAB."), which
is kept only where it leads to one desa. Answered: share of all rows; right: share of the answered
rows whose truth is known; found: share of the rows of known truth that are answered rightly.

For speed the plain way is rapidfuzz over the whole list of full names, on a sample, since it takes
a minute for some thousand rows.
"""

import subprocess
import sys
import time
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from rapidfuzz import fuzz, process

from benchmarks import place_names
from benchmarks.noise import noisy
from benchmarks.results import Result, Row
from benchmarks.siblings import mistaken, siblings
from geodata.gazetteer import Gazetteer, load_gazetteer
from geodata.matching.match import match_names
from geodata.regions import LEVELS, Level

if TYPE_CHECKING:
    from benchmarks.__main__ import Options

_SEED = 2025
_NAMES = [level.value for level in LEVELS]
_WITHOUT = {
    "kecamatan given": _NAMES,
    "kecamatan missing": [name for name in _NAMES if name != Level.KECAMATAN],
}
_RIGHT, _ANSWERED = 0.99, 0.96
_ROWS = 100_000
_SECONDS, _MEMORY = 60, 1.5e9
_SAMPLE = 300
_SIBLINGS = 6_000
_RUNS = 1


def run(options: "Options") -> Result:
    gazetteer = load_gazetteer()
    path = place_names.wheel()
    rows = [*_speed(gazetteer, options.runs or _RUNS), _siblings(gazetteer)]
    if path is None:
        return Result("matching", "accuracy NOT MEASURED: the lists cannot be downloaded", rows)
    notes = []
    for title, table in (
        ("Kemendagri", place_names.kemendagri(path, gazetteer)),
        ("BPS", place_names.bps(path, gazetteer)),
    ):
        known = (table["truth"] != "").mean()
        notes.append(f"{title}: {len(table):,} rows, truth known of {known:.1%}")
        for given, names in _WITHOUT.items():
            rows += _accuracy(f"{title}, {given}", table[names], table["truth"], gazetteer)
            spoilt = noisy(table[names], _SEED)
            rows += _accuracy(f"{title}, {given}, noise", spoilt, table["truth"], gazetteer)
    return Result("matching", "names of desa to codes; the plain way is an exact join", rows, notes)


def _accuracy(title: str, names: pd.DataFrame, truth: pd.Series, gazetteer: Gazetteer) -> list[Row]:
    ours = pd.Series(_accepted(names, gazetteer), index=names.index)
    plain = exact(names, gazetteer)
    known = truth != ""
    target = "given" in title and "noise" not in title

    def shares(codes: pd.Series) -> tuple[float, float, float]:
        answered, right = codes != "", codes == truth
        return answered.mean(), right[answered & known].mean(), right[known].mean()

    targets = (_ANSWERED if target else None, _RIGHT, None)
    return [
        Row(f"{title}: {what}", "share", [own], [other], not_below=least)
        for what, own, other, least in zip(
            ("answered", "right", "found"), shares(ours), shares(plain), targets, strict=True
        )
    ]


def _accepted(names: pd.DataFrame, gazetteer: Gazetteer) -> list[str]:
    matches = match_names(names, gazetteer)
    return [match.accepted.code if match.accepted else "" for match in matches]


def _siblings(gazetteer: Gazetteer) -> Row:
    rows = siblings(gazetteer, _SIBLINGS, _SEED)
    wrong = mistaken(rows, _accepted(rows, gazetteer), gazetteer)
    return Row(
        f"{_SIBLINGS:,} made-up siblings: taken for another desa", "rows", [len(wrong)], at_most=0
    )


def exact(names: pd.DataFrame, gazetteer: Gazetteer) -> pd.Series:
    """Return the desa of the same names, "" where there is none or more than one."""
    codes = gazetteer.tables[Level.DESA]["kode"]
    reference = pd.DataFrame(
        {
            level: [gazetteer.name(code[: Level(level).code_length]) for code in codes]
            for level in names.columns
        }
    )
    key, known = (_plain(table) for table in (names, reference))
    code_of = pd.Series(codes.to_numpy(), index=known)
    code_of = code_of[~code_of.index.duplicated(keep=False)]
    return pd.Series(key.map(code_of).fillna("").to_numpy(), index=names.index)


def _plain(table: pd.DataFrame) -> pd.Series:
    columns = [table[name].str.lower().str.strip() for name in table.columns]
    kabupaten = list(table.columns).index(Level.KABUPATEN_KOTA)
    columns[kabupaten] = columns[kabupaten].str.replace(r"^kab\. ", "kabupaten ", regex=True)
    return columns[0].str.cat(columns[1:], sep="|")


def drawn(gazetteer: Gazetteer, size: int) -> pd.DataFrame:
    """Return names of ``size`` desa drawn with replacement, written with noise."""
    codes = gazetteer.tables[Level.DESA]["kode"].to_numpy()
    chosen = codes[np.random.default_rng(_SEED).integers(len(codes), size=size)]
    rows = [gazetteer.lineage_names(code) for code in chosen]
    return noisy(pd.DataFrame(rows, columns=_NAMES), _SEED)


# In a process of its own: nothing is remembered from before, and its peak memory is its own.
_MATCH = f"""
import resource, sys, time
from benchmarks.matching import drawn
from geodata.gazetteer import load_gazetteer
from geodata.matching.match import match_names
rows = drawn(load_gazetteer(), {_ROWS})
start = time.perf_counter()
match_names(rows, load_gazetteer())
unit = 1 if sys.platform == "darwin" else 1024
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit
print(time.perf_counter() - start, peak)
"""


def _speed(gazetteer: Gazetteer, runs: int) -> list[Row]:
    seconds, peaks = [], []
    for _ in range(runs):
        done = subprocess.run(
            [sys.executable, "-c", _MATCH], check=True, capture_output=True, text=True
        )
        taken, peak = map(float, done.stdout.split())
        seconds.append(taken)
        peaks.append(peak)
    whole = [" ".join(gazetteer.lineage_names(code)) for code in gazetteer.codes(Level.DESA)]
    asked = drawn(gazetteer, _SAMPLE).agg(" ".join, axis=1)
    start = time.perf_counter()
    for row in asked:
        process.extractOne(row, whole, scorer=fuzz.token_sort_ratio)
    a_row = (time.perf_counter() - start) / _SAMPLE
    return [
        Row(f"{_ROWS:,} noisy rows", "s", seconds, [a_row * _ROWS], 10, _SECONDS),
        Row("peak memory", "byte", peaks, at_most=_MEMORY),
    ]
