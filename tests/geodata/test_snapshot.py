import re

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.errors import DataFileError, RegionError, SelectionError
from geodata.provenance import Source, sidecar_path, write_sidecar
from geodata.regions import Level
from geodata.registry.fields import BIDANG
from geodata.registry.snapshot import UNKNOWN_YEAR, KimFilter, load_sample, read_snapshot
from tests.registries import without_dates
from tests.strategies import codes, kim_filters


@pytest.fixture
def four(registry):
    return registry(
        {"bidang": "umkm", "status": "aktif", "tanggal_terdaftar": "2015-12-31"},
        {"bidang": "umkm;pariwisata", "status": "tidak_aktif", "tanggal_terdaftar": "2016-01-01"},
        {
            "bidang": "pariwisata",
            "status": "belum_terverifikasi",
            "tanggal_terdaftar": "2018-12-31",
        },
        {
            "bidang": "pertanian;umkm;pariwisata",
            "tanggal_terdaftar": "2019-01-01",
            "kode_wilayah": "34.01.01.2001",
        },
    )


def passing(snapshot, within=None, **parts) -> list[int]:
    """Which KIM pass, counted from one."""
    mask = snapshot.mask(KimFilter(**parts), within)
    assert mask.dtype == bool
    return (1 + np.flatnonzero(mask)).tolist()


def test_an_empty_filter_lets_every_kim_through(four):
    assert passing(four) == [1, 2, 3, 4]


def test_any_of_the_fields_is_less_strict_than_all_of_them(four):
    both = ("umkm", "pariwisata")
    assert passing(four, bidang=both, mode="salah_satu") == [1, 2, 3, 4]
    assert passing(four, bidang=both, mode="semua") == [2, 4]
    assert passing(four, bidang=("pertanian", "perikanan"), mode="salah_satu") == [4]
    assert passing(four, bidang=("pertanian", "perikanan"), mode="semua") == []


def test_for_one_field_any_and_all_are_the_same(four):
    assert passing(four, bidang=("umkm",), mode="semua") == [1, 2, 4]
    assert passing(four, bidang=("umkm",), mode="salah_satu") == [1, 2, 4]


def test_a_kim_passes_with_any_of_the_statuses(four):
    assert passing(four, status=("tidak_aktif",)) == [2]
    assert passing(four, status=("belum_terverifikasi", "tidak_aktif")) == [2, 3]


def test_the_first_and_the_last_year_are_both_counted(four):
    assert passing(four, tahun=(2016, 2018)) == [2, 3]
    assert passing(four, tahun=(2015, 2015)) == [1]
    assert passing(four, tahun=(2017, 2017)) == []
    assert passing(four, tahun=(1, 10**30)) == [1, 2, 3, 4]


def test_only_kim_of_the_region_pass(four):
    assert passing(four, "34") == [4]
    assert passing(four, "35.07.08") == [1, 2, 3]
    assert passing(four, "35.07.08", bidang=("pariwisata",)) == [2, 3]
    assert passing(four, "35.07.28") == []


def test_the_desa_next_to_a_region_are_not_in_it(registry, gazetteer):
    codes_of_desa = gazetteer.codes(Level.DESA)
    wajak = gazetteer.within(Level.DESA, "35.07.08")
    around = [wajak.start - 1, wajak.start, wajak.stop - 1, wajak.stop]
    four = registry(*({"kode_wilayah": codes_of_desa[position]} for position in around))
    assert passing(four, "35.07.08") == [2, 3]


def test_the_years_of_a_registry_are_those_of_its_registrations(four):
    assert four.years == (2015, 2019)


def test_a_day_that_is_missing_or_after_that_of_the_data_is_of_no_known_year(registry):
    three = without_dates(registry(*[{"tanggal_terdaftar": "2018-03-01"}] * 3), [1])
    three.kim.loc[2, "tanggal_terdaftar"] = pd.Timestamp("2050-01-01")
    assert three.tahun.tolist() == [2018, UNKNOWN_YEAR, UNKNOWN_YEAR]
    assert three.years == (2018, 2018)
    assert three.mask(KimFilter(tahun=(2010, 2099))).tolist() == [True, False, False]


