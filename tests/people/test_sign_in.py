"""Signing in, with a real provider and a server below a path, as browsers do it."""

import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import httpx2
import pytest
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value

from dashboard.frame.markdown import literal
from geodata.people import accounts
from geodata.people.accounts import Account
from geodata.people.rights import Right, Role
from geodata.registry.database.connection import Registry, open_registry
from geodata.text import text
from tests.app.visiting import Session
from tests.browser.conftest import ROOT, free_port, serving

SITI = "siti@malangkab.go.id"
SECRET = "rahasia-" * 4
OFFICER = "Petugas kabupaten/kota, Kabupaten Malang"
NEEDED = text("account.needed", "id", hak=text(f"right.{Right.IMPOR}", "id"))
FAILED = text("account.failed", "id").encode()
PATH, LEFT = "/kim", "/impor?wilayah=35.07&bahasa=en"


@dataclass
class Site:
    """The app, its provider and its registry."""

    origin: str
    provider: str
    registry: Registry

    def invite(self, email: str, role: Role = Role.PETUGAS, region: str | None = "35.07"):
        return accounts.invite(self.registry, email, role, region, who="admin")

    def account(self, number: int) -> Account:
        return next(it for it in accounts.list_accounts(self.registry) if it.id == number)


@dataclass
class Browser:
    """Somebody's browser: its cookies, and the pages that it opens."""

    site: Site
    client: httpx2.Client = field(default_factory=lambda: httpx2.Client(follow_redirects=True))

    def open(self, **headers: str) -> Session:
        cookies = "; ".join(f"{it.name}={it.value}" for it in self.client.cookies.jar)
        return Session(self.site.origin, PATH, "impor", **{"cookie": cookies} | headers)

    def shown(self, **headers: str) -> str:
        with self.open(**headers) as page:
            return page.shown.decode("utf-8", "replace")

    def press(self, button: str) -> httpx2.Response:
        """Press a button of the header that leads away, and go there, as from a page in English."""
        with self.open() as page:
            said = page.run("impor", press=button)
        left = f"{self.site.origin}{PATH}{LEFT}"
        match = re.search(rb"/kim/auth/log(in\?provider=[\w.-]+|out)", said)
        assert match
        return self.client.get(self.site.origin + match[0].decode(), headers={"referer": left})

    def sign_in(self, email: str) -> httpx2.Response:
        form = self.press("masuk")
        assert str(form.url).startswith(self.site.provider)
        return self.client.post(str(form.url), data={"email": email})


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    node = shutil.which("node", path=f"{os.environ['PATH']}:{ROOT / '.venv' / 'bin'}")
    if not node or not Path(ROOT / "node_modules" / "oidc-provider").is_dir():
        pytest.skip("No oidc-provider: `make test` installs it")
    folder, port, provider_port = tmp_path_factory.mktemp("sign-in"), free_port(), free_port()
    origin, issuer = f"http://127.0.0.1:{port}", f"http://127.0.0.1:{provider_port}"
    url = f"sqlite:///{folder / 'kim.db'}"
    registry = open_registry(url)
    script = Path(__file__).with_name("provider.mjs")
    arguments = [str(provider_port), f"{origin}{PATH}/oauth2callback"]
    with subprocess.Popen([node, script, *arguments], stdout=subprocess.PIPE) as provider:
        try:
            with serving(
                "sign-in",
                port,
                STREAMLIT_SERVER_BASE_URL_PATH=PATH.strip("/"),
                KIM_DATABASE_URL=url,
                KIM_UPLOADS=str(folder / "uploads"),
                KIM_SIGN_IN_METADATA=f"{issuer}/.well-known/openid-configuration",
                KIM_SIGN_IN_CLIENT_ID="peta-kim",
                KIM_SIGN_IN_CLIENT_SECRET="rahasia-peta-kim",
                KIM_SIGN_IN_COOKIE_SECRET=SECRET,
                KIM_SIGN_IN_ADDRESS=origin,
            ):
                assert provider.stdout is not None
                assert provider.stdout.readline() == b"ready\n"
                yield Site(origin, issuer, registry)
        finally:
            provider.kill()


