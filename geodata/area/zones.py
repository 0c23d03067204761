"""Zones of outlines: their shapes, and what they are called."""

from collections.abc import Iterable

import shapely

from geodata.area.area import Area, Zone
from geodata.area.kept import kept
from geodata.area.mending import Mended, mended
from geodata.area.outlines import Circle, Drawn, File, Outline, Region
from geodata.gazetteer import Gazetteer
from geodata.sphere import circle
from geodata.text import number, text
from geodata.view.words import region_path


def area_of(outlines: Iterable[Outline], gazetteer: Gazetteer, lang: str) -> Area:
    """Return the area that outlines name, its zones called in ``lang``.

    Raises
    ------
    AreaError
        If an outline encloses nothing, or names what is kept no longer.
    """
    return Area(tuple(zone for outline in outlines for zone in zones_of(outline, gazetteer, lang)))


def zones_of(outline: Outline, gazetteer: Gazetteer, lang: str) -> tuple[Zone, ...]:
    """Return the zones of one outline: several, of a file that has bands.

    Raises
    ------
    AreaError
        As :func:`area_of`.
    """
    match outline:
        case File(key):
            return kept(key)
        case Region(code):
            return (Zone(region_path(gazetteer, code, lang), code=code),)
        case Circle(lat, lng, km):
            written = number(km, lang, 0 if km == int(km) else 1)
            # As it may be pasted into another map.
            name = text("area.zone.circle", lang, km=written, titik=f"{lat:.15g}, {lng:.15g}")
        case Drawn(corners):
            name = text("area.zone.drawn", lang, jumlah=number(len(corners), lang))
    return (Zone(name, shape_of(outline)[0]),)


def shape_of(outline: Circle | Drawn) -> tuple[shapely.Geometry, list[Mended]]:
    """Return the shape of a circle or a polygon, and what was mended of it.

    Raises
    ------
    AreaError
        If it encloses nothing.
    """
    match outline:
        case Circle(lat, lng, km):
            (shape,), done = mended([circle(lat, lng, km)])
        case Drawn(corners):
            (shape,), done = mended([shapely.Polygon([(lng, lat) for lat, lng in corners])])
    return shape, done
