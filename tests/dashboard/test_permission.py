import pytest
import streamlit as st

from dashboard.permission import may_operate


@pytest.mark.parametrize(
    ("address", "operator", "may"),
    [
        ("127.0.0.1", None, True),
        ("127.8.8.8", None, True),
        ("localhost", None, True),
        ("::1", None, True),
        ("0.0.0.0", None, False),
        ("", None, False),
        (None, None, False),
        ("192.168.1.7", None, False),
        ("kim.contoh.go.id", None, False),
        ("192.168.1.7", "1", True),
        (None, "1", True),
        ("192.168.1.7", "0", False),
        ("192.168.1.7", "", False),
        ("127.0.0.1", "0", True),
    ],
)
def test_who_sits_at_the_machine_may_operate_and_whom_its_owner_lets(
    monkeypatch, address, operator, may
):
    monkeypatch.setattr(st, "get_option", {"server.address": address}.get)
    monkeypatch.delenv("KIM_OPERATOR", raising=False)
    if operator is not None:
        monkeypatch.setenv("KIM_OPERATOR", operator)
    assert may_operate() is may
