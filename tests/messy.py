"""A registry file as a kabupaten keeps it, with a row of every fate."""

import csv
import io
from collections.abc import Iterable

NAME, SENDER = "kim_malang.csv", "Diskominfo Kab. Malang"
CHAIR = "Budi Santoso"

HEADER = (
    "No", "NAMA KIM", "Desa/Kel.", "Kec", "Kab/Kota", "Bidang Kegiatan", "Tgl SK", "Nomor Induk",
    "Nama Ketua", "Lintang", "Bujur",
)  # fmt: skip
_WAJAK = ("Wajak", "Kab. Malang", "UMKM & wisata", "12 Agustus 2014")
ROWS = (
    ("1", "KIM Suara Wajak", "Wajak", *_WAJAK, "KIM-1", CHAIR, "", ""),
    ("2", "KIM Sumber Warta", "Sumberputih", *_WAJAK, "KIM-2", CHAIR, "", ""),
    ("3", "KIM Codo Maju", "Codo", *_WAJAK, "KIM-3", CHAIR, "-6.2", "106.8"),
    ("4", "KIM Gunung", "Tak Dikenal", *_WAJAK, "KIM-4", CHAIR, "-8.11", "112.73"),
    ("5", "KIM Suara Wajak", "Wajak", *_WAJAK, "", CHAIR, "", ""),
    ("", "Jumlah", "", "", "", "5", "", "", "", "", ""),
)
CODO, FOUND_BY_POINT, TWIN = 4, 5, 6
"""Lines of the rows in doubt: far from its desa; known by its point alone; the same as line 2."""


def csv_bytes(rows: Iterable[tuple[str, ...]] = ROWS) -> bytes:
    written = io.StringIO()
    csv.writer(written, delimiter=";").writerows([HEADER, *rows])
    return written.getvalue().encode("cp1252")
