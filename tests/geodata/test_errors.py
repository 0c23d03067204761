import pytest

from geodata.errors import DataFileError, PetaKimError, RegionError, SelectionError


@pytest.mark.parametrize("kind", [RegionError, SelectionError, DataFileError])
def test_every_error_for_users_can_be_caught_as_one(kind):
    assert issubclass(kind, PetaKimError)


def test_an_error_speaks_both_languages_and_prints_in_english():
    error = RegionError("region_unknown", code="35.99")
    assert error.message("id") == "Tidak ada wilayah dengan kode 35.99 dalam daftar wilayah 2025."
    assert error.message("en") == "The 2025 list of regions has no region with code 35.99."
    assert str(error) == error.message("en")
    assert (error.key, error.values) == ("region_unknown", {"code": "35.99"})


def test_a_hostile_value_stands_in_the_message_as_it_is():
    error = RegionError("region_code", code="{code.__class__} <b>%s")
    assert "“{code.__class__} <b>%s” bukan" in error.message("id")
