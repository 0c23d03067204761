"""The indicators that ship: what was published, under the codes of today."""

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

from geodata.indicators.current import figures
from geodata.indicators.making import write_idm, write_people
from geodata.indicators.shipped import IDM_STATUS
from geodata.regions import Level, desa_kind, level_of

PUBLISHED = 284_973_643
SEXES = ("laki_laki", "perempuan")

ValueOf = Callable[[str, str], float]


@pytest.fixture
def value(gazetteer) -> ValueOf:
    def of(key: str, code: str) -> float:
        level = level_of(code)
        (position,) = gazetteer.positions(level, np.array([code]))
        return float(figures().values(key, level)[position])

    return of


@pytest.mark.parametrize("key", ["penduduk", *SEXES])
def test_people_of_kabupaten_add_up_to_those_of_their_provinsi(gazetteer, key):
    above = gazetteer.parent_positions(Level.PROVINSI, Level.KABUPATEN_KOTA)
    added = np.bincount(above, weights=figures().values(key, Level.KABUPATEN_KOTA))
    assert np.array_equal(added, figures().values(key, Level.PROVINSI))


def test_the_people_of_all_provinsi_are_those_published():
    assert figures().values("penduduk", Level.PROVINSI).sum() == PUBLISHED
    by_sex = sum(figures().values(key, Level.KABUPATEN_KOTA) for key in SEXES)
    assert np.array_equal(by_sex, figures().values("penduduk", Level.KABUPATEN_KOTA))


def test_of_desa_and_kecamatan_nobody_knows_how_many_people_there_are():
    for level in (Level.KECAMATAN, Level.DESA):
        assert np.isnan(figures().values("penduduk", level)).all()
        assert not figures().known("penduduk", level).any()


def test_a_kelurahan_has_no_index_at_all(gazetteer):
    kinds = np.array([desa_kind(code) for code in gazetteer.codes(Level.DESA)])
    for key in ("idm", "iks", "ike", "ikl", "idm_status"):
        values = figures().values(key, Level.DESA)
        assert np.isnan(values[kinds == "kelurahan"]).all()
        assert np.isfinite(values[kinds == "desa"]).mean() > 0.99


def test_a_kota_of_kelurahan_alone_has_no_data_and_never_zero(gazetteer, value):
    assert np.isnan(value("idm", "31.71"))  # Jakarta Pusat
    for level in Level:
        assert not (figures().values("idm", level) == 0).any()


def test_every_index_is_one_of_0_to_1_and_the_mean_of_its_three():
    idm, *parts = (figures().values(key, Level.DESA) for key in ("idm", "iks", "ike", "ikl"))
    known = np.isfinite(idm)
    assert (idm[known].min() > 0, idm[known].max() <= 1) == (True, True)
    assert np.abs(np.mean(parts, axis=0) - idm)[known].max() < 0.001


def test_shares_of_all_states_add_up_to_one_wherever_there_is_any():
    status = figures().indicator("idm_status")
    for level in (Level.PROVINSI, Level.KECAMATAN, Level.DESA):
        shares = np.sum(
            [figures().shares(status.key, name, level) for name in status.categories], axis=0
        )
        assert np.allclose(shares[np.isfinite(shares)], 1)
        assert np.array_equal(np.isfinite(shares), figures().known(status.key, level) > 0)


def test_what_ships_says_whose_it_is_and_on_which_terms():
    for indicator in figures().indicators:
        assert indicator.producer
        assert indicator.licence
        assert indicator.name("id") != indicator.name("en")
    assert "none stated" in figures().indicator("idm").licence["en"]


def test_a_desa_is_led_by_a_code_whose_name_agrees_else_by_its_name_else_left_out(
    gazetteer, tmp_path
):
    rows = [
        ("35.07.08.2001", "Sumberputih", 0.8, "Mandiri"),
        ("91.01.02.2003", "Boha", 0.5, "Tertinggal"),  # in Papua Selatan since 2022
        ("96.01.12.2001", "Segun", 0.4, "Maju"),  # the code is that of Wilty since 2025
        ("96.09.22.2003", "Bisaud", 0.3, "Maju"),  # a code that was for a time alone
        ("96.01.55.2002", "Klawana", 0.9, "Maju"),  # there are two of the name
        ("35.07.08.2999", "Entah", 0.9, "Maju"),
        ("31.71.01.1001", "Gambir", 0.9, "Maju"),  # a kelurahan
        ("35.07.08.2002", "Wonoayu", 0.7, "0"),
    ]
    published = tmp_path / "idm.csv"
    table = pd.DataFrame(rows, columns=["kode_desa", "nama_desa", "idm", "status_idm"])
    table.assign(iks=0.5, ike=0.5, ikl=0.5).to_csv(published, index=False)
    written = write_idm(published, gazetteer, "2026-01-02", tmp_path)
    by_name = {gazetteer.name(code): row for code, *row in written.to_numpy(object).tolist()}
    assert {name: row[0] for name, row in by_name.items()} == {
        "Sumberputih": 0.8, "Wonoayu": 0.7, "Boha": 0.5, "Segun": 0.4, "Bisaud": 0.3,
    }  # fmt: skip
    assert written["idm_status"].isna().sum() == 1
    assert "Of 8 rows 3 are left out" in (tmp_path / "idm_2024.source.json").read_text("utf-8")


def test_the_whole_country_is_not_among_the_regions(tmp_path):
    published = tmp_path / "people.csv"
    published.write_text("kode,nama,laki_laki,perempuan,jumlah\n0,INDONESIA,3,4,7\n11,Aceh,3,4,7\n")
    written = write_people(published, "2026-01-02", tmp_path)
    assert written.to_numpy().tolist() == [["11", 3, 4]]


@pytest.mark.parametrize(
    ("code", "people"),
    [
        ("11", 5_623_479),
        ("35", 41_919_906),
        ("93", 562_220),
        ("18.13", 177_430),
        ("31.71", 1_057_270),
        ("35.07", 2_734_623),
        ("35.78", 3_018_022),
        ("53.01", 391_539),
        ("73.71", 1_482_354),
        ("91.71", 404_799),
    ],
)
def test_people_of_ten_regions_are_those_of_the_decree(value, code, people):
    assert value("penduduk", code) == people


@pytest.mark.parametrize(
    ("code", "idm", "states"),
    [
        ("35.07.08.2001", 0.8749, {"Mandiri": 1}),
        ("11.01.01.2001", 0.7444, {"Maju": 1}),
        ("35.07.08", 0.884769, {"Mandiri": 13}),
        ("11.01.01", 0.646986, {"Maju": 2, "Berkembang": 5}),
        ("53.01.04", 0.635512, {"Maju": 1, "Tertinggal": 1, "Berkembang": 6}),
        ("73.08.04", 0.820571, {"Maju": 3, "Mandiri": 4}),
        ("35.07", 0.867989, {"Mandiri": 378}),
        ("35", 0.801415, {"Maju": 2924, "Mandiri": 4019, "Berkembang": 778}),
    ],
)
def test_the_index_of_regions_is_what_awk_makes_of_the_published_list(
    gazetteer, value, code, idm, states
):
    assert value("idm", code) == pytest.approx(idm, abs=1e-6)
    level = level_of(code)
    (place,) = gazetteer.positions(level, np.array([code]))
    shares = {name: figures().shares("idm_status", name, level)[place] for name in IDM_STATUS}
    made_by_hand = {name: states.get(name, 0) / sum(states.values()) for name in IDM_STATUS}
    assert shares == pytest.approx(made_by_hand)
