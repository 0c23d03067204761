"""The template of a registry file: an XLSX whose columns the reader knows without guessing."""

import io

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from geodata.registry.fields import BIDANG
from geodata.registry.intake.sheets.headers import header_in_template
from geodata.registry.intake.sheets.row_kinds import EXAMPLE_NAME
from geodata.registry.schema import STATUSES
from geodata.text import text

SHEET = "KIM"
ROWS = 5_000  # with drop-downs
COLUMNS = (
    *("nomor_induk", "nama_kim", "kode_wilayah", "provinsi", "kabupaten_kota", "kecamatan"),
    *("desa", "bidang", "status", "tanggal_terdaftar", "tanggal_diperbarui", "domain"),
    *("jumlah_anggota", "lat", "lng", "ketua", "telepon", "alamat"),
)
REQUIRED = ("nama_kim", "kabupaten_kota", "kecamatan", "desa", "bidang")

_EXAMPLE = {
    "nomor_induk": "KIM-3507-2014-0001",
    "nama_kim": EXAMPLE_NAME,
    "kode_wilayah": "35.07.08.2012",
    "provinsi": "Jawa Timur",
    "kabupaten_kota": "Kabupaten Malang",
    "kecamatan": "Wajak",
    "desa": "Wajak",
    "bidang": "umkm; pariwisata",
    "status": "aktif",
    "tanggal_terdaftar": "12/08/2014",
    "tanggal_diperbarui": "01/03/2024",
    "domain": "wajak.kim.id",
    "jumlah_anggota": 25,
    "lat": -8.1106,
    "lng": 112.7305,
}
_WIDTH = 22
_FREE_TEXT = ("nomor_induk", "kode_wilayah", "tanggal_terdaftar", "tanggal_diperbarui", "telepon")


def template(lang: str) -> bytes:
    """Return the template as XLSX, its instructions in ``lang`` (``id`` or ``en``).

    The sheet ``KIM`` has the header, with required columns marked by a star, and an example row;
    bidang and status have drop-downs. The sheet ``Petunjuk`` says what each column means.
    """
    written = io.BytesIO()
    with xlsxwriter.Workbook(written, {"in_memory": True}) as book:
        bold = book.add_format({"bold": True, "bg_color": "#DCE6F1", "border": 1})
        plain = book.add_format({"num_format": "@"})
        italic = book.add_format({"italic": True, "font_color": "#7F7F7F"})
        sheet = book.add_worksheet(SHEET)
        notes = book.add_worksheet("Petunjuk")
        choices = book.add_worksheet("Pilihan")
        for row, name in enumerate(BIDANG):
            choices.write(row, 0, name)
        for row, name in enumerate(STATUSES):
            choices.write(row, 1, name)
        choices.hide()
        _fill(sheet, bold, plain, italic, lang)
        _explain(notes, bold, lang)
    return written.getvalue()


def _fill(sheet: Worksheet, bold: Format, plain: Format, italic: Format, lang: str) -> None:
    for column, name in enumerate(COLUMNS):
        star = " *" if name in REQUIRED else ""
        sheet.set_column(column, column, _WIDTH, plain if name in _FREE_TEXT else None)
        sheet.write(0, column, header_in_template(name) + star, bold)
        sheet.write(1, column, _EXAMPLE.get(name, ""), italic)
    sheet.freeze_panes(1, 2)
    for name, letter, count, strict in (
        ("bidang", "A", len(BIDANG), False),
        ("status", "B", len(STATUSES), True),
    ):
        sheet.data_validation(
            *(1, COLUMNS.index(name), ROWS, COLUMNS.index(name)),
            {
                "validate": "list",
                "source": f"=Pilihan!${letter}$1:${letter}${count}",
                "error_type": "stop" if strict else "information",
                "error_message": text("template.invalid", lang),
                "show_error": strict,
            },
        )


def _explain(sheet: Worksheet, bold: Format, lang: str) -> None:
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, 90)
    sheet.write(0, 0, text("template.title", lang), bold)
    row = 2
    for key in ("how", "place", "several", "personal"):
        sheet.write(row, 0, text(f"template.{key}", lang))
        row += 1
    row += 1
    sheet.write_row(
        row, 0, [text(f"template.{label}", lang) for label in ("column", "meaning")], bold
    )
    for name in COLUMNS:
        row += 1
        star = " *" if name in REQUIRED else ""
        sheet.write(row, 0, header_in_template(name) + star)
        sheet.write(row, 1, text(f"template.column_meaning.{name}", lang))
    for key, names, texts in (("fields", BIDANG, "bidang"), ("statuses", STATUSES, "status")):
        row += 2
        sheet.write(row, 0, text(f"template.{key}", lang), bold)
        for name in names:
            row += 1
            sheet.write_row(row, 0, [name, text(f"{texts}.{name}", lang)])
