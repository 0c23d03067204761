"""What the page Kesenjangan keeps in the address beside the selection: its section and settings.

Like the selection it knows nothing of Streamlit. Links to other pages leave it behind.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from dashboard.selection import Notice
from geodata.analysis.siting import MOST_KIM, MOST_KM, OBJECTIVES, Objective
from geodata.errors import PetaKimError
from geodata.regions import Level, level_of, parse

SECTIONS = (
    "daftar", "cakupan", "jarak", "gugus", "pemerataan", "bidang", "rencana", "sasaran", "serupa",
)  # fmt: skip
UNITS = (Level.KECAMATAN, Level.DESA)
LATEST_YEAR = 2100
_LIST = ","
_LONGEST_VALUE = 15 * MOST_KIM  # characters: as many codes of desa as a plan may have


@dataclass(frozen=True)
class GapsView:
    """The chosen section and the settings of the two that have some.

    Attributes
    ----------
    bagian
        One of :data:`SECTIONS`.
    tujuan, tambah, radius, tetap, kecuali
        Of the siting planner: objective, number of new KIM, radius in km, codes of the desa that
        are fixed and of those that are ruled out.
    satuan, persen, tenggat
        Of the targets: what is counted, percent of it, and the year (0: two years from the data).
    """

    bagian: str = SECTIONS[0]
    tujuan: Objective = OBJECTIVES[0]
    tambah: int = 20
    radius: float = 5.0
    tetap: tuple[str, ...] = ()
    kecuali: tuple[str, ...] = ()
    satuan: Level = Level.KECAMATAN
    persen: float = 100.0
    tenggat: int = 0

    def to_params(self) -> dict[str, str]:
        """Return every parameter of the page; those at their default are empty."""
        default = GapsView()
        params = {}
        for field in fields(self):
            value = getattr(self, field.name)
            params[field.name] = "" if value == getattr(default, field.name) else _written(value)
        return params


def _written(value: object) -> str:
    if isinstance(value, tuple):
        return _LIST.join(value)
    return f"{value:g}" if isinstance(value, float) else str(value)


def read_view(params: Mapping[str, str]) -> tuple[GapsView, list[Notice]]:
    """Return the view that query parameters name, and a notice for each that was unusable."""
    view, notices = GapsView(), []
    for name, read in _READERS.items():
        value = params.get(name, "").strip()
        if not value:
            continue
        try:
            if len(value) > _LONGEST_VALUE:
                raise ValueError(name)
            change: dict[str, Any] = {name: read(value)}
            view = replace(view, **change)
        except (PetaKimError, ValueError):
            notices.append(Notice.of(name, value))
    return view, notices


def read_desa(value: str) -> tuple[str, ...]:
    """Return the codes of desa in ``value``, separated by commas, each once.

    Raises
    ------
    RegionError
        If one is no code.
    ValueError
        If one is the code of another level.
    """
    codes = tuple(dict.fromkeys(parse(code) for code in value.split(_LIST) if code.strip()))
    if any(level_of(code) is not Level.DESA for code in codes):
        raise ValueError(value)
    return codes


def _one_of(allowed: tuple[str, ...]) -> Callable[[str], str]:
    def read(value: str) -> str:
        if value not in allowed:
            raise ValueError(value)
        return value

    return read


def _number(convert: Callable[[str], float], least: float, most: float) -> Callable[[str], float]:
    def read(value: str) -> float:
        if not least <= convert(value) <= most:
            raise ValueError(value)
        return convert(value)

    return read


_LEAST_KM = 0.5
_READERS: dict[str, Callable[[str], Any]] = {
    "bagian": _one_of(SECTIONS),
    "tujuan": _one_of(OBJECTIVES),
    "tambah": _number(int, 1, MOST_KIM),
    "radius": _number(float, _LEAST_KM, MOST_KM),
    "tetap": read_desa,
    "kecuali": read_desa,
    "satuan": lambda value: Level(_one_of(UNITS)(value)),
    "persen": _number(float, 1, 100),
    "tenggat": _number(int, 2000, LATEST_YEAR),
}
