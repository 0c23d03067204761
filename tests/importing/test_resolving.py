import pytest

from geodata.boundaries.resolving import way_in_words
from geodata.matching.candidate import Candidate, Method
from geodata.regions import Level


@pytest.mark.parametrize(
    ("method", "missing", "elsewhere", "words"),
    [
        (Method.KODE, None, None, "kode"),
        (Method.KODE_LAMA, None, None, "kode_2020"),
        (Method.KOORDINAT, None, None, "titik"),
        (Method.NAMA, None, None, "nama"),
        (Method.NAMA_MIRIP, None, None, "nama_mirip"),
        (Method.NAMA, Level.KECAMATAN, None, "nama_tanpa_kecamatan"),
        (Method.NAMA_MIRIP, Level.PROVINSI, None, "nama_tanpa_provinsi_mirip"),
        (Method.NAMA, None, Level.KABUPATEN_KOTA, "nama_kabupaten_kota_lain"),
        (Method.NAMA, Level.PROVINSI, Level.KECAMATAN, "nama_kecamatan_lain"),
    ],
)
def test_the_words_of_a_set_for_how_its_rows_were_resolved(method, missing, elsewhere, words):
    assert way_in_words(Candidate("35.07.08.2012", 90.0, method, missing, elsewhere)) == words
