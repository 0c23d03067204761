"""Indicators as metrics: what is known of a region beside its KIM, and what it says of KIM."""

from time import perf_counter

import numpy as np
import pytest

from geodata.analysis.classes import NO_DATA, NOT_REPORTED
from geodata.boundaries.store import active_set
from geodata.columns import column
from geodata.exports.extracts import Extract
from geodata.indicators.current import figures
from geodata.indicators.figures import Figures, Given
from geodata.indicators.indicator import Indicator
from geodata.regions import Level, feature_id
from geodata.registry.snapshot import KimFilter
from geodata.view.choropleth import choropleth
from geodata.view.metrics import METRICS, metric_table
from geodata.view.payload import choropleth_payload
from geodata.view.region_indicators import region_indicators
from geodata.view.view import View
from tests.registries import reported_only

MALANG, KOTA_MALANG, WAJAK = "35.07", "35.73", "35.07.08"
PEOPLE_OF_MALANG = 2_734_623
HOSTILE = "<b>{0}</b> [x](y)"
NOBODY = KimFilter()


@pytest.fixture
def one_kim(registry):
    """The registry of a KIM in Sumberputih, Wajak; only Kabupaten Malang has reported."""
    return reported_only(registry({"kode_wilayah": f"{WAJAK}.2001"}), MALANG)


@pytest.fixture
def known(monkeypatch, gazetteer):
    """Have the app know these indicators and no others."""

    def use(*given: tuple[Indicator, dict[str, float]]) -> Figures:
        def values(level, by_code):
            every = np.full(len(gazetteer.codes(level)), np.nan)
            every[gazetteer.positions(level, np.array(list(by_code)))] = list(by_code.values())
            return every

        made = Figures(
            gazetteer,
            [Given(it, lambda it=it, by=by: values(it.level, by)) for it, by in given],
            "by hand",
        )
        for module in ("geodata.view.metrics", "geodata.indicators.columns"):
            monkeypatch.setattr(f"{module}.figures", lambda: made)
        return made

    return use


def table_of(name, snapshot, level, within=None):
    table = metric_table(name, snapshot, NOBODY, None, Level(level), within)
    return table.set_index("kode")[name]


def payload_of(view, snapshot):
    return choropleth_payload(
        choropleth(view, snapshot, active_set()), region="Indonesia", attribution=""
    )


def hover_of(code, payload):
    """What is said of a region, as the browser makes it of the payload."""
    for entry in payload["classes"]:
        ids = np.cumsum(entry["ids"]).tolist()
        if feature_id(code) in ids:
            row = ids.index(feature_id(code))
            told = [payload["texts"][column[row]] for column in entry["figures"]]
            return [line.format(*told) for line in entry["say"]]
    return payload["rest"]


def test_people_are_those_of_the_published_table(sample):
    assert table_of("penduduk", sample, "kabupaten_kota", "35")[MALANG] == PEOPLE_OF_MALANG
    assert table_of("penduduk", sample, "provinsi")["35"] == 41_919_906
    assert "penduduk" not in METRICS or Level.DESA not in METRICS["penduduk"].levels


def test_a_desa_has_its_index_and_state_and_a_kelurahan_has_none(sample):
    assert table_of("idm", sample, "desa", WAJAK)[f"{WAJAK}.2001"] == 0.8749
    assert table_of("idm_status", sample, "desa", WAJAK)[f"{WAJAK}.2001"] == "Mandiri"
    kelurahan = View("35.73.01", metric="idm")
    layer = choropleth(kelurahan, sample, active_set()).layer
    assert (layer.classification.index == NO_DATA).all(), "no data is not zero"
    assert hover_of("35.73.01.1001", payload_of(kelurahan, sample))[0] == (
        "Indeks Desa Membangun (IDM): tidak ada data"
    )


def test_above_desa_a_state_is_the_share_of_those_that_are_well_off(sample):
    assert Level.KECAMATAN not in METRICS["idm_status"].levels
    assert table_of("idm_status_atas", sample, "kecamatan", MALANG)[WAJAK] == 1.0
    share = table_of("idm_status_atas", sample, "provinsi")
    by_hand = table_of("idm_status", sample, "desa", "91").dropna().isin(["Mandiri", "Maju"])
    assert share["91"] == pytest.approx(by_hand.mean())


def test_kim_for_people_are_of_those_who_have_reported(one_kim, registry):
    name = "kim_per_100_ribu"
    by_kabupaten = table_of(name, one_kim, "kabupaten_kota", "35")
    assert by_kabupaten[MALANG] == pytest.approx(100_000 / PEOPLE_OF_MALANG)
    assert np.isnan(by_kabupaten[KOTA_MALANG])
    assert table_of(name, one_kim, "provinsi")["35"] == pytest.approx(100_000 / PEOPLE_OF_MALANG)
    everywhere = registry({"kode_wilayah": f"{WAJAK}.2001"})
    assert table_of(name, everywhere, "provinsi")["35"] == pytest.approx(100_000 / 41_919_906)
    assert table_of(name, everywhere, "provinsi")["51"] == 0


def test_desa_that_are_well_off_and_have_no_kim_are_counted_where_reports_are_in(one_kim):
    name = "idm_status_tanpa_kim"
    assert table_of(name, one_kim, "kecamatan", MALANG)[WAJAK] == pytest.approx(12 / 13)
    assert np.isnan(table_of(name, one_kim, "provinsi")["51"]), "Bali has not reported"
    assert not METRICS[name].high_is_good


