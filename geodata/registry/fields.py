"""Activity fields (bidang) of a KIM: the documented list, and sets of fields as bits.

A KIM works in one or several fields. In tables they are written ``umkm;pariwisata``; in a snapshot
they are one 16-bit number a KIM, a bit for each field, so that a filter is one array operation.
"""

from collections.abc import Iterable

import numpy as np
import pandas as pd

from geodata.errors import SelectionError

BIDANG: tuple[str, ...] = (
    "umkm",
    "pariwisata",
    "ekonomi_kreatif",
    "pertanian",
    "perikanan",
    "pendidikan",
    "kesehatan",
    "lingkungan",
    "kebencanaan",
    "literasi_digital",
    "seni_budaya",
    "layanan_publik",
)
SEPARATOR = ";"

_BIT = {name: np.uint16(1 << bit) for bit, name in enumerate(BIDANG)}


def to_bits(names: Iterable[str]) -> np.uint16:
    """Return the set of fields ``names`` as bits.

    Raises
    ------
    SelectionError
        If a name is not in :data:`BIDANG`.
    """
    bits = np.uint16(0)
    for name in names:
        if name not in _BIT:
            raise SelectionError("bidang", value=name, allowed=", ".join(BIDANG))
        bits |= _BIT[name]
    return bits


def column_to_bits(column: pd.Series) -> np.ndarray:
    """Return the fields of each row (``umkm;pariwisata``) as bits; each distinct text is read once.

    An empty text names no field.

    Raises
    ------
    SelectionError
        If a row names a field that is not in :data:`BIDANG`.
    """
    codes, texts = pd.factorize(column)
    named = [text.split(SEPARATOR) if text else () for text in texts]
    bits = np.array([to_bits(names) for names in named], dtype=np.uint16)
    return bits[codes] if len(bits) else np.zeros(0, dtype=np.uint16)


def count_by_field(bits: np.ndarray) -> pd.Series:
    """Return how many of ``bits`` hold each field, in the order of :data:`BIDANG`.

    A KIM of several fields counts in each, so the sum may exceed the number of KIM.
    """
    return pd.Series(
        [int(np.count_nonzero(bits & bit)) for bit in _BIT.values()], index=list(BIDANG)
    )
