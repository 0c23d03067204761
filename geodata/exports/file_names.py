"""The name of an extract's file, which tells of what it is: region, level, filter and day."""

import re
import unicodedata

from geodata.exports.extracts import Extract
from geodata.registry.snapshot import KimFilter

_LONGEST = 120  # characters: what any file system holds, with an ending
_NAMED_AT_MOST = 3


def file_name(extract: Extract) -> str:
    """Return the name of an extract's file without its ending, of letters, digits and ``.-``.

    >>> file_name(Extract(snapshot, View("35.07", kim_filter=KimFilter(("umkm",)))))
    'kim-35.07-kabupaten-malang-umkm-per-2023-06-30'
    """
    region, gazetteer = extract.view.region, extract.gazetteer
    about = [
        extract.subject,
        extract.level or "",
        region or "indonesia",
        gazetteer.name(region) if region else "",
        *_of_filter(extract.view.kim_filter),
    ]
    written = "-".join(filter(None, map(_safe, about)))[:_LONGEST].rstrip("-.")
    return f"{written}-per-{extract.snapshot.date}"


def _of_filter(kim_filter: KimFilter) -> list[str]:
    fields, every = kim_filter.bidang, kim_filter.mode == "semua"
    if len(fields) > _NAMED_AT_MOST:
        named = f"{'semua ' if every else ''}{len(fields)} bidang"
    else:
        named = (" dan " if every else " atau ").join(fields)
    years = dict.fromkeys(kim_filter.tahun or ())
    return [named, " atau ".join(kim_filter.status), "-".join(map(str, years))]


def _safe(words: str) -> str:
    plain = unicodedata.normalize("NFKD", words.casefold()).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9.]+", "-", plain).strip("-")
