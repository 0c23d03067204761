"""The name noted beside what was done, also where the process's user has none."""

import getpass
import os

import pytest

from geodata.operator import operator_name


def test_it_is_the_account_name(monkeypatch) -> None:
    monkeypatch.setenv("LOGNAME", "siti")
    assert operator_name() == "siti"


@pytest.mark.parametrize("error", [KeyError("uid not found"), OSError("no username set")])
def test_without_an_account_it_is_the_number_of_the_user(monkeypatch, error) -> None:
    def unknown():
        raise error

    monkeypatch.setattr(getpass, "getuser", unknown)
    assert operator_name() == f"uid {os.getuid()}"
