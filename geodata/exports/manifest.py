"""The manifest of an extract: what it holds, how it was picked, and whose data it is."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from geodata.columns import Column, column
from geodata.exports.extracts import Extract
from geodata.gazetteer import REGIONS_FILE
from geodata.provenance import Sidecar, Source, read_sidecar
from geodata.registry.fields import BIDANG
from geodata.registry.schema import STATUSES, TAHAP
from geodata.registry.snapshot import Snapshot
from geodata.text import ByLanguage, in_language, number, text
from geodata.view.address import link
from geodata.view.conditions import conditions_in_words
from geodata.view.words import counted_in_words, level_name, region_path

PAGE = "/unduh"


@dataclass(frozen=True)
class Imprint:
    """What is known of an extract besides its rows.

    Attributes
    ----------
    sources
        Sidecars of the data files that went into it.
    made
        When it was made, ISO 8601.
    lang
        Language of the manifest.
    site
        Address of the application, such as ``https://peta.example``; empty where there is none.
    made_for
        Whom an extract with personal data was made for; empty: it has none.
    """

    sources: Sequence[Sidecar]
    made: str
    lang: str
    site: str = ""
    made_for: str = ""


_WORDS = {"bidang": BIDANG, "status": STATUSES, "tahap": TAHAP}
"""What the values of columns of words can be."""


def sources_of(snapshot: Snapshot) -> list[Sidecar]:
    """Return the sidecars of what goes into an extract of ``snapshot``."""
    return [*snapshot.sources, read_sidecar(REGIONS_FILE)]


def manifest(
    extract: Extract, imprint: Imprint, facts: Sequence[tuple[str, str]] = ()
) -> pd.DataFrame:
    """Return what an extract must say of itself, as two columns of text.

    Parameters
    ----------
    facts
        Further lines, of the file: key below ``manifest`` of the text table, and value.
    """
    lang, snapshot = imprint.lang, extract.snapshot
    made_for = imprint.made_for
    lines = [
        ("isi", text(f"isi.{extract.subject}", lang)),
        ("personal", text("manifest.personal_of", lang, siapa=made_for) if made_for else ""),
        ("level", level_name(extract.level, lang) if extract.level else ""),
        ("wilayah", region_path(extract.gazetteer, extract.view.region, lang)),
        ("kode_wilayah", extract.view.region or "–"),
        ("filter", counted_in_words(snapshot, extract.view.kim_filter, extract.view.region, lang)),
        (
            "conditions",
            conditions_in_words(extract.view.conditions, extract.level, lang)
            if extract.level
            else "",
        ),
        ("link", link(imprint.site + PAGE, extract.params())),
        ("rows", number(len(extract), lang)),
        ("date", snapshot.date),
        ("version", snapshot.version),
        *_about_boundaries(extract, lang),
        *(("column", _about_column(column(name), extract, lang)) for name in extract.columns),
        ("made", imprint.made),
        ("note", text("manifest.illustrative", lang) if snapshot.illustrative else ""),
    ]
    lines.extend(
        (
            "source",
            _source(in_language(sidecar.description, lang), sidecar.sources, sidecar.licence, lang),
        )
        for sidecar in imprint.sources
    )
    return pd.DataFrame(
        [(text(f"manifest.{key}", lang), value) for key, value in (*lines, *facts) if value],
        columns=[text("manifest.column_what", lang), text("manifest.column_value", lang)],
    )


def _about_column(known: Column, extract: Extract, lang: str) -> str:
    """Say what a column holds, under the name that it has in the extract, and how it is written."""
    meaning = known.meaning(lang)
    if extract.readable_in:
        return f"{known.heading(extract.readable_in)}: {meaning}"
    if known.kind == "share":
        meaning += " " + text("manifest.share", lang)
    elif known.kind in ("word", "words"):
        codes = "; ".join(
            f"{name} = {text(f'{known.words}.{name}', lang)}" for name in _WORDS[known.words]
        )
        meaning += " " + text("manifest.codes", lang, daftar=codes)
    return f"{known.name} ({known.title(lang)}): {meaning}"


def _about_boundaries(extract: Extract, lang: str) -> list[tuple[str, str]]:
    if extract.boundaries is None:
        return []
    about = extract.boundaries.manifest
    title = " ".join(filter(None, [in_language(about.title, lang), about.vintage]))
    return [
        ("boundaries", f"{title} ({extract.boundaries.name} {extract.boundaries.version})"),
        ("note", text("app.approximate", lang) if about.approximate else ""),
        ("source", _source(in_language(about.title, lang), about.sources, about.licence, lang)),
    ]


def _source(title: str, sources: Sequence[Source], licence: ByLanguage, lang: str) -> str:
    origins = (
        f"{in_language(source.producer, lang)}, {in_language(source.title, lang)} {source.version}"
        for source in sources
    )
    return ". ".join(filter(None, [title, "; ".join(origins), in_language(licence, lang)]))
