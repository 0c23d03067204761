import json
from itertools import accumulate

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.map_view import classes_of, map_view, painted_classes
from dashboard.selection import Selection
from geodata.analysis.classes import classify
from geodata.analysis.map_metrics import MAP_METRICS
from geodata.analysis.metrics import METRICS, region_metrics
from geodata.palette import CATEGORIES, NO_DATA, ZERO, fills, ramp
from geodata.regions import LEVELS, Level, feature_id
from geodata.registry.snapshot import KimFilter, load_sample
from geodata.text import LANGUAGES, text
from tests.strategies import codes, kim_filters, levels


def painted(metrics, metric, level, **choices):
    values = metrics[metric].to_numpy(dtype=float)
    made = classify(values, MAP_METRICS[metric].decimals, **choices)
    colours = ramp(metric, len(made.counts))
    return made, colours, painted_classes(metrics, made, colours, level, metric)


def ids_of(entry) -> list[int]:
    """What the browser does with the steps."""
    return list(accumulate(entry["ids"]))


@given(kim_filters, levels, st.none() | codes(Level.PROVINSI), st.sampled_from(METRICS))
@settings(max_examples=20)
def test_the_browser_can_tell_every_region_with_kim_its_class_and_its_figures(
    kim_filter, level, within, metric
):
    metrics = region_metrics(load_sample(), kim_filter, level, within)
    made, colours, entries = painted(metrics, metric, level)
    sent = {}
    for entry in entries:
        served = entry.get("served", [None] * len(entry["ids"]))
        rows = zip(ids_of(entry), entry["kim"], served, strict=True)
        sent |= {code: (entry["fill"], kim, number) for code, kim, number in rows}
    expected = {
        feature_id(row.kode): (
            colours[place - 1],
            row.jumlah_kim,
            None if level is Level.DESA else row.desa_terlayani,
        )
        for row, place in zip(metrics.itertuples(), made.index, strict=True)
        if row.jumlah_kim > 0
    }
    assert sent == expected
    assert sum(len(entry["ids"]) for entry in entries) == len(expected), "none is sent twice"


def test_ids_of_a_class_are_steps_from_one_to_the_next():
    metrics = pd.DataFrame(
        {
            "kode": ["35.07.08", "35.07.11", "35.07.28", "35.08.01"],
            "jumlah_kim": [3, 0, 3, 8],
            "desa_terlayani": [2, 0, 3, 5],
        }
    )
    made = classify(metrics["jumlah_kim"].to_numpy(dtype=float), 0)
    assert painted_classes(metrics, made, ["#light", "#dark"], Level.KECAMATAN, "jumlah_kim") == [
        {"fill": "#light", "ids": [350708, 20], "kim": [3, 3], "served": [2, 3]},
        {"fill": "#dark", "ids": [350801], "kim": [8], "served": [5]},
    ]


def test_at_the_level_of_desa_it_goes_without_saying_how_many_are_served():
    metrics = pd.DataFrame({"kode": ["35.07.08.2001"], "jumlah_kim": [2], "desa_terlayani": [1]})
    made = classify(np.array([2.0]), 0)
    assert painted_classes(metrics, made, ["#c"], Level.DESA, "jumlah_kim") == [
        {"fill": "#c", "ids": [3507082001], "kim": [2]}
    ]


def test_regions_without_data_have_their_grey_and_no_figures():
    metrics = pd.DataFrame(
        {"kode": ["11", "12", "13"], "jumlah_kim": [0, 1, 0], "desa_terlayani": [0, 1, 0]}
    )
    made = classify(np.array([np.nan, 0.5, np.nan]), 2)
    grey, coloured = painted_classes(metrics, made, ["#c"], Level.PROVINSI, "cakupan")
    assert grey == {"fill": NO_DATA, "ids": [11, 2]}
    assert coloured["ids"] == [12]


def test_where_no_kim_passes_nothing_needs_to_be_said(sample):
    metrics = region_metrics(sample, KimFilter(tahun=(1990, 1990)), Level.DESA)
    assert painted(metrics, "jumlah_kim", Level.DESA)[2] == []


@pytest.mark.parametrize("metric", METRICS)
def test_all_desa_of_jawa_timur_are_sent_in_less_than_forty_kilobytes(sample, metric):
    metrics = region_metrics(sample, KimFilter(), Level.DESA, "35")
    body = json.dumps(painted(metrics, metric, Level.DESA)[2], separators=(",", ":"))
    assert len(metrics) == 8_494
    assert len(body.encode()) < 40_000


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("scheme", ["kuantil", "alami", "interval_sama", "bulat"])
def test_every_scheme_has_a_colour_for_each_of_its_classes(sample, level, scheme):
    metrics = region_metrics(sample, KimFilter(), level)
    made, colours, entries = painted(metrics, "jumlah_kim", level, scheme=scheme, k=7)
    filled = [colour for colour, count in zip(colours, made.counts, strict=True) if count]
    assert [entry["fill"] for entry in entries] == filled


