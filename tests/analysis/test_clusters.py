from itertools import combinations

import numpy as np
import pytest
import shapely
from esda import G_Local, Moran, Moran_Local
from esda.smoothing import assuncao_rate
from hypothesis import given
from hypothesis import strategies as st
from libpysal.weights import lat2W
from scipy import sparse

from geodata.analysis.adjacency import neighbours_of, queen_contiguity
from geodata.analysis.autocorrelation import (
    gi_star,
    lag,
    local_moran,
    moran,
    standardised,
    standardised_share,
)
from geodata.analysis.clusters import (
    LEVELS,
    NO_NEIGHBOURS,
    NOT_DRAWN,
    PERMUTATIONS,
    SIGNIFICANCE,
    find_clusters,
    local_statistics,
)
from geodata.analysis.permutations import p_of_neighbours
from geodata.boundaries.store import active_set
from geodata.errors import RegionError, SelectionError
from geodata.regions import Level
from geodata.registry.snapshot import KimFilter
from tests.analysis.worlds import Drawn, cells, grid, grid_codes, registry_of

KECAMATAN = Level.KECAMATAN


def lattice(side: int) -> sparse.csr_array:
    return sparse.csr_array(lat2W(side, side, rook=False).sparse).astype(float)


def served_kecamatan(side: int, desa_each: int, served) -> list[str]:
    """Codes of desa: all those of the kecamatan for whose row and column ``served`` holds."""
    return [
        f"{code}.2{i:03}"
        for number, code in enumerate(grid_codes(side))
        if served(*divmod(number, side))
        for i in range(1, desa_each + 1)
    ]


def test_neighbours_touch_along_a_side_or_in_a_corner():
    contiguity = queen_contiguity(cells(3), grid(3, 1), KECAMATAN)
    assert contiguity.sum(axis=1).tolist() == [3, 5, 3, 5, 8, 5, 3, 5, 3]
    assert (contiguity.toarray() == lattice(3).toarray()).all()


def test_the_neighbours_of_a_region_are_named():
    codes = grid_codes(3)
    assert neighbours_of(cells(3), grid(3, 1), codes[0]) == [codes[1], codes[3], codes[4]]
    assert neighbours_of(cells(3, gap=1), grid(3, 1), codes[0]) == []
    with pytest.raises(RegionError, match=r"11\.09\.09"):
        neighbours_of(cells(3), grid(3, 1), "11.09.09")


def test_overlapping_polygons_are_neighbours_and_those_that_are_not_drawn_have_none():
    codes = grid_codes(2)
    drawn = Drawn(
        {codes[0]: shapely.box(0, 0, 1.1, 1), codes[1]: shapely.box(1, 0, 2, 1)}, KECAMATAN
    )
    contiguity = queen_contiguity(drawn, grid(2, 1), KECAMATAN)
    assert contiguity.sum(axis=1).tolist() == [1, 1, 0, 0]


