"""OGC API - Features as its clients rely on it: Part 1 (core, GeoJSON, HTML), Part 2 (CRS)."""

from datetime import date

import numpy as np
import pandas as pd
import pytest
import shapely
from starlette.testclient import TestClient

from geodata.analysis.gaps import regions_without_kim
from geodata.boundaries.store import active_set
from geodata.exports.extracts import Extract
from geodata.features.collection import COLLECTIONS
from geodata.features.geojson import CRS84, EPSG_4326
from geodata.gazetteer import load_gazetteer
from geodata.regions import LEVELS, Level
from geodata.registry.current import load_snapshot
from geodata.registry.database.batches import stage
from geodata.registry.database.committing import commit
from geodata.registry.snapshot import KimFilter, Snapshot
from geodata.view.view import View
from tests.registry.rows import WAJAK, staged

GEOJSON = "application/geo+json"
MALANG = (112.5, -8.2, 112.7, -8.0)
JATIM = "wilayah=35"


def ask(client: TestClient, path: str, status: int = 200) -> dict:
    reply = client.get(path if path.startswith("http") else f"/ogc{path}")
    assert reply.status_code == status, reply.text
    return reply.json()


def links(body: dict, rel: str) -> list[dict]:
    return [link for link in body["links"] if link["rel"] == rel]


def every_page(client: TestClient, path: str) -> list[dict]:
    """All features, by the links from page to page alone."""
    features, address = [], path
    while address:
        body = ask(client, address)
        assert body["numberReturned"] == len(body["features"])
        features += body["features"]
        following = links(body, "next")
        address = following[0]["href"] if following else ""
    assert len(features) == body["numberMatched"]
    return features


def ids(features: list[dict]) -> list[str]:
    return [feature["id"] for feature in features]


def test_a_client_finds_everything_from_the_first_page(client):
    """Core, requirements 1 to 15: each link of each answer leads to what it says."""
    start = ask(client, "")
    rels = {link["rel"] for link in start["links"]}
    assert {"self", "alternate", "service-desc", "service-doc", "conformance", "data"} <= rels
    listed = ask(client, "/collections")
    assert [it["id"] for it in listed["collections"]] == list(COLLECTIONS)
    described = [ask(client, f"/collections/{name}") for name in COLLECTIONS]
    for body in (start, listed, *listed["collections"], *described):
        for link in body["links"]:
            reply = client.get(link["href"])
            assert reply.status_code == 200, link
            assert reply.headers["content-type"].startswith(link["type"]), link
    for body in listed["collections"]:
        assert {"id", "title", "description", "attribution", "extent", "links"} <= body.keys()
        assert body["storageCrs"] == CRS84
        assert body["crs"] == [CRS84, EPSG_4326]
        [[west, south, east, north]] = body["extent"]["spatial"]["bbox"]
        assert -180 <= west < east <= 180
        assert -90 <= south < north <= 90


def test_what_is_claimed_is_what_is_tested_here(client):
    claimed = {name.rpartition("/conf/")[2] for name in ask(client, "/conformance")["conformsTo"]}
    assert claimed == {"core", "oas30", "html", "geojson", "crs"}


@pytest.mark.parametrize(
    ("path", "level"), [(f"/collections/{level}/items?{JATIM}", level) for level in LEVELS]
)
def test_the_pages_hold_the_rows_of_the_extract_each_once(client, sample, path, level):
    region = "35.07" if level is Level.DESA else "35"
    path = path.replace(JATIM, f"wilayah={region}")
    features = every_page(client, path + "&limit=97")
    wanted = Extract(sample, View(region, level), "wilayah").table()
    told = pd.DataFrame([feature["properties"] for feature in features])
    assert list(told.columns) == list(wanted.columns)
    assert ids(features) == told["kode"].tolist() == wanted["kode"].tolist()
    for name in ("jumlah_kim", "jumlah_desa", "desa_terlayani"):
        assert told[name].tolist() == wanted[name].tolist()
    assert told["cakupan"].to_numpy() == pytest.approx(wanted["cakupan"].to_numpy())


def test_a_page_leads_back_to_the_one_before_it(client):
    body = ask(client, "/collections/kim/items?limit=10&offset=25")
    [before] = links(body, "prev")
    assert ids(ask(client, before["href"])["features"]) == ids(
        ask(client, "/collections/kim/items?limit=10&offset=15")["features"]
    )
    beyond = ask(client, "/collections/kim/items?offset=1000000")
    assert (beyond["features"], links(beyond, "next")) == ([], [])


