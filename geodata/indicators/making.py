"""Makes the indicators that ship (``data/people_2025.csv``, ``data/idm_2024.parquet``)."""

from collections import defaultdict
from pathlib import Path

import pandas as pd
from rapidfuzz.distance import JaroWinkler

from geodata.data_files import write_shipped_sidecar
from geodata.folders import DATA_DIR
from geodata.gazetteer import Gazetteer
from geodata.indicators.shipped import IDM_FILE, IDM_INDICES, IDM_STATUS, PEOPLE_FILE
from geodata.lineage.lineage import former_names, load_lineage
from geodata.lineage.steps import ALIKE, squash
from geodata.matching.codes import resolve_codes
from geodata.matching.match import match_names
from geodata.regions import Level, desa_kind, level_of


def write_people(published: Path, date: str, out: Path = DATA_DIR) -> pd.DataFrame:
    """Write the people by sex of every provinsi and kabupaten/kota, with a sidecar.

    Parameters
    ----------
    published
        CSV with columns kode, laki_laki, perempuan, jumlah; kode 0 is Indonesia.

    Returns
    -------
    DataFrame with columns kode, laki_laki, perempuan.
    """
    read = pd.read_csv(published, dtype={"kode": str})
    table = read.loc[read["kode"] != "0", ["kode", "laki_laki", "perempuan"]]
    path = out / PEOPLE_FILE.name
    table.to_csv(path, index=False, lineterminator="\n")
    write_shipped_sidecar(path, len(table), date)
    return table


def write_idm(
    published: Path, gazetteer: Gazetteer, date: str, out: Path = DATA_DIR
) -> pd.DataFrame:
    """Write the index of each desa under its code of today, with a sidecar.

    A code counts where the name beside it is, or was, that of its desa: some were given to other
    desa since. All other rows are led by their name, where one desa of their provinsi can be meant.
    Left out are rows of which that is not known, several that are of one desa, and those of what is
    a kelurahan today: it has no such index.

    Parameters
    ----------
    published
        CSV with columns kode_desa, nama_desa, idm, iks, ike, ikl, status_idm; a status "0" is none.

    Returns
    -------
    DataFrame sorted by kode with columns kode, those of :data:`IDM_INDICES` and idm_status: the
    place in :data:`IDM_STATUS`, missing where there is none.
    """
    read = pd.read_csv(published, dtype={"kode_desa": str, "nama_desa": str})
    read["kode"] = _codes(read["kode_desa"], read["nama_desa"].fillna(""), gazetteer)
    known = read["kode"].map(_has_index) & ~read["kode"].duplicated(keep=False)
    table = read[known].sort_values("kode", ignore_index=True)
    places = {name: place for place, name in enumerate(IDM_STATUS)}
    table["idm_status"] = table["status_idm"].map(places).astype("Int8")
    table = table[["kode", *IDM_INDICES, "idm_status"]]
    path = out / IDM_FILE.name
    table.to_parquet(path, index=False, compression="zstd")
    counted = {"published": len(read), "left_out": len(read) - len(table)}
    write_shipped_sidecar(path, len(table), date, **counted)
    return table


def _codes(codes: pd.Series, names: pd.Series, gazetteer: Gazetteer) -> list[str]:
    """Return the code of today of each desa, "" where it is not known."""
    lineage = load_lineage()
    called: dict[str, list[str]] = defaultdict(list)
    for code, name in former_names(lineage).itertuples(index=False):
        called[code].append(name)
    found = []
    for region, name in zip(resolve_codes(codes, gazetteer, lineage), names, strict=True):
        code = region.code if region else ""
        known = [gazetteer.name(code), *called[code]] if code else []
        found.append(code if not name or any(_alike(name, other) for other in known) else "")
    unknown = [place for place, code in enumerate(found) if not code]
    above = [code[:2] for code in codes.iloc[unknown]]
    rows = pd.DataFrame(
        {
            "provinsi": [gazetteer.name(code) if code in gazetteer else "" for code in above],
            "desa": names.iloc[unknown].tolist(),
        }
    )
    for place, match in zip(unknown, match_names(rows, gazetteer), strict=True):
        region = match.accepted
        if region and region.same_name and region.code.startswith(codes.iloc[place][:3]):
            found[place] = region.code
    return found


def _alike(name: str, other: str) -> bool:
    return JaroWinkler.similarity(squash(name), squash(other)) >= ALIKE


def _has_index(code: str) -> bool:
    return code != "" and level_of(code) is Level.DESA and desa_kind(code) != "kelurahan"
