"""The feed of a region: its last versions in words, as Atom 1.0 (RFC 4287).

It names no person and no file. An entry's id is made of the registry's and the version's number,
so that a reader has each once, whichever server it asks.
"""

from collections.abc import Sequence
from uuid import NAMESPACE_URL, UUID, uuid5
from xml.etree import ElementTree as xml

from geodata.gazetteer import Gazetteer
from geodata.registry.database.region_history import RegionVersion
from geodata.text import number, text
from geodata.view.words import region_path

MOST_ENTRIES = 50
MEDIA_TYPE = "application/atom+xml"

_ATOM = "http://www.w3.org/2005/Atom"
_NEVER = "1970-01-01T00:00:00+00:00"


def feed(
    registry: str,
    versions: Sequence[RegionVersion],
    gazetteer: Gazetteer,
    region: str | None,
    lang: str,
    *,
    own: str,
    page: str,
) -> bytes:
    """Return the feed, the latest version first.

    Parameters
    ----------
    registry
        Its uuid, as hexadecimal digits; "" for the sample.
    versions
        As :func:`~geodata.registry.database.region_history.region_history` returns them.
    own, page
        Addresses: of the feed, and of the page that shows the region.
    """
    space = UUID(registry) if registry else NAMESPACE_URL
    where = region_path(gazetteer, region, lang)
    root = xml.Element("feed", {"xmlns": _ATOM, "xml:lang": lang})
    _add(root, "id", uuid5(space, f"{region}").urn)
    _add(root, "title", text("feed.title", lang, wilayah=where))
    _add(root, "updated", versions[0].at if versions else _NEVER)
    _add(xml.SubElement(root, "author"), "name", text("app.title", lang))
    xml.SubElement(root, "link", rel="self", type=MEDIA_TYPE, href=own)
    xml.SubElement(root, "link", rel="alternate", type="text/html", href=page)
    for version in versions:
        entry = xml.SubElement(root, "entry")
        _add(entry, "id", uuid5(space, f"{region}/{version.version}").urn)
        _add(entry, "title", in_words(version, lang))
        _add(entry, "updated", version.at)
        said = {"wilayah": where, "versi": number(version.version, lang)}
        _add(entry, "summary", text("feed.summary", lang, **said))
        xml.SubElement(entry, "link", rel="alternate", type="text/html", href=page)
    return xml.tostring(root, encoding="utf-8", xml_declaration=True)


def in_words(version: RegionVersion, lang: str) -> str:
    """Return what a version did: ``12 KIM baru, 3 KIM diperbarui``."""
    counts = ((name, getattr(version, name)) for name in ("baru", "diperbarui"))
    told = [text(f"feed.{name}", lang, jumlah=number(n, lang)) for name, n in counts if n]
    return text(f"feed.{version.action}", lang, isi=", ".join(told))


def _add(parent: xml.Element, name: str, words: str) -> None:
    xml.SubElement(parent, name).text = words