def test_a_country_split_in_two_halves_has_a_low_and_a_high_cluster():
    side, desa_each = 12, 10
    gazetteer = grid(side, desa_each)
    served = served_kecamatan(side, desa_each, lambda row, column: column >= side // 2)
    clusters = find_clusters(registry_of(gazetteer, served), KimFilter(), cells(side), KECAMATAN)
    kelas = clusters.table["kelas"].to_numpy().reshape(side, side)
    assert (kelas[1:-1, 1:5] == "rendah_rendah").all()
    assert (kelas[1:-1, 7:-1] == "tinggi_tinggi").all()
    assert set(clusters.table["kelas"]) <= {"rendah_rendah", "tinggi_tinggi", "tidak_nyata"}
    spots = clusters.table["kelas_gi"].to_numpy().reshape(side, side)
    assert (spots[1:-1, 1:5] == "titik_dingin").all()
    assert (spots[1:-1, 7:-1] == "titik_panas").all()
    assert clusters.p_moran == pytest.approx(0.002)
    # Of 506 pairs of neighbours 34 join the halves, so I = (506 - 2 * 34) / 506 for +1 and -1;
    # rows are standardised here, which only moves the weight of border cells.
    assert clusters.moran == pytest.approx(1 - 2 * 34 / 506, abs=0.01)


def test_in_a_chessboard_nobody_is_among_their_like():
    side = 10
    gazetteer = grid(side, 4)
    served = served_kecamatan(side, 4, lambda row, column: (row + column) % 2 == 0)
    clusters = find_clusters(registry_of(gazetteer, served), KimFilter(), cells(side), KECAMATAN)
    assert clusters.moran < 0
    assert not clusters.table["kelas"].isin(["rendah_rendah", "tinggi_tinggi"]).any()


@given(
    st.lists(st.tuples(st.integers(1, 40), st.floats(0, 1)), min_size=49, max_size=49).filter(
        lambda regions: len({round(desa * share) / desa for desa, share in regions}) > 1
    )
)
def test_the_statistics_are_those_of_pysal(regions):
    desa = np.array([desa for desa, _ in regions])
    served = np.round(desa * [share for _, share in regions]).astype(int)
    rate = assuncao_rate(served.astype(float), desa.astype(float))
    z = standardised(standardised_share(served, desa))
    assert z == pytest.approx(standardised(rate))
    graph = lattice(7)
    lagged = lag(z, graph)
    theirs = Moran_Local(rate, lat2W(7, 7, rook=False), permutations=0)
    assert local_moran(z, lagged) == pytest.approx(theirs.Is, abs=1e-9)
    whole = Moran(rate, lat2W(7, 7, rook=False), permutations=0)
    assert moran(z, lagged) == pytest.approx(whole.I, abs=1e-9)
    values = (served + 1) / (desa + 3)
    star = G_Local(values, lat2W(7, 7, rook=False), "B", permutations=0, star=True)
    assert gi_star(values, graph) == pytest.approx(star.Zs, abs=1e-7)


def test_no_region_is_surer_among_many_than_alone():
    rng = np.random.default_rng(2)
    desa = rng.integers(3, 30, size=49)
    table, _, _ = local_statistics(rng.binomial(desa, 0.2), desa, lattice(7), 99)
    assert (table["fdr_moran"] >= table["p_moran"]).all()


def test_one_region_with_kim_among_many_without_is_no_surprise():
    served = np.zeros(100, dtype=int)
    served[44] = 10
    desa = np.full(100, 10)
    table, _, _ = local_statistics(served, desa, lattice(10), 999)
    assert (table["kelas"] == "tidak_nyata").all()
    assert table["p_moran"].iloc[44] > 0.5, "most permutations tie with it"


def exact_p(values: np.ndarray, graph: np.ndarray, region: int) -> float:
    """The two-sided p-value over all draws of neighbours from the others, one by one."""
    others = np.delete(np.arange(len(values)), region)
    sums = np.array(
        [sum(values[list(drawn)]) for drawn in combinations(others, int(graph[region].sum()))]
    )
    observed = graph[region] @ values
    tails = [(sums >= observed - 1e-9).mean(), (sums <= observed + 1e-9).mean()]
    return float(min(2 * min(tails), 1))


@pytest.mark.parametrize("values", ["many ties", "no ties"])
def test_p_values_are_those_of_all_draws_from_the_other_regions(values):
    rng = np.random.default_rng(8)
    graph = lattice(4)
    drawn = rng.integers(0, 2, 16).astype(float) if values == "many ties" else rng.normal(size=16)
    p = p_of_neighbours(np.vstack([drawn, -drawn]), graph, 0.05, 200_000, seed=1)
    expected = [exact_p(drawn, graph.toarray(), region) for region in range(16)]
    assert p[0] == pytest.approx(expected, rel=0.05, abs=1e-3)
    assert p[1].tolist() == p[0].tolist(), "upside down they are as surprising"


def test_draws_that_hold_the_region_itself_are_none_of_its_permutations():
    # One value towers; its own neighbours cannot draw it, those of others can.
    values = np.zeros((1, 9))
    values[0, 4] = 100
    p = p_of_neighbours(values, lattice(3), 0.05, 20_000, seed=1)[0]
    assert p[4] == 1, "all draws of the middle are of zeros"
    assert p[0] == pytest.approx(2 * 3 / 8, rel=0.05), "a corner draws it three times in eight"


def test_another_seed_names_the_same_clusters_but_for_one_in_fifty():
    rng = np.random.default_rng(6)
    side = 20
    desa = rng.integers(3, 20, size=side * side)
    high = np.add.outer(np.arange(side), np.arange(side)).ravel() > 1.2 * side
    served = rng.binomial(desa, np.where(high, 0.35, 0.1))
    named = [
        local_statistics(served, desa, lattice(side), seed=seed)[0]["kelas"] != "tidak_nyata"
        for seed in (1, 2)
    ]
    assert named[0].sum() > 20
    assert (named[0] ^ named[1]).sum() <= named[0].sum() / 50


def test_p_values_are_fine_enough_for_one_kecamatan_alone_to_be_named():
    assert 2 / (PERMUTATIONS + 1) < SIGNIFICANCE / 7_285


def test_kecamatan_are_named_where_few_permutations_could_name_none(sample):
    umkm = KimFilter(bidang=("umkm",))
    table = find_clusters(sample, umkm, active_set(), KECAMATAN).table
    named = (table["fdr_moran"] <= SIGNIFICANCE).sum()
    assert named == pytest.approx(312, abs=6), "as many as 30,000 permutations of each name"


def test_kabupaten_that_only_one_seed_names_are_not_named(sample):
    table = find_clusters(sample, KimFilter(), active_set(), Level.KABUPATEN_KOTA).table
    named = table.loc[table["fdr_moran"] <= SIGNIFICANCE, "kode"].tolist()
    assert named == ["35.04", "95.03", "95.08"]


@pytest.mark.parametrize("served", [0, 5], ids=["no KIM at all", "KIM everywhere"])
def test_where_all_are_alike_there_is_no_cluster(served):
    table, moran, _ = local_statistics(np.full(9, served), np.full(9, 5), lattice(3), 99)
    assert (table["kelas"] == "tidak_nyata").all()
    assert table["moran"].isna().all()
    assert np.isnan(moran)


def test_islands_are_said_to_be_islands():
    gazetteer = grid(3, 2)
    snapshot = registry_of(gazetteer, [f"{grid_codes(3)[0]}.2001"])
    clusters = find_clusters(snapshot, KimFilter(), cells(3, gap=1), KECAMATAN)
    assert (clusters.table["kelas"] == NO_NEIGHBOURS).all()
    assert (clusters.table["tetangga"] == 0).all()
    assert clusters.table[["cakupan_tetangga", "p_moran", "p_gi"]].isna().all(axis=None)


def test_a_region_that_is_not_drawn_says_so():
    gazetteer, codes = grid(3, 2), grid_codes(3)
    boundaries = cells(3)
    boundaries._polygons = boundaries._polygons.iloc[1:]
    snapshot = registry_of(gazetteer, [f"{codes[4]}.2001"])
    table = find_clusters(snapshot, KimFilter(), boundaries, KECAMATAN).table
    assert table["kelas"].iloc[0] == table["kelas_gi"].iloc[0] == NOT_DRAWN
    assert (table["kelas"].iloc[1:] == "tidak_nyata").all()


def test_a_country_of_one_region_has_no_cluster():
    gazetteer = grid(1, 4)
    snapshot = registry_of(gazetteer, [f"{grid_codes(1)[0]}.2001"])
    table = find_clusters(snapshot, KimFilter(), cells(1), KECAMATAN).table
    assert table["kelas"].tolist() == [NO_NEIGHBOURS]


def test_the_same_question_has_the_same_answer_and_leaves_other_dice_alone():
    rng = np.random.default_rng(3)
    desa = rng.integers(3, 30, size=49)
    served = rng.binomial(desa, 0.3)
    np.random.seed(7)
    expected = np.random.random()
    np.random.seed(7)
    first = local_statistics(served, desa, lattice(7), 99)[0]
    assert np.random.random() == expected
    assert local_statistics(served, desa, lattice(7), 99)[0].equals(first)


def test_a_region_has_the_same_class_wherever_it_is_looked_at():
    side = 8
    gazetteer, boundaries = grid(side, 5), cells(side)
    served = served_kecamatan(side, 5, lambda row, column: column < 4)
    snapshot = registry_of(gazetteer, served)
    whole = find_clusters(snapshot, KimFilter(), boundaries, KECAMATAN).table
    part = find_clusters(snapshot, KimFilter(), boundaries, KECAMATAN, "11.03").table
    assert part.equals(whole[whole["kode"].str.startswith("11.03")].reset_index(drop=True))


@pytest.mark.parametrize("level", [level for level in Level if level not in LEVELS])
def test_clusters_are_looked_for_among_kabupaten_and_kecamatan_only(sample, level):
    with pytest.raises(SelectionError, match=f"level “{level}”"):
        find_clusters(sample, KimFilter(), cells(2), level)
