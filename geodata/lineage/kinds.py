"""How it is known what an older region is today."""

from enum import StrEnum


class Kind(StrEnum):
    """What became of a region since an older edition, the surest first."""

    SAMA = "sama"
    """The same code and name."""
    GANTI_NAMA = "ganti_nama"
    """The same code under another name, or another spelling of it."""
    MEKAR_PROVINSI = "mekar_provinsi"
    """The code of its new provinsi or kabupaten/kota before its own digits, and the same name."""
    PINDAH = "pindah"
    """Another code, found by its name where the region above it is now."""
    GABUNG = "gabung"
    """It lies in a region that has others of the edition in it, too."""
    PECAH = "pecah"
    """It is in several regions today, which are named."""
    TIDAK_DIKETAHUI = "tidak_diketahui"
    """Several may be it, which are named; a person decides."""
    HILANG = "hilang"
    """No region is it, as far as the lists say."""


CARRIED = (Kind.SAMA, Kind.GANTI_NAMA, Kind.MEKAR_PROVINSI, Kind.PINDAH, Kind.GABUNG)
"""Kinds of which it is known in which one region of today it lies."""
