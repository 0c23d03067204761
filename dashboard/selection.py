"""What a page shows, as one value, and its form in the address: the URL is the state.

Nothing here knows of Streamlit. Pages and HTTP routes read the same parameters the same way.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from geodata.analysis.classes import DEFAULT_CLASSES, MAX_CLASSES, MIN_CLASSES, SCHEMES, Scheme
from geodata.analysis.map_metrics import MAP_METRICS
from geodata.errors import PetaKimError
from geodata.exports.extracts import KIM_COLUMNS, SUBJECTS, Subject, region_columns
from geodata.exports.formats import Format
from geodata.exports.link import LIST, filter_params
from geodata.gazetteer import Gazetteer
from geodata.regions import LEVELS, Level, level_of, parent, parse
from geodata.registry.snapshot import KimFilter
from geodata.text import DEFAULT_LANGUAGE, LANGUAGES, text

PARAMETERS = (
    "wilayah", "level", "bidang", "mode", "status", "tahun",
    "metrik", "skema", "kelas", "titik", "bahasa", "isi", "kolom", "berkas", "pemisah",
)  # fmt: skip
SEPARATOR_NAMES = {"koma": ",", "titik_koma": ";"}
LONGEST_VALUE = 2_000
"""Characters of a query parameter; all columns there are take fewer."""
_FIRST_YEAR, _LAST_YEAR = 1_000, 9_999
_HIGHEST_BREAK = 1e9
_SHOWN_OF_VALUE = 80


@dataclass(frozen=True)
class Selection:
    """The view on screen.

    Attributes
    ----------
    wilayah
        Code of the chosen region; ``None`` is Indonesia.
    level
        The level to draw where it is not the one right below ``wilayah``.
    kim_filter
        Which KIM count.
    metrik, skema, kelas, batas
        The metric, its classification scheme, number of classes, and own breaks.
    titik
        Whether KIM are drawn as points too.
    bahasa
        Language of the interface.
    isi, kolom, berkas, pemisah
        What is downloaded: rows of KIM or of regions, their columns (empty: all), the format, and
        the separator of CSV (a key of ``SEPARATOR_NAMES``; empty: the one usual in ``bahasa``).
    """

    wilayah: str | None = None
    level: Level | None = None
    kim_filter: KimFilter = field(default_factory=KimFilter)
    metrik: str = "jumlah_kim"
    skema: Scheme = "kuantil"
    kelas: int = DEFAULT_CLASSES
    batas: tuple[float, ...] = ()
    titik: bool = False
    bahasa: str = DEFAULT_LANGUAGE
    isi: Subject = "kim"
    kolom: tuple[str, ...] = ()
    berkas: Format = Format.CSV
    pemisah: str = ""

    @property
    def shown_level(self) -> Level:
        """The level whose regions are drawn and listed."""
        return self.level or self.levels[0]

    @property
    def far_level(self) -> Level | None:
        """The level drawn instead where the map is zoomed out too far to show ``shown_level``.

        Of all desa of Indonesia a screen shows two to a pixel; those of a provinsi it can show.
        """
        whole_country = self.wilayah is None and self.shown_level is Level.DESA
        return Level.KECAMATAN if whole_country else None

    @property
    def levels(self) -> tuple[Level, ...]:
        """The levels that can be drawn for ``wilayah``: those below it (desa for a desa)."""
        if self.wilayah is None:
            return LEVELS
        own = level_of(self.wilayah)
        return tuple(level for level in LEVELS if level.is_below(own)) or (Level.DESA,)

    @property
    def shown_metrik(self) -> str:
        """The metric that is drawn: ``metrik``, or plain coverage at a level that has it not."""
        return self.metrik if self.shown_level in MAP_METRICS[self.metrik].levels else "cakupan"

    @property
    def scope(self) -> str | None:
        """The region whose parts are drawn: ``wilayah``, or a desa's kecamatan."""
        if self.wilayah is not None and level_of(self.wilayah) is Level.DESA:
            return parent(self.wilayah)
        return self.wilayah

    def at(self, wilayah: str | None) -> "Selection":
        """Return this selection moved to another region, drawn at the level right below it."""
        return replace(self, wilayah=wilayah, level=None)._with_columns_there_are()

    def drawn_at(self, level: Level) -> "Selection":
        """Return this selection drawn at ``level``, or as it is if that is not below its region."""
        if level not in self.levels:
            return self
        own = None if level is self.levels[0] else level
        return replace(self, level=own)._with_columns_there_are()

    @property
    def all_columns(self) -> tuple[str, ...]:
        """The columns that a download can have."""
        return KIM_COLUMNS if self.isi == "kim" else region_columns(self.shown_level)

    def _with_columns_there_are(self) -> "Selection":
        return replace(self, kolom=tuple(name for name in self.kolom if name in self.all_columns))

    def measured_by(self, metrik: str) -> "Selection":
        """Return this selection with another metric, at a level that has it if there is one."""
        chosen = replace(self, metrik=metrik)
        able = [level for level in self.levels if level in MAP_METRICS[metrik].levels]
        if not able or self.shown_level in able:
            return chosen
        return chosen.drawn_at(able[0])

    def filtered(self, **changes: Any) -> "Selection":
        """Return this selection with parts of its KIM filter changed."""
        return replace(self, kim_filter=replace(self.kim_filter, **changes))

    def to_params(self) -> dict[str, str]:
        """Return the query parameters that lead back to this selection; defaults are left out."""
        default = Selection()
        params = {
            "wilayah": self.wilayah or "",
            "level": self.level or "",
            **filter_params(self.kim_filter),
            "metrik": self.metrik if self.metrik != default.metrik else "",
            "skema": self.skema if self.skema != default.skema else "",
            "kelas": self._written_classes(),
            "titik": "1" if self.titik else "",
            "bahasa": self.bahasa if self.bahasa != default.bahasa else "",
            "isi": self.isi if self.isi != default.isi else "",
            "kolom": LIST.join(self.kolom),
            "berkas": self.berkas if self.berkas != default.berkas else "",
            "pemisah": self.pemisah,
        }
        return {name: str(value) for name, value in params.items() if value}

    def _written_classes(self) -> str:
        if self.skema == "sendiri":
            return write_breaks(self.batas)
        return str(self.kelas) if self.kelas != DEFAULT_CLASSES else ""


