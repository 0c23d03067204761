"""Settings come from the environment, are checked, and can be looked at without their secrets."""

from pathlib import Path

import pytest

from geodata.errors import PetaKimError
from geodata.settings import entries, settings


def test_a_variable_counts_and_an_empty_one_does_not(monkeypatch, tmp_path):
    monkeypatch.setenv("KIM_DECKS", str(tmp_path))
    monkeypatch.setenv("KIM_UPLOADS", "")
    assert settings().decks == tmp_path
    assert settings().uploads.parts[-2:] == ("var", "uploads")


def test_a_changed_environment_is_seen_at_once(monkeypatch):
    monkeypatch.setenv("KIM_STORE", "/a")
    assert settings().store == Path("/a")
    monkeypatch.setenv("KIM_STORE", "/b")
    assert settings().store == Path("/b")


def test_an_unusable_value_is_named_and_not_repeated(monkeypatch):
    monkeypatch.setenv("KIM_OPERATOR", "perhaps")
    with pytest.raises(PetaKimError, match="KIM_OPERATOR cannot be used") as caught:
        settings()
    assert "perhaps" not in caught.value.message("id")


def test_names_of_the_app_are_read_from_a_list_and_hold_no_address(monkeypatch):
    monkeypatch.setenv("KIM_HOSTS", "Kim.Contoh.go.id., peta.lain.id")
    assert settings().host_names == {"kim.contoh.go.id", "peta.lain.id"}
    monkeypatch.setenv("KIM_HOSTS", "https://kim.contoh.go.id/")
    with pytest.raises(PetaKimError, match="KIM_HOSTS cannot be used"):
        settings()


def test_entries_tell_the_source_and_mask_what_is_secret(monkeypatch):
    monkeypatch.setenv("KIM_DATABASE_URL", "postgresql://kim:rahasia@host/kim")
    shown = {entry.variable: entry for entry in entries()}
    assert shown["KIM_DATABASE_URL"].source == "environment"
    assert "rahasia" not in shown["KIM_DATABASE_URL"].value
    assert shown["KIM_OPERATOR"].value == ""
    assert shown["KIM_OPERATOR"].source == "default"
    assert all(entry.description for entry in entries())


SIGN_IN = {
    "KIM_SIGN_IN_METADATA": "https://sso.contoh.go.id/.well-known/openid-configuration",
    "KIM_SIGN_IN_CLIENT_ID": "peta-kim",
    "KIM_SIGN_IN_CLIENT_SECRET": "rahasia",
    "KIM_SIGN_IN_COOKIE_SECRET": "0123456789abcdef0123456789abcdef",
    "KIM_SIGN_IN_ADDRESS": "https://kim.contoh.go.id",
}


def set_all(monkeypatch, variables):
    for name, value in variables.items():
        monkeypatch.setenv(name, value)


def test_people_sign_in_with_all_settings_and_not_with_none(monkeypatch):
    assert not settings().signs_in
    set_all(monkeypatch, SIGN_IN)
    assert settings().signs_in
    assert settings().host_names == {"kim.contoh.go.id"}
    shown = {entry.variable: entry.value for entry in entries()}
    assert not {"rahasia", SIGN_IN["KIM_SIGN_IN_COOKIE_SECRET"]} & set(shown.values())


def test_what_is_missing_of_sign_in_is_named(monkeypatch):
    set_all(monkeypatch, dict(list(SIGN_IN.items())[:3]))
    with pytest.raises(PetaKimError, match="KIM_SIGN_IN_COOKIE_SECRET, KIM_SIGN_IN_ADDRESS"):
        settings()


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("KIM_SIGN_IN_METADATA", "http://sso.contoh.go.id/.well-known/openid-configuration"),
        ("KIM_SIGN_IN_METADATA", "sso.contoh.go.id"),
        ("KIM_SIGN_IN_COOKIE_SECRET", "pendek"),
        ("KIM_SIGN_IN_ADDRESS", "http://kim.contoh.go.id"),
        ("KIM_SIGN_IN_ADDRESS", "https://kim.contoh.go.id/kim"),
        ("KIM_SIGN_IN_HOURS", "0"),
    ],
)
def test_sign_in_is_encrypted_and_well_signed(monkeypatch, variable, value):
    set_all(monkeypatch, SIGN_IN | {variable: value})
    with pytest.raises(PetaKimError, match=f"{variable} cannot be used"):
        settings()


def test_nobody_is_given_every_right_beside_sign_in(monkeypatch):
    set_all(monkeypatch, SIGN_IN | {"KIM_OPERATOR": "1"})
    with pytest.raises(PetaKimError, match="KIM_OPERATOR=1"):
        settings()
    monkeypatch.setenv("KIM_OPERATOR", "0")
    assert settings().signs_in
