"""Why a row of a file gives no value."""

from enum import StrEnum


class Reason(StrEnum):
    """Why a row gives no value: texts below ``indicator_reason``."""

    NOT_DATA = "bukan_data"
    """A total, a heading, a signature, or what stands on a sheet without a header."""
    NO_REGION = "tidak_ditemukan"
    DOUBTFUL = "ragu"
    CODE_DIFFERS = "kode_nama_berbeda"
    OTHER_LEVEL = "tingkat_lain"
    EMPTY = "kosong"
    NOT_A_NUMBER = "bukan_angka"
    AMBIGUOUS = "angka_ganda_arti"
    NOT_WHOLE = "bukan_bilangan_bulat"
    NEGATIVE = "negatif"
    OVER_ONE = "lebih_dari_satu"
    NO_CATEGORY = "bukan_kategori"
    TWO_VALUES = "dua_nilai"
    SAME_TWICE = "sama_dua_kali"


OF_PLACE = frozenset(
    {Reason.NO_REGION, Reason.DOUBTFUL, Reason.CODE_DIFFERS, Reason.OTHER_LEVEL, Reason.TWO_VALUES}
)
"""What has to be mended in the columns of the place; the others are of the column of values."""
