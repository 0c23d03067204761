"""Reads the values of cells: numbers, domains, phones. What cannot be read is ``None``.

An empty cell, or one that says in words that there is nothing ("-", "belum ada"), reads as "".
Words for nothing, and hosts where everybody has a page, stand in values.toml.
"""

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from geodata.registry.personal import PHONE, is_personal

_WORD = re.compile(r"[^\W_]+")
_GROUPED = re.compile(r"\d{1,3}([.,]\d{3})+", re.ASCII)
_COUNT = re.compile(
    r"(\d{1,7})([.,]0+)?\s*(orang|org|anggota|jiwa|members?|people)?\.?", re.I | re.ASCII
)

_SCHEME = re.compile(r"^(https?:?/{0,2}|www\.)+", re.IGNORECASE)
_HOST = re.compile(r"([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")
_OF_GOVERNMENT = re.compile(r"[^.]+\.go\.id")  # a region's or an agency's own, nobody else's
_KIM_DOMAIN = "kim.id"
_LEAST_LETTERS = 3  # of a bare name; shorter ones are ticks

_PHONE_AS_NUMBER = re.compile(r"8\d{8,11}", re.ASCII)


@cache
def value_words() -> dict[str, Any]:
    """Return the table of words that values are told by."""
    return tomllib.loads(Path(__file__).with_name("values.toml").read_text(encoding="utf-8"))


@cache
def _words(section: str, name: str) -> frozenset[str]:
    return frozenset(value_words()[section][name])


def is_nothing(text: str) -> bool:
    """Tell whether a cell says that there is nothing to say.

    >>> is_nothing("Belum ada nomor"), is_nothing("--"), is_nothing("N/A"), is_nothing("0")
    (True, True, True, False)
    """
    words = _WORD.findall(text.casefold())
    if not words or "".join(words) in _words("nothing", "whole"):
        return True
    said, telling = set(words), _words("nothing", "telling")
    return not said.isdisjoint(telling) and said <= telling | _words("nothing", "beside")


def is_blank(text: str) -> bool:
    """Tell whether a cell of text or of a day says nothing: zero is what empty cells are made of.

    >>> is_blank("0"), is_blank("0000-00-00"), is_blank("-"), is_blank("10")
    (True, True, True, False)
    """
    return not any(char.isalnum() and char != "0" for char in text) or is_nothing(text)


def read_number(text: str) -> str | None:
    """Return a registration number as it is written; without a digit it is none.

    >>> read_number("KIM-07/2019"), read_number("000"), read_number("ada")
    ('KIM-07/2019', '', None)
    """
    if is_blank(text):
        return ""
    plain = " ".join(text.split())
    return plain if any(char in "123456789" for char in plain) else None


def read_count(text: str) -> str | None:
    """Return a whole number, also of ``1.250`` and ``25 orang``."""
    if is_nothing(text):
        return ""
    plain = text.strip()
    if _GROUPED.fullmatch(plain):
        return str(int(re.sub(r"\D", "", plain)))
    match = _COUNT.fullmatch(plain)
    return str(int(match[1])) if match else None


def read_domain(text: str) -> str | None:
    """Return a domain in lower case, without scheme and path; a bare name is one of kim.id.

    A page on a host where everybody has one is no domain of a KIM.

    >>> read_domain("http://www.Wajak.kim.id/profil"), read_domain("wajak")
    ('wajak.kim.id', 'wajak.kim.id')
    >>> read_domain("facebook.com/kim.wajak"), read_domain("kimwajak.blogspot.com")
    (None, 'kimwajak.blogspot.com')
    """
    if is_blank(text):
        return ""
    host = _host(text)
    if not _HOST.fullmatch(host) or " " in text.strip() or is_personal(host):
        return None
    if "." in host:
        return None if is_shared_host(text) else host
    named = len(host) >= _LEAST_LETTERS and not host.isdigit()
    if not named or host in _words("nothing", "beside") or is_shared_host(text):
        return None
    return f"{host}.{_KIM_DOMAIN}"


def is_shared_host(text: str) -> bool:
    """Tell whether a web address is on a host that everybody uses, such as facebook.com.

    >>> is_shared_host("https://m.facebook.com/kim.wajak"), is_shared_host("Instagram: @kimwajak")
    (True, True)
    """
    host = _host(text).rstrip(":")
    of_everybody, alone = _words("shared_hosts", "with_pages"), _words("shared_hosts", "alone")
    parts = host.split(".")
    parents = {".".join(parts[start:]) for start in range(len(parts))}
    names = {known.split(".")[0] for known in of_everybody}
    known = host in alone or host in names or not parents.isdisjoint(of_everybody)
    return known or _OF_GOVERNMENT.fullmatch(host) is not None


def _host(text: str) -> str:
    bare = _SCHEME.sub("", text.strip())
    return re.split(r"[/?#\s]", bare, maxsplit=1)[0].lower().rstrip(".")


def read_phone(text: str) -> str | None:
    """Return a mobile phone number as ``+628...``; anything else stays as it is written.

    >>> read_phone("0812-3456-7890"), read_phone("81234567890")
    ('+6281234567890', '+6281234567890')
    """
    if is_nothing(text):
        return ""
    digits = re.sub(r"\D", "", text)
    if _PHONE_AS_NUMBER.fullmatch(text.strip()):
        return f"+62{digits}"
    if PHONE.fullmatch(text.strip()):
        return f"+62{digits.removeprefix('62').removeprefix('0')}"
    return None
