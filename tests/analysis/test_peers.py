import numpy as np
import pytest
import shapely

from geodata.analysis.peers import region_peers
from geodata.boundaries.store import active_set
from geodata.errors import RegionError, SelectionError
from geodata.regions import Level
from geodata.registry.snapshot import KimFilter
from tests.analysis.worlds import Drawn, country, registry_of

SIZES = {"11.01": 4, "11.02": 4, "11.03": 16, "11.04": 4, "11.05": 4}


@pytest.fixture
def five_kabupaten():
    """Kabupaten of 4, 4, 16, 4, 4 desa; the fourth all kelurahan, the fifth with much land."""
    codes = [
        f"{kabupaten}.01.{1 if kabupaten == '11.04' else 2}{i:03}"
        for kabupaten, size in SIZES.items()
        for i in range(size)
    ]
    gazetteer = country(dict.fromkeys(codes))
    sides = {code: 10 if code == "11.05" else 1 for code in SIZES}
    boundaries = Drawn(
        {code: shapely.box(0, 0, side, 1) for code, side in sides.items()}, Level.KABUPATEN_KOTA
    )
    return registry_of(gazetteer, ["11.02.01.2000", "11.02.01.2001", "11.03.01.2000"]), boundaries


def test_its_twin_is_the_nearest_peer_and_the_region_itself_comes_first(five_kabupaten):
    table = region_peers(*five_kabupaten[:1], KimFilter(), five_kabupaten[1], "11.01")
    assert table["kode"].tolist()[:2] == ["11.01", "11.02"]
    assert table["ketidakmiripan"].tolist()[:2] == [0, 0]
    assert (np.diff(table["ketidakmiripan"]) >= 0).all()
    assert table["jumlah_desa"].tolist()[:2] == [4, 4]
    assert table.set_index("kode").loc["11.04", "bagian_kelurahan"] == 1
    assert table.set_index("kode").loc["11.05", "desa_per_100_km2"] == 40


def test_ranks_are_by_coverage_and_ties_share_the_lower_number(five_kabupaten):
    snapshot, boundaries = five_kabupaten
    table = region_peers(snapshot, KimFilter(), boundaries, "11.01").set_index("kode")
    assert table["peringkat"].to_dict() == {
        "11.02": 1, "11.03": 2, "11.01": 3, "11.04": 3, "11.05": 3,
    }  # fmt: skip


def test_fewer_peers_than_asked_for_are_all_there_are(five_kabupaten):
    snapshot, boundaries = five_kabupaten
    assert len(region_peers(snapshot, KimFilter(), boundaries, "11.01", peers=2)) == 3
    assert len(region_peers(snapshot, KimFilter(), boundaries, "11.01", peers=99)) == 5


def test_a_region_without_an_area_has_no_peers_and_is_none(five_kabupaten):
    snapshot, boundaries = five_kabupaten
    boundaries._polygons = boundaries._polygons[boundaries._polygons["kode"] != "11.02"]
    with pytest.raises(SelectionError, match=r"11\.02 is not drawn"):
        region_peers(snapshot, KimFilter(), boundaries, "11.02")
    table = region_peers(snapshot, KimFilter(), boundaries, "11.01")
    assert "11.02" not in set(table["kode"])


def test_size_counts_once_and_so_does_density():
    # Of two that differ from the first by a factor of four, one in desa and so in density, the
    # other in land and so in density: with land a feature of its own both would be as far.
    sizes = {"11.01": 4, "11.02": 16, "11.03": 4, "11.04": 8}
    gazetteer = country(
        {f"{code}.01.2{i:03}": None for code, size in sizes.items() for i in range(size)}
    )
    sides = {"11.01": 1, "11.02": 1, "11.03": 4, "11.04": 2}
    boundaries = Drawn(
        {code: shapely.box(0, 0, side, 1) for code, side in sides.items()}, Level.KABUPATEN_KOTA
    )
    snapshot = registry_of(gazetteer, [])
    table = region_peers(snapshot, KimFilter(), boundaries, "11.01").set_index("kode")
    desa = np.log(list(sizes.values())) / np.log(list(sizes.values())).std()
    dense = np.log([4, 16, 1, 4]) / np.log([4, 16, 1, 4]).std()
    apart = np.hypot(desa - desa[0], dense - dense[0])
    expected = dict(zip(sizes, apart, strict=True))
    assert table["ketidakmiripan"].to_dict() == pytest.approx(expected)


def test_islands_are_more_like_islands_than_like_the_mainland():
    # Half of the desa of the first two are on Java, half on Madura; the third is all on Java.
    java, madura = (-7.45, 112.70), (-7.05, 112.75)
    gazetteer = country(
        {
            f"35.0{i}.01.200{n}": java if i == 3 or n < 2 else madura
            for i in (1, 2, 3)
            for n in range(4)
        }
    )
    boundaries = Drawn(
        {f"35.0{i}": shapely.box(0, 0, 1 + (i == 2) / 10, 1) for i in (1, 2, 3)},
        Level.KABUPATEN_KOTA,
    )
    table = region_peers(registry_of(gazetteer, []), KimFilter(), boundaries, "35.01")
    assert table.set_index("kode")["bagian_pulau_lain"].to_dict() == {
        "35.01": 0.5, "35.02": 0.5, "35.03": 0,
    }  # fmt: skip


def test_peers_of_islands_are_islands(sample):
    table = region_peers(sample, KimFilter(), active_set(), "81.08")
    assert table["bagian_pulau_lain"].min() > 0.2


def test_peers_of_a_kota_are_kota(sample):
    table = region_peers(sample, KimFilter(), active_set(), "35.73")
    assert table["nama"].iloc[0] == "Kota Malang"
    assert table["nama"].str.startswith("Kota").all()
    assert len(table) == 11


def test_a_desa_and_an_unknown_region_are_refused(sample, five_kabupaten):
    with pytest.raises(SelectionError, match="not for a village"):
        region_peers(sample, KimFilter(), five_kabupaten[1], "35.07.08.2001")
    with pytest.raises(RegionError, match=r"code 99\.99"):
        region_peers(sample, KimFilter(), five_kabupaten[1], "99.99")