@pytest.fixture
def browser(site: Site) -> Iterator[Browser]:
    with Browser(site).client as client:
        yield Browser(site, client)


def test_who_was_invited_signs_in_and_the_account_is_theirs(site: Site, browser: Browser) -> None:
    siti = site.invite(SITI)
    assert NEEDED in browser.shown()
    answer = browser.sign_in(SITI)
    assert str(answer.url) == f"{site.origin}{PATH}{LEFT}"
    shown = browser.shown()
    assert literal(SITI) in shown
    assert OFFICER in shown
    assert NEEDED not in shown
    theirs = site.account(siti.id)
    assert (theirs.subject, theirs.name) == (f"{site.provider} {SITI}", "Siti <b>Aminah</b>")

    set_by_us = [
        it for response in answer.history for it in response.headers.get_list("set-cookie")
    ]
    kept = [it for it in set_by_us if it.startswith("_streamlit_user") and "Max-Age=0" not in it]
    assert [it.partition("=")[0] for it in kept] == ["_streamlit_user", "_streamlit_user_tokens"]
    for cookie in kept:
        assert all(f"; {it}" in cookie for it in ("HttpOnly", "SameSite=lax", f"Path={PATH}"))
        assert "Max-Age=43200" in cookie
    accounts.remove(site.registry, siti.id, who="admin")


def test_who_has_no_account_is_told_whom_to_ask(browser: Browser) -> None:
    browser.sign_in("lain@malangkab.go.id")
    shown = browser.shown()
    assert text("account.none", "id", name=literal("lain@malangkab.go.id")) in shown
    assert text("account.missing", "id", hak=text(f"right.{Right.IMPOR}", "id")) in shown


@pytest.mark.parametrize("wrong", ["audience", "expired", "issuer", "forged", "yesterday"])
def test_a_token_that_is_not_for_us_now_lets_nobody_in(
    site: Site, browser: Browser, wrong: str
) -> None:
    siti = site.invite(f"siti@{wrong}.contoh.example")
    browser.sign_in(siti.email)
    with browser.open() as page:
        assert NEEDED.encode() in page.shown
        # Yesterday's is one, of a session that is over.
        assert (FAILED in page.shown) is (wrong != "yesterday")
        assert FAILED not in page.run("impor")
    assert not site.account(siti.id).subject


def test_an_address_that_is_not_verified_is_nobodys(site: Site, browser: Browser) -> None:
    siti = site.invite("belum.siti@malangkab.go.id")
    browser.sign_in(siti.email)
    assert OFFICER not in browser.shown()
    assert not site.account(siti.id).subject


def test_a_sign_in_counts_in_the_browser_that_began_it(site: Site, browser: Browser) -> None:
    siti = site.invite("rina@malangkab.go.id")
    answer = browser.sign_in(siti.email)
    (callback,) = (it.url for it in answer.history if "oauth2callback" in str(it.url))
    with Browser(site).client as client:
        other = Browser(site, client)
        for address in (str(callback), f"{site.origin}{PATH}/oauth2callback?code=a&state=b"):
            client.get(address)
            assert "_streamlit_user" not in client.cookies
        assert NEEDED in other.shown()


