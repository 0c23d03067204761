"""What the pages see of the database: the registry in use, its sources, and its quality."""

import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from geodata.exports.extracts import Extract, kim_extract
from geodata.exports.manifest import Imprint, manifest, sources_of
from geodata.gazetteer import load_gazetteer
from geodata.registry.current import load_snapshot
from geodata.registry.database import snapshots
from geodata.registry.database.batches import stage
from geodata.registry.database.committing import commit
from geodata.registry.database.connection import open_registry
from geodata.registry.database.handing_out import existing_kim, rows_to_mend
from geodata.registry.database.placement_quality import placement_quality
from geodata.registry.database.registry_error import RegistryEmpty
from geodata.registry.database.undoing import redo, undo
from geodata.registry.snapshot import KimFilter
from geodata.view.view import View
from tests.registry.rows import SUMBER, WAJAK, in_review, rejected, staged

WHO = "operator"
MAIN = Path(__file__).resolve().parents[2] / "dashboard" / "main.py"
PERSON = {"ketua": "Siti Rahasia", "telepon": "0812-7777"}


def bring(registry, *rows, **more) -> int:
    batch = stage(registry, staged(*rows, **more), load_gazetteer(), who=WHO)
    commit(registry, batch.id, who=WHO)
    return batch.id


@pytest.fixture
def in_use(url, monkeypatch):
    monkeypatch.setenv("KIM_DATABASE_URL", url)
    return open_registry()


def test_a_registry_without_kim_is_said_to_be_empty(in_use):
    def require_empty() -> None:
        with pytest.raises(RegistryEmpty, match="holds no KIM"):
            load_snapshot()

    require_empty()
    draft = stage(in_use, staged({}), load_gazetteer(), who=WHO)
    require_empty()
    commit(in_use, draft.id, who=WHO)
    snapshot = load_snapshot()
    assert (len(snapshot.kim), snapshot.kim_ids, snapshot.illustrative) == (1, (1,), False)
    undo(in_use, draft.id, who=WHO)
    require_empty()
    redo(in_use, draft.id, who=WHO)
    assert load_snapshot().version != snapshot.version


def test_a_snapshot_is_read_once_a_version(in_use):
    bring(in_use, {"nomor_induk": "A"})
    first = load_snapshot()
    assert load_snapshot() is first
    bring(in_use, {"nomor_induk": "B"})
    assert len(load_snapshot().kim) == 2


def test_after_a_commit_one_reader_reads_the_registry_and_the_others_wait(in_use, monkeypatch):
    bring(in_use, {})
    read_at, versions_read, together = snapshots.read_snapshot_at, [], threading.Barrier(4)

    def slow(registry, version, gazetteer):
        versions_read.append(version)
        threading.Event().wait(0.05)  # in which the others come
        return read_at(registry, version, gazetteer)

    def reader(_):
        together.wait(5)
        return load_snapshot()

    monkeypatch.setattr(snapshots, "read_snapshot_at", slow)
    with ThreadPoolExecutor(4) as readers:
        first, *others = readers.map(reader, range(4))
    assert len(versions_read) == 1
    assert all(snapshot is first for snapshot in others)


def test_a_running_page_shows_a_new_version_at_its_next_run(in_use):
    bring(in_use, {"nomor_induk": "A"})
    app = AppTest.from_file(MAIN, default_timeout=60).run()
    app.switch_page("../pages/unduh.py").run()
    assert "**1 KIM**" in "".join(part.value for part in app.markdown)
    bring(in_use, {"nomor_induk": "B", "bidang": "", "tanggal_terdaftar": "", "line": 3})
    app.run()
    assert "**2 KIM**" in "".join(part.value for part in app.markdown)
    assert not app.exception
    assert not app.error
    for page in ("peta", "ringkasan", "kesenjangan", "tentang"):
        app.switch_page(f"../pages/{page}.py").run()
        assert not app.exception
        assert not app.error
    said = "".join(part.value for part in app.markdown)
    assert "malang.xlsx" in said
    assert "Registri contoh" not in said


