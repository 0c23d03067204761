"""The questions that people bring, each with the page and the view that answer it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from dashboard.banding.compared import COMPARED, Compared
from dashboard.darurat.named_area import EMERGENCY, NamedArea
from dashboard.kesenjangan.gaps_settings import GAPS, GapsSettings
from dashboard.peta.time_lapse import TIME_LAPSE, TimeLapse
from dashboard.potensi.settings import POTENTIAL, PotentialSettings
from geodata.area.outlines import Circle
from geodata.exports.extracts import DOWNLOAD, Download
from geodata.regions import Level
from geodata.registry.snapshot import KimFilter
from geodata.view.address import VIEW
from geodata.view.view import View

_INDONESIA, _MALANG, _JATIM, _SULSEL = View(), View("35.07"), View("35"), View("73")


@dataclass(frozen=True)
class Question:
    """A question.

    Attributes
    ----------
    name
        Of its texts: ``bantuan.tanya.<name>`` asks, ``bantuan.cara.<name>`` says how it is done.
    page, view, own
        Where it is answered: the page, its view, and what it has in the address of its own.
    """

    name: str
    page: str
    view: View = _INDONESIA
    own: Mapping[str, str] = field(default_factory=dict)

    def params(self, lang: str) -> dict[str, str]:
        """Return the query parameters of the answer."""
        return {**VIEW.write(replace(self.view, lang=lang)), **self.own}


def _gaps(section: str, **settings: object) -> dict[str, str]:
    return GAPS.write(replace(GapsSettings(bagian=section), **settings))  # type: ignore[arg-type]


_AROUND_PANDAAN = EMERGENCY.write(NamedArea((Circle(-7.6, 112.7, 25),)))
GROUPS: dict[str, tuple[Question, ...]] = {
    "melihat": (
        Question("desa_saya", "peta", View("35.07.08.2001")),
        Question("pariwisata", "peta", View("53", kim_filter=KimFilter(bidang=("pariwisata",)))),
        Question("aktif", "peta", View(kim_filter=KimFilter(status=("aktif",)))),
        Question("arti", "peta", View(metric="cakupan_eb")),
        Question("satu_halaman", "profil", _MALANG),
        Question("tahun_ke_tahun", "peta", own=TIME_LAPSE.write(TimeLapse("tahun"))),
    ),
    "membandingkan": (
        Question("dua_provinsi", "banding", _JATIM, COMPARED.write(Compared(("33",)))),
        Question("dua_ukuran", "banding", _JATIM, COMPARED.write(Compared(metric="cakupan"))),
        Question("setara", "kesenjangan", _MALANG, _gaps("serupa")),
    ),
    "mencari": (
        Question("desa_tanpa", "kesenjangan", replace(_MALANG, level=Level.DESA), _gaps("daftar")),
        Question(
            "maju_tanpa",
            "kesenjangan",
            replace(_MALANG, level=Level.DESA),
            {**_gaps("daftar"), "syarat": "idm_status:Mandiri,Maju"},
        ),
        Question(
            "sepuluh",
            "kesenjangan",
            _SULSEL,
            _gaps("rencana", tujuan="kecamatan", tambah=10),
        ),
        Question("terjauh", "kesenjangan", _SULSEL, _gaps("jarak")),
        Question("bencana", "darurat", own=_AROUND_PANDAAN),
        Question("bidang_belum", "kesenjangan", _MALANG, _gaps("bidang")),
        Question("sasaran", "kesenjangan", _JATIM, _gaps("sasaran")),
        Question("sasaran_tahun_ini", "kesenjangan", _JATIM, _gaps("sasaran", ditetapkan=True)),
        Question("potensi", "potensi", replace(_MALANG, level=Level.DESA)),
        Question(
            "prioritas",
            "potensi",
            _JATIM,
            POTENTIAL.write(PotentialSettings(section="prioritas")),
        ),
        Question(
            "bidang_potensi",
            "potensi",
            _JATIM,
            POTENTIAL.write(PotentialSettings(section="bidang", field="pariwisata")),
        ),
    ),
    "mengunduh": (
        Question("excel", "unduh", _MALANG),
        Question("angka", "unduh", _JATIM, DOWNLOAD.write(Download("wilayah"))),
        Question("qgis", "unduh"),
    ),
    "menyajikan": (
        Question("membagikan", "peta", _JATIM),
        Question("layar", "paparan", _JATIM),
        Question("bahan", "unduh", _JATIM),
        Question("laporan", "perkembangan", _JATIM),
    ),
    "memasukkan": (
        Question("daftar_kim", "impor"),
        Question("perbaiki", "mutu"),
        Question("batas_resmi", "batas"),
        Question("tabel_indikator", "indikator"),
    ),
}