def test_a_cookie_or_header_that_we_have_not_made_lets_nobody_in(
    site: Site, browser: Browser
) -> None:
    siti = site.invite("ani@malangkab.go.id")
    browser.sign_in(siti.email)
    name = "_streamlit_user"
    signed = browser.client.cookies[name]
    assert OFFICER in browser.shown(cookie=f"{name}={signed}")
    claims = {"iss": site.provider, "sub": siti.email, "iat": 4e9, "origin": site.origin}
    for forged in (
        signed[:-4] + "AAAA",
        "A" + signed,
        "",
        "\u00ff",
        create_signed_value("x" * 32, name, json.dumps(claims)).decode(),
        create_signed_value(SECRET, "_streamlit_xsrf", json.dumps(claims)).decode(),
        create_signed_value(SECRET, name, json.dumps(claims | {"origin": "https://a.id"})).decode(),
        create_signed_value(SECRET, name, "chunks-1").decode() + f"; {name}_1={signed}",
    ):
        assert NEEDED in browser.shown(cookie=f"{name}={forged}")
    for said in ('{"operates": true}', json.dumps(claims)):
        assert NEEDED in browser.shown(cookie="", x_peta_kim_visitor=said)


def test_what_becomes_of_an_account_counts_at_the_next_run_and_request(
    site: Site, browser: Browser
) -> None:
    siti = site.invite("budi@malangkab.go.id")
    browser.sign_in(siti.email)
    cookies = {"cookie": f"_streamlit_user={browser.client.cookies['_streamlit_user']}"}
    with browser.open() as page:

        def now() -> str:
            return page.run("impor").decode("utf-8", "replace")

        assert OFFICER in now()
        assert page.upload(10, **cookies).status == 204
        assert page.upload(10).status == 403
        accounts.change_role(site.registry, siti.id, Role.VERIFIKATOR, "35", who="admin")
        assert page.upload(10, **cookies).status == 204, "files of targets"
        assert "Verifikator provinsi, Provinsi Jawa Timur" in now()
        accounts.change_role(site.registry, siti.id, Role.PETUGAS, "35.73", who="admin")
        assert "Petugas kabupaten/kota, Kota Malang" in now()
        accounts.sign_out_everywhere(site.registry, siti.id, who="admin")
        assert NEEDED in now()
        assert page.upload(10, **cookies).status == 403
    browser.sign_in(siti.email)  # a second later than the sign-out: see accounts
    accounts.remove(site.registry, siti.id, who="admin")
    assert text("account.none", "id", name=literal(siti.email)) in browser.shown()


def test_nobody_uploads_into_the_page_of_somebody_else(site: Site, browser: Browser) -> None:
    siti, tono = (site.invite(f"{name}@kediri.example") for name in ("siti", "tono"))
    browser.sign_in(siti.email)
    with Browser(site).client as client, browser.open() as page:
        other = Browser(site, client)
        other.sign_in(tono.email)
        for whose, status in ((other, 403), (browser, 204)):
            cookies = f"_streamlit_user={whose.client.cookies['_streamlit_user']}"
            assert page.upload(10, cookie=cookies).status == status


def test_a_page_of_another_site_signs_nobody_out(site: Site, browser: Browser) -> None:
    siti = site.invite("sari@malangkab.go.id")
    browser.sign_in(siti.email)
    for other in ("cross-site", "same-site"):
        address = f"{site.origin}{PATH}/auth/logout"
        assert browser.client.get(address, headers={"sec-fetch-site": other}).status_code == 403
    assert OFFICER in browser.shown()


def test_nobody_operates_by_sitting_at_the_machine(browser: Browser) -> None:
    with browser.open() as page:
        assert NEEDED.encode() in page.shown
        assert page.upload(10).status == 403


def test_signing_out_ends_the_session_in_all_tabs_and_at_the_provider(
    site: Site, browser: Browser
) -> None:
    siti = site.invite("dewi@malangkab.go.id")
    browser.sign_in(siti.email)
    signed = browser.client.cookies["_streamlit_user"]
    with browser.open() as another_tab:
        answer = browser.press("keluar")
        assert NEEDED.encode() in another_tab.run("impor")
    assert NEEDED in browser.shown(cookie=f"_streamlit_user={signed}")  # to whoever has kept it
    assert str(answer.url).startswith(f"{site.provider}/session/end")
    assert not [it for it in browser.client.cookies if it.startswith("_streamlit_user")]
    assert NEEDED in browser.shown()
