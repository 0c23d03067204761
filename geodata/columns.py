"""Every column of figures that people see: what it holds, how it is written, how wide it is.

A column is one record. Tables on pages, workbooks, extracts, legends, hover, slides and briefings
read it here. Its title is the text ``column.<name>``; for a bidang, ``bidang.<name>``. What it
means is the text ``column_meaning.<name>``, of those that people take away.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import pandas as pd

from geodata.matching.candidate import Method
from geodata.registry.fields import BIDANG, SEPARATOR
from geodata.text import day, number, percent, text

Kind = Literal[
    "text", "word", "words", "count", "number", "share", "year", "day", "degrees", "flag"
]  # fmt: skip

NONE = "–"
"""What stands where there is no value."""

_WIDTH = {"text": 0, "word": 18, "flag": 8, "year": 8}
_OF_FIGURES = 12


@dataclass(frozen=True)
class Column:
    """A column.

    Attributes
    ----------
    name
        Its name in tables, files and addresses.
    kind
        ``share`` is 0 to 1; ``degrees`` are EPSG:4326; ``word`` is one of the texts
        ``<words>.<value>``, ``words`` are several of them, joined by ``;``; ``year`` is a number
        that is not grouped by thousands.
    decimals
        Digits after the point that are worth reading; of a share, digits of the share itself.
    unit
        Unit of a number, as written: ``km``, ``km²``; empty for counts and shares.
    short
        Its name in a shapefile, of at most ten characters (dBASE III).
    words
        Where the values of a ``word`` stand in the text table.
    """

    name: str
    kind: Kind = "text"
    decimals: int = 0
    unit: str = ""
    short: str = ""
    words: str = ""

    @property
    def title_key(self) -> str:
        """Name of its title in the text table."""
        return f"bidang.{self.name}" if self.name in BIDANG else f"column.{self.name}"

    def title(self, lang: str) -> str:
        """Return its title."""
        return text(self.title_key, lang)

    def written(self, value: float, lang: str, decimals: int | None = None) -> str:
        """Write a value: ``1.031``, ``1,23%`` or ``12,14``; a dash for none.

        Parameters
        ----------
        decimals
            Digits after the point of what is no count, of a share of its percentage; default: those
            of the column.
        """
        if pd.isna(value):
            return NONE
        if self.kind == "year":
            return f"{value:.0f}"
        if self.kind == "share":
            return percent(value, lang, self.decimals - 2 if decimals is None else decimals)
        own = self.decimals if decimals is None or self.kind == "count" else decimals
        return number(value, lang, own)

    def heading(self, lang: str) -> str:
        """Return its title with its unit: ``Cakupan (%)``."""
        return f"{self.title(lang)} (%)" if self.kind == "share" else self.title(lang)

    def meaning(self, lang: str) -> str:
        """Return its definition, of a column that a metric or an extract has."""
        return text(f"column_meaning.{self.name}", lang)

    @property
    def decimals_read(self) -> int:
        """Digits after the point that people read: of a share, those of its percentage."""
        return self.decimals - 2 if self.kind == "share" else self.decimals

    def told(self, values: pd.Series, lang: str) -> list[str]:
        """Write each of ``values`` for a page: codes in words, figures alike, a dash for none."""
        if self.kind in ("count", "number", "share", "year", "degrees"):
            return _each(values, lambda value: self.written(value, lang), NONE)
        return _each(values, lambda value: self._in_words(value, lang) or NONE, NONE)

    def readable(self, values: pd.Series, lang: str) -> pd.Series:
        """Return ``values`` for a file that people read: codes in words, shares as percentages."""
        if self.kind in ("word", "words", "flag"):
            told = _each(values, lambda value: self._in_words(value, lang), "")
            return pd.Series(told, values.index, dtype="str")
        if self.kind == "share":
            values = values * 100
        return values.round(self.decimals_read) if self.kind in ("share", "number") else values

    def _in_words(self, value: Any, lang: str) -> str:
        if self.kind == "word":
            return text(f"{self.words}.{value}", lang)
        if self.kind == "words":
            names = filter(None, value.split(SEPARATOR))
            return ", ".join(text(f"{self.words}.{name}", lang) for name in names)
        if self.kind == "flag":
            return text("flag.yes" if value else "flag.no", lang)
        return day(f"{value:%Y-%m-%d}", lang) if self.kind == "day" else str(value)

    @property
    def width(self) -> int:
        """Width in characters that suits its values; 0 for text, which is as long as it is."""
        return _WIDTH.get(self.kind, _OF_FIGURES)

    @property
    def short_name(self) -> str:
        """Its name where only ten characters are allowed."""
        return self.short or self.name


def _each(values: pd.Series, write: Callable[[Any], str], none: str) -> list[str]:
    """Return what ``write`` makes of each of ``values``, asked once for those that are equal."""
    codes, distinct = pd.factorize(values)
    words = np.array([*map(write, distinct), none], dtype=object)
    return words[codes].tolist()


def _counts(*names: str, **short: str) -> list[Column]:
    return [Column(name, "count", short=short.get(name, "")) for name in (*names, *short)]


def _shares(*names: str, decimals: int = 4) -> list[Column]:
    return [Column(name, "share", decimals) for name in names]


def _kilometres(*names: str) -> list[Column]:
    return [Column(name, "number", 1, "km") for name in names]


def _areas(*names: str) -> list[Column]:
    return [Column(name, "number", 1, "km²") for name in names]


def _numbers(decimals: int, *names: str) -> list[Column]:
    return [Column(name, "number", decimals) for name in names]


_COLUMNS: tuple[Column, ...] = (
    # Regions, and the KIM in them.
    Column("kode"),
    Column("nama"),
    Column("provinsi"),
    Column("kabupaten_kota", short="kab_kota"),
    Column("kecamatan"),
    Column("desa"),
    *_counts("jumlah_kim", jumlah_desa="jml_desa", desa_melapor="desa_lapor"),
    *_counts(kim_tanpa_tanggal="tnp_tgl"),
    *_counts(desa_terlayani="desa_kim"),
    Column("cakupan", "share", 4),
    *_counts("kim_aktif", "desa_aktif"),
    Column("cakupan_aktif", "share", 4, short="cakup_aktf"),
    Column("kim_per_100_desa", "number", 2, short="kim_100ds"),
    Column("kim_per_100_ribu", "number", 2, short="kim_100rb"),
    # KIM.
    Column("nomor_induk", short="no_induk"),
    Column("nama_kim"),
    Column("kode_wilayah", short="kode_wil"),
    Column("bidang", "words", words="bidang"),
    Column("status", "word", words="status"),
    Column("tahap", "word", words="tahap"),
    Column("tanggal_terdaftar", "day", short="tgl_daftar"),
    Column("tanggal_diperbarui", "day", short="tgl_ubah"),
    Column("domain"),
    Column("jumlah_anggota", "count", short="anggota"),
    Column("lat", "degrees", 6),
    Column("lng", "degrees", 6),
    # Of persons: in extracts for whoever may see them.
    Column("ketua"),
    Column("telepon"),
    Column("alamat"),
    # Coverage.
    *_shares("cakupan_eb", "cakupan_bawah", "cakupan_atas", "cakupan_kecamatan"),
    Column("dapat_diperingkat", "flag"),
    *_counts("peringkat", "peringkat_terbaik", "peringkat_terburuk"),
    *_counts("jumlah_kecamatan", "kecamatan_terlayani"),
    Column("jenis", "word", words="jenis"),
    # Distance.
    *_kilometres("jarak_km", "jarak_median_km", "jarak_terjauh_km"),
    Column("jarak_rata_km", "number", 1, "km", short="rata_km"),
    *_kilometres("dari_km", "sampai_km"),
    *_counts("desa_tanpa_jarak"),
    *_shares("lebih_5_km", "lebih_10_km", "lebih_25_km", "porsi"),
    *_numbers(2, "kuantil"),
    # Clusters.
    *_counts("tetangga", "tetangga_ada"),
    *_shares("cakupan_tetangga"),
    *_numbers(3, "moran", "gi"),
    *_numbers(6, "p_moran", "fdr_moran", "p_gi", "fdr_gi"),
    Column("kelas", "word", words="klaster"),
    Column("kelas_gi", "word", words="klaster"),
    # Inequality.
    Column("tahun", "year"),
    *_counts("tanpa_tahun"),
    *_shares("bagian_desa", "bagian_kim", "bagian_antar"),
    *_numbers(3, "gini", "theil", "theil_antar", "theil_dalam"),
    # Bidang.
    *_shares(*BIDANG),
    Column("kode_tetangga"),
    Column("nama_tetangga"),
    Column("nama_bidang"),
    # Plans of new KIM, and targets.
    *_counts("urutan", "jumlah_baru", "desa_baru", "jumlah", "tercapai", "sasaran", "kurang"),
    *_numbers(0, "tambahan", "terlayani", "bobot"),
    Column("terkunci", "flag"),
    *_numbers(1, "laju", "laju_perlu"),
    Column("tahun_tercapai", "year"),
    Column("posisi", "word", words="posisi"),
    Column("sasaran_untuk", "word", words="sasaran_untuk"),
    *_counts("seharusnya"),
    *_numbers(1, "perlu_per_bulan"),
    *[Column(name) for name in ("nilai_sasaran", "tahun_tertulis", "jenis_tertulis")],
    Column("nilai_tertulis"),
    Column("hasil_baca", "word", words="target_row"),
    # Priority.
    *_numbers(1, "prioritas", "kedudukan", "andil"),
    *[Column(name, "share", 3) for name in ("bertahan", "bagian_bobot")],
    Column("ukuran"),
    *_numbers(2, "nilai"),
    # Two measures at once.
    Column("kuadran"),
    *_counts("kim_bidang_lain"),
    # Peers.
    Column("induk"),
    *_numbers(1, "desa_per_100_km2"),
    *_numbers(2, "ketidakmiripan"),
    *_shares("bagian_kelurahan", "bagian_pulau_lain"),
    # Indicators of a region.
    *[Column(name) for name in ("indikator", "angka", "produsen")],
    # Change between two days.
    *_counts("awal", "laporan_pertama", "baru", "tak_bertanggal", "kembali", "data_masuk"),
    *_counts("ditutup", "dihapus", "data_keluar", "pindah_masuk", "pindah_keluar"),
    *_counts("ganti_kode_masuk", "ganti_kode_keluar", "akhir", "selisih"),
    # Regions side by side.
    *_counts("diperingkat", "kecamatan_kosong", "kim_baru", "kim_lalu"),
    # Boundary sets.
    *_areas("area_km2", "luas_resmi_km2", "luas_gabungan_km2", "luas_berkas_km2", "beda_km2"),
    *_shares("beda", "bagian_resmi"),
    *_counts("bagian"),
    Column("berkas"),
    Column("kode_asal"),
    # Files on their way into the registry, and its quality.
    *_counts("line", "baris"),
    Column("tertulis"),
    Column("calon"),
    Column("sebab"),
    Column("alasan"),
    Column("kembar_dengan"),
    Column("metode"),
    Column("cara"),
    Column("wilayah"),
    *_shares("skor", "bagian_ragu"),
    *_counts("baris_dinilai", "ragu", "kim", "tanpa_desa", "tanpa_catatan"),
    *_counts(*(f"cara_{method}" for method in Method)),
    *_counts("kosong_nomor_induk", "kosong_bidang", "kosong_tanggal_terdaftar"),
    *_counts("kosong_tanggal_diperbarui", "kosong_domain", "basi", "tanpa_tanggal"),
    Column("titik_di"),
    # Who has reported.
    Column("melapor", "flag"),
    *[Column(name, "day") for name in ("tanggal_data", "masuk")],
    *_counts("hari_sejak", "ditinjau", "kim_diperbarui", "jumlah_kabupaten"),
    *_shares("bagian_diperbarui", decimals=3),
    *_counts("sampai_3_bulan", "sampai_6_bulan", "sampai_12_bulan", "lebih_12_bulan"),
    *_counts("belum_melapor"),
    Column("kiriman"),
    *_counts("tak_tersentuh", "aktif", "tidak_aktif", "belum_terverifikasi", "tidak_ada"),
    *_shares("bagian_tak_tersentuh", "terisi_nomor_induk", "terisi_bidang", decimals=3),
    *_shares("terisi_tanggal_terdaftar", "terisi_tanggal_diperbarui", decimals=3),
    *_shares("terisi_domain", decimals=3),
    Column("per_hari", "day"),
    Column("uraian"),
    Column("isi"),
    Column("status_awal", "word", words="status_awal"),
    # Indicators that were brought in, and the rows of their files.
    *[Column(name) for name in ("nomor_masukan", "nama_indikator", "kunci", "tingkat", "lisensi")],
    *_counts("bernilai"),
    *[Column(name) for name in ("lembar", "dibaca", "kolom_berkas", "isi_sel")],
    # Accounts, keys of programs, and the audit log.
    *[Column(name) for name in ("surel", "nama_orang", "peran", "di_wilayah", "sejak", "oleh")],
    *[Column(name) for name in ("terakhir_masuk", "nama_kunci", "keadaan", "berlaku_sampai")],
    *[Column(name) for name in ("terakhir_dipakai", "waktu", "siapa", "kegiatan", "nomor_kim")],
    *[Column(name) for name in ("nomor_kiriman", "sebelum", "sesudah", "dari_alamat")],
    *_kilometres("km", "dari_tengah_km"),
    # Areas where something happens.
    Column("cara_lokasi", "word", words="cara_lokasi"),
    *_shares("bagian_dalam"),
    Column("zona"),
    Column("arah", "word", words="arah"),
    Column("satu_pulau", "flag"),
    Column("kim_terdekat"),
    Column("nomor_induk_terdekat"),
)
COLUMNS: Mapping[str, Column] = {column.name: column for column in _COLUMNS}
"""Every column with something to say of it, by name."""


def column(name: str) -> Column:
    """Return the column ``name``, be it of an indicator; one nobody knows is taken for text."""
    if name in COLUMNS:
        return COLUMNS[name]
    from geodata.indicators.columns import indicator_columns  # which are columns, too

    return indicator_columns().get(name) or Column(name)