def test_more_than_the_most_is_no_error_but_fewer_rows(client):
    body = ask(client, "/collections/provinsi/items?limit=100000")
    assert body["numberMatched"] == 38
    assert body["numberReturned"] == COLLECTIONS["provinsi"].most < 38
    assert len(every_page(client, "/collections/provinsi/items?limit=100000")) == 38


def test_kim_are_points_with_public_columns_by_the_filter_of_a_view(client, sample):
    path = "/collections/kim/items?wilayah=35.23&bidang=umkm&status=aktif&limit=10000"
    features = every_page(client, path)
    kim_filter = KimFilter(bidang=("umkm",), status=("aktif",))
    wanted = Extract(sample, View("35.23", kim_filter=kim_filter))
    assert ids(features) == wanted.ids.tolist()
    assert len(features) > 0
    assert {feature["geometry"]["type"] for feature in features} == {"Point"}


def test_an_indicator_stands_beside_the_figures_and_picks_regions(client):
    path = "/collections/kabupaten_kota/items?wilayah=35&limit=80&metrik=penduduk"
    every = every_page(client, path)
    assert all(it["properties"]["penduduk"] > 10_000 for it in every)
    most = [it["id"] for it in every if it["properties"]["penduduk"] >= 2_000_000]
    assert 0 < len(most) < len(every)
    assert ids(every_page(client, f"{path}&syarat=penduduk:2000000..")) == most


def test_a_region_without_a_polygon_is_there_without_a_geometry(client):
    drawn = active_set().drawn(Level.DESA)
    every = load_gazetteer().codes(Level.DESA)
    [code, *_] = np.setdiff1d(every, drawn).tolist()
    feature = ask(client, f"/collections/desa/items/{code}")
    assert (feature["geometry"], feature["properties"]["jumlah_desa"]) == (None, 1)


def test_gaps_are_the_desa_without_a_kim(client, sample):
    features = every_page(client, "/collections/tanpa_kim/items?wilayah=35.07&limit=10000")
    wanted = regions_without_kim(sample, KimFilter(), Level.DESA, "35.07")
    assert ids(features) == wanted["kode"].tolist()


@pytest.mark.parametrize("level", [Level.KECAMATAN])
@pytest.mark.parametrize(
    "box",
    [MALANG, (95.0, -11.1, 141.1, 6.1), (112.6, -8.1, 112.6, -8.1), (179.0, -8.2, 112.7, -8.0)],
    ids=["malang", "indonesia", "a point", "across 180 degrees"],
)
def test_a_box_has_the_regions_whose_polygons_meet_it(client, level, box):
    west, south, east, north = box
    parts = [box] if west <= east else [(west, south, 180, north), (-180, south, east, north)]
    polygons = active_set().polygons(level)
    meets = shapely.intersects(
        polygons.geometry.to_numpy(), shapely.union_all([shapely.box(*part) for part in parts])
    )
    wanted = polygons["kode"][meets].tolist()
    assert len(wanted) > 0
    asked = ",".join(map(str, box))
    body = ask(client, f"/collections/{level}/items?bbox={asked}&limit=1")
    assert body["numberMatched"] == len(wanted)
    if len(wanted) < 1000:
        whole = every_page(client, f"/collections/{level}/items?bbox={asked}&limit=500")
        assert ids(whole) == wanted


def test_a_box_may_have_heights_and_north_first(client):
    west, south, east, north = 112, -8.5, 113, -7.5
    plain, *others = (
        ask(client, f"/collections/kim/items?{query}")["numberMatched"]
        for query in (
            f"bbox={west},{south},{east},{north}",
            f"bbox={west},{south},0,{east},{north},99",
            f"bbox={south},{west},{north},{east}&bbox-crs={EPSG_4326}",
        )
    )
    assert plain > 0
    assert others == [plain, plain]


def test_coordinates_come_north_first_where_that_is_asked_for(client):
    path = "/ogc/collections/desa/items/35.07.08.2001"
    plain, turned = client.get(path), client.get(f"{path}?crs={EPSG_4326}")
    assert plain.headers["content-crs"] == f"<{CRS84}>"
    assert turned.headers["content-crs"] == f"<{EPSG_4326}>"
    [[[first, *_]]] = plain.json()["geometry"]["coordinates"]
    [[[second, *_]]] = turned.json()["geometry"]["coordinates"]
    assert first == second[::-1]
    assert 95 < first[0] < 142


