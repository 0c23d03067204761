"""What may be said of a row; why some are not accepted."""

from enum import StrEnum


class Reason(StrEnum):
    """Why a row is not accepted, or what there is to say of it: texts below ``registry.reason``."""

    TOTALS = "baris_jumlah"
    REPEATED_HEADER = "baris_judul_ulang"
    COLUMN_NUMBERS = "baris_nomor_kolom"
    SECTION = "baris_bagian"
    CLOSING = "baris_penutup"
    EXAMPLE = "baris_contoh"
    NO_HEADER = "lembar_tanpa_judul"
    PARTLY_EMPTY = "baris_kosong_sebagian"
    NO_NAME = "nama_kosong"
    ROWS_IN_CELL = "sel_memuat_baris"
    SEVERAL_DESA = "beberapa_desa"
    FROM_ADDRESS = "wilayah_dari_alamat"
    NO_DESA = "desa_kosong"
    DOUBTFUL = "desa_ragu"
    NOT_FOUND = "desa_tidak_ditemukan"
    UNKNOWN_CODE = "kode_tidak_dikenal"
    UNSURE_CODE = "kode_tidak_pasti"
    CODE_DIFFERS = "kode_nama_berbeda"
    POINT_DIFFERS = "koordinat_berbeda"
    POINT_ONLY = "hanya_koordinat"
    PARENT_DIFFERS = "induk_berbeda"
    FROM_ABOVE = "induk_dari_atas"
    SWAPPED = "koordinat_tertukar"
    MINUS_ADDED = "koordinat_tanpa_minus"
    BAD_POINT = "koordinat_tidak_terbaca"
    LINK_WITHOUT_POINT = "tautan_tanpa_koordinat"
    BAD_REGISTERED = "tanggal_tidak_terbaca"
    BAD_UPDATED = "tanggal_diperbarui_tidak_terbaca"
    FIRST_DAY = "tanggal_hanya_tahun"
    DAY_TO_COME = "tanggal_belum_tiba"
    BAD_NUMBER = "nomor_tanpa_angka"
    BAD_COUNT = "jumlah_tidak_terbaca"
    BAD_DOMAIN = "domain_tidak_terbaca"
    SHARED_HOST = "situs_bersama"
    BAD_STATUS = "status_tidak_dikenal"
    UNKNOWN_BIDANG = "bidang_tidak_dikenal"
    TWIN = "kembar"
    NUMBER_TAKEN = "nomor_dipakai"
    ELSEWHERE = "luar_wilayah"


REJECTING = frozenset(
    {
        Reason.TOTALS,
        Reason.REPEATED_HEADER,
        Reason.COLUMN_NUMBERS,
        Reason.SECTION,
        Reason.CLOSING,
        Reason.EXAMPLE,
        Reason.NO_HEADER,
        Reason.PARTLY_EMPTY,
        Reason.NO_NAME,
        Reason.ELSEWHERE,
    }
)
"""What makes a row ``ditolak``: it is no KIM, nobody could say which, or it is not the sender's."""

DOUBTING = frozenset(
    {
        Reason.ROWS_IN_CELL,
        Reason.SEVERAL_DESA,
        Reason.NO_DESA,
        Reason.DOUBTFUL,
        Reason.NOT_FOUND,
        Reason.UNSURE_CODE,
        Reason.CODE_DIFFERS,
        Reason.POINT_DIFFERS,
        Reason.POINT_ONLY,
        Reason.DAY_TO_COME,
        Reason.TWIN,
        Reason.NUMBER_TAKEN,
    }
)
"""What makes a row ``ditinjau``. All other reasons are remarks: a value could not be read, say."""
