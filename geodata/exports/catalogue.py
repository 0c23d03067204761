"""The catalogue of what is published, as portals harvest it: DCAT 3 (W3C), in JSON-LD.

It has what Satu Data Indonesia (Perpres 39/2019) asks of each data set: title, description,
producer, licence, period, day of the data, and the meaning and unit of every column.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from geodata.boundaries.set_manifest import Manifest
from geodata.columns import Column, column
from geodata.exports.formats import FORMATS
from geodata.exports.manifest import PAGE, sources_of
from geodata.features.collection import COLLECTIONS, Collection
from geodata.indicators.indicator import Indicator
from geodata.provenance import Source
from geodata.registry.snapshot import Snapshot
from geodata.text import LANGUAGES, ByLanguage, in_language, text
from geodata.view.address import VIEW, link
from geodata.view.view import View

_CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "csvw": "http://www.w3.org/ns/csvw#",
    "prov": "http://www.w3.org/ns/prov#",
    "qudt": "http://qudt.org/schema/qudt/",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_MEDIA_TYPES = "https://www.iana.org/assignments/media-types/"
_INDONESIA = "https://sws.geonames.org/1643084/"
_TYPES = {
    "count": "integer",
    "year": "integer",
    "number": "number",
    "share": "number",
    "degrees": "number",
    "day": "date",
    "flag": "boolean",
}


@dataclass(frozen=True)
class Served:
    """Where a program finds what is published: addresses on this site.

    Attributes
    ----------
    site
        Of the app, without a slash at its end.
    own, features, figures, tiles
        Paths: of the catalogue, of the OGC API, of the API, and of the tilesets.
    """

    site: str
    own: str
    features: str
    figures: str
    tiles: str


def catalogue(
    snapshot: Snapshot, boundaries: Manifest, indicators: Sequence[Indicator], served: Served
) -> dict[str, Any]:
    """Return the catalogue: a data set for each collection and indicator, and the boundary set."""
    own = served.site + served.own
    datasets = [_of_collection(it, snapshot, served) for it in COLLECTIONS.values()]
    return {
        "@context": _CONTEXT,
        "@id": own,
        "@type": "dcat:Catalog",
        "dct:title": _told(lambda lang: text("api.catalogue", lang)),
        "dct:description": _told(lambda lang: text("api.about.catalogue", lang)),
        "dct:publisher": _agent(served),
        "dct:language": list(LANGUAGES),
        "dct:modified": _day(snapshot.date),
        "foaf:homepage": {"@id": f"{served.site}/"},
        "dcat:dataset": [
            *datasets,
            *(_of_indicator(it, served) for it in indicators),
            _of_boundaries(boundaries, served),
        ],
        "dcat:service": [
            _service(served, served.features, f"{served.features}/api", "ogc"),
            _service(served, served.figures, f"{served.figures}/openapi.json", "v1"),
        ],
    }


def _of_collection(it: Collection, snapshot: Snapshot, served: Served) -> dict[str, Any]:
    sources = [source for sidecar in sources_of(snapshot) for source in sidecar.sources]
    licences = [sidecar.licence for sidecar in sources_of(snapshot)]
    first, _ = snapshot.years
    illustrative = snapshot.illustrative

    def about(lang: str) -> str:
        return " ".join([it.about(lang), *([text("app.illustrative", lang)] * illustrative)])

    features = f"{served.site}{served.features}/collections/{it.name}/items"
    return {
        **_dataset(served, it.name, it.title, about, sources, licences),
        "dct:modified": _day(snapshot.date),
        "dct:temporal": {
            "@type": "dct:PeriodOfTime",
            "dcat:startDate": _day(f"{first}-01-01"),
            "dcat:endDate": _day(snapshot.date),
        },
        "dcat:version": snapshot.version,
        "csvw:tableSchema": {
            "csvw:column": [_column(column(name)) for name in it.all_columns(View(), snapshot)]
        },
        "dcat:distribution": [*_files(it, served), _distribution(features, "application/geo+json")],
    }


def _of_indicator(it: Indicator, served: Served) -> dict[str, Any]:
    chosen = VIEW.write(View(level=it.level, metric=it.key))
    known = column(it.key)
    figures = _distribution(link(f"{served.site}{PAGE}/wilayah.csv", chosen), "text/csv")
    source = Source(it.producer, it.title, "", it.licence, str(it.year))
    return {
        **_dataset(served, it.key, it.name, it.name, [source], [it.licence]),
        **({"dct:modified": _day(it.day)} if it.day else {}),
        "dct:temporal": {
            "@type": "dct:PeriodOfTime",
            "dcat:startDate": _day(f"{it.year}-01-01"),
            "dcat:endDate": _day(f"{it.year}-12-31"),
        },
        "csvw:tableSchema": {"csvw:column": [_column(column("kode")), _column(known)]},
        "dcat:distribution": [figures],
    }


def _files(it: Collection, served: Served) -> list[dict[str, Any]]:
    """Return the files that a link gives; of the desa without a KIM there are features alone."""
    if it.columns:
        return []
    chosen = VIEW.write(View(level=it.level))
    return [
        _distribution(link(f"{served.site}{PAGE}/{it.subject}.{ending}", chosen), form.media_type)
        for ending, form in FORMATS.items()
    ]


def _of_boundaries(about: Manifest, served: Served) -> dict[str, Any]:
    def described(lang: str) -> str:
        notes = [in_language(note, lang) for note in about.notes]
        return " ".join([text("api.about.batas", lang), *notes])

    levels = [level for level, drawn in about.counts.items() if drawn]
    return {
        **_dataset(
            served,
            "batas",
            lambda lang: f"{in_language(about.title, lang)} ({about.vintage})",
            described,
            about.sources,
            [about.licence],
        ),
        "dct:modified": _day(about.built[:10]),
        "dcat:version": f"{about.name} {about.version}",
        "dcat:distribution": [
            _distribution(f"{served.site}{served.tiles}/{level}.json", "application/json")
            for level in levels
        ],
    }


def _dataset(
    served: Served,
    name: str,
    title: Callable[[str], str],
    about: Callable[[str], str],
    sources: Sequence[Source],
    licences: Sequence[ByLanguage],
) -> dict[str, Any]:
    return {
        "@id": f"{served.site}{served.own}#{name}",
        "@type": "dcat:Dataset",
        "dct:identifier": name,
        "dct:title": _told(title),
        "dct:description": _told(about),
        "dct:publisher": _agent(served),
        "dct:creator": [
            {"@type": "foaf:Agent", "foaf:name": words}
            for words in _each(source.producer for source in sources)
        ],
        "dct:rights": [
            {"@type": "dct:RightsStatement", "rdfs:label": words} for words in _each(licences)
        ],
        "dct:spatial": {"@id": _INDONESIA},
        "prov:wasDerivedFrom": [
            {
                "@type": "prov:Entity",
                "dct:title": _by_language(source.title),
                **({"dct:source": source.origin} if source.origin else {}),
                "dcat:version": source.version,
            }
            for source in sources
        ],
    }


def _each(words: Any) -> list[Any]:
    """Return words by language, each once."""
    once: list[Any] = []
    for said in map(_by_language, words):
        if said not in once:
            once.append(said)
    return once


def _column(known: Column) -> dict[str, Any]:
    unit = {"qudt:unit": known.unit} if known.unit else {}
    return {
        "csvw:name": known.name,
        "csvw:titles": _told(known.title),
        "dct:description": _told(known.meaning),
        "csvw:datatype": _TYPES.get(known.kind, "string"),
        **unit,
    }


def _distribution(address: str, media_type: str) -> dict[str, Any]:
    kind = media_type.partition(";")[0]
    return {
        "@type": "dcat:Distribution",
        "dcat:accessURL": {"@id": address},
        "dcat:downloadURL": {"@id": address},
        "dcat:mediaType": {"@id": _MEDIA_TYPES + kind},
    }


def _service(served: Served, path: str, described: str, name: str) -> dict[str, Any]:
    return {
        "@id": served.site + path,
        "@type": "dcat:DataService",
        "dct:title": _told(lambda lang: text(f"api.title.{name}", lang)),
        "dcat:endpointURL": {"@id": served.site + path},
        "dcat:endpointDescription": {"@id": served.site + described},
    }


def _agent(served: Served) -> dict[str, Any]:
    return {
        "@type": "foaf:Agent",
        "foaf:name": _told(lambda lang: text("app.title", lang)),
        "foaf:homepage": {"@id": f"{served.site}/"},
    }


def _day(written: str) -> dict[str, str]:
    return {"@type": "xsd:date", "@value": written}


def _told(say: Callable[[str], str]) -> list[dict[str, str]]:
    return [{"@language": lang, "@value": say(lang)} for lang in LANGUAGES]


def _by_language(words: ByLanguage) -> Any:
    return _told(lambda lang: in_language(words, lang)) if isinstance(words, Mapping) else words