def test_polygons_are_exact_and_all_of_one_type(client):
    [wanted] = active_set().polygons_of(Level.KECAMATAN, np.array(["35.07.08"]))
    feature = ask(client, "/collections/kecamatan/items/35.07.08")
    assert feature["geometry"]["type"] == "MultiPolygon"
    assert shapely.geometry.shape(feature["geometry"]).equals(wanted)


@pytest.mark.parametrize(
    ("query", "keeps"),
    [
        ("provinsi=Jawa+Timur&jumlah_kim=0", lambda it: it["jumlah_kim"] == 0),
        ("provinsi=Jawa+Timur&nama=Kabupaten+Malang", lambda it: it["kode"] == "35.07"),
        ("provinsi=Tidak+Ada", lambda it: False),
    ],
)
def test_features_are_found_by_their_properties(client, query, keeps):
    every = every_page(client, f"/collections/kabupaten_kota/items?{JATIM}&limit=80")
    some = every_page(client, f"/collections/kabupaten_kota/items?{query}&limit=80")
    assert ids(some) == [it["id"] for it in every if keeps(it["properties"])]


def test_a_share_a_day_and_what_is_missing_are_found_or_not(client):
    [first, *_] = ask(client, "/collections/kecamatan/items?jumlah_kim=3")["features"]
    share, day = first["properties"]["cakupan"], "2009-11-10"
    alike = ask(client, f"/collections/kecamatan/items?cakupan={share}&limit=640")
    assert first["id"] in ids(alike["features"])
    of_day = ask(client, f"/collections/kim/items?tanggal_terdaftar={day}")["features"]
    assert {it["properties"]["tanggal_terdaftar"] for it in of_day} == {day}
    assert ask(client, "/collections/kim/items?lat=nan")["numberMatched"] == 0


@pytest.mark.parametrize(
    ("asked", "day"),
    [
        ("2015-06-30", date(2015, 6, 30)),
        ("2015-06-30T20:00:00Z", date(2015, 7, 1)),
        ("2012-01-01/2015-06-30", date(2015, 6, 30)),
        ("../2015-06-30", date(2015, 6, 30)),
        ("2015-06-30/..", None),
    ],
)
def test_a_moment_shows_the_registry_as_it_stood_then(client, asked, day):
    body = ask(client, f"/collections/kim/items?datetime={asked}&limit=1")
    assert body["numberMatched"] == len(load_snapshot(day).kim)


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("bidnag=umkm", "bidnag"),
        ("level=desa", "level"),
        ("per=2015-01-01", "per"),
        ("bidang=ajaib", "bidang=ajaib"),
        ("bahasa=jv", "bahasa=jv"),
        ("wilayah=99", "wilayah=99"),
        ("limit=0", "limit=0"),
        ("offset=-1", "offset=-1"),
        ("bbox=1,2,3", "bbox=1,2,3"),
        ("bbox=0,5,1,4", "bbox=0,5,1,4"),
        ("bbox=nan,0,1,1", "bbox=nan,0,1,1"),
        ("bbox=-8,112,-7,113", "bbox=-8,112,-7,113"),  # its axes the wrong way round
        ("crs=EPSG:3857", "crs=EPSG:3857"),
        ("datetime=kemarin", "datetime=kemarin"),
        ("datetime=2024-01-01T00:00:00", "datetime"),
        ("datetime=2020-01-01/2019-01-01", "datetime"),
        ("datetime=2999-01-01", "datetime"),
        ("jumlah_kim=banyak", "banyak"),
        ("metrik=kelas", "kelas"),
        ("f=xml", "f=xml"),
    ],
)
def test_a_mistake_is_a_400_that_names_it(client, query, told):
    reply = client.get(f"/ogc/collections/provinsi/items?{query}")
    assert reply.status_code == 400
    assert reply.headers["content-type"] == "application/problem+json"
    assert told in reply.json()["detail"]


@pytest.mark.parametrize("path", ["/kolam", "/collections/kolam", "/collections/kolam/items"])
def test_what_is_not_there_is_a_404(client, path):
    assert ask(client, path, 404)["status"] == 404


