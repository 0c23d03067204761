"""Names of files that people take away, which tell what is in them: region, filter and day."""

import re
import unicodedata

from geodata.exports.extracts import Extract
from geodata.registry.snapshot import KimFilter, Snapshot

_LONGEST = 120  # characters: what any file system holds, with an ending
_NAMED_AT_MOST = 3


def file_name(extract: Extract) -> str:
    """Return the name of an extract's file without its ending, of letters, digits and ``.-``.

    >>> file_name(Extract(snapshot, View("35.07", kim_filter=KimFilter(("umkm",)))))
    'kim-35.07-kabupaten-malang-umkm-per-2023-06-30'
    """
    subject = f"{extract.subject} {extract.level or ''}"
    return named(subject, extract.view.region, extract.view.kim_filter, extract.snapshot)


def named(subject: str, region: str | None, kim_filter: KimFilter, snapshot: Snapshot) -> str:
    """Return the name of a file about ``subject`` in a region, as :func:`file_name` writes it.

    >>> named("tanpa-kim kecamatan", "35.07", KimFilter(), snapshot)
    'tanpa-kim-kecamatan-35.07-kabupaten-malang-per-2023-06-30'
    """
    about = [
        subject,
        region or "indonesia",
        snapshot.gazetteer.name(region) if region else "",
        *_of_filter(kim_filter),
    ]
    written = "-".join(filter(None, map(_safe, about)))[:_LONGEST].rstrip("-.")
    return f"{written}-per-{snapshot.date}"


def _of_filter(kim_filter: KimFilter) -> list[str]:
    fields, every = kim_filter.bidang, kim_filter.mode == "semua"
    if len(fields) > _NAMED_AT_MOST:
        named = f"{'semua ' if every else ''}{len(fields)} bidang"
    else:
        named = (" dan " if every else " atau ").join(fields)
    years = dict.fromkeys(kim_filter.tahun or ())
    either = (" atau ".join(names) for names in (kim_filter.status, kim_filter.tahap))
    return [named, *either, "-".join(map(str, years))]


def _safe(words: str) -> str:
    plain = unicodedata.normalize("NFKD", words.casefold()).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9.]+", "-", plain).strip("-")
