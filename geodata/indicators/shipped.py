"""The indicators that ship: people by sex, and the index of how far a desa has come (IDM)."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import numpy as np
import pandas as pd

from geodata.folders import DATA_DIR
from geodata.gazetteer import Gazetteer
from geodata.indicators.figures import Given, in_order
from geodata.indicators.indicator import Indicator
from geodata.provenance import read_sidecar, verified
from geodata.regions import Level
from geodata.text import LANGUAGES, ByLanguage, text

PEOPLE_FILE = DATA_DIR / "people_2025.csv"
IDM_FILE = DATA_DIR / "idm_2024.parquet"

_SEXES = ("laki_laki", "perempuan")

IDM_STATUS = ("Mandiri", "Maju", "Berkembang", "Tertinggal", "Sangat tertinggal")
"""The states of a desa by its index, the best first (Permendesa 2/2016, pasal 5)."""

IDM_INDICES = ("idm", "iks", "ike", "ikl")
"""The index, and the three that it is the mean of: social, economic, of the environment."""

KEYS = ("penduduk", *_SEXES, *IDM_INDICES, "idm_status")
"""The indicators that ship."""


def shipped(gazetteer: Gazetteer) -> tuple[Given, ...]:
    """Return the indicators that ship; their values are read when they are asked for.

    ``penduduk``, ``laki_laki`` and ``perempuan`` are people of 2025, given for kabupaten/kota and
    for provinsi. ``idm``, ``iks``, ``ike``, ``ikl`` (0 to 1) and ``idm_status`` are of desa in
    2024; a kelurahan has none.

    Raises
    ------
    DataFileError
        If a sidecar is missing; when values are read, if their file does not agree with its own.
    """
    return (*_people(gazetteer), *_idm(gazetteer))


def _people(gazetteer: Gazetteer) -> Iterator[Given]:
    about = _about(PEOPLE_FILE)
    for level in (Level.PROVINSI, Level.KABUPATEN_KOTA):
        for key in ("penduduk", *_SEXES):
            indicator = Indicator(key, level, 2025, "count", "sum", _title(key), *about)
            yield Given(indicator, partial(_read_people, gazetteer, level, key))


def _idm(gazetteer: Gazetteer) -> Iterator[Given]:
    about = _about(IDM_FILE)
    level = Level.DESA
    for key in IDM_INDICES:
        indicator = Indicator(
            key, level, 2024, "index", "mean", _title(key), *about, high_is_good=True, decimals=4
        )
        yield Given(indicator, partial(_read_idm, gazetteer, level, key))
    key = "idm_status"
    status = Indicator(
        key, level, 2024, "category", "shares", _title(key), *about, categories=IDM_STATUS
    )
    yield Given(status, partial(_read_idm, gazetteer, level, key))


def _read_people(gazetteer: Gazetteer, level: Level, key: str) -> np.ndarray:
    table = pd.read_csv(verified(PEOPLE_FILE), dtype={"kode": str})
    people = table[list(_SEXES)].sum(axis=1) if key == "penduduk" else table[key]
    return in_order(gazetteer, level, table["kode"], people.to_numpy(float))


def _read_idm(gazetteer: Gazetteer, level: Level, key: str) -> np.ndarray:
    table = pd.read_parquet(verified(IDM_FILE), columns=["kode", key])
    values = table[key].to_numpy(float, na_value=np.nan)
    return in_order(gazetteer, level, table["kode"], values)


def _title(key: str) -> dict[str, str]:
    return {lang: text(f"indicator_name.{key}", lang) for lang in LANGUAGES}


def _about(path: Path) -> tuple[ByLanguage, ByLanguage]:
    """Return whose figures the file ``path`` holds, and on which terms."""
    sidecar = read_sidecar(path)
    return sidecar.sources[0].producer, sidecar.licence
