"""Where on the page Data KIM one is: which KIM, and what is done about it, in the address."""

from dataclasses import dataclass

from dashboard.frame import state
from geodata.view.address import VIEW, Part, choice_parameter, number_parameter

ADD = "tambah"
ACTIONS = ("ubah", "pindah", "tutup", "buka")
"""What can be done about a KIM that there is."""
_LARGEST = 2**31 - 1  # number of a KIM, as databases count them


@dataclass(frozen=True)
class Whereabouts:
    """A KIM by its number, and what is done about it; without one all KIM, or a new one."""

    kim: int = 0
    action: str = ""


WHEREABOUTS: Part[Whereabouts] = Part(
    Whereabouts(),
    number_parameter("kim", int, 1, _LARGEST),
    choice_parameter("tindakan", (ADD, *ACTIONS), "action"),
)


def here() -> Whereabouts:
    """Return where the address says one is."""
    return state.own(WHEREABOUTS)


def turn_to(kim: int = 0, action: str = "") -> None:
    """Write another place into the address; by default that of all KIM."""
    state.set_own(WHEREABOUTS, Whereabouts(kim, action))


def address_of(kim: int) -> dict[str, str]:
    """Return the query parameters of a KIM's page."""
    return VIEW.write(state.current()) | WHEREABOUTS.write(Whereabouts(kim))
