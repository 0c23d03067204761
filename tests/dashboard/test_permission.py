"""Who may operate: whoever everything says sits at this machine, or whom the settings let."""

import pytest
import streamlit as st

from dashboard.http.visitor import visitor_of

HOST, ORIGIN = "127.0.0.1:8501", "http://127.0.0.1:8501"


@pytest.fixture(autouse=True)
def listening_on_loopback(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("KIM_OPERATOR", raising=False)
    monkeypatch.delenv("KIM_HOSTS", raising=False)
    listen(monkeypatch, "127.0.0.1")


def listen(monkeypatch: pytest.MonkeyPatch, address: str | None) -> None:
    monkeypatch.setattr(st, "get_option", {"server.address": address}.get)


def visitor(peer="127.0.0.1", host=HOST, origin=ORIGIN, kind="websocket", version="1.1", **headers):
    named = {"host": host, "origin": origin} | {
        name.replace("_", "-"): value for name, value in headers.items()
    }
    return visitor_of(
        {
            "type": kind,
            "http_version": version,
            "headers": [(k.encode(), v.encode()) for k, v in named.items() if v is not None],
            "client": (peer, 40_000),
            "server": ("127.0.0.1", 8501),
        }
    )


@pytest.mark.parametrize(
    ("host", "origin"),
    [
        (HOST, ORIGIN),
        ("localhost:8501", "http://localhost:8501"),
        ("LOCALHOST", "http://localhost:80"),
        ("[::1]:8501", "http://[::1]:8501"),
        ("127.8.8.8", "https://127.8.8.8:443"),
        ("localhost:9000", "http://localhost:9000"),  # through a tunnel of the operator's own
    ],
)
def test_who_sits_at_the_machine_operates(host, origin):
    assert visitor(host=host, origin=origin).operates


@pytest.mark.parametrize("peer", ["192.168.1.7", "10.0.0.1", "::ffff:192.168.1.7", "", "unix:"])
def test_whoever_comes_from_elsewhere_does_not(peer):
    assert not visitor(peer=peer).operates


@pytest.mark.parametrize("address", ["0.0.0.0", "", None, "::", "192.168.1.7", "kim.contoh.go.id"])
def test_nobody_does_where_others_can_reach_it(monkeypatch, address):
    listen(monkeypatch, address)
    assert not visitor().operates


@pytest.mark.parametrize(
    "header",
    [
        "x_forwarded_for", "x_forwarded_host", "x_forwarded_proto", "x_forwarded_server",
        "forwarded", "x_real_ip", "via", "x_request_id", "x_original_host",
        "x_envoy_external_address", "cf_connecting_ip", "true_client_ip", "x_amzn_trace_id",
    ],
)  # fmt: skip
@pytest.mark.parametrize("value", ["127.0.0.1", ""])
def test_a_trace_of_a_program_in_between_is_enough(header, value):
    assert not visitor(**{header: value}).operates


def test_what_browsers_send_of_their_own_is_no_trace():
    sent = visitor(kind="http", x_xsrftoken="2|a", x_requested_with="fetch", sec_fetch_site="none")
    assert sent.operates


@pytest.mark.parametrize(
    ("host", "origin"),
    [
        ("jahat.example", "http://jahat.example"),  # a name that was made to lead here
        ("localhost.jahat.example", "http://localhost.jahat.example"),
        (HOST, "http://jahat.example"),
        (HOST, "http://127.0.0.1:3000"),  # another program of this machine
        (HOST, "http://127.0.0.1:8501@jahat.example"),
        (HOST, "null"),
        (HOST, ""),
        (HOST, "file://"),
        (HOST, "ftp://127.0.0.1:8501"),
        (None, None),
        ("", ORIGIN),
        ("127.0.0.1:x", ORIGIN),
        ("a@127.0.0.1", ORIGIN),
        ("127.0.0.1/..", ORIGIN),
    ],
)
def test_a_foreign_name_or_page_does_not(host, origin):
    assert not visitor(host=host, origin=origin).operates


def test_a_websocket_that_names_no_page_is_no_browser_s_and_neither_is_http_1_0():
    assert not visitor(origin=None).operates
    assert visitor(origin=None, kind="http").operates
    assert not visitor(origin=None, kind="http", version="1.0").operates


def test_two_hosts_or_two_origins_are_none_of_ours():
    scope = {"type": "http", "headers": [(b"host", b"localhost"), (b"host", b"localhost")]}
    assert visitor_of(scope).host is None
    pages = [(b"host", b"localhost"), (b"origin", b"http://localhost")]
    twice = {"type": "http", "headers": [*pages, pages[1]], "client": ("127.0.0.1", 1)}
    assert visitor_of({**twice, "headers": pages}).operates
    assert not visitor_of(twice).operates


def test_the_settings_let_everybody_or_nobody(monkeypatch):
    listen(monkeypatch, "0.0.0.0")
    monkeypatch.setenv("KIM_HOSTS", "kim.contoh.go.id")
    reader = {
        "peer": "10.0.0.1",
        "host": "kim.contoh.go.id",
        "origin": "https://kim.contoh.go.id",
        "x_forwarded_for": "1.2.3.4",
    }
    assert not visitor(**reader).operates
    monkeypatch.setenv("KIM_OPERATOR", "1")
    assert visitor(**reader).operates
    # ... but not the page of another site in the browser of somebody who may.
    assert not visitor(**reader | {"origin": "https://jahat.example"}).operates
    assert not visitor(**reader | {"host": "jahat.example"}).operates
    listen(monkeypatch, "127.0.0.1")
    monkeypatch.setenv("KIM_OPERATOR", "0")
    assert not visitor().operates


def test_a_name_of_ours_reaches_us_and_does_not_make_one_operate(monkeypatch):
    assert not visitor(host="kim.contoh.go.id", origin="https://kim.contoh.go.id").knows_us
    monkeypatch.setenv("KIM_HOSTS", "kim.contoh.go.id, peta.contoh.go.id")
    for name in ("kim.contoh.go.id", "PETA.contoh.go.id:443"):
        named = visitor(host=name, origin=f"https://{name}")
        assert named.knows_us
        assert named.from_our_page
        assert not named.operates
    # A web server that passes the page's origin on, but not the name by which it was called.
    hidden = visitor(host=HOST, origin="https://kim.contoh.go.id")
    assert hidden.from_our_page
    assert not hidden.operates


def test_the_address_it_was_reached_at_is_a_name_of_ours(monkeypatch):
    listen(monkeypatch, "0.0.0.0")
    scope = {
        "type": "http",
        "headers": [(b"host", b"192.168.1.7:8501")],
        "client": ("192.168.1.9", 1),
        "server": ("192.168.1.7", 8501),
    }
    assert visitor_of(scope).knows_us
    assert not visitor_of({**scope, "server": ("10.0.0.1", 8501)}).knows_us
