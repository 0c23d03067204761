"""What became of the status of KIM: every KIM is in one cell, and sums hold both ways."""

from dataclasses import replace

from geodata.analysis.activity import status_matrix

MALANG, SUMBER = "35.07", "34.01.01.2001"


def test_the_matrix_tells_changed_new_gone_and_moved(registry):
    start = registry({}, {"status": "aktif"}, {"status": "tidak_aktif"}, {})
    end = registry(
        {},
        {"status": "tidak_aktif"},
        {"status": "tidak_aktif", "kode_wilayah": SUMBER},
        {"status": "belum_terverifikasi"},
    )
    start = replace(start, kim_ids=(1, 2, 3, 4))
    end = replace(end, kim_ids=(1, 2, 3, 9))  # 4 is gone, 9 is new, and 3 has moved
    table = status_matrix(start, end, None).set_index("status_awal")
    assert table.loc["aktif"].tolist() == [1, 1, 0, 1, 3]
    assert table.loc["tidak_aktif"].tolist() == [0, 1, 0, 0, 1]
    assert table.loc["tidak_ada"].tolist() == [0, 0, 1, 0, 1]
    assert table["jumlah"].drop("tidak_ada").sum() == len(start.kim)
    assert table.drop(columns=["tidak_ada", "jumlah"]).sum().sum() == len(end.kim)
    here = status_matrix(start, end, MALANG).set_index("status_awal")
    assert here.loc["tidak_aktif"].tolist() == [0, 0, 0, 1, 1], "who moved out is here no longer"
    assert here.drop(columns=["tidak_ada", "jumlah"]).sum().sum() == 3
