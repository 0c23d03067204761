import numpy as np
import pytest

from geodata.errors import RegionError
from geodata.regions import Level
from geodata.village_points import is_misplaced, misplaced_desa, points_of_desa
from tests.analysis.worlds import KM_PER_DEGREE, country, road


def wrong(gazetteer, within=None) -> list[str]:
    return misplaced_desa(gazetteer, within)["kode"].tolist()


@pytest.mark.parametrize("kode", ["81.01.01.2021", "19.01.04.2001", "94.05.16.2003"])
def test_points_on_other_islands_are_known_to_be_wrong(gazetteer, kode):
    assert kode in wrong(gazetteer)
    lat, lng = points_of_desa(gazetteer)
    position = gazetteer.positions(Level.DESA, np.array([kode]))[0]
    assert np.isnan([lat[position], lng[position]]).all()


@pytest.mark.parametrize(
    ("kode", "why"),
    [
        ("73.10.01.2004", "Sabalana, of the islands of Liukang Tangaya"),
        ("62.03.09.2015", "Muroi Raya, far up the river in Mantangai"),
    ],
)
def test_points_far_out_in_a_kecamatan_that_goes_that_far_are_not(gazetteer, kode, why):
    assert kode not in wrong(gazetteer), why


def test_all_that_is_not_wrong_stays_as_it_is(gazetteer):
    desa, lat = gazetteer.tables[Level.DESA], points_of_desa(gazetteer)[0]
    changed = np.flatnonzero(desa["lat"].notna() & np.isnan(lat))
    assert desa["kode"].iloc[changed].tolist() == sorted(wrong(gazetteer))
    assert np.nanmax(np.abs(lat - desa["lat"])) == 0
    assert len(changed) < 30


def test_the_wrong_ones_of_a_region_are_listed_the_farthest_first(gazetteer):
    listed = misplaced_desa(gazetteer, "94.05.16")
    assert len(listed) == 5
    assert listed["kode"].iloc[0] == "94.05.16.2003"
    assert (np.diff(listed["dari_tengah_km"]) <= 0).all()
    assert wrong(gazetteer, "35.07") == []
    with pytest.raises(RegionError, match="code 99"):
        misplaced_desa(gazetteer, "99")


def test_a_point_apart_from_the_others_is_wrong_a_chain_of_points_is_not():
    assert wrong(road([0, 1, 2, 3, 150])) == ["11.01.01.2004"]
    assert wrong(road([0, 1, 2, 3, 80, 150])) == []


def test_where_two_points_disagree_nobody_knows_which_is_wrong():
    assert wrong(road([0, 190])) == []


def test_a_point_is_weighed_by_what_is_known_of_its_kecamatan():
    gazetteer = country({"11.01.01.2001": (0, 0), "11.01.02.2001": None})
    lng = np.array([150.0, 150.0, 50.0, np.nan]) / KM_PER_DEGREE
    told = is_misplaced(gazetteer, np.array([0, 1, 0, 0]), np.zeros(4), lng)
    assert told.tolist() == [True, False, False, False]
