"""Imports of indicators: kept whole, in force until taken out, put back, each with its log line."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from geodata.indicators import storing
from geodata.indicators.combining import combined, left_without
from geodata.indicators.defining import Said, defined
from geodata.indicators.figures import Figures
from geodata.indicators.indicator import Indicator, IndicatorError
from geodata.indicators.listing import list_tables, report_table
from geodata.indicators.reading import ROW_COLUMNS
from geodata.indicators.shipped import shipped
from geodata.indicators.storing import (
    given_in,
    imports,
    keep,
    put_back,
    rows_of,
    take_out,
    version_key,
)
from geodata.people.audit import Deed, read_audit
from geodata.regions import Level
from tests.indicators.conftest import FAMILIES, table_of

MALANG, BLITAR = "35.07", "35.05"
PEOPLE = Indicator("penduduk", Level.KABUPATEN_KOTA, 2026, "count", "sum", "Penduduk", "Malangkab")


def figures_of(registry, gazetteer) -> Figures:
    return Figures(gazetteer, combined([*shipped(gazetteer), *given_in(registry, gazetteer)]), "x")


def value(figures: Figures, key: str, code: str, gazetteer) -> float:
    level = next(level for level in Level if level.code_length == len(code))
    (place,) = gazetteer.positions(level, np.array([code]))
    return figures.values(key, level)[place]


def test_an_import_counts_until_it_is_taken_out_and_again_once_it_is_put_back(registry, gazetteer):
    before = version_key(registry)
    table = table_of(FAMILIES, {"35.07.08.2001": 800, "35.07.08.2002": 0}, rejected=1)
    number = keep(registry, table, who="rini")
    assert value(figures_of(registry, gazetteer), "keluarga", "35.07.08", gazetteer) == 800
    assert [(it.rows, it.accepted, it.in_force) for it in imports(registry)] == [(3, 2, True)]

    take_out(registry, number, who="rini")
    with pytest.raises(IndicatorError, match="no indicator “keluarga”"):
        figures_of(registry, gazetteer).values("keluarga", Level.DESA)
    with pytest.raises(IndicatorError, match=f"import {number} is out already"):
        take_out(registry, number, who="rini")

    put_back(registry, number, who="budi")
    assert value(figures_of(registry, gazetteer), "keluarga", "35.07.08.2002", gazetteer) == 0
    with pytest.raises(IndicatorError, match=f"import {number} counts already"):
        put_back(registry, number, who="budi")
    assert version_key(registry) == (before[0], before[1] + 3)
    log = read_audit(registry)
    assert [(it.who, it.old.get("indicator"), it.new.get("indicator")) for it in log] == [
        ("budi", None, "keluarga"),
        ("rini", "keluarga", None),
        ("rini", None, "keluarga"),
    ]
    assert {it.action for it in log} == {Deed.INDIKATOR}


def test_every_row_is_kept_with_what_became_of_it_and_not_with_what_its_cells_say(
    registry, gazetteer
):
    table = table_of(FAMILIES, {"35.07.08.2001": 800}, rejected=2)
    number = keep(registry, table, who="rini")
    kept = rows_of(registry, number)
    pd.testing.assert_frame_equal(kept, table.rows[list(ROW_COLUMNS)], check_dtype=False)
    assert rows_of(registry, number, rejected=True)["line"].tolist() == [90, 91]
    report = report_table(kept, FAMILIES, gazetteer, "id")
    assert report["nama"].tolist() == ["Sumberputih", "", ""]
    assert report["dibaca"].tolist() == ["800", "", ""]
    assert report["alasan"].iloc[1].startswith("bukan angka")
    assert "banyak" in report_table(table.rows, FAMILIES, gazetteer, "id").to_csv()
    assert "banyak" not in report.to_csv()


def test_a_table_is_kept_whole_or_not_at_all(registry, monkeypatch):
    def broken(*_):
        raise RuntimeError("the power went")

    monkeypatch.setattr(storing, "insert_many", broken)
    with pytest.raises(RuntimeError, match="power"):
        keep(registry, table_of(FAMILIES, {"35.07.08.2001": 800}), who="rini")
    assert imports(registry) == []
    assert version_key(registry)[1] == 0
    assert read_audit(registry) == []


def test_nothing_is_kept_of_a_file_without_a_value(registry):
    with pytest.raises(IndicatorError, match="nothing was kept"):
        keep(registry, table_of(FAMILIES, {}, rejected=2), who="rini")
    assert imports(registry) == []
    assert read_audit(registry) == []


def test_offices_bring_in_their_own_and_the_latest_year_counts(registry, gazetteer):
    of_2025 = replace(PEOPLE, year=2025)
    keep(registry, table_of(of_2025, {MALANG: 1}), who="malang")
    figures = figures_of(registry, gazetteer)
    assert value(figures, "penduduk", MALANG, gazetteer) == 1
    assert value(figures, "penduduk", BLITAR, gazetteer) > 1_000_000
    own = figures.source("penduduk", Level.KABUPATEN_KOTA)
    assert own.producer["id"] == "Kementerian Dalam Negeri; Malangkab"

    assert left_without(table_of(of_2025, {MALANG: 2}), figures, gazetteer) == (0, 0)
    assert left_without(table_of(PEOPLE, {MALANG: 2}), figures, gazetteer) == (513, 2025)
    newer = keep(registry, table_of(PEOPLE, {MALANG: 2}), who="malang")
    figures = figures_of(registry, gazetteer)
    assert value(figures, "penduduk", MALANG, gazetteer) == 2
    assert np.isnan(value(figures, "penduduk", BLITAR, gazetteer))
    listed = list_tables(figures, imports(registry), "en")
    states = listed[listed["kunci"] == "penduduk"][["tahun", "keadaan"]]
    assert states.to_numpy().tolist() == [
        [2025, "in use"],
        [2025, "another year is in use"],
        [2026, "in use"],
        [2025, "another year is in use"],
    ]
    take_out(registry, newer, who="malang")
    assert value(figures_of(registry, gazetteer), "penduduk", MALANG, gazetteer) == 1


def test_what_weights_a_mean_is_there_as_long_as_the_mean_is(registry, gazetteer):
    online = Indicator("daring", Level.DESA, 2024, "share", "mean", "Daring", weight="keluarga")
    weight = keep(registry, table_of(FAMILIES, {"35.07.08.2001": 3, "35.07.08.2002": 1}), who="a")
    mean = keep(registry, table_of(online, {"35.07.08.2001": 1, "35.07.08.2002": 0}), who="a")
    assert value(figures_of(registry, gazetteer), "daring", "35.07.08", gazetteer) == 0.75
    with pytest.raises(IndicatorError, match="weights daring"):
        take_out(registry, weight, who="a")
    take_out(registry, mean, who="a")
    take_out(registry, weight, who="a")
    with pytest.raises(IndicatorError, match="weights daring"):
        put_back(registry, mean, who="a")
    assert [it.in_force for it in imports(registry)] == [False, False]


def test_a_key_means_one_thing(registry, gazetteer):
    keep(registry, table_of(FAMILIES, {"35.07.08.2001": 800}), who="rini")
    other = replace(FAMILIES, kind="index", adding="mean")
    with pytest.raises(IndicatorError, match="differs in kind"):
        keep(registry, table_of(other, {"35.07.08.2001": 1}), who="budi")
    figures = figures_of(registry, gazetteer)
    again = defined(Said("keluarga", Level.KECAMATAN, 2023, producer="BPS"), figures)
    assert (again.kind, again.title, again.producer) == ("count", "Keluarga", "BPS")
    with pytest.raises(IndicatorError, match="differs in kind"):
        defined(Said("keluarga", Level.DESA, 2024, kind="share", producer="BPS"), figures)


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ({"key": "Keluarga Miskin"}, "cannot be the key"),
        ({"key": "cakupan"}, "that of another figure"),
        ({"year": 1900}, "year 1900"),
        ({"producer": " "}, "whose figures"),
        ({"title": ""}, "give its name"),
        ({"kind": "angka"}, "no kind of values"),
        ({"kind": "share", "adding": "sum"}, "cannot add up by “sum”"),
        ({"kind": "category"}, "2 to 9 different categories"),
        ({"kind": "category", "categories": ("Maju", "maju")}, "different categories"),
        ({"kind": "count", "categories": ("Maju", "Mandiri")}, "different categories"),
        ({"kind": "index", "weight": "idm"}, "“idm” cannot weight"),
        ({"kind": "index", "weight": "penduduk"}, "“penduduk” cannot weight a mean.*level desa"),
        ({"decimals": 9}, "choose 0 to 6"),
        ({"day": "kemarin"}, "is no day"),
    ],
)
def test_what_cannot_be_used_of_what_is_said_is_told(gazetteer, said, message):
    ordinary = {"key": "miskin", "level": Level.DESA, "year": 2024, "title": "Keluarga miskin"}
    figures = Figures(gazetteer, shipped(gazetteer), "shipped")
    with pytest.raises(Exception, match=message) as caught:
        defined(Said(**ordinary | {"kind": "count", "producer": "Dinsos"} | said), figures)
    assert caught.value.message("id")
