"""Whoever asks for a file is asked about when it is made, not when its button was drawn."""

from types import SimpleNamespace

import pytest
import streamlit as st

from dashboard import permission
from dashboard.http import access
from geodata.people.rights import READER, NotAllowed, Person, Right, Role
from geodata.text import text

PETUGAS = Person("siti@malangkab.go.id", Role.PETUGAS, "35.07", 1)


def connected(monkeypatch: pytest.MonkeyPatch, headers: dict[str, str], address: str | None):
    monkeypatch.setattr(st, "context", SimpleNamespace(headers=headers, ip_address=address))


def test_who_has_lost_the_right_since_the_page_was_drawn_gets_no_file(monkeypatch):
    people = {"siti": PETUGAS}
    monkeypatch.setattr(permission, "person_of", lambda said: people[dict(said)[access.VERDICT]])
    connected(monkeypatch, {access.VERDICT: "siti"}, "10.1.2.3")

    def whose() -> tuple[str, str]:
        with permission.acting(Right.PRIBADI, "35.07") as who:
            return who, permission.origin()

    file = permission.asked_later(whose)
    connected(monkeypatch, {}, None)
    assert file() == (PETUGAS.name, "10.1.2.3")
    people["siti"] = READER
    with pytest.raises(NotAllowed, match=text("right.pribadi", "en")):
        file()
    assert permission.person() == READER, "and outside of that nobody asks"
