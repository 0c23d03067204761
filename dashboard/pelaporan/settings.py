"""What the page Pelaporan keeps in the address beside the view: how long is long."""

from dataclasses import dataclass

from geodata.view import address

MONTHS = (1, 3, 6, 12, 24, 36)


@dataclass(frozen=True)
class ReportingSettings:
    """After how many months without data a kabupaten/kota is on the list of the silent."""

    senyap: int = 12


REPORTING: address.Part[ReportingSettings] = address.Part(
    ReportingSettings(), address.choice_parameter("senyap", MONTHS)
)
