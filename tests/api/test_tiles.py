"""What maps of other sites and data portals take: TileJSON, tiles, styles, the catalogue."""

import gzip

import pytest
from pmtiles.reader import MmapSource, Reader

from dashboard import data
from geodata.boundaries.set_manifest import tiles_file
from geodata.exports.extracts import KIM_COLUMNS
from geodata.features.collection import COLLECTIONS
from geodata.indicators.current import figures
from geodata.regions import LEVELS, feature_id
from geodata.view.choropleth import choropleth
from geodata.view.view import View


@pytest.mark.parametrize("level", LEVELS)
def test_a_level_says_where_its_tiles_are_and_what_is_in_them(client, level):
    said = client.get(f"/ubin/{level}.json").json()
    boundaries = data.boundaries()
    with (boundaries.path / tiles_file(level)).open("rb") as file:
        inside = Reader(MmapSource(file))
        header, held = inside.header(), inside.metadata()["vector_layers"]
        tile = inside.get(4, 13, 8)
    assert (said["minzoom"], said["maxzoom"]) == (header["min_zoom"], header["max_zoom"])
    layers = {layer["id"]: layer["fields"] for layer in held}
    assert {layer["id"]: layer["fields"] for layer in said["vector_layers"]} == layers
    assert "OpenStreetMap" in said["attribution"]
    address = said["tiles"][0].format(z=4, x=13, y=8)
    reply = client.get(address)
    assert reply.content == gzip.decompress(tile)
    assert "immutable" in reply.headers["cache-control"]
    plain = client.get(address, headers={"Accept-Encoding": "identity"})
    assert plain.content == reply.content


def test_a_tile_of_the_sea_is_empty_and_one_of_nowhere_is_not_there(client):
    address = client.get("/ubin/provinsi.json").json()["tiles"][0]
    assert client.get(address.format(z=9, x=0, y=0)).status_code == 204
    for place in ((11, 0, 0), (2, 4, 0), (2, -1, 0), (2, "x", 0)):
        z, x, y = place
        assert client.get(address.format(z=z, x=x, y=y)).status_code == 404
    assert client.get("/batas/lama/provinsi/2/3/2.pbf").status_code == 404
    assert client.get("/ubin/kota.json").status_code == 404


def test_a_style_draws_a_view_in_the_colours_of_the_map(client, sample):
    style = client.get("/ubin/gaya.json?wilayah=35&metrik=cakupan&bahasa=en").json()
    shown = choropleth(View("35", metric="cakupan", lang="en"), sample, data.boundaries())
    assert style["metadata"]["kalimat"] == shown.sentence
    assert [it["warna"] for it in style["metadata"]["legenda"]] == [
        row.fill for row in shown.layer.legend
    ]
    [classes] = [layer for layer in style["layers"] if layer["id"] == "kelas"]
    assert classes["source-layer"] == "kabupaten_kota"
    *branches, nothing = classes["paint"]["fill-color"][2:]
    colours = {
        code: fill
        for codes, fill in zip(branches[::2], branches[1::2], strict=True)
        for code in codes
    }
    wanted = zip(shown.layer.table["kode"], shown.layer.row_fills, strict=True)
    assert colours == {feature_id(code): fill for code, fill in wanted}
    assert nothing == "rgba(0,0,0,0)"
    for source in style["sources"].values():
        assert client.get(source["url"]).json()["tilejson"] == "3.0.0"


def test_the_catalogue_names_every_data_set_with_columns_and_addresses_that_answer(client):
    catalogue = client.get("/katalog.jsonld").json()
    assert catalogue["@type"] == "dcat:Catalog"
    sets = {it["dct:identifier"]: it for it in catalogue["dcat:dataset"]}
    indicators = {it.key: it for it in figures().indicators}
    assert "penduduk" in indicators
    assert set(sets) == {*COLLECTIONS, *indicators, "batas"}
    for it in sets.values():
        assert {words["@language"] for words in it["dct:title"]} == {"id", "en"}
        assert it["dct:creator"]
        assert it["dct:rights"]
    columns = sets["kim"]["csvw:tableSchema"]["csvw:column"]
    assert [column["csvw:name"] for column in columns] == list(KIM_COLUMNS)
    assert all(column["dct:description"][0]["@value"] for column in columns)
    addresses = [
        files["dcat:downloadURL"]["@id"]
        for it in sets.values()
        for files in it["dcat:distribution"]
    ]
    assert len(addresses) > 40
    services = [it["dcat:endpointDescription"]["@id"] for it in catalogue["dcat:service"]]
    for address in (*addresses, *services):
        reply = client.head(address)
        too_much = reply.status_code == 400 and "level=desa" in address
        assert reply.status_code == 200 or too_much, address
