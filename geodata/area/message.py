"""What there is in an area as a message to send on: a few lines that any messenger shows."""

import pandas as pd

from geodata.area.answer import FIRST, Answer, is_of_first
from geodata.area.area import Area
from geodata.area.people import People
from geodata.lines import short_line
from geodata.text import number, percent, text

_NAMED = 10  # KIM
_ZONES = 3
_LONGEST = 160  # characters of a line
_MARKS = str.maketrans(dict.fromkeys("*_~`"))  # of which messengers make bold, italic and code


def message(area: Area, found: Answer, people: People, about: str, link: str, lang: str) -> str:
    """Return the message.

    Parameters
    ----------
    about
        What is counted and how new it is.
    link
        Address of the page that shows the area; may be empty.
    """
    lines = [
        f"*{text('area.message.title', lang)}*",
        names_of(area, lang),
        "",
        *(f"- {line}" for line in figures_in_words(found, people, lang)),
    ]
    for key, told in _named(found, lang).items():
        lines += ["", f"*{text(f'area.message.{key}', lang)}*"]
        lines += [f"- {words}" for words in told[:_NAMED]]
        if len(told) > _NAMED:
            rest = number(len(told) - _NAMED, lang)
            lines.append(text("area.message.more", lang, jumlah=rest))
    return "\n".join([*lines, "", about, *([link] if link else [])])


def _named(found: Answer, lang: str) -> dict[str, list[str]]:
    """Return which KIM are named: those for disasters, else all inside, else the nearest ones."""
    first = found.kim[is_of_first(found.kim)]
    if len(first):
        return {"first": [_kim(row) for _, row in first.iterrows()]}
    if len(found.kim):
        return {"others": [_kim(row) for _, row in found.kim.iterrows()]}
    known = found.without[found.without["kim_terdekat"].notna()]
    nearest = known.sort_values("jarak_km", kind="stable").drop_duplicates("nomor_induk_terdekat")
    return {"nearest": [_next(row, lang) for _, row in nearest.iterrows()]} if len(known) else {}


def names_of(area: Area, lang: str) -> str:
    """Return what the zones of an area are called, of many the first ones and how many more."""
    names = [short_line(_plain(zone.name)) for zone in area.zones]
    more = len(names) - _ZONES
    if more > 0:
        names = [*names[:_ZONES], text("area.more_zones", lang, jumlah=number(more, lang))]
    return "; ".join(names)


def figures_in_words(found: Answer, people: People, lang: str) -> list[str]:
    """Return how many KIM, desa without one, desa that have not reported and people are inside."""
    counts = {
        "kim": len(found.kim),
        "pertama": found.of_first,
        "desa": found.desa,
        "tanpa": len(found.without),
        "belum": len(found.unreported),
    }
    written = {name: number(count, lang) for name, count in counts.items()}
    lines = [text("area.figure.kim", lang, kim=written["kim"], desa=written["desa"])]
    if counts["kim"]:
        bidang = text(f"bidang.{FIRST}", lang)
        said = text("area.figure.first", lang, jumlah=written["pertama"], bidang=bidang)
        lines.append(said)
    lines.append(text("area.figure.without", lang, jumlah=written["tanpa"]))
    if counts["belum"]:
        lines.append(text("area.figure.unreported", lang, jumlah=written["belum"]))
    return [*lines, people_in_words(people, lang)]


def people_in_words(people: People, lang: str) -> str:
    """Return how many people are inside, called an estimate, and of how much it is known."""
    if pd.isna(people.count):
        return text("area.figure.people_unknown", lang)
    said = text("area.figure.people", lang, jumlah=number(people_rounded(people), lang))
    if people.known > 0.995:
        return said
    return (
        f"{said} ({text('area.figure.people_part', lang, bagian=percent(people.known, lang, 0))})"
    )


def people_rounded(people: People) -> int:
    """Return an estimate with two digits that count: more would claim what nobody knows."""
    return int(float(f"{people.count:.2g}"))


def _kim(row: pd.Series) -> str:
    where = ", ".join((row["desa"], row["kecamatan"], row["kabupaten_kota"]))
    return short_line(_plain(f"{row['nama_kim']} ({where})"), _LONGEST)


def _next(row: pd.Series, lang: str) -> str:
    way = {
        "km": number(row["jarak_km"], lang, 1),
        "arah": text(f"arah.{row['arah']}", lang),
        "desa": row["nama"],
    }
    said = text("area.message.next", lang, kim=row["kim_terdekat"], **way)
    return short_line(_plain(said), _LONGEST)


def _plain(words: str) -> str:
    return words.translate(_MARKS)
