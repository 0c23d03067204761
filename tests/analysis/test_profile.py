import pytest

from geodata.analysis.profile import region_profile
from geodata.boundaries.store import active_set
from geodata.errors import RegionError
from geodata.regions import Level
from geodata.registry.snapshot import KimFilter
from geodata.view.profile_words import profile_summary

ALL = KimFilter()
NOBODY = KimFilter(tahun=(1990, 1990))


def summary(sample, kode, lang, kim_filter=ALL):
    profile = region_profile(sample, kim_filter, active_set(), kode)
    return profile_summary(profile, sample, kim_filter, lang)


def test_the_profile_of_lumajang_in_both_languages(sample):
    assert summary(sample, "35.08", "en").startswith(
        "Kabupaten Lumajang, Jawa Timur has 21 KIM; 19 of its 205 villages (9.3%) have at least "
        "one. It ranks 18 of 38 regencies/cities in Provinsi Jawa Timur by estimated coverage"
    )
    assert summary(sample, "35.08", "id").startswith(
        "Di Kabupaten Lumajang, Jawa Timur ada 21 KIM; 19 dari 205 desa/kelurahan (9,3%) punya "
        "sedikitnya satu. Peringkat 18 dari 38 kabupaten/kota di Provinsi Jawa Timur"
    )


@pytest.mark.parametrize("kode", [None, "35", "35.08", "35.08.01", "35.08.01.2001", "91.03"])
@pytest.mark.parametrize("kim_filter", [ALL, NOBODY], ids=["all", "nobody"])
def test_every_region_has_a_profile_in_words(sample, kode, kim_filter):
    for lang in ("id", "en"):
        words = summary(sample, kode, lang, kim_filter)
        assert words.endswith(".")
        assert "nan%" not in words.lower()
        assert " nan " not in words.lower()
        assert "{" not in words


def test_parts_of_a_profile_belong_together(sample):
    profile = region_profile(sample, KimFilter(), active_set(), "35.08")
    assert profile.own["jumlah_desa"] == profile.totals.jumlah_desa == len(profile.distances)
    assert list(profile.empty) == [Level.KECAMATAN, Level.DESA]
    assert len(profile.empty[Level.DESA]) == 205 - profile.totals.desa_terlayani
    assert profile.by_kind["jumlah_desa"].sum() == 205
    assert profile.peers["kode"].iloc[0] == "35.08"
    assert profile.by_year.sum() == profile.totals.jumlah_kim
    assert profile.trend.recent + profile.trend.before <= profile.totals.jumlah_kim


def test_indonesia_and_a_desa_have_nobody_beside_them(sample):
    for kode in (None, "35.08.01.2001"):
        profile = region_profile(sample, KimFilter(), active_set(), kode)
        assert profile.own is None
        assert profile.peers is None
        assert profile.cluster is None


def test_a_kabupaten_in_a_low_cluster_is_told_so(sample):
    assert region_profile(sample, KimFilter(), active_set(), "15.02").cluster == "rendah_rendah"
    assert "low and so is that around it" in summary(sample, "15.02", "en")


def test_a_region_that_is_not_on_the_list_is_refused(sample):
    with pytest.raises(RegionError, match="code 99"):
        region_profile(sample, KimFilter(), active_set(), "99")
