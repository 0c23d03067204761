"""The light view: the map as a plain page, whose answers may be kept for good."""

import json
import re
from datetime import date

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.testclient import TestClient

from dashboard import data
from dashboard.addresses import answer_address, light_address
from dashboard.http.routes import EXCEPTION_HANDLERS, ROUTES
from dashboard.http.security_headers import SecurityHeaders
from dashboard.lihat.answer import mark
from geodata.registry.snapshot import ACTIVE, KimFilter
from geodata.view.address import parameters, read_view
from geodata.view.choropleth import choropleth
from geodata.view.payload import choropleth_payload
from geodata.view.view import View

MALANG = View(region="35.07")


@pytest.fixture(scope="module")
def client() -> TestClient:
    middleware = [Middleware(SecurityHeaders)]
    app = Starlette(routes=ROUTES, exception_handlers=EXCEPTION_HANDLERS, middleware=middleware)
    return TestClient(app)


def answered(client: TestClient, view: View) -> dict:
    reply = client.get(answer_address(mark(), view))
    assert reply.status_code == 200
    return reply.json()


def test_the_page_says_the_view_before_any_script_runs(client) -> None:
    page = client.get(light_address(View(region="35.07", lang="en")))
    assert '<html lang="en">' in page.text
    assert "<h1" in page.text
    assert "Number of KIM: Kabupaten Malang" in page.text
    assert re.search(r'id="kalimat">[^<]*390 villages', page.text)
    assert 'property="og:image"' in page.text
    assert page.headers["cache-control"] == "no-cache"
    again = client.get(
        light_address(View(region="35.07", lang="en")),
        headers={"If-None-Match": page.headers["etag"]},
    )
    assert again.status_code == 304


def test_all_that_it_asks_for_is_there(client) -> None:
    page = client.get(light_address(View())).text
    told = json.loads(re.search(r'id="diketahui">(.*?)</script>', page)[1])
    asked = re.findall(r'(?:href|src)="(/(?:aset|lihat)[^"]*)"', page)
    asked += [told["worker"], *told["map"]["tiles"].values()]
    assert len(asked) > 15
    for address in asked:
        assert client.get(address.replace("&amp;", "&")).status_code == 200, address


def test_an_answer_may_be_kept_for_good_until_the_data_are_others(client) -> None:
    reply = client.get(answer_address(mark(), MALANG))
    assert "immutable" in reply.headers["cache-control"]
    assert client.get(answer_address("0123456789ab", MALANG)).status_code == 404


def test_it_shows_what_the_map_page_shows(client) -> None:
    answer = answered(client, MALANG)
    shown = choropleth(MALANG, data.snapshot(), data.boundaries())
    assert answer["sentence"] == shown.sentence
    assert answer["title"] == shown.title
    payload = choropleth_payload(shown, region="", attribution="", about="")
    assert answer["map"]["classes"] == json.loads(json.dumps(payload["classes"]))
    rows = answer["table"]["rows"]
    assert sorted(code for code, *_ in rows) == sorted(shown.layer.table["kode"])


@pytest.mark.parametrize(
    "view",
    [
        View(),
        MALANG,
        View(region="35.07.08.2001", metric="cakupan"),
        View(region="35", kim_filter=KimFilter(bidang=("umkm", "pariwisata"), tahun=(2019, 2021))),
        View(kim_filter=KimFilter(status=("tidak_aktif",)), lang="en"),
    ],
)
def test_each_choice_leads_to_a_view_and_one_of_them_is_this_one(client, view: View) -> None:
    answer = answered(client, view)
    for choices in [*(each["options"] for each in answer["choices"]), answer["languages"]]:
        assert [choice["chosen"] for choice in choices].count(True) == 1
        for choice in choices:
            assert choice["label"]
            read, notices = read_view(parameters(choice["query"]), data.gazetteer())
            assert not notices
            assert choice["chosen"] == (read == view)
    assert [choice["chosen"] for choice in answer["path"]][-1]


def test_a_choice_changes_one_thing_and_leaves_the_rest(client) -> None:
    view = View(region="35", kim_filter=KimFilter(bidang=("umkm",)), metric="cakupan")
    by_label = {
        choice["label"]: read_view(parameters(choice["query"]), data.gazetteer())[0]
        for choices in answered(client, view)["choices"]
        for choice in choices["options"]
    }
    assert by_label["Desa"] == view.drawn_at("desa")
    assert by_label["Aktif"] == view.filtered(status=(ACTIVE,))
    assert by_label["Pariwisata"] == view.filtered(bidang=("pariwisata",))


def test_regions_beyond_the_first_are_counted_not_sent(client) -> None:
    answer = answered(client, View(level="kecamatan"))
    assert len(answer["table"]["rows"]) == 200
    assert answer["table"]["more"] == "7.085 kecamatan lainnya ada di aplikasi lengkap."


def test_what_a_link_says_wrongly_is_told_and_passed_over(client) -> None:
    reply = client.get(answer_address(mark(), View()) + "?wilayah=99&metrik=<b>")
    assert [("99" in notice or "<b>" in notice) for notice in reply.json()["notices"]] == [True] * 2
    page = client.get("/lihat?wilayah=99&bidang=%3Cscript%3Ealert(1)%3C/script%3E").text
    assert "<script>alert" not in page


def test_other_sites_show_it_in_a_frame_only_where_the_setting_names_them(
    client, monkeypatch
) -> None:
    page = client.get(light_address(View()))
    assert page.headers["x-frame-options"] == "DENY"
    assert "frame-ancestors 'none'" in page.headers["content-security-policy"]
    monkeypatch.setenv("KIM_FRAMED_BY", "https://malangkab.contoh.go.id")
    page = client.get(light_address(View()))
    assert "x-frame-options" not in page.headers
    policy = page.headers["content-security-policy"]
    assert "frame-ancestors https://malangkab.contoh.go.id;" in policy
    assert (
        "frame-ancestors 'none'" in client.get("/cari.json?q=x").headers["content-security-policy"]
    )


def test_a_phone_can_install_it_and_its_worker_serves_the_page_alone(client) -> None:
    told = client.get("/lihat/manifest.json").json()
    assert told["start_url"] == told["scope"] == "/lihat"
    worker = client.get("/lihat/pekerja.js")
    assert worker.headers["service-worker-allowed"] == "/lihat"


def test_the_full_app_is_a_link_away(client) -> None:
    assert answered(client, MALANG)["full"] == "/?wilayah=35.07"


def test_a_view_of_a_day_says_so_and_leads_back_to_today(client: TestClient) -> None:
    view = View(region="35.07", day=date(2015, 12, 31))
    told = answered(client, view)
    assert any("31 Desember 2015" in notice for notice in told["notices"])
    assert "31 Desember 2015" in told["about"]
    back, now = told["choices"][-1]["options"]
    assert (parameters(back["query"]), now["chosen"]) == ({"wilayah": "35.07"}, True)
