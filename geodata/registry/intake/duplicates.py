"""Finds rows that may be one KIM: by nomor_induk, by name and desa, by domain."""

import re
from array import array
from collections.abc import Iterable, Mapping
from functools import cached_property, lru_cache
from itertools import islice
from typing import Any

import numpy as np

from geodata.matching.names import read_keys
from geodata.regions import Level
from geodata.registry.staging import row_key

_SUREST_FIRST = ("nomor_induk", "nama_desa", "domain")
_NOTHING = 0  # of what has no key
_LISTED = 20  # of a group; what all rows share says nothing more
_NAMES_OF_A_DOMAIN = 2  # KIM of more names are no duplicates for the host that they share
_PUNCTUATION = re.compile(r"[\W_]+")
_KIM = re.compile(
    r"\bKIM(?=[A-Z][a-z])"
    r"|(?i:\bk i m\b|\bkim\b"
    r"|\b(?:kel|kl|kom|lembaga)\w* inf\w* (?:dan )?(?:kom\w* )?(?:mas\w*rakat|masy)\w*\b)"
)


@lru_cache(maxsize=1 << 16)  # many KIM have names that others have, too
def name_key(nama_kim: str) -> str:
    """Return what a KIM's name is compared by: without the word KIM, as names of desa are.

    >>> name_key("Kelompok Informasi Masyarakat (K.I.M.) 'Soeka Maju'") == name_key("KIM Sukamaju")
    True
    """
    own = own_name(nama_kim)
    return read_keys(own, Level.DESA).loose if own else ""


def own_name(nama_kim: str) -> str:
    """Return the name of a KIM without the word KIM, however that is written.

    >>> own_name("Kelompok Informasi Masyarakat (K.I.M.) Soeka Maju")
    'Soeka Maju'
    """
    return _KIM.sub(" ", _PUNCTUATION.sub(" ", nama_kim)).strip()


class Duplicates:
    """Compares KIM of the registry and rows of a file, in numbers: 60 bytes each.

    KIM and rows are added first, the KIM before the rows; then :meth:`of` tells what each row may
    be the same as. A text is known by Python's hash of it, which nobody outside can foresee.
    """

    def __init__(self) -> None:
        self._kim = array("q")
        self._sheets: dict[str, int] = {}
        self._rows = array("q")  # sheet and line, alternating
        self._keys = {why: array("q") for why in _SUREST_FIRST}
        self._names = array("q")

    def __len__(self) -> int:
        return len(self._names)

    def add_kim(self, kim: Mapping[str, Any]) -> None:
        """Add a KIM: columns of :data:`~geodata.registry.staging.EXISTING_COLUMNS`."""
        self._kim.append(int(kim["kim_id"]))
        self._add(kim)

    def add_row(self, row: Mapping[str, Any]) -> None:
        """Add a row: sheet, line, nomor_induk, nama_kim, kode_wilayah, domain; text but line."""
        sheet = self._sheets.setdefault(row["sheet"], len(self._sheets))
        self._rows.extend((sheet, row["line"]))
        self._add(row)

    def _add(self, row: Mapping[str, Any]) -> None:
        number = _PUNCTUATION.sub("", row["nomor_induk"].lower())
        code, domain = row["kode_wilayah"], row["domain"]
        name = name_key(row["nama_kim"]) if code or domain else ""
        self._keys["nomor_induk"].append(_told(number))
        self._keys["nama_desa"].append(_told(f"{code} {name}") if code and name else _NOTHING)
        self._keys["domain"].append(_told(domain))
        self._names.append(_told(name))

    @cached_property
    def _shared(self) -> np.ndarray:
        """Which of those added have a domain that KIM of more than two names have."""
        domains, names = np.array(self._keys["domain"]), np.array(self._names)
        own = domains != _NOTHING
        pairs = np.unique(np.stack([domains[own], names[own]], axis=1), axis=0)
        hosts, of_names = np.unique(pairs[:, 0], return_counts=True)
        shared: np.ndarray = np.isin(domains, hosts[of_names > _NAMES_OF_A_DOMAIN])
        return shared

    @cached_property
    def _groups(self) -> list[tuple[str, "_Groups"]]:
        keys = {why: np.array(self._keys[why]) for why in _SUREST_FIRST}
        keys["domain"][self._shared] = _NOTHING
        return [(why, _Groups(keys[why])) for why in _SUREST_FIRST]

    @cached_property
    def _twinned(self) -> np.ndarray:
        """Which of those added have a key of one that was added before."""
        return np.logical_or.reduce([groups.later for _, groups in self._groups])

    def on_shared_host(self, row: int) -> bool:
        """Tell whether the domain of a row, by its number, is a host of many, not of a KIM."""
        return bool(self._shared[len(self._kim) + row])

    def of(self, row: int) -> list[dict[str, Any]]:
        """Return what a row, by its number, may be the same as of the KIM and the rows above it.

        Returns
        -------
        A list of dicts: ``with`` (a ``staging.row_key``, or a kim_id) and ``why``
        (``nomor_induk``, ``nama_desa``, ``domain``), the surest reason only.
        """
        position = len(self._kim) + row
        if not self._twinned[position]:
            return []
        own: dict[int, str] = {}
        for why, groups in self._groups:
            for other in groups.before(position):
                own.setdefault(other, why)
        return [{"with": self._name(other), "why": why} for other, why in own.items()]

    def _name(self, position: int) -> str | int:
        row = position - len(self._kim)
        if row < 0:
            return self._kim[position]
        sheet, line = self._rows[2 * row : 2 * row + 2]
        return row_key(next(islice(self._sheets, sheet, None)), line)


class _Groups:
    """What has the same key, in the order in which it was added.

    Attributes
    ----------
    later
        Of each, whether something with its key was added before it.
    """

    def __init__(self, keys: np.ndarray) -> None:
        self._order = np.argsort(keys, kind="stable").astype(np.int32)
        in_order = keys[self._order]
        begins = np.flatnonzero(np.diff(in_order, prepend=in_order[:1] - 1))
        self._place = np.empty(len(keys), dtype=np.int32)
        self._place[self._order] = np.arange(len(keys), dtype=np.int32)
        first = np.repeat(begins, np.diff(begins, append=len(keys))).astype(np.int32)
        first[in_order == _NOTHING] = len(keys)  # nothing is the same as nothing
        self._first = first
        self.later = first[self._place] < self._place

    def before(self, position: int) -> list[int]:
        """Return the first of those that were added before ``position`` with its key."""
        at = self._place[position]
        first = self._first[at]
        others: list[int] = self._order[first : min(at, first + _LISTED)].tolist()
        return others


def _told(text: str) -> int:
    return hash(text) if text else _NOTHING


def find_twins(
    rows: Iterable[Mapping[str, Any]], kim: Iterable[Mapping[str, Any]] = ()
) -> list[list[dict[str, Any]]]:
    """Return, for each row, the rows above it and the KIM that it may be the same as.

    Parameters and what is returned of a row are those of :class:`Duplicates`.
    """
    duplicates = Duplicates()
    for known in kim:
        duplicates.add_kim(known)
    count = 0
    for row in rows:
        duplicates.add_row(row)
        count += 1
    return [duplicates.of(row) for row in range(count)]
