"""What a person says of a boundary file that does not stand in it."""

from dataclasses import dataclass

from geodata.boundaries.reading.sources import AUTO
from geodata.regions import Level


@dataclass(frozen=True)
class Options:
    """What is said of a file; see ``sources.recognise`` and ``degrees.in_degrees``.

    The year that the boundaries hold for (``vintage``) and their licence stand in no file: they
    are not stated unless somebody states them. ``polygonise`` makes areas of ``level`` of lines.
    """

    source: str = AUTO
    code_field: str | None = None
    name_field: str | None = None
    level: Level | None = None
    crs: str | None = None
    vintage: str = ""
    licence: str = ""
    polygonise: bool = False