def test_what_does_not_depend_on_reports_is_seen_without_them(one_kim):
    view = View("35", metric="penduduk")
    payload = payload_of(view, one_kim)
    assert hover_of(KOTA_MALANG, payload) == [
        "Penduduk: 889.359",
        "Belum melapor: daftar KIM-nya belum masuk registri",
    ]
    assert hover_of(MALANG, payload)[:2] == ["Penduduk: 2.734.623", "1 KIM"]
    assert NOT_REPORTED not in choropleth(view, one_kim, active_set()).layer.classification.index
    with_kim = choropleth(View("35", metric="kim_per_100_ribu"), one_kim, active_set()).layer
    assert with_kim.classification.unreported == 37


def test_legend_sentence_and_file_say_whose_figures_they_are_and_of_which_year(one_kim):
    shown = choropleth(View("51", metric="penduduk"), one_kim, active_set())
    producer = figures().indicator("penduduk").producer
    (note,) = shown.layer.notes("id")
    assert note == f"Sumber: {producer if isinstance(producer, str) else producer['id']}, 2025."
    assert "Provinsi Bali belum melapor" in shown.sentence
    assert "Penduduk tertinggi: Kabupaten Buleleng" in shown.sentence
    extract = Extract(one_kim, View("35", metric="penduduk"), "wilayah")
    assert str(extract.table()["penduduk"].dtype) == "Int64", "no 1.0 in a file"
    assert "2025" in column("penduduk").meaning("id")


def test_a_map_of_states_counts_each_and_those_without(sample):
    shown = choropleth(View("35.07", Level.DESA, metric="idm_status"), sample, active_set())
    assert [row.label for row in shown.layer.legend[:2]] == ["Mandiri", "Maju"]
    assert sum(row.count for row in shown.layer.legend) == len(shown.layer.table) == 390
    assert "Tidak ada data untuk 12 desa/kelurahan." in shown.sentence
    extract = Extract(sample, View("35.07", Level.DESA, metric="idm_status"), "wilayah")
    assert extract.table()["idm_status"].value_counts()["Mandiri"] > 100


def test_an_index_may_be_below_zero_and_zero_is_a_value_as_any_other(known, sample):
    growth = Indicator("laju", Level.PROVINSI, 2024, "index", "none", "Laju", decimals=1)
    known((growth, {"31": -1.5, "35": 0.0, "51": 2.0, "11": 0.3}))
    layer = choropleth(View(metric="laju"), sample, active_set()).layer
    assert layer.classification.zeros == 0
    assert layer.classification.without_data == 34
    labels = ["0,4 – 2,0", "0,1 – 0,3", "-1,4 – 0,0", "-1,5", "Tidak ada data"]
    assert [row.label for row in layer.legend] == labels


def test_a_sum_of_some_parts_says_that_it_is_one(known, sample, gazetteer):
    shops = Indicator("warung", Level.DESA, 2024, "count", "sum", "Warung")
    of_some = known((shops, {f"{WAJAK}.2001": 3.0, f"{WAJAK}.2002": 4.0}))
    layer = choropleth(View(MALANG, metric="warung"), sample, active_set()).layer
    assert layer.table.set_index("kode")["warung"][WAJAK] == 7
    assert layer.classification.without_data == 32
    assert layer.notes("id")[1].startswith("Di 1 kecamatan ini jumlah dari sebagian saja")
    told = region_indicators(of_some, gazetteer, WAJAK, "id")
    assert told["angka"].tolist() == ["7 (dari 15,4% bagiannya)"]


def test_many_categories_have_a_colour_each(known, sample):
    names = tuple("ABCDEFGHI")
    stage = Indicator("tahapan", Level.PROVINSI, 2024, "category", "none", "T", categories=names)
    known((stage, {"31": 0.0, "35": 8.0}))
    shown = choropleth(View(metric="tahapan"), sample, active_set())
    assert len(set(shown.layer.fills)) == 9
    assert [row.count for row in shown.layer.legend] == [1, *[0] * 7, 1, 36]
    assert "T: A 1, I 1 (provinsi). Tidak ada data untuk 36 provinsi." in shown.sentence


def test_what_a_stranger_calls_an_indicator_is_text(known, one_kim):
    people = Indicator("jiwa", Level.PROVINSI, 2024, "count", "sum", HOSTILE, producer=HOSTILE)
    known((people, {"35": 7.0, "51": 7.0}))
    payload = payload_of(View(metric="jiwa"), one_kim)
    assert hover_of("51", payload)[0] == f"{HOSTILE}: 7"
    assert payload["legends"][0]["title"] == HOSTILE


def test_a_view_of_an_indicator_that_is_gone_shows_coverage(known, sample):
    view = View(metric="penduduk")
    known()
    assert view.shown_metric.name == "cakupan"
    assert "penduduk" not in METRICS
    assert "kim_per_100_ribu" not in METRICS, "nobody knows how many people there are"


@pytest.mark.parametrize("level", Level)
def test_an_indicator_costs_next_to_nothing_beside_the_counts(sample, level):
    """Five milliseconds are what a reader has for it."""
    for name in ("idm", "idm_status", "idm_status_atas", "penduduk"):
        metric = METRICS[name]
        if level not in metric.levels:
            continue
        metric.table(sample, NOBODY, None, level, None)
        took = []
        for _ in range(3):
            start = perf_counter()
            metric.table(sample, NOBODY, None, level, None)
            took.append(perf_counter() - start)
        assert min(took) < 0.005, name
