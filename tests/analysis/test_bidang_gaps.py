from dataclasses import replace

import pytest

from geodata.analysis.bidang_gaps import absent_fields, bidang_coverage
from geodata.analysis.region_metrics import region_metrics
from geodata.regions import Level
from geodata.registry.fields import BIDANG
from geodata.registry.snapshot import KimFilter
from tests.analysis.worlds import cells, grid, grid_codes, registry_of

KECAMATAN = Level.KECAMATAN


def test_every_region_has_a_row_for_every_field(sample):
    rows = bidang_coverage(sample, KimFilter(status=("aktif",)), Level.PROVINSI)
    assert len(rows) == 38 * len(BIDANG)
    assert rows["bidang"].tolist() == list(BIDANG) * 38
    for field in ("umkm", "kebencanaan"):
        own = rows[rows["bidang"] == field].reset_index(drop=True)
        alone = KimFilter(status=("aktif",), bidang=(field,))
        metrics = region_metrics(sample, alone, Level.PROVINSI)
        assert own["cakupan"].equals(metrics["cakupan"])
        assert own["jumlah_kim"].equals(metrics["jumlah_kim"])


def test_fields_of_the_filter_are_the_ones_shown(sample):
    some = KimFilter(bidang=("pariwisata", "umkm"), mode="semua")
    rows = bidang_coverage(sample, some, Level.KABUPATEN_KOTA, "35")
    assert rows["bidang"].unique().tolist() == ["umkm", "pariwisata"]
    tourism = region_metrics(
        sample, replace(some, bidang=("pariwisata",)), Level.KABUPATEN_KOTA, "35"
    )
    shown = rows[rows["bidang"] == "pariwisata"]
    assert shown["desa_terlayani"].tolist() == tourism["desa_terlayani"].tolist()


def test_a_field_that_half_the_neighbours_have_is_named_as_absent():
    codes = grid_codes(2)  # each of four cells touches the three others
    with_kim = [f"{code}.2001" for code in codes[:3]]
    fields = ["umkm;pariwisata", "umkm", "umkm;pertanian"]
    snapshot = registry_of(grid(2, 1), with_kim, bidang=fields)
    rows = absent_fields(snapshot, KimFilter(), cells(2), KECAMATAN)
    assert rows[["kode", "bidang", "tetangga", "tetangga_ada"]].values.tolist() == [
        [codes[3], "umkm", 3, 3]
    ]
    assert rows["kode_tetangga"].tolist() == [";".join(codes[:3])]
    assert rows["kabupaten_kota"].tolist() == ["Wilayah 11.02"]


def test_a_field_nobody_has_is_absent_from_no_list():
    snapshot = registry_of(grid(2, 1), [f"{grid_codes(2)[0]}.2001"])
    nobody = KimFilter(bidang=("perikanan",))
    rows = absent_fields(snapshot, nobody, cells(2), KECAMATAN)
    assert rows.empty
    assert list(rows.columns) == [
        *("kode", "provinsi", "kabupaten_kota", "nama", "bidang"),
        *("tetangga", "tetangga_ada", "kode_tetangga"),
    ]
    assert (bidang_coverage(snapshot, nobody, KECAMATAN)["cakupan"] == 0).all()


def test_islands_are_compared_with_nobody():
    codes = grid_codes(2)
    snapshot = registry_of(grid(2, 1), [f"{code}.2001" for code in codes[:3]])
    assert absent_fields(snapshot, KimFilter(), cells(2, gap=1), KECAMATAN).empty


@pytest.mark.parametrize("within", ["11.01", "11.02"])
def test_only_regions_within_are_listed_though_neighbours_elsewhere_count(within):
    codes = grid_codes(2)
    snapshot = registry_of(grid(2, 1), [f"{code}.2001" for code in codes[:3]])
    rows = absent_fields(snapshot, KimFilter(), cells(2), KECAMATAN, within)
    assert len(rows) == (1 if within == "11.02" else 0)
