"""Made-up siblings: names of desa that do not exist, as a new desa or one next door would be named.

A real desa's last word is replaced by another word that desa end with, or such a word, a number or
a letter is added; provinsi, kabupaten and kecamatan are the real ones. What the kecamatan has
already, in any spelling, is no sibling. The words come from the gazetteer as it is written, and
not from the matcher.
"""

import random
from collections import Counter

import pandas as pd

from geodata.gazetteer import Gazetteer
from geodata.matching.names import Keys, keys
from geodata.regions import LEVELS, Level

_LEAST = 10  # desa that end with a word
_NUMBERS = ("I", "II", "III", "IV", "V", "VI", "1", "2", "3", "Satu", "Dua", "Tiga", "A", "B", "C")


def siblings(gazetteer: Gazetteer, size: int, seed: int) -> pd.DataFrame:
    """Return provinsi, kabupaten_kota, kecamatan and desa of ``size`` made-up desa."""
    chance = random.Random(seed)
    desa = gazetteer.tables[Level.DESA]
    last = Counter(name.rsplit(" ", 1)[1] for name in desa["nama"] if " " in name)
    words = sorted(word for word, count in last.items() if count >= _LEAST and word.isalpha())
    of_kecamatan = desa["nama"].groupby(desa["kode"].str[: Level.KECAMATAN.code_length]).agg(list)
    rows: list[list[str]] = []
    while len(rows) < size:
        code, name = desa[["kode", "nama"]].iloc[chance.randrange(len(desa))]
        stem = name.rsplit(" ", 1)[0] if chance.random() < 2 / 3 else name
        made = f"{stem} {chance.choice(words if chance.random() < 5 / 6 else _NUMBERS)}"
        there = of_kecamatan[code[: Level.KECAMATAN.code_length]]
        if not any(_agree(keys(made, Level.DESA), keys(other, Level.DESA)) for other in there):
            rows.append([*gazetteer.lineage_names(code)[:-1], made])
    return pd.DataFrame(rows, columns=[level.value for level in LEVELS])


def mistaken(
    rows: pd.DataFrame, accepted: list[str], gazetteer: Gazetteer
) -> list[tuple[str, str]]:
    """Return the names that were taken for a desa of another name, and that desa's name."""
    pairs = [
        (name, gazetteer.name(code))
        for name, code in zip(rows["desa"], accepted, strict=True)
        if code
    ]
    return [pair for pair in pairs if not _agree(*(keys(name, Level.DESA) for name in pair))]


def _agree(made: Keys, own: Keys) -> bool:
    return bool({made.loose_full, made.loose} & {own.loose_full, own.loose})
