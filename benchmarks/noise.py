"""Writes place names as a hurried office does: slips, prefixes, short forms, old spelling.

Not derived from the matcher's vocabulary: what is here is what people do, seen from outside.
"""

import random
import re

import pandas as pd

from geodata.regions import Level

_KEYBOARD = "qwertyuiop asdfghjkl zxcvbnm"
_SHORT = (
    *(
        (r"\btanjung\b", "Tj."),
        (r"\bsungai\b", "Sei"),
        (r"\bkampung\b", "Kp."),
        (r"\bgunung\b", "Gn."),
    ),
    *(
        (r"\bbandar\b", "Bdr."),
        (r"\bmeunasah\b", "Mns."),
        (r"\bpulau\b", "P."),
        (r"\bbukit\b", "Bkt."),
    ),
    *(
        (r"\bselatan\b", "Sel."),
        (r"\butara\b", "Ut."),
        (r"\bbarat\b", "Brt."),
        (r"\btimur\b", "Tim."),
    ),
)
_NUMBERS = {
    "satu": "1",
    "dua": "2",
    "tiga": "3",
    "i": "1",
    "ii": "2",
    "iii": "3",
    "iv": "4",
    "v": "5",
}
_PREFIXES = {
    Level.PROVINSI: ("Prov. ", "Provinsi ", "PROPINSI ", ""),
    Level.KABUPATEN_KOTA: ("", "", ""),
    Level.KECAMATAN: ("Kec. ", "Kecamatan ", "KEC ", ""),
    Level.DESA: ("Ds. ", "Desa ", "Kel. ", "DESA/KEL. ", ""),
}


def slip(name: str, chance: random.Random) -> str:
    """Drop, double, swap or mistype one letter that is not the first."""
    if len(name) < 4:
        return name
    at = chance.randrange(1, len(name))
    kind = chance.randrange(4)
    if kind == 0:
        return name[:at] + name[at + 1 :]
    if kind == 1:
        return name[:at] + name[at - 1] + name[at:]
    if kind == 2:
        return name[: at - 1] + name[at] + name[at - 1] + name[at + 1 :]
    near = _KEYBOARD.find(name[at].lower())
    other = _KEYBOARD[(near + chance.choice((-1, 1))) % len(_KEYBOARD)]
    return name[:at] + other.strip() + name[at + 1 :]


def otherwise(name: str, level: Level, chance: random.Random) -> str:
    """Write a name in one of the other ways that keep its meaning."""
    kind = chance.randrange(6)
    if kind == 0:
        return chance.choice(_PREFIXES[level]) + name
    if kind == 1:
        for long, short in _SHORT:
            name = re.sub(long, short, name, flags=re.IGNORECASE)
        return name
    if kind == 2:
        return name.title().replace(" ", "")
    if kind == 3:
        return name.replace(" ", chance.choice(("-", "  ", ". ")))
    if kind == 4:
        return " ".join(_NUMBERS.get(word.lower(), word) for word in name.split())
    old = name.lower().replace("u", "oe") if chance.random() < 0.3 else name.lower()
    return old.replace("j", "dj") if chance.random() < 0.2 else old.upper()


def noisy(rows: pd.DataFrame, seed: int) -> pd.DataFrame:
    """Return rows of names written otherwise; a third of the desa has a slip as well.

    In a tenth of the rows a parent has a slip, too.
    """
    chance = random.Random(seed)
    written = []
    for names in rows.itertuples(index=False, name=None):
        row = [
            otherwise(name, Level(level), chance)
            for level, name in zip(rows.columns, names, strict=True)
        ]
        if chance.random() < 1 / 3:
            row[-1] = slip(row[-1], chance)
        if chance.random() < 0.1:
            parent = chance.randrange(len(row) - 1)
            row[parent] = slip(row[parent], chance)
        written.append(row)
    return pd.DataFrame(written, columns=rows.columns, index=rows.index)
