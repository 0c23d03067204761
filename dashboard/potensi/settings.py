"""What the page Potensi keeps in the address beside the view."""

from dataclasses import dataclass, replace

from geodata.analysis.bivariate import QUADRANTS
from geodata.gazetteer import Gazetteer
from geodata.regions import parse
from geodata.registry.fields import BIDANG
from geodata.view.address import Parameter, Part, choice_parameter
from geodata.view.metrics import MEASURES

FIELDS = "bidang"
"""The section that holds a field against all regions, whatever conditions there are on some."""
SECTIONS = ("dua", "prioritas", FIELDS)


@dataclass(frozen=True)
class PotentialSettings:
    """The chosen section, and what is chosen in it.

    Attributes
    ----------
    section
        One of :data:`SECTIONS`.
    measure
        The first of two measures, the potential; "" for the first there is. The second is the
        metric of the view.
    quadrant
        Whose regions are listed; "" for all.
    chosen
        Code of the region that map, chart and list point at; "" for none.
    field
        The bidang that is held against the potential.
    """

    section: str = SECTIONS[0]
    measure: str = ""
    quadrant: str = ""
    chosen: str = ""
    field: str = BIDANG[0]


def _read_chosen(settings: PotentialSettings, written: str, gazetteer: Gazetteer):  # type: ignore[no-untyped-def]
    code = parse(written)
    gazetteer.name(code)
    return replace(settings, chosen=code)


POTENTIAL: Part[PotentialSettings] = Part(
    PotentialSettings(),
    choice_parameter("telaah", SECTIONS, "section"),
    choice_parameter("potensi", MEASURES, "measure"),
    choice_parameter("kuadran", QUADRANTS, "quadrant"),
    Parameter("tunjuk", _read_chosen, lambda settings: settings.chosen),
    choice_parameter("bidang_potensi", BIDANG, "field"),
)