@dataclass(frozen=True)
class Notice:
    """A query parameter that could not be used, and so was left at its default."""

    parameter: str
    value: str

    @classmethod
    def of(cls, parameter: str, value: str) -> "Notice":
        """Return the notice of a value, of which a long one is not told in full."""
        return cls(parameter, shortened(value))

    def message(self, lang: str) -> str:
        """Say so to a reader."""
        return text("app.notice", lang, parameter=self.parameter, value=self.value)


def shortened(value: str) -> str:
    """Return what of a text from an address is told to its reader."""
    return value if len(value) <= _SHOWN_OF_VALUE else value[:_SHOWN_OF_VALUE] + "…"


def read_params(params: Mapping[str, str], gazetteer: Gazetteer) -> tuple[Selection, list[Notice]]:
    """Return the selection that query parameters name, and a notice for each that was unusable.

    Parameters that are no part of a selection are passed over.
    """
    selection, notices = Selection(), []
    for name in PARAMETERS:
        value = params.get(name, "").strip()
        if not value:
            continue
        try:
            if len(value) > LONGEST_VALUE:
                raise ValueError(name)
            selection = _READERS[name](selection, value, gazetteer)
        except (PetaKimError, ValueError, KeyError):
            notices.append(Notice.of(name, value))
    if selection.skema == "sendiri" and not selection.batas:
        selection = replace(selection, skema=Selection.skema)
        notices.append(Notice("skema", "sendiri"))
    return selection, notices


def _read_wilayah(selection: Selection, value: str, gazetteer: Gazetteer) -> Selection:
    code = parse(value)
    gazetteer.name(code)
    return replace(selection, wilayah=code)


def _read_level(selection: Selection, value: str, _: Gazetteer) -> Selection:
    level = Level(value)
    if level not in selection.levels:
        raise ValueError(value)
    return selection.drawn_at(level)


def _read_filter(name: str, convert: Callable[[str], object]) -> "_Reader":
    return lambda selection, value, _: selection.filtered(**{name: convert(value)})


def _names(value: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for name in value.split(LIST) if name))


def _years(value: str) -> tuple[int, int]:
    first, _, last = value.partition("-")
    years = int(first), int(last or first)
    if not all(_FIRST_YEAR <= year <= _LAST_YEAR for year in years):
        raise ValueError(value)
    return years


def _read_choice(name: str, allowed: tuple[str, ...]) -> "_Reader":
    def read(selection: Selection, value: str, _: Gazetteer) -> Selection:
        if value not in allowed:
            raise ValueError(value)
        change: dict[str, Any] = {name: value}
        return replace(selection, **change)

    return read


def _read_classes(selection: Selection, value: str, _: Gazetteer) -> Selection:
    if selection.skema == "sendiri":
        return replace(selection, batas=read_breaks(value))
    if not MIN_CLASSES <= int(value) <= MAX_CLASSES:
        raise ValueError(value)
    return replace(selection, kelas=int(value))


def write_breaks(breaks: tuple[float, ...]) -> str:
    """Return own class breaks as :func:`read_breaks` reads them."""
    return LIST.join(f"{value:.15g}" for value in breaks)


def read_breaks(value: str) -> tuple[float, ...]:
    """Return own class breaks written as ``1,5,10`` (an address), rising from above zero.

    Raises
    ------
    ValueError
        If they are not numbers, do not rise, are too many, or higher than any figure.
    """
    breaks = tuple(float(part) for part in value.split(LIST))
    rising = all(low < high for low, high in zip((0.0, *breaks), breaks, strict=False))
    if not rising or not breaks[-1] <= _HIGHEST_BREAK or len(breaks) >= MAX_CLASSES:
        raise ValueError(value)
    return breaks


def _read_columns(selection: Selection, value: str, _: Gazetteer) -> Selection:
    names = _names(value)
    if not set(names) <= set(selection.all_columns):
        raise ValueError(value)
    return replace(selection, kolom=names)


_SWITCH = {"1": True, "0": False}
_Reader = Callable[[Selection, str, Gazetteer], Selection]
_READERS: dict[str, _Reader] = {
    "wilayah": _read_wilayah,
    "level": _read_level,
    "bidang": _read_filter("bidang", _names),
    "mode": _read_filter("mode", str),
    "status": _read_filter("status", _names),
    "tahun": _read_filter("tahun", _years),
    "metrik": _read_choice("metrik", tuple(MAP_METRICS)),
    "skema": _read_choice("skema", SCHEMES),
    "kelas": _read_classes,
    "titik": lambda selection, value, _: replace(selection, titik=_SWITCH[value]),
    "bahasa": _read_choice("bahasa", LANGUAGES),
    "isi": _read_choice("isi", SUBJECTS),
    "kolom": _read_columns,
    "berkas": lambda selection, value, _: replace(selection, berkas=Format(value)),
    "pemisah": _read_choice("pemisah", tuple(SEPARATOR_NAMES)),
}
