"""What answers look like, as OpenAPI 3.0 says it: by the names that operations have for them."""

from typing import Any

from geodata.matching.candidate import Method, Verdict
from geodata.regions import LEVELS
from geodata.registry.database.states import Action

Schema = dict[str, Any]

_TEXT: Schema = {"type": "string"}
_COUNT: Schema = {"type": "integer", "minimum": 0}
_NUMBER: Schema = {"type": "number"}
_OBJECT: Schema = {"type": "object"}
_LEVEL: Schema = {"type": "string", "enum": list(LEVELS)}


def _list(of: Schema) -> Schema:
    return {"type": "array", "items": of}


def _maybe(of: Schema) -> Schema:
    return {**of, "nullable": True}


def _holds(**properties: Schema) -> Schema:
    return {"type": "object", "required": list(properties), "properties": properties}


def _with(schema: Schema, **properties: Schema) -> Schema:
    return _holds(**schema["properties"], **properties)


_LINKS = _list(
    {
        "type": "object",
        "required": ["href", "rel"],
        "properties": dict.fromkeys(("href", "rel", "type", "title"), _TEXT),
    }
)
_NAMED = _holds(kode=_TEXT, nama=_TEXT, tingkat=_LEVEL)
_REGION = _holds(kode=_maybe(_TEXT), nama=_TEXT, sebutan=_TEXT, tingkat=_maybe(_LEVEL))
_ROWS = _with(
    _REGION,
    jumlah_baris=_COUNT,
    baris=_list(_OBJECT),
    tautan=_LINKS,
    tanggal_data={"type": "string", "format": "date"},
    keterangan=_list(_TEXT),
)
_COLLECTION = _holds(
    id=_TEXT,
    title=_TEXT,
    description=_TEXT,
    attribution=_TEXT,
    extent=_OBJECT,
    itemType={"type": "string", "enum": ["feature"]},
    crs=_list(_TEXT),
    storageCrs=_TEXT,
    links=_LINKS,
)
_FEATURE = _holds(
    type={"type": "string", "enum": ["Feature"]},
    id=_TEXT,
    properties=_OBJECT,
    geometry=_maybe(_OBJECT),
)

SCHEMAS: dict[str, Schema] = {
    "openapi": _OBJECT,
    "catalogue": _OBJECT,
    "problem": _holds(type=_TEXT, title=_TEXT, status={"type": "integer"}, detail=_TEXT),
    "landing": _holds(title=_TEXT, description=_TEXT, links=_LINKS),
    "conformance": _holds(conformsTo=_list(_TEXT)),
    "collection": _COLLECTION,
    "collections": _holds(links=_LINKS, crs=_list(_TEXT), collections=_list(_COLLECTION)),
    "feature": _with(_FEATURE, links=_LINKS),
    "features": _holds(
        type={"type": "string", "enum": ["FeatureCollection"]},
        numberMatched=_COUNT,
        numberReturned=_COUNT,
        links=_LINKS,
        features=_list(_FEATURE),
    ),
    "start": _holds(judul=_TEXT, keterangan=_TEXT, uraian=_TEXT, alamat=_list(_OBJECT)),
    "figures": _with(_ROWS, tingkat_baris=_LEVEL, angka=_OBJECT),
    "rows": _ROWS,
    "region": _with(
        _REGION,
        di_atas=_list(_NAMED),
        di_bawah=_list(_NAMED),
        kotak=_list(_NUMBER),
        batas_perkiraan={"type": "boolean"},
    ),
    "hits": _holds(
        jumlah=_COUNT,
        hasil=_list(
            _holds(
                jenis={"type": "string", "enum": [*LEVELS, "kim"]},
                kode=_TEXT,
                nama=_TEXT,
                sebutan=_TEXT,
                menurut=_TEXT,
                kemiripan=_NUMBER,
            )
        ),
    ),
    "match": _holds(
        status={"type": "string", "enum": list(Verdict)},
        kode_wilayah=_maybe(_TEXT),
        kandidat=_list(
            _with(
                _NAMED,
                sebutan=_TEXT,
                metode={"type": "string", "enum": list(Method)},
                skor=_NUMBER,
            )
        ),
        alasan=_list(_holds(kode=_TEXT, keterangan=_TEXT)),
    ),
    "changes": _with(
        _REGION,
        registri=_maybe(_TEXT),
        perubahan=_list(
            _holds(
                versi=_COUNT,
                kegiatan={"type": "string", "enum": list(Action)},
                pada={"type": "string", "format": "date-time"},
                baru=_COUNT,
                diperbarui=_COUNT,
            )
        ),
    ),
    "tilejson": _holds(tilejson=_TEXT, tiles=_list(_TEXT), vector_layers=_list(_OBJECT)),
    "style": _holds(
        version={"type": "integer"}, metadata=_OBJECT, sources=_OBJECT, layers=_list(_OBJECT)
    ),
    "tile": {"type": "string", "format": "binary"},
}
