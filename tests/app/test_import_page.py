"""The page Impor: from a file to the registry, with a person deciding about what is in doubt."""

import io
import os
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import update
from streamlit.testing.v1 import AppTest

from dashboard import permission
from geodata.confinement.confined import ReaderEnded
from geodata.days import today
from geodata.gazetteer import Gazetteer, load_gazetteer
from geodata.people.rights import READER
from geodata.registry import uploads
from geodata.registry.current import load_snapshot
from geodata.registry.database.batches import find_batch, list_batches, read_staged_rows, stage
from geodata.registry.database.connection import Registry, open_registry
from geodata.registry.database.memory import aliases_for, list_aliases, mapping_of
from geodata.registry.database.relations import batch as batch_table
from geodata.registry.intake.files import reading
from geodata.registry.intake.preparing import prepare
from geodata.registry.staging import Staged
from geodata.text import day, text
from tests import messy
from tests.app.conftest import Open, press, said

CODO = "35.07.08.2008"


@pytest.fixture
def registry(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Registry:
    monkeypatch.setenv("KIM_DATABASE_URL", f"sqlite:///{tmp_path}/registry.db")
    return open_registry()


def prepared(folder: Path, rows: Sequence[tuple[str, ...]] = messy.ROWS) -> Staged:
    path = folder / messy.NAME
    path.write_bytes(messy.csv_bytes(rows))
    return prepare(path, sender=messy.SENDER, gazetteer=load_gazetteer())


def renamed(line: int, name: str) -> list[tuple[str, ...]]:
    """The messy rows, with another name of the KIM in a line."""
    rows = [*messy.ROWS]
    number, _, *rest = rows[line - 2]
    rows[line - 2] = (number, name, *rest)
    return rows


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Staged:
    """The messy file, read and matched."""
    return prepared(tmp_path_factory.mktemp("files"))


@pytest.fixture
def draft(registry: Registry, read: Staged, gazetteer: Gazetteer) -> str:
    """The messy file as a draft; its number, as the address names it."""
    return str(stage(registry, read, gazetteer, who="petugas").id)


def upload(rows: Sequence[tuple[str, ...]] = messy.ROWS) -> uploads.Upload:
    return uploads.keep(io.BytesIO(messy.csv_bytes(rows)), messy.NAME, messy.SENDER)


def figures(app: AppTest) -> dict[str, str]:
    return {metric.label: metric.value for metric in app.metric}


def counts(registry: Registry, draft: str) -> tuple[int, int, int]:
    batch = find_batch(registry, int(draft))
    assert batch.rows == batch.diterima + batch.ditinjau + batch.ditolak == len(messy.ROWS)
    return batch.diterima, batch.ditinjau, batch.ditolak


def test_who_may_not_import_sees_neither_form_nor_batch(
    open_page: Open, draft: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(permission, "person", lambda: READER)
    for address in ({}, {"kiriman": draft}, {"unggahan": upload().key}):
        app = open_page("impor", **address)
        assert text("impor.not_allowed", "id") in said(app)
        assert not app.button
        assert messy.CHAIR not in said(app)
        assert messy.NAME.split(".")[0] not in said(app).replace("\\", "")


def test_a_file_that_was_not_kept_whole_is_shown_as_such_and_deleted(
    open_page: Open, registry: Registry
) -> None:
    waits, broken = upload(), uploads.keep(io.BytesIO(b"x"), "rusak.csv", "")
    (broken.path.parents[1] / "about.json").write_text('{"file_na')
    app = open_page("impor")
    assert text("impor.waiting.broken", "id") in said(app)
    assert {f"lanjut-{waits.key}", f"hapus-{broken.key}"} <= {button.key for button in app.button}
    assert f"lanjut-{broken.key}" not in {button.key for button in app.button}
    app.button(key=f"hapus-{broken.key}").click().run()
    assert uploads.waiting() == [waits]
    assert text("impor.gone", "id") in open_page("impor", unggahan=broken.key).warning[0].value


def test_the_same_file_of_two_senders_waits_for_both(open_page: Open, registry: Registry) -> None:
    upload()
    uploads.keep(io.BytesIO(messy.csv_bytes()), messy.NAME, "Kota Batu")
    assert messy.SENDER in said(open_page("impor")).replace("\\", "")
    assert "Kota Batu" in said(open_page("impor"))


def test_without_batches_the_page_says_what_to_do(open_page: Open, registry: Registry) -> None:
    assert text("impor.history.empty", "id") in said(open_page("impor"))


def test_a_batch_that_is_gone_is_said_and_the_list_is_shown(
    open_page: Open, registry: Registry
) -> None:
    app = open_page("impor", kiriman="99")
    assert app.warning[0].value == text("impor.gone", "id")
    assert text("impor.history.heading", "id") in said(app)


def test_a_file_is_read_as_its_columns_are_confirmed_and_waits_as_a_draft(
    open_page: Open, registry: Registry
) -> None:
    waiting = upload()
    app = open_page("impor", unggahan=waiting.key)
    chosen = {box.label.partition(": ")[2]: box.value for box in app.selectbox}
    assert chosen["Desa/Kel."] == "desa"
    assert chosen["Nama Ketua"] == "ketua"
    assert messy.CHAIR not in said(app), "no examples of what tells of persons"
    bidang = next(box for box in app.selectbox if box.label.endswith("Bidang Kegiatan"))
    bidang.set_value("")
    app = press(app, text("impor.columns.start", "id"))
    assert figures(app)[text("impor.count.rows", "id")] == str(len(messy.ROWS))
    [batch] = list_batches(registry)
    assert app.query_params["kiriman"] == str(batch.id)
    assert read_staged_rows(registry, batch.id)["bidang"].eq("").all(), (
        "as the operator corrected it"
    )
    assert "Bidang Kegiatan" not in mapping_of(registry, messy.SENDER)
    assert uploads.waiting() == [], "the file is gone once its rows are kept"


def test_what_was_odd_in_a_file_is_said_before_it_is_read(
    open_page: Open, registry: Registry
) -> None:
    waiting = upload(renamed(2, "KIM\0 Wajak"))
    warnings = [warning.value for warning in open_page("impor", unggahan=waiting.key).warning]
    assert ["NUL" in warning and "baris 2" in warning for warning in warnings] == [True]


def test_two_columns_for_one_field_are_refused(open_page: Open, registry: Registry) -> None:
    app = open_page("impor", unggahan=upload().key)
    number = next(box for box in app.selectbox if box.label.endswith(": No"))
    number.set_value("desa").run()
    assert "No, Desa/Kel" in app.error[0].value.replace("\\", "")
    start = text("impor.columns.start", "id")
    assert next(button for button in app.button if button.label == start).disabled


def test_the_same_file_is_recognised(open_page: Open, draft: str) -> None:
    app = open_page("impor", unggahan=upload().key)
    assert app.warning[0].value == text("impor.file.same_draft", "id", batches=draft)


def test_what_waits_can_be_gone_on_with_in_another_session(open_page: Open, draft: str) -> None:
    waiting = upload()
    app = open_page("impor")
    app.button(key=f"lanjut-{waiting.key}").click().run()
    assert app.query_params == {"unggahan": waiting.key}
    app = open_page("impor")
    app.button(key=f"buka-{draft}").click().run()
    assert app.query_params == {"kiriman": draft}
    assert "Codo" in said(app)


def test_the_batch_stays_in_the_address_as_the_language_changes(
    open_page: Open, draft: str
) -> None:
    app = open_page("impor", kiriman=draft, langkah="kembar")
    app.button_group(key="bahasa").set_value("en").run()
    assert app.query_params == {"kiriman": draft, "langkah": "kembar", "bahasa": "en"}
    assert "Import KIM data" in said(app)


def test_a_row_in_doubt_shows_what_is_written_why_and_its_candidates(
    open_page: Open, draft: str
) -> None:
    app = open_page("impor", kiriman=draft)
    assert figures(app)[text("impor.count.ditinjau", "id")] == "3"
    assert "Codo, Wajak, Kab" in said(app)
    assert text("registry.reason.koordinat_berbeda", "id") in said(app)
    assert messy.CHAIR in said(app), "the operator may need it to decide"
    best = app.radio[0].options[0]
    assert best.startswith("1. **Codo**, Wajak, Kabupaten Malang, Jawa Timur")
    assert text("impor.candidate_why.nama", "id") in best


def test_an_accepted_candidate_is_remembered_for_files_to_come(
    open_page: Open, registry: Registry, draft: str, gazetteer: Gazetteer, tmp_path: Path
) -> None:
    app = open_page("impor", kiriman=draft)
    app.button(key="terima").click().run()
    assert counts(registry, draft) == (3, 2, 1)
    assert list_aliases(registry)["kode"].tolist() == [CODO]
    # The next row that waits has come.
    assert "Tak Dikenal" in said(app)
    app.button(key="terima").click().run()
    path = tmp_path / "next.csv"
    path.write_bytes(messy.csv_bytes())
    aliases = aliases_for(registry, messy.SENDER)
    again = prepare(path, sender=messy.SENDER, gazetteer=gazetteer, aliases=aliases).rows
    assert [row["metode"] for row in again if row["line"] == messy.FOUND_BY_POINT] == ["alias"]


def test_another_desa_is_found_by_name(open_page: Open, registry: Registry, draft: str) -> None:
    app = open_page("impor", kiriman=draft)
    app.radio[0].set_value("").run()
    row_id = app.radio[0].key.partition("-")[2]
    app.text_input(key=f"cari-{row_id}").set_value("sumberputih").run()
    assert app.button(key="terima").disabled, "what is found is chosen by a person"
    app.selectbox(key=f"lain-{row_id}").select_index(0).run()
    app.button(key="terima").click().run()
    rows = read_staged_rows(registry, int(draft)).set_index("line")
    assert rows.at[messy.CODO, "metode"] == "pilihan"
    assert rows.at[messy.CODO, "outcome"] == "diterima"


def test_a_row_is_only_rejected_with_a_reason(
    open_page: Open, registry: Registry, draft: str
) -> None:
    app = open_page("impor", kiriman=draft)
    reject = next(button for button in app.button if (button.key or "").startswith("tolak-"))
    reject.click().run()
    assert "alasan" in app.error[0].value
    assert counts(registry, draft) == (2, 3, 1)
    app.text_input(key=reject.key.replace("tolak", "alasan-tolak")).set_value("bukan desa kami")
    app.button(key=reject.key).click().run()
    assert counts(registry, draft) == (2, 2, 2)
    rows = read_staged_rows(registry, int(draft)).set_index("line")
    assert rows.at[messy.CODO, "reason"] == "bukan desa kami"


def test_a_desa_chosen_by_hand_that_has_such_a_kim_is_asked_about_as_a_duplicate(
    open_page: Open, registry: Registry, gazetteer: Gazetteer, tmp_path: Path
) -> None:
    """The row says Codo; put into Wajak under the name of its KIM it may be the same as that."""
    file = prepared(tmp_path, renamed(messy.CODO, "Suara Wajak"))
    draft = str(stage(registry, file, gazetteer, who="petugas").id)
    rows = read_staged_rows(registry, int(draft)).reset_index().set_index("line")
    row_id, wajak = int(rows.at[messy.CODO, "id"]), rows.at[2, "kode_wilayah"]
    app = open_page("impor", kiriman=draft)
    app.radio[0].set_value("").run()
    app.text_input(key=f"cari-{row_id}").set_value(wajak).run()
    app.selectbox(key=f"lain-{row_id}").select_index(0).run()
    app.button(key="terima").click().run()
    assert counts(registry, draft) == (2, 3, 1)
    app = open_page("impor", kiriman=draft, langkah="kembar", baris=str(row_id))
    assert text("impor.twin_why.nama_desa", "id") in said(app)


def test_rows_are_accepted_in_bulk_from_a_score_on(
    open_page: Open, registry: Registry, draft: str
) -> None:
    app = open_page("impor", kiriman=draft)
    app.button_group(key="cara").set_value("bulk").run()
    assert app.dataframe[0].value["line"].tolist() == [messy.CODO, messy.FOUND_BY_POINT]
    app.select_slider(key="skor-sedikitnya").set_value(0.9).run()
    assert app.dataframe[0].value["line"].tolist() == [messy.CODO]
    app.button(key="terima-sekaligus").click().run()
    assert counts(registry, draft) == (3, 2, 1)


@pytest.mark.parametrize(("way", "kim"), [("gabung", 2), ("terpisah", 3)])
def test_a_duplicate_is_merged_or_kept_and_the_batch_undone_and_redone(
    open_page: Open, registry: Registry, draft: str, way: str, kim: int
) -> None:
    app = open_page("impor", kiriman=draft, langkah="kembar")
    beside = app.table[0].value
    assert beside.columns.tolist() == ["Baris ini", "Baris 2 berkas ini"]
    assert beside.loc["Nomor induk"].tolist() == ["", "KIM-1"]
    app.button(key=way).click().run()
    assert text("impor.review.none_kembar", "id") in said(app)
    app = press(app, text("impor.next", "id", step=text("impor.step.simpan", "id")))
    assert "**0 → 1**" in said(app)
    assert "belum berisi KIM" in app.info[0].value
    app.button(key="masukkan").click().run()
    assert f"Sudah masuk registri: {kim} KIM baru" in app.success[0].value
    assert len(load_snapshot().kim) == kim
    app.button(key=f"undo-{draft}").click().run()
    assert "belum berisi KIM" in app.info[0].value, "and no sample stands in for it"
    app.button(key=f"redo-{draft}").click().run()
    assert len(load_snapshot().kim) == kim
    assert app.success[0].value == text("impor.done.redo_done", "id", id=draft, version="3")


def test_with_nothing_accepted_there_is_nothing_to_commit(
    open_page: Open, registry: Registry, gazetteer: Gazetteer, tmp_path: Path
) -> None:
    doubtful = prepared(
        tmp_path, [messy.ROWS[messy.CODO - 2], messy.ROWS[messy.FOUND_BY_POINT - 2]]
    )
    draft = str(stage(registry, doubtful, gazetteer, who="petugas").id)
    app = open_page("impor", kiriman=draft, langkah="simpan")
    assert text("impor.commit.nothing", "id") in said(app)
    assert "masukkan" not in [button.key for button in app.button]


def test_a_draft_that_is_given_up_can_be_opened_again(
    open_page: Open, registry: Registry, draft: str
) -> None:
    app = open_page("impor", kiriman=draft, langkah="simpan")
    app.button(key=f"undo-{draft}").click().run()
    assert app.success[0].value == text("impor.done.undo_draft_done", "id", id=draft)
    assert text("impor.done.redo_draft_sure", "id") in said(app)
    app.button(key=f"redo-{draft}").click().run()
    assert find_batch(registry, int(draft)).state == "draf"


def test_what_a_file_says_is_shown_as_written_and_never_as_formatting(
    open_page: Open, registry: Registry, gazetteer: Gazetteer, tmp_path: Path
) -> None:
    hostile = prepared(tmp_path, renamed(messy.CODO, "![x](http://jahat.example/x.png) **a**"))
    draft = str(stage(registry, hostile, gazetteer, who="petugas").id)
    app = open_page("impor", kiriman=draft)
    assert r"\!\[x\]\(http\:" in said(app)


def test_a_file_that_broke_its_reader_is_not_opened_again_by_itself(
    open_page: Open, registry: Registry, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(reading, "LIMITS", replace(reading.LIMITS, memory=100_000))
        waiting = upload()
        app = open_page("impor", unggahan=waiting.key)
        assert app.error[0].value.startswith(f"Berkas {messy.NAME} tidak ")
        assert uploads.waiting()[0].broke_reader

        patch.setattr(reading, "confined", None)  # whoever opens it fails
        app = open_page("impor", unggahan=waiting.key)
        assert not app.error
        assert "tidak dibuka lagi dengan sendirinya" in app.warning[0].value
        assert text("impor.waiting.stopped", "id") in said(open_page("impor"))

    app = open_page("impor", unggahan=waiting.key)
    app.button(key="coba-lagi").click().run()
    assert text("impor.columns.heading", "id") in said(app)
    assert not uploads.waiting()[0].broke_reader, "it was read to its end now"


def test_a_file_that_broke_its_reader_can_be_deleted(open_page: Open, registry: Registry) -> None:
    waiting = upload()
    with pytest.raises(ReaderEnded, match="not read within"), uploads.attempt(waiting):
        raise ReaderEnded("reader_time", file=messy.NAME, memory=4, minutes=5)
    app = open_page("impor", unggahan=waiting.key)
    app.button(key="hapus-rusak").click().run()
    assert uploads.waiting() == []
    assert app.warning[0].value == text("impor.gone", "id")


def test_columns_that_are_not_used_are_kept_only_if_that_is_ticked(
    open_page: Open, registry: Registry
) -> None:
    for ticked in (False, True):
        app = open_page("impor", unggahan=upload().key)
        box = next(box for box in app.checkbox if "1 kolom" in box.label)
        assert box.value is False
        if ticked:
            box.check().run()
        press(app, text("impor.columns.start", "id"))
        rows = read_staged_rows(registry, list_batches(registry)[0].id)
        accepted = rows.loc[rows["outcome"] == "diterima", "raw"]
        assert {"No" in cells for cells in accepted} == {ticked}
        assert all("NAMA KIM" in cells for cells in accepted)
        doubtful = rows.loc[rows["outcome"] == "ditinjau", "raw"]
        assert all("No" in cells for cells in doubtful), "as it came, while it waits"


def test_what_waits_says_until_when_it_is_kept(
    open_page: Open, draft: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    upload()
    for variable, days in (("KIM_UPLOADS_DAYS", 3), ("KIM_DRAFTS_DAYS", 5)):
        monkeypatch.setenv(variable, str(days))
        last = day((today() + timedelta(days)).isoformat(), "id")
        assert text("impor.kept_until", "id", date=last) in said(open_page("impor"))


def test_what_was_kept_too_long_is_gone_when_the_page_is_opened(
    open_page: Open, registry: Registry, draft: str
) -> None:
    waiting = upload()
    old = datetime(2020, 1, 1, tzinfo=UTC)
    os.utime(uploads.upload_folder() / waiting.key, (0, old.timestamp()))
    with registry.writing() as connection:
        connection.execute(update(batch_table).values(at=old.isoformat()))
    app = open_page("impor")
    assert text("impor.waiting.heading", "id") not in said(app)
    assert uploads.waiting() == []
    app = open_page("impor", kiriman=draft)
    assert text("impor.done.over", "id") in said(app)
    assert text("impor.done.redo_draft", "id") not in [button.label for button in app.button]
