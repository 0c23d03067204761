"""What is known of a region beside its KIM, as its profile lists it, and side by side."""

import numpy as np
import pytest

from geodata.indicators.current import figures
from geodata.regions import Level
from geodata.view.region_indicators import compared_indicators, region_indicators

PEOPLE, INDEX, STATUS = "Penduduk", "Indeks Desa Membangun (IDM)", "Status desa menurut IDM"


def told(gazetteer, code):
    return region_indicators(figures(), gazetteer, code, "id").set_index("indikator")


@pytest.mark.parametrize(
    ("code", "people"), [("35.73", "889.359"), ("35", "41.919.906"), (None, "284.973.643")]
)
def test_people_are_written_with_their_year(gazetteer, code, people):
    assert told(gazetteer, code).loc[PEOPLE, ["angka", "tahun"]].tolist() == [people, 2025]


def test_a_desa_has_its_own_figures_and_none_of_what_is_known_only_above_it(gazetteer):
    desa = told(gazetteer, "35.07.08.2001")
    assert desa.loc[[INDEX, STATUS], "angka"].tolist() == ["0,8749", "Mandiri"]
    assert PEOPLE not in desa.index


def test_above_desa_stands_the_share_in_each_category(gazetteer):
    assert told(gazetteer, "35.07.08").loc[STATUS, "angka"].startswith("Mandiri 100,0%; Maju 0,0%")
    shares = told(gazetteer, None).loc[STATUS, "angka"]
    assert shares.startswith("Mandiri 22,")


@pytest.mark.parametrize("code", ["35.73", "35.73.01.1001"])
def test_a_kelurahan_and_a_kota_of_kelurahan_have_no_index_which_is_not_zero(gazetteer, code):
    assert told(gazetteer, code).loc[[INDEX, STATUS], "angka"].tolist() == ["–", "–"]


def test_side_by_side_regions_of_any_level_have_the_figures_of_theirs(gazetteer):
    known = figures()
    codes = [None, "35", "35.07", "35.73", "35.07.08.2001"]
    table = compared_indicators(known, gazetteer, codes).set_index("kode")
    place = gazetteer.codes(Level.KABUPATEN_KOTA).tolist().index("35.07")
    assert table.loc["35.07", "idm"] == known.values("idm", Level.KABUPATEN_KOTA)[place]
    assert table.loc[["", "35", "35.73"], "penduduk"].tolist() == [284_973_643, 41_919_906, 889_359]
    java = gazetteer.codes(Level.PROVINSI).tolist().index("35")
    upper = [known.shares("idm_status", name, Level.PROVINSI)[java] for name in ("Mandiri", "Maju")]
    assert table.loc["35", "idm_status_atas"] == sum(upper)
    assert np.isnan(table.loc["35.73", "idm"]), "Kota Malang has kelurahan only"
    assert table.loc["35.07.08.2001", "idm"] == 0.8749
    assert np.isnan(table.loc["35.07.08.2001", "penduduk"])
