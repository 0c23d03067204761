"""Where on the page Data KIM one is: which KIM, and what is done about it, in the address."""

from dataclasses import dataclass

from dashboard.frame import state
from geodata.view.address import VIEW, Part, choice_parameter, number_parameter

ADD, PROPOSE = "tambah", "usul"
ACTIONS = ("ubah", "pindah", "tutup", "buka")
"""What can be done about a KIM that there is."""
_LARGEST = 2**31 - 1  # number of a KIM, as databases count them


@dataclass(frozen=True)
class Whereabouts:
    """A KIM by its number, and what is done about it; without one all KIM, or a new one.

    ``proposal`` is the draft that a new one was proposed by.
    """

    kim: int = 0
    action: str = ""
    proposal: int = 0


WHEREABOUTS: Part[Whereabouts] = Part(
    Whereabouts(),
    number_parameter("kim", int, 1, _LARGEST),
    choice_parameter("tindakan", (ADD, PROPOSE, *ACTIONS), "action"),
    number_parameter("usulan", int, 1, _LARGEST, "proposal"),
)


def here() -> Whereabouts:
    """Return where the address says one is."""
    return state.own(WHEREABOUTS)


def turn_to(kim: int = 0, action: str = "", proposal: int = 0) -> None:
    """Write another place into the address; by default that of all KIM."""
    state.set_own(WHEREABOUTS, Whereabouts(kim, action, proposal))


def address_of(kim: int) -> dict[str, str]:
    """Return the query parameters of a KIM's page."""
    return VIEW.write(state.current()) | WHEREABOUTS.write(Whereabouts(kim))


def proposal_address(proposal: int) -> dict[str, str]:
    """Return the query parameters of the form of a KIM that was proposed by a draft."""
    where = Whereabouts(action=ADD, proposal=proposal)
    return VIEW.write(state.current()) | WHEREABOUTS.write(where)