@given(kim_filters, st.none() | codes(), st.permutations(range(5)))
@settings(max_examples=40)
def test_the_parts_of_a_filter_can_be_applied_in_any_order(kim_filter, within, order):
    sample = load_sample()
    parts = [
        (KimFilter(bidang=kim_filter.bidang, mode=kim_filter.mode), None),
        (KimFilter(status=kim_filter.status), None),
        (KimFilter(tahun=kim_filter.tahun), None),
        (KimFilter(), within),
        (KimFilter(), None),
    ]
    left = np.arange(len(sample.kim))
    for part in order:
        left = left[sample.mask(*parts[part])[left]]
    assert (left == np.flatnonzero(sample.mask(kim_filter, within))).all()


@given(st.lists(st.sampled_from(BIDANG), min_size=1, max_size=4, unique=True))
@settings(max_examples=40)
def test_any_is_the_union_of_the_single_fields_and_all_their_intersection(fields):
    sample = load_sample()
    alone = [sample.mask(KimFilter(bidang=(name,))) for name in fields]
    either = sample.mask(KimFilter(bidang=tuple(fields), mode="salah_satu"))
    every = sample.mask(KimFilter(bidang=tuple(fields), mode="semua"))
    assert (either == np.logical_or.reduce(alone)).all()
    assert (every == np.logical_and.reduce(alone)).all()


@pytest.mark.parametrize(
    ("parts", "in_indonesian", "in_english"),
    [
        ({"bidang": ("umkm", "tani")}, "Tidak ada bidang “tani”. Pilihan: umkm", "no field “tani”"),
        ({"mode": "atau"}, "mode “atau”. Pilihan: salah_satu, semua", "no mode “atau”"),
        ({"status": ("Aktif",)}, "status “Aktif”. Pilihan: aktif, tidak", "no status “Aktif”"),
        ({"tahun": (2020, 2015)}, "Tahun pertama (2020) lebih besar", "first year (2020) is later"),
    ],
)
def test_a_filter_that_cannot_be_is_refused_when_it_is_made(parts, in_indonesian, in_english):
    with pytest.raises(SelectionError, match=re.escape(in_english)) as caught:
        KimFilter(**parts)
    assert in_indonesian in caught.value.message("id")


def test_a_region_that_is_not_on_the_list_is_refused(sample):
    with pytest.raises(RegionError, match=r"no region with code 35\.99"):
        sample.mask(KimFilter(), "35.99")


def test_equal_filters_are_one_key_of_a_cache():
    umkm, other = (KimFilter(bidang=("umkm",), tahun=(2015, 2020)) for _ in range(2))
    assert umkm == other
    assert len({umkm, other, KimFilter()}) == 2


@pytest.fixture
def shipped(registry_file):
    """Write a registry with its sidecar."""

    def write(*rows):
        path = registry_file(*rows)
        write_sidecar(
            path,
            description={"id": "Registri contoh", "en": "A registry"},
            licence="CC0-1.0",
            date="2023-06-30",
            made_by="by hand",
            sources=[Source("Dinas Contoh", "registri", "berkas", "CC0-1.0", "1")],
            rows=len(rows),
        )
        return path

    return write


def test_a_snapshot_is_dated_and_versioned_by_its_sidecar(shipped, gazetteer):
    snapshot = read_snapshot(shipped({}, {}), gazetteer, illustrative=True)
    assert len(snapshot.kim) == 2
    assert snapshot.date == "2023-06-30"
    assert snapshot.illustrative


def test_the_version_changes_whenever_a_row_does(shipped, gazetteer, tmp_path):
    first = read_snapshot(shipped({}), gazetteer, illustrative=False)
    elsewhere = tmp_path / "lain"
    elsewhere.mkdir()
    for path in (tmp_path / "registri.csv", sidecar_path(tmp_path / "registri.csv")):
        path.rename(elsewhere / path.name)
    same = read_snapshot(elsewhere / "registri.csv", gazetteer, illustrative=False)
    other = read_snapshot(shipped({"status": "tidak_aktif"}), gazetteer, illustrative=False)
    assert first.version == same.version != other.version
    assert not first.illustrative


def test_a_registry_changed_after_its_sidecar_was_written_is_refused(shipped, gazetteer):
    path = shipped({})
    path.write_text(path.read_text(encoding="utf-8").replace("aktif", "tidak_aktif"))
    with pytest.raises(DataFileError, match=r"registri\.csv differs from what was recorded"):
        read_snapshot(path, gazetteer, illustrative=False)
