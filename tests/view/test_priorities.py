import numpy as np
import pytest

from geodata.analysis.classes import NOT_REPORTED
from geodata.analysis.region_metrics import region_metrics
from geodata.boundaries.store import active_set
from geodata.errors import SelectionError
from geodata.gazetteer import load_gazetteer
from geodata.regions import LEVELS, Level
from geodata.registry.snapshot import KimFilter
from geodata.view.address import Notice
from geodata.view.conditions import read_conditions
from geodata.view.metrics import METRICS, metric_table
from geodata.view.priorities import (
    PRIORITY,
    Criterion,
    PrioritySettings,
    measures,
    priorities,
    require_criteria,
    scores,
    usual_criteria,
    usual_direction,
)
from geodata.view.priority_map import priority_choropleth
from geodata.view.priority_words import names_in_words, priority_in_words, reasons_in_words
from geodata.view.view import View
from tests.analysis.worlds import registry_of
from tests.registries import reported_only

BOTH = PrioritySettings(
    (Criterion("cakupan", high_first=False, weight=2), Criterion("jarak_rata_km", high_first=True)),
    pertama=5,
)


def of_malang(sample, settings=BOTH, within="35.07"):
    return priorities(sample, KimFilter(), Level.KECAMATAN, within, settings)


def test_ten_kecamatan_counted_one_by_one(sample):
    level, ranked = Level.KECAMATAN, of_malang(sample)
    asked = sample, KimFilter(), None, level
    coverage = metric_table("cakupan", *asked)["cakupan"].round(4).tolist()
    distance = metric_table("jarak_rata_km", *asked)["jarak_rata_km"].round(1).tolist()
    codes = sample.gazetteer.codes(level).tolist()
    for row in ranked.table.iloc[:30:3].to_dict("records"):
        own = codes.index(row["kode"])
        less = sum(other > coverage[own] for other in coverage)
        alike = sum(other == coverage[own] for other in coverage)
        nearer = sum(other < distance[own] for other in distance)
        as_near = sum(other == distance[own] for other in distance)
        known = sum(other == other for other in distance)
        score = 2 / 3 * (less + alike / 2) / len(codes) + 1 / 3 * (nearer + as_near / 2) / known
        assert row["prioritas"] == pytest.approx(100 * score)
        assert row["cakupan"] == coverage[own]


def test_the_list_has_every_region_once_and_the_parts_add_up(sample):
    ranked = of_malang(sample)
    assert len(ranked.table) == 33
    assert ranked.table["kode"].is_unique
    assert (np.diff(ranked.table["prioritas"]) <= 1e-9).all()
    assert ranked.table["peringkat"].iloc[0] == 1
    parts = ranked.parts.groupby("kode", sort=False)
    assert parts.ngroups == 33
    assert list(parts.groups) == ranked.table["kode"].tolist()
    assert parts["andil"].sum().to_numpy() == pytest.approx(ranked.table["prioritas"].to_numpy())
    assert parts["bagian_bobot"].sum().to_numpy() == pytest.approx(np.ones(33))
    made = ranked.parts["kedudukan"] * ranked.parts["bagian_bobot"]
    assert ranked.parts["andil"].to_numpy() == pytest.approx(made.to_numpy())
    assert ranked.table["bertahan"].sum() == pytest.approx(5)


def test_a_region_has_one_score_whatever_part_of_the_country_is_looked_at(sample):
    in_malang = of_malang(sample).table.set_index("kode")["prioritas"]
    in_east_java = of_malang(sample, within="35").table.set_index("kode")["prioritas"]
    assert in_malang.tolist() == in_east_java[in_malang.index].tolist()
    everywhere = scores(sample, KimFilter(), Level.KECAMATAN, BOTH)
    inside = sample.gazetteer.within(Level.KECAMATAN, "35.07")
    assert sorted(everywhere[inside]) == sorted(in_malang)


@pytest.fixture(scope="module")
def after_malang(gazetteer):
    """Two desa of Wajak have a KIM; no other list has come in than that of Kabupaten Malang."""
    return reported_only(registry_of(gazetteer, ["35.07.08.2001", "35.07.08.2002"]), "35.07")


