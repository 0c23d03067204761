"""What is kept of a sign-in: one cookie, for as long as a session, on encrypted connections."""

import json

import pytest
from starlette.applications import Starlette
from starlette.datastructures import Headers
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient
from streamlit.auth_util import set_cookie_with_chunks
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value

from dashboard.http.access import VERDICT, person_of
from dashboard.http.sign_in import SignInCookies, claims_of
from dashboard.http.way_back import WayBack
from geodata.people.rights import READER
from geodata.text import text
from tests.geodata.test_settings import SIGN_IN, set_all

ADDRESS = SIGN_IN["KIM_SIGN_IN_ADDRESS"]
SECRET = SIGN_IN["KIM_SIGN_IN_COOKIE_SECRET"]
ATTRIBUTES = "; HttpOnly; Max-Age=2592000; Path=/; SameSite=lax"
CLAIMS = {
    "iss": "https://sso.contoh.go.id",
    "sub": "7",
    "email": "siti@malangkab.go.id",
    "email_verified": True,
    "name": "Siti",
    "iat": 1_795_700_000,
}


@pytest.fixture(autouse=True)
def signing_in(monkeypatch: pytest.MonkeyPatch) -> None:
    set_all(monkeypatch, SIGN_IN)


def signed(name: str, value: str) -> bytes:
    return create_signed_value(SECRET, name, value)


def as_streamlit_sets(name: str, said: dict) -> list[str]:
    """The cookies that Streamlit would set: several, where one would be too long."""
    cookies: list[str] = []

    def set_one(part: str, value: str) -> None:
        cookies.append(f"{part}={signed(part, value).decode()}{ATTRIBUTES}")

    set_cookie_with_chunks(set_one, signed, name, said, cookie_attr_size=len(ATTRIBUTES))
    return cookies


def kept(cookies: list[str]) -> list[str]:
    """What becomes of cookies that the app sets."""

    async def answer(_) -> Response:
        response = Response()
        response.raw_headers.extend((b"set-cookie", it.encode()) for it in cookies)
        return response

    app = SignInCookies(Starlette(routes=[Route("/", answer)]))
    return TestClient(app).get("/").headers.get_list("set-cookie")


def way_back(left: str = "", cookie: str | None = None) -> str:
    """Where somebody is led who left a page for the provider and comes back."""
    paths = ("/auth/login", "/oauth2callback")
    routes = [Route(path, lambda _: RedirectResponse("/")) for path in paths]
    app = WayBack(SignInCookies(Starlette(routes=routes)))
    with TestClient(app, ADDRESS, follow_redirects=False) as client:  # which starts it, too
        if cookie is None:
            away = client.get("/auth/login", headers={"referer": left})
            cookie = away.headers["set-cookie"].partition(";")[0]
        back = client.get("/oauth2callback", headers={"cookie": cookie})
    assert "peta_kim_asal=; HttpOnly; Max-Age=0" in back.headers["set-cookie"]
    return back.headers["location"]


def sent(cookies: list[str]) -> Headers:
    return Headers({"cookie": "; ".join(it.partition(";")[0] for it in cookies)})


def test_of_many_claims_those_are_kept_that_tell_who_it_is() -> None:
    groups = [f"{number * 7_919:x}-{number}" for number in range(2_000)]
    said = CLAIMS | {"groups": groups, "origin": ADDRESS, "provider": "default"}
    cookies = as_streamlit_sets("_streamlit_user", said)
    assert len(cookies) > 2
    (cookie,) = kept(cookies)
    assert len(cookie) < 1_000
    assert claims_of(sent([cookie])) == CLAIMS
    assert claims_of(sent(cookies)) == {}  # parts of several sign-ins would go together


def test_a_sign_in_takes_the_place_of_another_also_if_it_is_too_long() -> None:
    said = CLAIMS | {"sub": "7" * 300, "origin": ADDRESS}
    (cookie,) = kept(as_streamlit_sets("_streamlit_user", said))
    assert "sub" not in claims_of(sent([cookie]))
    token = "".join(f"{number * 104_729:x}" for number in range(3_000))
    (cookie,) = kept(as_streamlit_sets("_streamlit_user_tokens", {"id_token": token}))
    assert cookie.startswith("_streamlit_user_tokens=;")


def test_the_token_with_which_one_could_ask_the_provider_is_not_kept() -> None:
    said = {"id_token": "untuk-keluar", "access_token": "rahasia"}
    (cookie,) = kept(as_streamlit_sets("_streamlit_user_tokens", said))
    assert cookie.partition("=")[2].startswith(
        signed("_streamlit_user_tokens", json.dumps({"id_token": "untuk-keluar"}))
        .decode()
        .partition(".")[0]
    )


def test_cookies_last_no_longer_than_a_session_and_go_over_encrypted_connections_alone() -> None:
    cookies = [
        "_streamlit_session=a; path=/; Max-Age=1209600; httponly; samesite=lax",
        "a=b; Path=/",
    ]
    assert kept(cookies) == [
        "_streamlit_session=a; path=/; Max-Age=43200; httponly; samesite=lax; Secure",
        "a=b; Path=/",
    ]
    deleted = '_streamlit_user=""; Max-Age=0; Path=/; SameSite=lax'
    assert kept([deleted]) == ["_streamlit_user=; Max-Age=0; Path=/; SameSite=lax; Secure"]


def test_a_sign_in_on_another_site_is_none_here() -> None:
    cookies = as_streamlit_sets("_streamlit_user", CLAIMS | {"origin": "https://uji.contoh.go.id"})
    assert claims_of(sent(kept(cookies))) == {}


def test_who_comes_back_is_led_to_the_view_that_they_left() -> None:
    view = "/ringkasan?wilayah=35.07&bidang=umkm%3Bpariwisata&bahasa=en"
    assert way_back(ADDRESS + view) == view


@pytest.mark.parametrize(
    "left",
    ["", "https://jahat.example/", f"{ADDRESS}.jahat.example/", f"{ADDRESS}/?a={'x' * 2_000}"],
)
def test_who_comes_from_elsewhere_is_led_to_the_first_page(left: str) -> None:
    assert way_back(left) == "/"


@pytest.mark.parametrize(
    "value", ["//a.example", "https:%2F%2Fa.example", "/%5Ca.example", "%2F%2Fa.example", "x"]
)
def test_nobody_is_led_to_another_site_whoever_has_set_the_cookie(value: str) -> None:
    assert way_back(cookie=f"peta_kim_asal={value}") == "/"


def test_a_provider_that_is_away_is_told_of() -> None:
    routes = [Route("/auth/login", lambda _: Response("Authentication error", 400))]
    answer = TestClient(WayBack(Starlette(routes=routes)), ADDRESS).get("/auth/login")
    assert (answer.status_code, "set-cookie" in answer.headers) == (503, False)
    assert answer.text.startswith(text("http.sign_in_away", "id"))


def test_where_accounts_cannot_be_looked_up_everybody_reads(
    monkeypatch: pytest.MonkeyPatch, tmp_path
) -> None:
    visitor = [(VERDICT, json.dumps(CLAIMS))]
    for url in (f"sqlite:///{tmp_path / 'none.db'}", "sample", f"sqlite:///{tmp_path}"):
        monkeypatch.setenv("KIM_DATABASE_URL", url)
        assert person_of(visitor) == READER
    assert person_of(visitor * 2) == READER
