"""Who has reported: of which day the last data of a kabupaten/kota are, and how fresh its KIM."""

from datetime import date

import pandas as pd
import pytest

from geodata.gazetteer import load_gazetteer
from geodata.registry.by_hand.change import Change
from geodata.registry.by_hand.saving import save
from geodata.registry.database.batches import stage
from geodata.registry.database.board import board_of_sample, read_board
from geodata.registry.database.committing import commit
from geodata.registry.database.undoing import undo
from geodata.registry.snapshot import load_sample
from tests.registry.rows import SUMBER, WAJAK, in_review, rejected, staged
from tests.registry.test_by_hand import MALANG as PETUGAS
from tests.registry.test_by_hand import values

WHO = "dinas@malangkab.go.id"
MALANG, KULON_PROGO = WAJAK[:5], SUMBER[:5]
DAY = date(2026, 11, 26)


def bring(registry, *rows, as_of=None, covers=None, region=None, **more) -> int:
    batch = stage(registry, staged(*rows, **more), load_gazetteer(), who=WHO, region=region)
    commit(registry, batch.id, who=WHO, as_of=as_of, covers=covers)
    return batch.id


def board(registry) -> pd.DataFrame:
    return read_board(registry, load_gazetteer(), DAY).set_index("kode")


def test_a_registry_without_data_has_514_that_have_not_reported(registry):
    table = board(registry)
    assert len(table) == 514
    assert not table["melapor"].any()
    assert table["hari_sejak"].isna().all()
    assert table["bagian_diperbarui"].isna().all()
    assert table[["baris", "ditinjau", "kim"]].sum().sum() == 0


def test_days_are_counted_from_the_day_of_the_data(registry):
    first = bring(registry, {"nomor_induk": "A"}, {"nomor_induk": "B"}, as_of=date(2023, 6, 30))
    malang = board(registry).loc[MALANG]
    assert malang["nama"] == "Kabupaten Malang"
    assert malang["provinsi"] == "Jawa Timur"
    assert (malang["tanggal_data"], malang["hari_sejak"]) == (pd.Timestamp("2023-06-30"), 1245)
    assert (malang["kiriman"], malang["berkas"], malang["oleh"]) == (first, "malang.xlsx", WHO)
    assert (malang["baris"], malang["kim"], malang["kim_diperbarui"]) == (2, 2, 0)
    assert board(registry)["melapor"].sum() == 1


def test_an_older_list_that_comes_later_is_not_the_last(registry):
    newer = bring(registry, {"nomor_induk": "A"}, as_of=date(2026, 3, 1))
    bring(registry, {"nomor_induk": "B"}, as_of=date(2019, 1, 1), file_name="lama.xlsx")
    malang = board(registry).loc[MALANG]
    assert (malang["kiriman"], malang["kim"]) == (newer, 2)
    undo(registry, newer, who=WHO)
    malang = board(registry).loc[MALANG]
    assert (malang["berkas"], malang["tanggal_data"]) == ("lama.xlsx", pd.Timestamp("2019-01-01"))


def test_a_list_that_says_nothing_new_is_a_report_too(registry):
    bring(registry, {"nomor_induk": "A"}, as_of=date(2024, 1, 1))
    bring(registry, {"nomor_induk": "A"}, as_of=date(2026, 1, 1), file_name="lagi.xlsx")
    malang = board(registry).loc[MALANG]
    assert (malang["berkas"], malang["baris"], malang["kim"]) == ("lagi.xlsx", 1, 1)


def test_a_change_by_hand_is_no_report_but_makes_its_kim_fresh(registry):
    save(registry, [Change(values())], person=PETUGAS)
    malang = board(registry).loc[MALANG]
    assert (malang["melapor"], malang["baris"]) == (False, 0)
    assert pd.isna(malang["tanggal_data"])
    assert (malang["kim"], malang["kim_diperbarui"]) == (1, 1)
    bring(registry, {"nomor_induk": "A"}, as_of=date(2020, 6, 30))
    malang = board(registry).loc[MALANG]
    assert (malang["melapor"], malang["tanggal_data"]) == (True, pd.Timestamp("2020-06-30"))


def test_a_list_of_a_provinsi_reports_for_kabupaten_without_kim(registry):
    bring(registry, {"nomor_induk": "A", "kode_wilayah": SUMBER}, covers=["34"], as_of=DAY)
    table = board(registry)
    assert table.index[table["melapor"]].tolist() == ["34.01", "34.02", "34.03", "34.04", "34.71"]
    bantul = table.loc["34.02"]
    assert (bantul["baris"], bantul["kim"], bantul["hari_sejak"]) == (0, 0, 0)
    assert pd.isna(bantul["bagian_diperbarui"])  # no KIM: a share of nothing is no zero


@pytest.mark.parametrize(
    ("as_of", "updated", "fresh"),
    [
        (date(2026, 1, 1), "", 1),  # the data are of the last twelve months
        (date(2024, 1, 1), "2025-11-26", 1),  # its row says so
        (date(2024, 1, 1), "2025-11-25", 0),
        (date(2024, 1, 1), "", 0),
    ],
)
def test_a_kim_is_touched_by_data_of_the_last_twelve_months_or_by_its_own_day(
    registry, as_of, updated, fresh
):
    bring(registry, {"nomor_induk": "A", "tanggal_diperbarui": updated}, as_of=as_of)
    malang = board(registry).loc[MALANG]
    assert (malang["kim"], malang["kim_diperbarui"]) == (1, fresh)


def test_rows_in_review_count_where_they_lie_or_else_in_the_region_of_their_batch(registry):
    waits = in_review(nomor_induk="B", kode_wilayah=SUMBER)
    bring(registry, {"nomor_induk": "A"}, waits, in_review(nomor_induk="C"), rejected())
    own = staged(in_review(nomor_induk="D"), file_name="b.xlsx")  # a draft
    stage(registry, own, load_gazetteer(), who=WHO, region=MALANG)
    table = board(registry)
    assert table.loc[KULON_PROGO, "ditinjau"] == 1
    assert table.loc[MALANG, "ditinjau"] == 1
    assert table["ditinjau"].sum() == 2
    assert not table.loc[KULON_PROGO, "melapor"]


def test_the_sample_has_reported_everywhere_on_its_day():
    sample = load_sample()
    table = board_of_sample(sample).set_index("kode")
    assert table["melapor"].all()
    assert table["kim"].sum() == len(sample.kim)
    assert table["hari_sejak"].eq(0).all()
    assert table["tanggal_data"].eq(pd.Timestamp(sample.date)).all()
