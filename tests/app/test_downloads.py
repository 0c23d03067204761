"""Downloads by link: the same rows as the page, answers that may be kept, and clear refusals."""

import io

import pandas as pd
import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from dashboard import data
from dashboard.http.asked import is_tracking
from dashboard.http.routes import EXCEPTION_HANDLERS, ROUTES
from dashboard.unduh import view_extract
from geodata.analysis.region_metrics import region_metrics, totals
from geodata.exports.extracts import Download
from geodata.exports.formats import CSV, FORMATS, GEOJSON, Format
from geodata.regions import Level
from geodata.registry.snapshot import KimFilter, Snapshot, load_sample
from geodata.view.address import Part
from geodata.view.view import View


@pytest.fixture(scope="module")
def client() -> TestClient:
    app = Starlette(routes=ROUTES, exception_handlers=EXCEPTION_HANDLERS)
    return TestClient(app, raise_server_exceptions=False)


def test_a_link_gives_the_rows_that_the_page_shows(client: TestClient) -> None:
    reply = client.get(
        "/unduh/kim.csv?wilayah=35.23&bidang=umkm&kolom=nomor_induk,desa&metrik=cakupan"
    )
    assert reply.headers["content-type"] == "text/csv; charset=utf-8"
    assert 'filename="kim-35.23.csv"' in reply.headers["content-disposition"]
    rows = pd.read_csv(io.BytesIO(reply.content), dtype=str)
    assert list(rows.columns) == ["nomor_induk", "desa"]
    shown = totals(load_sample(), KimFilter(bidang=("umkm",)), "35.23").jumlah_kim
    assert len(rows) == shown > 0


@pytest.mark.parametrize("form", FORMATS.values(), ids=str)
def test_figures_by_region_come_in_every_format(client: TestClient, form: Format) -> None:
    reply = client.get(f"/unduh/wilayah.{form}?wilayah=35&kolom=kode,jumlah_kim")
    assert reply.status_code == 200
    assert reply.headers["content-type"].startswith(form.media_type.split(";")[0])
    if form is GEOJSON:
        told = {
            feature["properties"]["kode"]: feature["properties"]["jumlah_kim"]
            for feature in reply.json()["features"]
        }
        wanted = region_metrics(load_sample(), KimFilter(), Level.KABUPATEN_KOTA, "35")
        assert told == dict(zip(wanted["kode"], wanted["jumlah_kim"], strict=True))


def test_the_separator_of_indonesian_spreadsheets_can_be_asked_for(client: TestClient) -> None:
    reply = client.get("/unduh/wilayah.csv?kolom=kode,cakupan&pemisah=titik_koma")
    assert reply.text.splitlines()[1].startswith("11;0,")


def test_an_answer_may_be_kept_until_the_registry_changes(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = "/unduh/kim.csv?wilayah=35.23"
    tag = client.get(address).headers["etag"]
    again = client.get(address, headers={"If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")
    assert (
        client.get("/unduh/kim.csv?wilayah=35", headers={"If-None-Match": tag}).status_code == 200
    )
    assert client.get("/unduh/kim.json?wilayah=35.23").headers["etag"] != tag
    now = data.snapshot()
    newer = Snapshot(now.kim, now.gazetteer, "newer", now.date, now.illustrative)
    monkeypatch.setattr(data, "snapshot", lambda _=None: newer)
    assert client.get(address, headers={"If-None-Match": tag}).status_code == 200


def test_an_answer_names_its_manifest(client: TestClient) -> None:
    reply = client.get("/unduh/kim.csv?wilayah=35.23&bidang=umkm")
    address = reply.headers["link"].partition(">")[0].removeprefix("<")
    said = client.get(address)
    assert "Kabupaten Tuban" in said.text
    assert "UMKM" in said.text


def test_the_manifest_of_a_file_for_people_has_its_headings_and_language(client) -> None:
    reply = client.get("/unduh/kim.csv?wilayah=35.23&untuk=orang&bahasa=en")
    header = reply.content.decode("utf-8-sig").partition("\n")[0].strip()
    address = reply.headers["link"].partition(">")[0].removeprefix("<")
    said = client.get(address).text
    assert "Name of KIM" in header.split(",")
    assert all(f"{heading}: " in said for heading in header.split(","))


@pytest.mark.parametrize(
    "added",
    ["utm_source=wa&utm_medium=chat", "fbclid=IwAR0", "gclid=a", "msclkid=a", "igsh=a", "_gl=1*a"],
)
def test_what_a_chat_adds_to_a_link_changes_nothing(client: TestClient, added: str) -> None:
    address = "/unduh/kim.csv?wilayah=35.23"
    plain, passed_on = client.get(address), client.get(f"{address}&{added}")
    assert (passed_on.status_code, passed_on.text) == (200, plain.text)
    assert passed_on.headers["etag"] == plain.headers["etag"]


def test_no_parameter_of_ours_is_taken_for_what_a_chat_adds() -> None:
    assert not [name for name in Part._taken if is_tracking(name)]


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("bidang=ajaib", "bidang=ajaib"),
        ("wilayah=99", "wilayah=99"),
        ("bidnag=umkm", "bidnag"),
        ("kolom=telepon", "kolom=telepon"),
        ("wilayah=35&level=provinsi", "level=provinsi"),
    ],
)
def test_a_mistake_in_a_link_is_a_400_that_names_it(
    client: TestClient, query: str, told: str
) -> None:
    reply = client.get(f"/unduh/kim.csv?{query}")
    assert reply.status_code == 400
    assert told in reply.json()["error"]


def test_what_would_cost_too_much_is_a_400_that_says_what_to_do(client: TestClient) -> None:
    reply = client.get("/unduh/wilayah.gpkg?level=desa&bahasa=en")
    assert reply.status_code == 400
    assert "Choose one province" in reply.json()["error"]
    assert client.get("/unduh/wilayah.csv?level=desa").status_code == 200


@pytest.mark.parametrize("name", ["kim", "kim.exe", "orang.csv", "kim.csv.exe"])
def test_another_name_is_not_found(client: TestClient, name: str) -> None:
    assert client.get(f"/unduh/{name}").status_code == 404


def test_a_long_list_is_sent_in_pieces() -> None:
    extract = view_extract.extract_of(View(level=Level.DESA), Download("wilayah"), CSV)
    sizes = [len(piece) for piece in CSV.pieces(extract, ",")]
    assert len(sizes) > 10
    assert max(sizes) < sum(sizes) / 10


@pytest.mark.parametrize(
    "query",
    [
        "kolom=" + ",".join(f"kolom_{number}" for number in range(3_000)),
        "wilayah=" + "3" * 50_000,
        "tahun=99999999999999999999",
        "&".join(f"p{number}=1" for number in range(3_000)),
    ],
)
def test_an_absurd_query_is_a_short_400(client: TestClient, query: str) -> None:
    reply = client.get(f"/unduh/kim.csv?{query}")
    assert reply.status_code == 400
    assert len(reply.json()["error"]) < 600
