"""Adapters: whose boundary file it is, told by its fields, and which field says what.

An adapter is data: for each level the fields that may hold the code and the name. Producers change
the case of their fields from one edition to the next, so case never matters.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from geodata.boundaries.boundary_error import ImportFailed
from geodata.regions import LEVELS, Level

Fields = Mapping[Level, tuple[str, ...]]


class CodeScheme(StrEnum):
    """Whose codes a producer writes."""

    KEMENDAGRI = "kemendagri"  # those of the decree: the codes of this project
    PCODE = "pcode"  # with the prefix ID; of Kemendagri or of BPS, told by their digits
    OTHER = "other"  # of BPS or the producer's own: never read as codes of Kemendagri


@dataclass(frozen=True)
class Adapter:
    """The schema of one producer.

    Attributes
    ----------
    key
        What ``--source`` calls it.
    producer
        Who publishes it, in the producer's own words.
    scheme
        Whose codes stand in the fields ``codes``.
    codes, names
        By level the fields that hold the code and the name: in each row the first that it fills.
    level_field
        A field that tells the level of a row, as ``ADM4``.
    names_suffice
        Whether a file without the code can still be told by its names.
    kinds
        By level the field with the word that belongs before the name: Kota, Kelurahan.
    title
        The field with the name of the polygon itself, whatever its level.
    """

    key: str
    producer: str
    scheme: CodeScheme
    codes: Fields
    names: Fields
    level_field: str | None = None
    names_suffice: bool = False
    kinds: Fields = field(default_factory=dict)
    title: str | None = None

    def fields(self) -> set[str]:
        """Return all fields that the adapter reads, in lower case."""
        by_level = (self.codes, self.names, self.kinds)
        listed = [name for fields in by_level for names in fields.values() for name in names]
        return {name.lower() for name in (*listed, self.level_field, self.title) if name}


def _by_level(*fields: str) -> Fields:
    """Return fields by level, from desa upwards; alternatives are parted by blanks."""
    return {
        level: tuple(names.split())
        for level, names in zip(reversed(LEVELS), fields, strict=False)
        if names
    }


ADAPTERS: tuple[Adapter, ...] = (
    Adapter(
        "big",
        "Badan Informasi Geospasial (BIG), Rupabumi Indonesia",
        CodeScheme.KEMENDAGRI,
        _by_level("KDEPUM", "KDCPUM", "KDPKAB", "KDPPUM"),
        _by_level("WADMKD", "WADMKC", "WADMKK", "WADMPR"),
        names_suffice=True,
        title="NAMOBJ",
    ),
    Adapter(
        "hdx",
        "OCHA Humanitarian Data Exchange (HDX), COD-AB",
        CodeScheme.PCODE,
        _by_level("ADM4_PCODE", "ADM3_PCODE", "ADM2_PCODE", "ADM1_PCODE"),
        _by_level(
            "ADM4_EN ADM4_ID ADM4_NAME",
            "ADM3_EN ADM3_ID ADM3_NAME",
            "ADM2_EN ADM2_ID ADM2_NAME",
            "ADM1_EN ADM1_ID ADM1_NAME",
        ),
    ),
    Adapter(
        "bps",
        "Badan Pusat Statistik (BPS)",
        CodeScheme.OTHER,
        _by_level(
            "IDDESA KDDESA DESANO",
            "IDKEC KDKEC KECNO",
            "IDKAB KDKAB KABKOTNO",
            "IDPROV KDPROV PROVNO",
        ),
        _by_level("NMDESA DESA", "NMKEC KECAMATAN", "NMKAB KABKOT", "NMPROV PROVINSI"),
    ),
    Adapter(
        "gadm",
        "GADM",
        CodeScheme.OTHER,
        _by_level("GID_4 ID_4", "GID_3 ID_3", "GID_2 ID_2", "GID_1 ID_1"),  # ID_n: until 3.6
        _by_level("NAME_4", "NAME_3", "NAME_2", "NAME_1"),
        kinds=_by_level("TYPE_4", "", "TYPE_2"),
    ),
    Adapter(
        "geoboundaries",
        "geoBoundaries",
        CodeScheme.OTHER,
        dict.fromkeys(LEVELS, ("shapeID",)),
        dict.fromkeys(LEVELS, ("shapeName",)),
        level_field="shapeType",
    ),
    Adapter(
        "dukcapil",
        "Direktorat Jenderal Kependudukan dan Pencatatan Sipil (Dukcapil), "
        "atau ekspor ulang dengan kolom serupa (KODE_KD, KEL_DESA)",
        CodeScheme.KEMENDAGRI,
        _by_level(
            "KODE_DESA KODE_KEL KODE_KD NO_KEL",
            "KODE_KEC NO_KEC",
            "KODE_KAB KODE_KK NO_KAB",
            "KODE_PROP KODE_PROV NO_PROP",
        ),
        _by_level(
            "NAMA_DESA NAMA_KEL KEL_DESA NAMA DESA_KELUR DESA",
            "NAMA_KEC KECAMATAN",
            "NAMA_KAB KAB_KOTA",
            "NAMA_PROP NAMA_PROV PROVINSI",
        ),
    ),
    Adapter(
        "kim",
        "Peta KIM (GeoParquet)",
        CodeScheme.KEMENDAGRI,
        dict.fromkeys(LEVELS, ("kode",)),
        dict.fromkeys(LEVELS, ("nama",)),
    ),
)

GENERIC = "generic"
AUTO = "auto"
SOURCES = (AUTO, *(adapter.key for adapter in ADAPTERS), GENERIC)


@dataclass(frozen=True)
class Schema:
    """An adapter met in a file.

    Attributes
    ----------
    level
        Of the polygons in the file, as far as its fields tell.
    codes, names
        By level the fields with the code and the name, as far as the file has them; those of the
        adapter that it leaves empty are not among them.
    kinds
        By level the field with the word that belongs before the name.
    """

    adapter: Adapter
    level: Level
    codes: Mapping[Level, tuple[str, ...]]
    names: Mapping[Level, tuple[str, ...]] = field(default_factory=dict)
    kinds: Mapping[Level, str] = field(default_factory=dict)


def generic(code_field: str | None, name_field: str | None) -> Adapter:
    """Return an adapter of the fields that the user names; codes are those of Kemendagri."""
    return Adapter(
        GENERIC,
        "",
        CodeScheme.KEMENDAGRI,
        dict.fromkeys(LEVELS, (code_field,)) if code_field else {},
        dict.fromkeys(LEVELS, (name_field,)) if name_field else {},
        names_suffice=code_field is None,
    )


def recognise(
    fields: Iterable[str],
    source: str = AUTO,
    *,
    level: Level | None = None,
    code_field: str | None = None,
    name_field: str | None = None,
) -> Schema | None:
    """Tell whose file it is by the names of its fields.

    Parameters
    ----------
    fields
        The fields of the file that hold anything.
    source
        Key of the adapter, if the user knows it; ``auto`` tries all.
    level
        The level of the polygons, if the user knows it; otherwise the finest that has a field.
    code_field, name_field
        Fields that the user names; they make the file ``generic``.

    Returns
    -------
    The first schema that fits, ``None`` if none does.

    Raises
    ------
    ImportFailed
        If there is no such source.
    """
    present = {name.lower(): name for name in fields}
    if source not in SOURCES:
        raise ImportFailed("import_source", value=source, allowed=", ".join(SOURCES))
    if code_field or name_field or source == GENERIC:
        adapters = [generic(code_field, name_field)]
    else:
        adapters = [adapter for adapter in ADAPTERS if source in (AUTO, adapter.key)]
    schemas = (_meet(adapter, present, level) for adapter in adapters)
    return next(filter(None, schemas), None)


def _meet(adapter: Adapter, present: Mapping[str, str], wanted: Level | None) -> Schema | None:
    """Return the adapter's schema of the finest level whose own fields are all there."""

    def there(fields: Fields, level: Level) -> tuple[str, ...]:
        known = (name.lower() for name in fields.get(level, ()))
        return tuple(present[name] for name in known if name in present)

    for level in [wanted] if wanted else reversed(LEVELS):
        own, name = there(adapter.codes, level), there(adapter.names, level)
        if not own and not (name and adapter.names_suffice):
            continue
        if not name and adapter.scheme is CodeScheme.OTHER:
            continue
        name += tuple(filter(None, [present.get(str(adapter.title).lower())]))
        codes, names = {level: own} if own else {}, {level: name} if name else {}
        for above in (above for above in LEVELS if level.is_below(above)):
            if (of_parent := there(adapter.codes, above)) and of_parent != own:
                codes[above] = of_parent
            if (of_parent := there(adapter.names, above)) and of_parent != name:
                names[above] = of_parent
        kinds = {level: of[0] for level in names if (of := there(adapter.kinds, level))}
        return Schema(adapter, level, codes, names, kinds)
    return None