def test_who_has_not_reported_has_no_score_and_zero_has_one(sample, after_malang):
    ranked = priorities(after_malang, KimFilter(), Level.KABUPATEN_KOTA, "35", BOTH)
    assert ranked.scored["kode"].tolist() == ["35.07"]
    assert len(ranked.table) == 38
    unscored = ranked.table[1:]
    assert unscored["kode"].is_monotonic_increasing
    assert unscored[["peringkat", "prioritas", "bertahan"]].isna().all(axis=None)
    assert "37 have no score" in priority_in_words(ranked, "Jawa Timur", "en")
    assert "tidak diketahui: Cakupan desa" in reasons_in_words(ranked, "id")[1]

    none = region_metrics(sample, KimFilter(), Level.KECAMATAN, "35.07")
    none = none.loc[none["jumlah_kim"] == 0, "kode"]
    assert len(none)
    assert of_malang(sample).table.set_index("kode").loc[none, "prioritas"].notna().all()


def test_names_are_told_apart_by_what_is_above_them_where_that_differs(sample):
    assert names_in_words(of_malang(sample), 1) == of_malang(sample).table["nama"].head(1).tolist()
    desa = priorities(sample, KimFilter(), Level.DESA, "35.07", BOTH)
    first = desa.table.iloc[0]
    assert names_in_words(desa, 1) == [f"{first['nama']}, {first['kecamatan']}"]
    assert f"{first['nama']}, {first['kecamatan']} (" in priority_in_words(desa, "Malang", "id")


def test_where_nobody_has_a_score_that_is_said(after_malang):
    ranked = priorities(after_malang, KimFilter(), Level.KECAMATAN, "51", BOTH)
    assert ranked.scored.empty
    assert priority_in_words(ranked, "Bali", "en").startswith(
        "No districts in Bali can have a score"
    )


def test_the_sentence_says_who_is_first_and_how_surely(sample):
    ranked = of_malang(sample)
    said = priority_in_words(ranked, "Kabupaten Malang", "id")
    first = ranked.table["nama"].iloc[0]
    sure = int((ranked.table["bertahan"].head(5) >= 0.95).sum())
    assert said.startswith("33 dari 33 kecamatan di Kabupaten Malang mendapat skor menurut: ")
    assert "Cakupan desa (rendah lebih mendesak, bobot 2)" in said
    assert f"Paling mendesak: {first} (" in said
    assert f"Dari 5 teratas, {sure} bertahan di sana dalam sedikitnya 95% dari 1.000" in said
    whole = of_malang(sample, PrioritySettings(BOTH.kriteria, pertama=33))
    assert (whole.table["bertahan"] == 1).all()
    assert "teratas" not in priority_in_words(whole, "Kabupaten Malang", "id")


def test_equal_scores_at_the_edge_are_told(sample):
    alone = PrioritySettings((Criterion("jumlah_kim", high_first=False),), pertama=3)
    ranked = priorities(sample, KimFilter(), Level.DESA, "35.07", alone)
    tied = int((ranked.table["peringkat"] == 1).sum())
    assert tied > 100
    said = priority_in_words(ranked, "Kabupaten Malang", "en")
    assert f"the same score as {tied - 3} regions after it" in said
    assert ranked.table["bertahan"].head(tied).to_numpy() == pytest.approx(np.full(tied, 3 / tied))


def test_the_reason_names_what_gives_most_first(sample):
    ranked = of_malang(sample)
    reason = reasons_in_words(ranked, "en")[0]
    parts = ranked.parts.head(2).sort_values("andil", ascending=False)
    titles = [METRICS[name].title("en") for name in parts["metrik"]]
    assert reason.index(titles[0]) < reason.index(titles[1])
    assert reason.startswith(f"Score {ranked.table['prioritas'].iloc[0]:.1f} of 100. ")


@pytest.mark.parametrize("level", LEVELS)
def test_where_nobody_chose_the_worse_is_the_more_pressing_and_all_weigh_alike(level):
    usual = usual_criteria(level)
    assert {it.weight for it in usual} == {1}
    directions = {it.metric: it.high_first for it in usual}
    assert directions["cakupan"] is False
    assert directions["jarak_rata_km"] is True
    assert directions.get("penduduk", True) is True
    assert ("penduduk" in directions) == (level in (Level.PROVINSI, Level.KABUPATEN_KOTA))
    assert {it.metric for it in usual} <= {it.name for it in measures(level)}


