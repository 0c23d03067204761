"""An indicator: a figure of regions that is not of their KIM, and all that is known of it."""

from dataclasses import dataclass, field
from typing import Literal, get_args

from geodata.errors import PetaKimError
from geodata.regions import Level
from geodata.text import ByLanguage, in_language

Kind = Literal["count", "share", "index", "category"]
Adding = Literal["sum", "mean", "shares", "none"]

KINDS: tuple[Kind, ...] = get_args(Kind)
ADDING: dict[Kind, tuple[Adding, ...]] = {
    "count": ("sum", "none"),
    "share": ("mean", "none"),
    "index": ("mean", "none"),
    "category": ("shares", "none"),
}
"""How a figure of each kind may add up, the usual way first."""


class IndicatorError(PetaKimError):
    """An indicator that does not exist, or a file of one that cannot be used."""


@dataclass(frozen=True)
class Indicator:
    """What is known of an indicator.

    Attributes
    ----------
    key
        Its name in tables, files and addresses.
    level
        The level at which its values are given.
    year
        The year that they are of.
    kind
        ``count`` (zero or more), ``share`` (0 to 1), ``index`` (any number) or ``category``.
    adding
        How the values of regions make that of the region which they are in: their ``sum``; their
        ``mean``, weighted by the indicator ``weight`` (``None``: all alike); of categories, the
        ``shares`` of the regions in each; or ``none``.
    high_is_good
        ``None`` where a high value is neither good nor bad.
    categories
        Of a category, the best first.
    decimals
        Digits after the point that are worth reading; of a share, digits of the share itself.
    unit
        Unit as written, such as ``km``; "" for counts, shares and bare numbers.
    producer, licence
        Whose figures they are, and on which terms; may be by language (``in_language``).
    day
        The day that the figures are of, or were published, ISO 8601; "" where nobody said.
    title
        What it is called; may be by language.
    """

    key: str
    level: Level
    year: int
    kind: Kind
    adding: Adding
    title: ByLanguage = field(hash=False)
    producer: ByLanguage = field(default="", hash=False)
    licence: ByLanguage = field(default="", hash=False)
    day: str = ""
    weight: str | None = None
    high_is_good: bool | None = None
    categories: tuple[str, ...] = ()
    decimals: int = 0
    unit: str = ""

    def name(self, lang: str) -> str:
        """Return what it is called."""
        return in_language(self.title, lang)