def test_a_feature_that_the_filter_leaves_out_is_not_there(client, sample):
    [name, *_] = Extract(sample, View("35.23")).ids
    assert ask(client, f"/collections/kim/items/{name}")["id"] == name
    for where in ("kim/items/KIM-0", f"kim/items/{name}?wilayah=12", "desa/items/35.07"):
        said = ask(client, f"/collections/{where}", 404)["detail"]
        assert where.partition("items/")[2].partition("?")[0] in said
    assert "no 35.07" in ask(client, "/collections/desa/items/35.07?bahasa=en", 404)["detail"]


def test_a_browser_is_shown_pages_in_either_language(client):
    browser = {"Accept": "text/html,application/xhtml+xml;q=0.9,*/*;q=0.8"}
    for path in ("", "/conformance", "/collections", "/collections/kim", "/api"):
        shown = client.get(f"/ogc{path}", headers=browser)
        assert shown.headers["content-type"] == "text/html; charset=utf-8"
        assert '<html lang="id">' in shown.text
        assert "application/json" in client.get(f"/ogc{path}?f=json").headers["content-type"] or (
            path == "/api"
        )
    both = client.get("/ogc/collections/provinsi/items?limit=1").headers["vary"]
    assert {"Accept", "Accept-Encoding"} <= {name.strip() for name in both.split(",")}
    long = client.get("/ogc/collections/kim/items?f=html&limit=10000").text
    assert long.count("<tr>") == 501  # with the headings
    english = client.get("/ogc/collections/kim/items?f=html&wilayah=35.07&bahasa=en").text
    assert '<html lang="en">' in english
    assert "Name of KIM" in english
    assert "Data as of" in english
    assert "/?wilayah=35.07&amp;bahasa=en" in english  # on the map
    one = client.get("/ogc/collections/provinsi/items/35?f=html").text
    assert "<h1>Jawa Timur</h1>" in one
    assert "1.031" in one


def test_who_has_a_page_is_not_sent_it_again_until_data_change(client, monkeypatch):
    path = "/ogc/collections/provinsi/items?limit=1"
    tag = {"If-None-Match": client.get(path).headers["etag"]}
    again = client.get(path, headers=tag)
    assert (again.status_code, again.content) == (304, b"")
    assert client.get(path + "&offset=1", headers=tag).status_code == 200
    assert client.get(path + "&f=html", headers=tag).status_code == 200
    from dashboard import data

    now = data.snapshot()
    newer = Snapshot(now.kim, now.gazetteer, "newer", now.date, now.illustrative)
    monkeypatch.setattr(data, "snapshot", lambda _=None: newer)
    assert client.get(path, headers=tag).status_code == 200


def test_names_are_text_and_nothing_of_persons_is_handed_out(client, registry, gazetteer):
    name = '<script>alert(1)</script>"&\u2028'
    row = {"nama_kim": name, "kode_wilayah": WAJAK, "personal": {"ketua": "Siti Rahasia"}}
    batch = stage(registry, staged(row), gazetteer, who="budi@malangkab.go.id")
    commit(registry, batch.id, who="budi@malangkab.go.id")
    items = "/ogc/collections/kim/items"
    plain, shown = client.get(items), client.get(f"{items}?f=html")
    [feature] = plain.json()["features"]
    assert feature["properties"]["nama_kim"].startswith("<script>")
    assert "<script>" not in shown.text
    assert "&lt;script&gt;" in shown.text
    one = client.get(f"{items}/{feature['id']}")
    assert one.json()["properties"] == feature["properties"]
    for reply in (plain, shown, one):
        assert "Siti" not in reply.text
        assert "budi" not in reply.text


def test_who_has_not_reported_is_neither_zero_nor_a_gap(client, registry, gazetteer):
    batch = stage(registry, staged({"kode_wilayah": WAJAK}), gazetteer, who="budi")
    commit(registry, batch.id, who="budi")
    reported = ask(client, "/collections/kabupaten_kota/items/35.07")["properties"]
    silent = ask(client, "/collections/kabupaten_kota/items/35.08")["properties"]
    assert (reported["jumlah_kim"], silent["jumlah_kim"]) == (1, None)
    assert ask(client, "/collections/tanpa_kim/items?wilayah=35.08")["numberMatched"] == 0
    gaps = ask(client, "/collections/tanpa_kim/items?wilayah=35")["numberMatched"]
    assert gaps == len(gazetteer.tables[Level.DESA].iloc[gazetteer.within(Level.DESA, "35.07")]) - 1