def test_criteria_that_a_level_has_not_are_left_out(sample):
    people = PrioritySettings((*BOTH.kriteria, Criterion("penduduk", high_first=True)))
    assert [it.metric for it in of_malang(sample, people).criteria] == ["cakupan", "jarak_rata_km"]
    kabupaten = priorities(sample, KimFilter(), Level.KABUPATEN_KOTA, "34", people)
    assert len(kabupaten.criteria) == 3


def test_the_address_of_criteria_leads_back_to_them():
    written = {"kriteria": "cakupan.rendah.2,jarak_rata_km.tinggi.1", "pertama": "5"}
    assert PRIORITY.write(BOTH) == written
    assert PRIORITY.read(written, load_gazetteer()) == (BOTH, [])
    assert PRIORITY.write(PrioritySettings()) == {}


@pytest.mark.parametrize(
    ("parameter", "value"),
    [
        ("kriteria", "cakupan"),
        ("kriteria", "cakupan.rendah"),
        ("kriteria", "cakupan.turun.1"),
        ("kriteria", "cakupan.rendah.101"),
        ("kriteria", "cakupan.rendah.-1"),
        ("kriteria", "cakupan.rendah.1.5"),
        ("kriteria", "kelas.rendah.1"),
        ("kriteria", "<script>.rendah.1"),
        ("kriteria", "cakupan.rendah.1,cakupan.tinggi.1"),
        ("pertama", "0"),
        ("pertama", "1001"),
    ],
)
def test_criteria_that_cannot_be_used_are_told_and_left_at_their_default(parameter, value):
    read = PRIORITY.read({parameter: value}, load_gazetteer())
    assert read == (PrioritySettings(), [Notice(parameter, value)])


def test_a_command_is_told_what_it_may_say():
    with pytest.raises(SelectionError, match="cannot be read") as refused:
        require_criteria("cakupan_eb.rendah.1", Level.DESA)
    assert "jarak_rata_km" in refused.value.message("id")


def test_a_kelurahan_without_an_idm_has_no_score_by_it(sample):
    weak = PrioritySettings((Criterion("idm", high_first=usual_direction(METRICS["idm"])),))
    assert weak.kriteria[0].high_first is False
    ranked = priorities(sample, KimFilter(), Level.DESA, "35.07", weak)
    kelurahan = ranked.table["kode"].str[9] == "1"
    assert kelurahan.any()
    assert ranked.table.loc[kelurahan, "prioritas"].isna().all()
    known = ranked.scored.sort_values("idm")
    assert known["prioritas"].is_monotonic_decreasing


def test_the_map_has_a_class_for_each_score_and_leaves_out_who_has_none(sample, after_malang):
    view = View("35", level=Level.KABUPATEN_KOTA)
    drawn = priority_choropleth(view, after_malang, active_set(), BOTH)
    index = dict(zip(drawn.layer.table["kode"], drawn.layer.classification.index, strict=True))
    assert index.pop("35.07") > 0
    assert set(index.values()) == {NOT_REPORTED}
    people = PrioritySettings((Criterion("penduduk", high_first=True),))
    drawn = priority_choropleth(view, after_malang, active_set(), people)
    assert (drawn.layer.classification.index > 0).all(), "people are known of who has not reported"


def test_only_regions_that_meet_the_conditions_are_ordered_by_the_scores_they_have(sample):
    level, whole = Level.KECAMATAN, of_malang(sample)
    near = read_conditions("jarak_rata_km:..20")
    ranked = priorities(sample, KimFilter(), level, "35.07", BOTH, near)
    kept = whole.table[whole.table["jarak_rata_km"] <= 20].reset_index(drop=True)
    assert 5 < len(kept) < 33
    for column in ("kode", "prioritas", "jarak_rata_km"):
        assert ranked.table[column].tolist() == kept[column].tolist()
    assert ranked.table["bertahan"].sum() == pytest.approx(5)
    assert "Hanya yang memenuhi syarat" in priority_in_words(ranked, "Kabupaten Malang", "id")
    view = View("35.07", conditions=near)
    drawn = priority_choropleth(view, sample, active_set(), BOTH).layer
    assert sorted(drawn.table["kode"]) == sorted(kept["kode"])
    assert len(drawn.left_out) == 33 - len(kept)

    nobody = read_conditions("jarak_rata_km:..0.01")
    none = priorities(sample, KimFilter(), level, "35.07.08", BOTH, nobody)
    assert none.table.empty
    assert reasons_in_words(none, "id") == []
    assert priority_in_words(none, "Wajak", "en").startswith("No districts in Wajak meet")