def test_an_extract_names_the_files_that_its_rows_came_from(in_use):
    bring(in_use, {"nomor_induk": "A"}, file_name="satu.xlsx")
    bring(in_use, {"nomor_induk": "B"}, file_name="dua.csv", sender="Diskominfo Sleman")
    undone = bring(in_use, {"nomor_induk": "C"}, file_name="tiga.csv")
    undo(in_use, undone, who=WHO)
    snapshot = load_snapshot()
    imprint = Imprint(sources_of(snapshot), made="2024-01-01", lang="id")
    lines = manifest(Extract(snapshot, View()), imprint)
    said = "\n".join(lines["Isi"])
    assert "Registri KIM, versi 4" in said
    assert f"Diskominfo Malang, satu.xlsx {snapshot.date}" in said
    assert f"Diskominfo Sleman, dua.csv {snapshot.date}" in said
    assert "tiga.csv" not in said
    assert "contoh" not in said.lower()


def test_personal_data_are_in_nothing_that_leaves_the_registry(in_use, caplog):
    batch = bring(
        in_use, {"nomor_induk": "A", "personal": PERSON}, in_review(personal=PERSON),
        rejected(personal=PERSON, raw={"NAMA KIM": "KIM Dua"}),
    )  # fmt: skip
    snapshot = load_snapshot()
    leaving = [
        snapshot.kim, kim_extract(snapshot, KimFilter()), pd.DataFrame(existing_kim(in_use)),
        placement_quality(in_use), rows_to_mend(in_use, batch, "id"),
    ]  # fmt: skip
    broken = {"nomor_induk": "B", "personal": PERSON, "sheet": None}  # the database refuses it
    with pytest.raises(Exception, match=r".") as caught:
        bring(in_use, broken)
    chain, error = [], caught.value
    while error is not None:
        chain.append(str(error))
        error = error.__cause__
    everything = "\n".join([*(table.to_csv() for table in leaving), caplog.text, *chain])
    for secret in PERSON.values():
        assert secret not in everything


def test_rows_to_mend_are_the_file_s_own_with_the_reason_in_words(registry):
    batch = stage(
        registry,
        staged(
            {},
            rejected(raw={"NAMA KIM": "KIM Dua", "Desa": "?"}),
            in_review(),
            rejected(nama_kim=""),
        ),
        load_gazetteer(),
        who=WHO,
    )
    table = rows_to_mend(registry, batch.id, "en")
    assert table["line"].tolist() == [3, 5]
    assert table["NAMA KIM"].tolist() == ["KIM Dua", ""]
    assert table["alasan"].str.startswith("its nomor_induk belongs").all()
    assert len(rows_to_mend(registry, batch.id, "en", "ditinjau")) == 1


def test_quality_tells_how_each_kim_was_placed_and_what_was_not(registry):
    rival = [{"kode": SUMBER, "nama": "", "wilayah": "", "skor": 0.7, "metode": "nama_mirip"}]
    bring(
        registry,
        {"nomor_induk": "A", "metode": "kode", "skor": 1.0, "domain": "a.kim.id",
         "tanggal_diperbarui": "2024-01-31"},
        {"metode": "nama_mirip", "skor": 0.8, "bidang": ""},
        in_review(kandidat=rival),
        rejected(),
    )  # fmt: skip
    table = placement_quality(registry)
    assert table["outcome"].tolist() == ["diterima", "diterima", "ditinjau", "ditolak"]
    assert table["kode_wilayah"].tolist() == [WAJAK, WAJAK, SUMBER, ""]
    assert table["metode"].tolist() == ["kode", "nama_mirip", "", ""]
    assert table["skor"].tolist()[:2] == [1.0, 0.8]
    assert table["kim_id"].tolist()[:2] == [1, 2]
    assert table["missing"].tolist()[:2] == ["", "nomor_induk;bidang;tanggal_diperbarui;domain"]
    assert table["tanggal_diperbarui"].iloc[0] == pd.Timestamp("2024-01-31")


def test_quality_of_an_empty_registry_has_its_columns(registry):
    assert {"kim_id", "metode", "missing"} <= set(placement_quality(registry).columns)
