"""A view in the address, and what a page keeps there beside it: the URL is the state.

This module alone turns values into query parameters and back. A page with settings of its own
makes them a :class:`Part` of the address beside its dataclass; no other code names a parameter.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Generic, TypeVar
from urllib.parse import parse_qsl, urlencode

from geodata.analysis.classes import DEFAULT_CLASSES, MAX_CLASSES, MIN_CLASSES, SCHEMES
from geodata.days import today
from geodata.errors import PetaKimError
from geodata.gazetteer import Gazetteer
from geodata.regions import Level, parse
from geodata.registry.snapshot import KimFilter
from geodata.text import DEFAULT_LANGUAGE, LANGUAGES, text
from geodata.view.conditions import read_conditions, write_conditions
from geodata.view.metrics import METRICS
from geodata.view.view import View

LIST = ","
"""What stands between the values of a parameter that has several."""

T = TypeVar("T")

LONGEST_VALUE = 2_000
"""Characters of a parameter; all columns there are take fewer."""
_SHOWN_OF_VALUE = 80
_FIRST_YEAR, _LAST_YEAR = 1_000, 9_999
_HIGHEST_BREAK = 1e9


@dataclass(frozen=True)
class Parameter(Generic[T]):
    """A query parameter: its name, how it changes a value, and how it is written from one.

    Attributes
    ----------
    read
        Returns the value changed as the parameter's text says; raises ``ValueError``, ``KeyError``
        or ``PetaKimError`` if it cannot be used.
    write
        Returns the parameter's text, empty where the value is at its default.
    longest
        Characters that a text may have; a longer one is not even read.
    """

    name: str
    read: Callable[[T, str, Gazetteer], T]
    write: Callable[[T], str]
    longest: int = LONGEST_VALUE


@dataclass(frozen=True)
class Notice:
    """A query parameter that could not be used, and so was left at its default.

    Of a long value only the beginning is told.
    """

    parameter: str
    value: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "value", shortened(self.value))

    def message(self, lang: str) -> str:
        """Say so to a reader."""
        return text("app.notice", lang, parameter=self.parameter, value=self.value)


def shortened(written: str) -> str:
    """Return what of a text from an address is told to its reader."""
    return written if len(written) <= _SHOWN_OF_VALUE else written[:_SHOWN_OF_VALUE] + "…"


class Part(Generic[T]):
    """Parameters that together say one value, such as the view, or the settings of a page.

    Parameters
    ----------
    default
        What an address without any of them says.
    parameters
        In the order in which they are read: a later one may rest on an earlier one.

    Raises
    ------
    ValueError
        If another part has a parameter of that name: an address must say one thing only.
    """

    _taken: set[str] = set()  # noqa: RUF012 - shared by all parts on purpose

    def __init__(self, default: T, *parameters: Parameter[T]) -> None:
        self.default = default
        self.names = tuple(parameter.name for parameter in parameters)
        self._parameters = parameters
        for name in self.names:
            if name in self._taken:
                raise ValueError(f"Two parts of the address have the parameter {name}.")
            self._taken.add(name)

    def read(self, params: Mapping[str, str], gazetteer: Gazetteer) -> tuple[T, list[Notice]]:
        """Return the value that query parameters say, and a notice for each that was unusable.

        Parameters of other parts are passed over.
        """
        value, notices = self.default, []
        for parameter in self._parameters:
            written = params.get(parameter.name, "").strip()
            if not written:
                continue
            try:
                if len(written) > parameter.longest:
                    raise ValueError(parameter.name)
                value = parameter.read(value, written, gazetteer)
            except (PetaKimError, ValueError, KeyError, OverflowError):
                notices.append(Notice(parameter.name, written))
        return value, notices

    def write(self, value: T) -> dict[str, str]:
        """Return the query parameters that say ``value``; defaults are left out."""
        written = ((parameter.name, parameter.write(value)) for parameter in self._parameters)
        return {name: text for name, text in written if text}

    def rest(self, params: Mapping[str, str]) -> dict[str, str]:
        """Return those of ``params`` that belong to other parts."""
        return {name: value for name, value in params.items() if name not in self.names}


def choice_parameter(name: str, allowed: Iterable[Any], attribute: str = "") -> Parameter[Any]:
    """Return a parameter that is one of ``allowed`` (texts, or members of a ``StrEnum``).

    These are looked through whenever it is read: metrics come and go with their indicators.
    """

    def read(written: str) -> Any:
        return {str(option): option for option in allowed}[written]

    return simple_parameter(name, read, str, attribute)


def number_parameter(
    name: str, convert: Callable[[str], float], least: float, most: float, attribute: str = ""
) -> Parameter[Any]:
    """Return a parameter that is a number from ``least`` to ``most``."""

    def read(written: str) -> float:
        value = convert(written)
        if not least <= value <= most:
            raise ValueError(written)
        return value

    return simple_parameter(name, read, lambda value: f"{value:.15g}", attribute)


def listed(
    name: str,
    read: Callable[[str], tuple[str, ...]],
    attribute: str = "",
    longest: int = LONGEST_VALUE,
) -> Parameter[Any]:
    """Return a parameter of several texts, which ``read`` checks."""
    return replace(simple_parameter(name, read, LIST.join, attribute), longest=longest)


def flag(name: str, attribute: str = "") -> Parameter[Any]:
    """Return a parameter that is ``1``, or not there (or ``0``)."""
    switch = {"1": True, "0": False}
    return simple_parameter(name, switch.__getitem__, lambda _: "1", attribute)


def simple_parameter(
    name: str, read: Callable[[str], Any], write: Callable[[Any], str], attribute: str = ""
) -> Parameter[Any]:
    """Return a parameter of the attribute of the same name, or of ``attribute``."""
    attribute = attribute or name

    def changed(value: Any, written: str, _: Gazetteer) -> Any:
        change = {attribute: read(written)}
        return replace(value, **change)

    def written(value: Any) -> str:
        now = getattr(value, attribute)
        return "" if now == type(value).__dataclass_fields__[attribute].default else write(now)

    return Parameter(name, changed, written)


def names(written: str) -> tuple[str, ...]:
    """Return the texts of a list, each once."""
    return tuple(dict.fromkeys(name.strip() for name in written.split(LIST) if name.strip()))


def _region(view: View, written: str, gazetteer: Gazetteer) -> View:
    code = parse(written)
    gazetteer.name(code)
    return replace(view, region=code)


def _level(view: View, written: str, _: Gazetteer) -> View:
    level = Level(written)
    if level not in view.levels:
        raise ValueError(written)
    return view.drawn_at(level)


def _of_filter(name: str, read: Callable[[str], Any], write: Callable[[Any], str]) -> Parameter:
    """Return a parameter of the KIM filter, of its attribute of the same name."""
    default = getattr(KimFilter(), name)

    def written(view: View) -> str:
        value = getattr(view.kim_filter, name)
        return "" if value == default else write(value)

    return Parameter(name, lambda view, text, _: view.filtered(**{name: read(text)}), written)


def _years(written: str) -> tuple[int, int]:
    first, _, last = written.partition("-")
    years = int(first), int(last or first)
    if not all(_FIRST_YEAR <= year <= _LAST_YEAR for year in years):
        raise ValueError(written)
    return years


def past_day(written: str) -> date:
    """Return a day written as ``2024-12-31`` that has begun.

    Raises
    ------
    ValueError
        If it is none, or is still to come.
    """
    day = date.fromisoformat(written)
    if day > today():
        raise ValueError(written)
    return day


def _classes(view: View, written: str, _: Gazetteer) -> View:
    if view.scheme == "sendiri":
        return replace(view, breaks=read_breaks(written))
    if not MIN_CLASSES <= int(written) <= MAX_CLASSES:
        raise ValueError(written)
    return replace(view, k=int(written))


def _written_classes(view: View) -> str:
    if view.scheme == "sendiri":
        return write_breaks(view.breaks)
    return str(view.k) if view.k != DEFAULT_CLASSES else ""


VIEW: Part[View] = Part(
    View(),
    Parameter("wilayah", _region, lambda view: view.region or ""),
    Parameter("level", _level, lambda view: str(view.level or "")),
    _of_filter("bidang", names, LIST.join),
    _of_filter("mode", str, str),
    _of_filter("status", names, LIST.join),
    _of_filter("tahap", names, LIST.join),
    _of_filter("tahun", _years, lambda years: "-".join(map(str, years))),
    simple_parameter("per", past_day, date.isoformat, "day"),
    choice_parameter("metrik", METRICS, "metric"),
    choice_parameter("skema", SCHEMES, "scheme"),
    Parameter("kelas", _classes, _written_classes),
    flag("titik", "points"),
    flag("petak"),
    simple_parameter("syarat", read_conditions, write_conditions, "conditions"),
    choice_parameter("bahasa", LANGUAGES, "lang"),
)


def read_view(params: Mapping[str, str], gazetteer: Gazetteer) -> tuple[View, list[Notice]]:
    """Return the view that query parameters say, and a notice for each that was unusable."""
    view, notices = VIEW.read(params, gazetteer)
    if view.scheme == "sendiri" and not view.breaks:
        view = replace(view, scheme=View.scheme)
        notices.append(Notice("skema", "sendiri"))
    return view, notices


def read_language(params: Mapping[str, str]) -> str:
    """Return the language that query parameters name, even where nothing else can be read."""
    lang = params.get("bahasa", DEFAULT_LANGUAGE)
    return lang if lang in LANGUAGES else DEFAULT_LANGUAGE


def query(params: Mapping[str, str]) -> str:
    """Return parameters as the query of an address; empty ones go, commas stay readable."""
    return urlencode({name: value for name, value in params.items() if value}, safe=LIST)


def parameters(query: str) -> dict[str, str]:
    """Return the parameters of the query of an address."""
    return dict(parse_qsl(query))


def link(address: str, params: Mapping[str, str]) -> str:
    """Return ``address`` with the parameters that are not empty."""
    written = query(params)
    return f"{address}?{written}" if written else address


def write_breaks(breaks: tuple[float, ...]) -> str:
    """Return own class breaks as :func:`read_breaks` reads them."""
    return LIST.join(f"{value:.15g}" for value in breaks)


def read_breaks(written: str) -> tuple[float, ...]:
    """Return own class breaks written as ``1,5,10``, rising from above zero.

    Raises
    ------
    ValueError
        If they are not numbers, do not rise, are too many, or higher than any figure.
    """
    breaks = tuple(float(part) for part in written.split(LIST))
    rising = all(low < high for low, high in zip((0.0, *breaks), breaks, strict=False))
    if not rising or not breaks[-1] <= _HIGHEST_BREAK or len(breaks) >= MAX_CLASSES:
        raise ValueError(written)
    return breaks
