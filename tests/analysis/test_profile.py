import pytest

from geodata.analysis.profile import region_profile
from geodata.analysis.region_metrics import kim_by_bidang
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
        "one. With an active one: 11 (5.4%). It ranks 18 of 38 regencies/cities in "
        "Provinsi Jawa Timur by estimated coverage"
    )
    assert summary(sample, "35.08", "id").startswith(
        "Di Kabupaten Lumajang, Jawa Timur ada 21 KIM; 19 dari 205 desa/kelurahan (9,3%) punya "
        "sedikitnya satu. Yang punya KIM aktif: 11 desa/kelurahan (5,4%). Peringkat 18 dari 38 "
        "kabupaten/kota di Provinsi Jawa Timur"
    )


def test_a_rank_says_among_how_many_that_can_be_ranked_and_how_sure_it_is(sample):
    words = summary(sample, "34.71.03", "en")
    assert (
        "It ranks 1 of 2 that can be ranked (of 14) among the districts in Kota Yogyakarta" in words
    )
    assert "; of its rank: 1 to 2)" in words
    assert "Peringkat 1 dari 2 yang dapat diperingkat (dari 14)" in summary(
        sample, "34.71.03", "id"
    )


def test_nothing_is_said_to_be_absent_that_a_filter_hides(sample):
    umkm = KimFilter(bidang=("umkm",))
    assert kim_by_bidang(sample, KimFilter(), "63")["pendidikan"] > 0
    assert kim_by_bidang(sample, umkm, "63")["pendidikan"] == 0
    words = summary(sample, "63", "en", umkm)
    assert "No KIM yet in" not in words
    assert " yet" not in words
    assert "regencies/cities have no KIM that counts" in words
    assert "No KIM yet in: Fisheries, Arts and culture." in summary(sample, "35.08", "en")


def test_a_trend_is_not_told_under_a_filter_of_years(sample):
    assert "In the last 3 years" in summary(sample, "35.08", "en")
    words = summary(sample, "35.08", "en", KimFilter(tahun=(2015, 2015)))
    assert "In the last 3 years" not in words


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
    assert region_profile(sample, KimFilter(), active_set(), "95.03").cluster == "rendah_rendah"
    assert "low and so is that around it" in summary(sample, "95.03", "en")


def test_a_region_that_is_not_on_the_list_is_refused(sample):
    with pytest.raises(RegionError, match="code 99"):
        region_profile(sample, KimFilter(), active_set(), "99")