def test_a_distance_is_sent_beside_the_counts_and_its_zero_is_not_passed_over():
    metrics = pd.DataFrame(
        {
            "kode": ["11", "12", "13", "14"],
            "jumlah_kim": [0, 4, 2, 0],
            "desa_terlayani": [0, 4, 2, 0],
            "jarak_rata_km": [12.345, 0.0, 1.0, np.nan],
        }
    )
    made = classify(metrics["jarak_rata_km"].to_numpy(), 1)
    grey, zero, near, far = painted_classes(
        metrics, made, ["#near", "#far"], Level.PROVINSI, "jarak_rata_km"
    )
    assert grey == {"fill": NO_DATA, "ids": [14]}
    assert zero == {"fill": ZERO, "ids": [12], "kim": [4], "served": [4], "value": [0.0]}
    assert near == {"fill": "#near", "ids": [13], "kim": [2], "served": [2], "value": [1.0]}
    assert far == {"fill": "#far", "ids": [11], "kim": [0], "served": [0], "value": [12.3]}


def test_regions_of_a_category_are_sent_with_its_name_those_without_a_kim_too():
    metrics = pd.DataFrame(
        {
            "kode": ["11.01", "11.02", "11.03"],
            "jumlah_kim": [0, 0, 1],
            "desa_terlayani": [0, 0, 1],
            "kelas": ["rendah_rendah", "tidak_tergambar", "tidak_nyata"],
        }
    )
    selection = Selection(level=Level.KABUPATEN_KOTA, metrik="kelas")
    made = classes_of(selection, metrics)
    entries = painted_classes(metrics, made, fills("kelas", made), Level.KABUPATEN_KOTA, "kelas")
    assert [(entry.get("category"), entry["ids"], entry["fill"]) for entry in entries] == [
        (None, [1102], NO_DATA),
        ("rendah_rendah", [1101], CATEGORIES["rendah_rendah"]),
        ("tidak_nyata", [1103], CATEGORIES["tidak_nyata"]),
    ]
    named = view(metric="kelas")["measure"]["categories"]
    assert named["rendah_rendah"] == text("klaster.rendah_rendah", "id")


def view(**changes):
    ordinary = {
        "classes": [],
        "level": Level.KECAMATAN,
        "scope": "35.07",
        "chosen": None,
        "bounds": (-8.46, 112.28, -7.76, 112.95),
        "points": None,
        "attribution": "batas perkiraan",
        "metric": "jumlah_kim",
        "lang": "id",
    }
    return map_view(**{**ordinary, **changes})


def test_the_view_says_which_level_where_and_how_far():
    shown = view()
    assert shown["level"] == "kecamatan"
    assert shown["within"] == "3507"
    assert shown["chosen"] is None
    assert shown["bounds"] == [[-8.46, 112.28], [-7.76, 112.95]], "south-west, then north-east"
    assert view(scope=None)["within"] == ""


def test_a_chosen_region_is_named_by_its_feature():
    assert view(level=Level.DESA, chosen="35.07.08.2001")["chosen"] == 3507082001


def test_what_is_drawn_from_afar_is_sent_only_where_it_is_needed():
    assert "far" not in view()
    classes = [{"fill": "#c", "ids": [350708], "kim": [2], "served": [1]}]
    far = view(level=Level.DESA, scope=None, far=(Level.KECAMATAN, classes))["far"]
    assert far == {
        "level": "kecamatan",
        "classes": classes,
        "notice": "Dari jauh tampak kecamatan. Perbesar peta untuk melihat desa/kelurahan.",
    }


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_view_brings_the_words_the_browser_needs(lang):
    words = view(lang=lang)["words"]
    assert set(words) >= {"map", "served", "none", "noData", "attribution"}
    assert all(words.values())
    assert words["none"] == {"id": "Belum ada KIM", "en": "No KIM yet"}[lang]
    assert "{served}" in words["served"], "the browser fills it in, region by region"


def test_a_view_goes_into_json(sample):
    metrics = region_metrics(sample, KimFilter(), Level.KECAMATAN, "35.07")
    classes = painted(metrics, "cakupan", Level.KECAMATAN)[2]
    shown = view(classes=classes)
    assert json.loads(json.dumps(shown, allow_nan=False)) == shown
