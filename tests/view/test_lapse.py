"""The time-lapse: days that end years or months, classes that hold for all, and one message."""

from datetime import date

import numpy as np
import pandas as pd
import pytest

from geodata.boundaries.store import active_set
from geodata.regions import Level
from geodata.registry.snapshot import KimFilter, registered_by
from geodata.view.conditions import Condition
from geodata.view.lapse import can_lapse, in_time, lapse_days, lapse_table, with_lapse
from geodata.view.payload import choropleth_payload
from geodata.view.view import View


def test_days_are_the_ends_of_years_or_months_before_that_of_the_data() -> None:
    years = lapse_days("tahun", date(2020, 3, 5), date(2023, 6, 30))
    assert years == (date(2020, 12, 31), date(2021, 12, 31), date(2022, 12, 31))
    months = lapse_days("bulan", date(2020, 3, 5), date(2023, 3, 31))
    assert (months[0], months[-1], len(months)) == (date(2021, 3, 31), date(2023, 2, 28), 24)
    assert lapse_days("tahun", date(2023, 1, 1), date(2023, 6, 30)) == ()
    assert len(lapse_days("tahun", date(1990, 1, 1), date(2023, 6, 30))) == 20


@pytest.mark.parametrize(
    ("view", "has_one"),
    [
        (View(), True),
        (View("35", metric="cakupan", level=Level.DESA), True),
        (View(level=Level.DESA), False),  # of which the kecamatan are sent, too
        (View(metric="kelas", level=Level.KABUPATEN_KOTA), False),
    ],
)
def test_counts_and_coverage_have_one(view: View, has_one: bool) -> None:
    assert can_lapse(view) == has_one


def test_a_colour_means_the_same_on_all_days_and_the_last_is_the_view(sample) -> None:
    days = (date(2012, 12, 31), date(2018, 12, 31))
    earlier = [registered_by(sample, day) for day in days]
    view = View("35", kim_filter=KimFilter())
    shown, moments = in_time(view, sample, active_set(), days, earlier)
    classes = shown.layer.classification
    for snapshot, moment in zip([*earlier, sample], moments, strict=True):
        kim = snapshot.kim["kode_wilayah"].str[:5].value_counts()
        values = shown.layer.table["kode"].map(kim).fillna(0).to_numpy()
        number = np.maximum(moment.index, 1) - 1
        within = (np.take(classes.lower, number) <= values) & (
            values <= np.take(classes.upper, number)
        )
        assert np.where(moment.index == 0, values == 0, within).all()
        assert moment.totals.jumlah_kim == values.sum()
    assert (moments[-1].index == classes.index).all()
    table = lapse_table(moments)
    assert table["jumlah_kim"].is_monotonic_increasing
    assert table["per_hari"].tolist() == [*map(pd.Timestamp, days), pd.Timestamp(sample.date)]


def test_all_days_come_in_one_message_a_character_a_region(sample) -> None:
    days = (date(2012, 12, 31),)
    earlier = [registered_by(sample, days[0])]
    shown, moments = in_time(View("35"), sample, active_set(), days, earlier)
    payload = choropleth_payload(shown, region="Jawa Timur", attribution="")
    told = with_lapse(payload, shown, moments)["lapse"]
    assert [moment["label"] for moment in told["moments"]] == ["31 Desember 2012", "30 Juni 2023"]
    for moment in told["moments"]:
        assert len(moment["classes"]) == len(told["ids"]) == 38
        assert sum(map(int, moment["counts"])) == 38
        places = [int(character, 36) for character in moment["classes"]]
        assert np.bincount(places, minlength=len(told["fills"])).tolist() == [
            *map(int, moment["counts"])
        ]


def test_regions_that_meet_a_condition_now_are_followed_back(sample) -> None:
    view = View("35", conditions=(Condition("jumlah_kim", least=50),))
    earlier = [registered_by(sample, date(2012, 12, 31))]
    shown, moments = in_time(view, sample, active_set(), [date(2012, 12, 31)], earlier)
    assert 0 < len(shown.layer.table) < 38
    assert [len(moment.index) for moment in moments] == [len(shown.layer.table)] * 2
