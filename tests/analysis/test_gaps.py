import pytest
from hypothesis import given, settings

from geodata.analysis.gaps import regions_without_kim, with_ancestors
from geodata.analysis.region_metrics import region_metrics
from geodata.errors import RegionError
from geodata.regions import LEVELS, Level
from geodata.registry.snapshot import KimFilter, load_sample
from tests.strategies import kim_filters, levels


@given(kim_filters, levels)
@settings(max_examples=20)
def test_a_region_is_a_gap_exactly_if_no_kim_passes_there(kim_filter, level):
    sample = load_sample()
    gaps = regions_without_kim(sample, kim_filter, level)
    metrics = region_metrics(sample, kim_filter, level)
    assert gaps["kode"].tolist() == metrics.loc[metrics["jumlah_kim"] == 0, "kode"].tolist()


def test_ten_provinsi_had_no_kim_in_2023(sample):
    gaps = regions_without_kim(sample, KimFilter(), Level.PROVINSI)
    assert gaps["nama"].tolist() == [
        "Jambi",
        "Bengkulu",
        "Daerah Khusus Ibukota Jakarta",
        "Kalimantan Utara",
        "Sulawesi Selatan",
        "Maluku Utara",
        "Papua Selatan",
        "Papua Tengah",
        "Papua Pegunungan",
        "Papua Barat Daya",
    ]


@pytest.mark.parametrize("level", LEVELS)
def test_a_gap_is_listed_with_the_names_of_the_regions_above_it(sample, level):
    above = [upper.value for upper in LEVELS[: LEVELS.index(level)]]
    gaps = regions_without_kim(sample, KimFilter(), level)
    assert list(gaps.columns) == ["kode", *above, "nama", "jumlah_desa"]
    assert gaps.index.tolist() == list(range(len(gaps)))


def test_the_gaps_of_kasembon_are_all_its_desa_but_the_one_with_a_kim(registry, gazetteer):
    snapshot = registry({"kode_wilayah": "35.07.28.2005"})
    gaps = regions_without_kim(snapshot, KimFilter(), Level.DESA, "35.07.28")
    assert "Kasembon" not in set(gaps["nama"]), "its namesake desa has the KIM"
    assert len(gaps) == 5
    assert set(gaps["provinsi"]) == {"Jawa Timur"}
    assert set(gaps["kabupaten_kota"]) == {"Kabupaten Malang"}
    assert set(gaps["kecamatan"]) == {"Kasembon"}
    assert set(gaps["jumlah_desa"]) == {1}


def test_a_kim_of_another_field_leaves_the_gap_open(registry):
    snapshot = registry({"bidang": "pertanian"})
    assert len(regions_without_kim(snapshot, KimFilter(), Level.KECAMATAN, "35.07")) == 32
    tourism = KimFilter(bidang=("pariwisata",))
    assert len(regions_without_kim(snapshot, tourism, Level.KECAMATAN, "35.07")) == 33


def test_names_above_are_added_without_touching_the_table_given(sample, gazetteer):
    kecamatan = gazetteer.children("35.07")
    before = kecamatan.copy()
    named = with_ancestors(kecamatan, sample, Level.KECAMATAN)
    assert named.columns.tolist() == ["kode", "provinsi", "kabupaten_kota", "nama"]
    assert kecamatan.equals(before)


def test_a_region_that_is_not_on_the_list_is_refused(sample):
    with pytest.raises(RegionError, match="code 99"):
        regions_without_kim(sample, KimFilter(), Level.DESA, "99")
