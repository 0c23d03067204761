"""What the page Kesenjangan keeps in the address beside the view: its section and settings."""

from dataclasses import dataclass, replace

from geodata.analysis.siting.plans import MOST_KIM, MOST_KM, OBJECTIVES, RADIUS_KM, Objective
from geodata.gazetteer import Gazetteer
from geodata.regions import Level, level_of, parse
from geodata.view import address
from geodata.view.plan_weights import WEIGHINGS, Weighing

SECTIONS = (
    "daftar", "cakupan", "jarak", "gugus", "pemerataan", "bidang", "rencana", "sasaran", "serupa",
)  # fmt: skip
UNITS = (Level.KECAMATAN, Level.DESA)
LATEST_YEAR = 2100
LEAST_KM = 0.5
_LONGEST_LIST = 15 * MOST_KIM  # characters: as many codes of desa as a plan may have


@dataclass(frozen=True)
class GapsSettings:
    """The chosen section and the settings of the two that have some.

    Attributes
    ----------
    bagian
        One of :data:`SECTIONS`.
    tujuan, bobot, tambah, radius, tetap, kecuali
        Of the siting planner: objective, what a desa weighs, number of new KIM, radius in km, codes
        of the desa that are fixed and of those that are ruled out.
    menurut
        Of the planner, too: whether its order is told by desa or by kecamatan.
    pilih
        Of the list: code of the region that the map points at; "" for none.
    pisah
        Of coverage: whether kota and kabupaten are ranked apart.
    sepulau
        Of distances and the planner: whether only KIM on a desa's own island count.
    satuan, persen, tenggat
        Of the targets: what is counted, percent of it, and the year (0: two years from the data;
        of those that were set the year of the data).
    ditetapkan
        Of the targets, too: whether those that were set are shown, instead of one for all.
    """

    bagian: str = SECTIONS[0]
    tujuan: Objective = OBJECTIVES[0]
    bobot: Weighing = WEIGHINGS[0]
    tambah: int = 20
    radius: float = RADIUS_KM
    tetap: tuple[str, ...] = ()
    kecuali: tuple[str, ...] = ()
    menurut: Level = Level.DESA
    pilih: str = ""
    sepulau: bool = False
    pisah: bool = False
    satuan: Level = Level.KECAMATAN
    persen: float = 100.0
    tenggat: int = 0
    ditetapkan: bool = False


def read_desa(written: str) -> tuple[str, ...]:
    """Return the codes of desa in ``written``, separated by commas, each once.

    Raises
    ------
    RegionError
        If one is no code.
    ValueError
        If one is the code of another level.
    """
    codes = tuple(dict.fromkeys(parse(code) for code in address.names(written)))
    if any(level_of(code) is not Level.DESA for code in codes):
        raise ValueError(written)
    return codes


def _read_chosen(settings: GapsSettings, written: str, gazetteer: Gazetteer) -> GapsSettings:
    code = parse(written)
    gazetteer.name(code)
    return replace(settings, pilih=code)


GAPS: address.Part[GapsSettings] = address.Part(
    GapsSettings(),
    address.choice_parameter("bagian", SECTIONS),
    address.choice_parameter("tujuan", OBJECTIVES),
    address.choice_parameter("bobot", WEIGHINGS),
    address.number_parameter("tambah", int, 1, MOST_KIM),
    address.number_parameter("radius", float, LEAST_KM, MOST_KM),
    address.listed("tetap", read_desa, longest=_LONGEST_LIST),
    address.listed("kecuali", read_desa, longest=_LONGEST_LIST),
    address.choice_parameter("menurut", UNITS),
    address.Parameter("pilih", _read_chosen, lambda settings: settings.pilih),
    address.flag("pisah"),
    address.flag("sepulau"),
    address.choice_parameter("satuan", UNITS),
    address.number_parameter("persen", float, 1, 100),
    address.number_parameter("tenggat", int, 2000, LATEST_YEAR),
    address.flag("ditetapkan"),
)
