"""What is seen and said of those who have not reported."""

import pandas as pd
import pytest

from geodata.analysis.classes import NOT_REPORTED
from geodata.boundaries.store import active_set
from geodata.exports.extracts import Extract
from geodata.regions import Level, feature_id
from geodata.registry.snapshot import KimFilter
from geodata.text import text
from geodata.view import palette
from geodata.view.choropleth import choropleth
from geodata.view.metrics import METRICS
from geodata.view.payload import choropleth_payload
from geodata.view.view import View
from tests.registries import reported_only

MALANG = "35.07"


@pytest.fixture
def after_malang(registry):
    return reported_only(registry({"kode_wilayah": "35.07.08.2001"}), MALANG)


OF_KIM = [it.name for it in METRICS.values() if it.of_kim and not it.expensive]


@pytest.mark.parametrize("metric", OF_KIM)
@pytest.mark.parametrize("level", [Level.PROVINSI, Level.KABUPATEN_KOTA, Level.DESA])
def test_they_are_a_class_of_their_own(after_malang, metric, level):
    shown = choropleth(View("35", level, metric=metric), after_malang, active_set())
    layer = shown.layer
    known = layer.table["kode"].str.startswith((MALANG, "35") if level == "provinsi" else MALANG)
    assert ((layer.classification.index == NOT_REPORTED) == ~known).all()
    assert (layer.row_fills[layer.hatched] == palette.NOT_REPORTED).all()
    counted = layer.classification
    sizes = counted.zeros + counted.without_data + counted.unreported + sum(counted.counts)
    assert sizes == len(layer.table)
    if level is not Level.PROVINSI:
        assert layer.legend[-1].label == "Belum melapor"
        assert layer.legend[-1].count == int((~known).sum())
        assert layer.legend[-1].background.startswith("repeating-linear-gradient")
    assert sum(row.count for row in layer.legend) == len(layer.table)


def test_where_all_have_reported_nothing_is_said_of_it(sample):
    shown = choropleth(View(), sample, active_set())
    assert [row for row in shown.layer.legend if row.hatch] == []
    assert "melapor" not in shown.sentence


def test_the_map_says_so_and_draws_lines(after_malang):
    shown = choropleth(View(), after_malang, active_set())
    payload = choropleth_payload(shown, region="Indonesia", attribution="")
    hatched = [entry for entry in payload["classes"] if "hatch" in entry]
    assert len(hatched) == 1
    assert len(hatched[0]["ids"]) == 37
    assert hatched[0]["say"] == [text("map.not_reported", "id")]
    (named,) = (entry for entry in payload["classes"] if "hatch" not in entry)
    assert named["ids"] == [feature_id("35")]
    assert "1 dari 390 desa/kelurahan yang melapor ada KIM (0,26%)" in named["say"]
    assert payload["legends"][0]["rows"][-1][1:] == ("Belum melapor", "37", palette.HATCH_PX)


@pytest.mark.parametrize(
    ("view", "said"),
    [
        (
            View(),
            "Di Indonesia tercatat 1 KIM; 1 dari 390 desa/kelurahan (0,3%) punya sedikitnya satu. "
            "Yang punya KIM aktif: 1 desa/kelurahan (0,3%). "
            "Yang dihitung baru 1 dari 514 kabupaten/kota yang sudah melapor. "
            "Terbanyak: Jawa Timur (1). "
            "Semua provinsi yang melapor (1) punya KIM; 37 belum melapor.",
        ),
        (
            View("51"),
            "Provinsi Bali belum melapor: daftar KIM-nya belum masuk registri, jadi belum "
            "diketahui ada berapa.",
        ),
        (
            View("35.73.01.1001", kim_filter=KimFilter(bidang=("umkm",))),
            "Kelurahan Balearjosari, Blimbing, Kota Malang, Jawa Timur belum melapor",
        ),
        (
            View(MALANG),
            "Di Kabupaten Malang, Jawa Timur ada 1 KIM; 1 dari 390 desa/kelurahan (0,3%) punya "
            "sedikitnya satu. Yang punya KIM aktif: 1 desa/kelurahan (0,3%). Terbanyak: Wajak (1). "
            "32 dari 33 kecamatan belum punya KIM.",
        ),
    ],
)
def test_the_sentence_says_of_how_many_it_is(after_malang, view, said):
    sentence = choropleth(view, after_malang, active_set()).sentence
    assert said in sentence


def test_an_extract_has_no_figure_where_there_is_none(after_malang, sample):
    extract = Extract(after_malang, View(level=Level.PROVINSI), "wilayah")
    table = extract.table().set_index("kode")
    assert table.loc["35", ["jumlah_kim", "desa_melapor"]].tolist() == [1, 390]
    assert table.loc["51", ["jumlah_kim", "desa_terlayani", "cakupan"]].isna().all()
    assert table.loc["51", "jumlah_desa"] == 716
    assert pd.api.types.is_integer_dtype(table["jumlah_kim"]), "no 1.0 in a file"
    assert "desa_melapor" not in Extract(sample, View(level=Level.PROVINSI), "wilayah").columns
