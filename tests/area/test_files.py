"""What there is in an area as files: read back by others, and one page of paper."""

import io
import json

import geopandas as gpd
import pyogrio
import pytest

from geodata.area import files, message, paper
from geodata.area.answer import answer
from geodata.area.area import Area, Zone
from geodata.area.people import People
from geodata.registry.snapshot import KimFilter, load_sample
from geodata.sphere import circle
from geodata.text import number, text

HOSTILE = "Banjir <script>alert(1)</script> ]]> *tebal* \x07"
AREA = Area((Zone(HOSTILE, circle(-7.6, 112.7, 25)), Zone("Sidoarjo", code="35.15")))


@pytest.fixture(scope="module")
def found(boundaries):
    return answer(AREA, load_sample(), KimFilter(), boundaries)


@pytest.fixture(scope="module")
def layers(found, gazetteer):
    return files.layers(AREA, found, gazetteer)


def test_kml_has_a_folder_for_kim_for_desa_without_one_and_for_the_zones(layers, found, tmp_path):
    file = tmp_path / "daerah.kml"
    file.write_bytes(files.to_kml(layers, "id"))
    rows = {name: len(gpd.read_file(file, layer=name)) for name, _ in pyogrio.list_layers(file)}
    kim, without = len(found.kim), len(found.without)
    assert rows == {"KIM di dalam daerah": kim, "Desa tanpa KIM": without, "Daerah": 1}
    zone = gpd.read_file(file, layer="Daerah").iloc[0]
    assert zone["Name"].startswith("Banjir <script>alert(1)</script>")
    assert zone.geometry.symmetric_difference(AREA.shape).area < 1e-9


def test_geojson_says_of_each_feature_what_it_is(layers, found):
    written = json.loads(files.to_geojson(layers))
    kinds = [feature["properties"]["lapisan"] for feature in written["features"]]
    assert kinds.count("kim") == len(found.kim)
    assert kinds.count("desa_tanpa_kim") == len(found.without)
    assert kinds.count("zona") == 1


def test_of_an_area_with_nothing_in_it_both_are_files(gazetteer, boundaries):
    sea = Area((Zone("Laut", circle(-5.0, 113.5, 5)),))
    nothing = files.layers(sea, answer(sea, load_sample(), KimFilter(), boundaries), gazetteer)
    assert b"<kml" in files.to_kml(nothing, "id")
    assert len(json.loads(files.to_geojson(nothing))["features"]) == 1


def test_the_paper_is_one_page_however_much_there_is(found):
    from matplotlib.figure import Figure

    png = io.BytesIO()
    Figure(figsize=paper.MAP_INCHES).savefig(png, format="png")
    long_names = found.kim.assign(nama_kim="KIM " + "Panjang " * 60)
    crowded = type(found)(found.share, found.rows, long_names, found.without, found.unreported)
    pdf = paper.to_pdf(AREA, crowded, People(3.1e6, 0.8), png.getvalue(), ["Data " * 99], "id")
    assert pdf.count(b"/Type /Page\n") == 1


def test_the_message_counts_and_names_and_no_stranger_marks_it_up(found):
    said = message.message(AREA, found, People(3_141_592, 0.8), "semua KIM", "https://x", "id")
    assert "± " not in said
    assert "3.100.000 jiwa (diketahui untuk 80% luasnya)" in said
    assert f"{found.of_first} di antaranya bidang Kebencanaan" in said
    assert said.endswith("https://x")
    assert said.count("*") == 4, "of the two headings alone"
    unknown = message.people_in_words(People(float("nan"), 0), "id")
    assert unknown == "Jumlah penduduk tidak diketahui"


def test_where_no_kim_is_inside_the_message_names_the_nearest_ones(boundaries):
    malang = Area((Zone("Wajak", code="35.07.08"),))
    alone = answer(malang, load_sample(), KimFilter(), boundaries)
    said = message.message(malang, alone, People(float("nan"), 0), "semua KIM", "", "id")
    nearest = alone.without.sort_values("jarak_km").iloc[0]
    way = (
        f"{number(nearest['jarak_km'], 'id', 1)} km ke arah {text('arah.' + nearest['arah'], 'id')}"
    )
    assert f"- {nearest['kim_terdekat']}: {way} dari Desa/Kelurahan {nearest['nama']}" in said
