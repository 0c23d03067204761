"""Personal data are taken out of everything the registry keeps, and all else stays as it was.

What is planted here stands nowhere afterwards: in no table, and on SQLite in no byte of the file.
"""

import errno
import io
import os
import tempfile
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError

from geodata.errors import PetaKimError
from geodata.gazetteer import load_gazetteer
from geodata.people.audit import Deed, read_audit
from geodata.people.rights import Person, Role
from geodata.registry import forgetting, uploads
from geodata.registry.by_hand.change import Change
from geodata.registry.by_hand.kim import read_kim
from geodata.registry.by_hand.saving import save
from geodata.registry.database.batches import find_batch, list_batches, read_staged_rows, stage
from geodata.registry.database.committing import commit
from geodata.registry.database.connection import Registry, open_registry
from geodata.registry.database.deciding import Decision, decide
from geodata.registry.database.erasure.erasing_scope import ErasingTarget, find_target
from geodata.registry.database.erasure.erasures import list_erasures
from geodata.registry.database.handing_out import rows_to_mend
from geodata.registry.database.history import kim_history, standing
from geodata.registry.database.memory import aliases_for, list_aliases, mapping_of
from geodata.registry.database.registry_error import RegistryError
from geodata.registry.database.relations import metadata
from geodata.registry.database.snapshots import latest_snapshot, read_snapshot_at
from geodata.registry.database.states import Choice
from geodata.registry.database.undoing import redo, undo
from tests.registry.rows import SUMBER, WAJAK, in_review, rejected, staged

WHO, WHY = "petugas", "permintaan tertulis 12 Mei"
CHAIR, PHONE, NIK, MAIL = "Rahmat Hidayatullah", "0812-9876-5432", "3507081204800007", "rh@pos.id"
STREET, NOTE, REASON = "Jl. Kenanga 88", "titip Mbak Lastri", "Lastri sudah pindah"
PLANTED = (CHAIR, "Hidayatullah", PHONE, "6281298765432", NIK, MAIL, STREET, NOTE, "Lastri")
OF_PERSON = {"ketua": CHAIR, "telepon": "+6281298765432", "alamat": STREET, "NIK": NIK}
OTHER = {"ketua": "Siti Aminah", "telepon": "+6281311112222"}


@pytest.fixture(autouse=True)
def own_uploads(tmp_path, monkeypatch) -> Path:
    monkeypatch.setenv("KIM_UPLOADS", str(tmp_path / "uploads"))
    return tmp_path / "uploads"


def bring(registry: Registry, *rows: dict, keep: bool = True, **more) -> int:
    made = stage(
        registry, staged(*rows, **more), load_gazetteer(), who=WHO, update=True,
        keep_unrecognised=keep,
    )  # fmt: skip
    if made.waiting:
        commit(registry, made.id, who=WHO)
    return made.id


def plant(registry: Registry) -> None:
    """Two files: a KIM with its chair in every place that a file has, and another KIM beside it."""
    raw = {"NAMA KIM": "KIM Suara Warga", "Catatan": NOTE}
    bring(
        registry,
        {"nomor_induk": "A", "raw": raw, "personal": {**OF_PERSON, "Ket": f"hub. {PHONE}"},
         "bidang_lain": f"kopi; {CHAIR}", "nama_kim": f"KIM Suara Warga {CHAIR}"},
        {"nomor_induk": "B", "raw": {"Catatan": "lain"}, "personal": OTHER, "nama_kim": "KIM Dua"},
        rejected(raw={"Kolom 1": NOTE}, personal={"telepon": "+6281298765432", "Surel": MAIL},
                 desa=f"Wajak, {CHAIR}", kecamatan="Wajak"),
        in_review(nomor_induk="A", nama_kim="KIM Lagi", raw={"Catatan": NOTE},
                  personal={"ketua": CHAIR}),
        file_name=f"data {CHAIR}.xlsx",
        mapping={"NAMA KIM": "nama_kim", f"HP {PHONE}": "telepon"},
    )  # fmt: skip
    table = read_staged_rows(registry, 1)
    *_, refused, doubtful = table.index
    decide(registry, {refused: Decision(Choice.TINJAU, SUMBER)}, load_gazetteer(), who=WHO)
    decide(registry, {refused: Decision(Choice.TOLAK, reason=REASON),
                      doubtful: Decision(Choice.TOLAK, reason=REASON)},
           load_gazetteer(), who=WHO)  # fmt: skip
    bring(
        registry,
        {"nomor_induk": "A", "status": "tidak_aktif", "nama_kim": f"KIM Suara Warga {CHAIR}",
         "bidang_lain": CHAIR, "raw": {"Catatan": NOTE}, "personal": {"ketua": CHAIR.upper()}},
        file_name="dua.csv",
    )  # fmt: skip


def every_text(registry: Registry) -> str:
    """All that is in the tables."""
    with registry.reading() as connection:
        rows = [tuple(row) for table in metadata.sorted_tables
                for row in connection.execute(select(table))]  # fmt: skip
    return str(rows)


def left_in(registry: Registry) -> list[str]:
    """Return what of the planted is still in a table or, on SQLite, in any byte of the files."""
    said = every_text(registry).casefold()
    if registry.engine.dialect.name == "sqlite":
        folder = Path(registry.engine.url.database).parent
        said += "".join(
            path.read_bytes().decode("latin-1").casefold() for path in folder.glob("registry.db*")
        )
    return [words for words in PLANTED if words.casefold() in said]


def published(registry: Registry) -> list[bytes]:
    """The registry at each of its versions, without the two columns in which values are planted."""
    versions = range(standing(registry).version + 1)
    tables = [read_snapshot_at(registry, at, load_gazetteer()).kim for at in versions]
    return [table.drop(columns=["nama_kim"]).to_csv(index=False).encode() for table in tables]


def outcomes(registry: Registry) -> list[tuple]:
    return [
        (batch.id, batch.state, batch.rows, batch.diterima, batch.ditinjau, batch.ditolak,
         batch.baru, batch.diperbarui, batch.sama)
        for batch in list_batches(registry)
    ]  # fmt: skip


@pytest.mark.parametrize("target", [ErasingTarget("kim", 1), ErasingTarget("batch", 1)])
def test_nothing_of_it_is_left_and_all_else_is_as_it_was(registry, target):
    plant(registry)
    if target.kind == "batch":  # the second file holds the same person
        undo(registry, 2, who=WHO)
        forgetting.erase(registry, ErasingTarget("batch", 2), who=WHO, why=WHY)
        assert CHAIR in left_in(registry)
    else:
        assert set(left_in(registry)) >= {CHAIR, PHONE, NIK, MAIL, STREET, NOTE}
    before = published(registry), outcomes(registry)
    erased, complete = forgetting.erase(registry, target, who=WHO, why=WHY)
    assert complete
    assert left_in(registry) == []
    assert (published(registry), outcomes(registry)) == before
    assert erased.counts["ditolak"] == 2, "rejected rows are among them"
    assert latest_snapshot(registry).kim["nama_kim"].tolist() == ["KIM Suara Warga", "KIM Dua"]


def test_the_audit_log_forgets_whom_a_kim_was_named_for_and_is_append_only_again(registry):
    bring(registry, {"nama_kim": f"KIM Suara Warga {CHAIR}", "domain": "suara.example",
                     "status": "aktif", "personal": {"ketua": CHAIR}})  # fmt: skip
    kim = read_kim(registry, 1)
    named = {**kim.values, "nama_kim": "KIM Suara", "bidang_lain": f"kopi; {CHAIR}"}
    save(registry, [Change(named, kim)], person=Person(WHO, Role.OPERATOR))
    assert CHAIR in left_in(registry)
    erased, _ = forgetting.erase(registry, ErasingTarget("kim", 1), who=WHO, why=WHY)
    assert left_in(registry) == []
    assert erased.counts["lines"] == 1
    of_change = read_audit(registry, kim_id=1)[-1]
    assert (of_change.action, of_change.who) == (Deed.UBAH, WHO)
    assert of_change.old == {"nama_kim": "KIM Suara Warga", "bidang_lain": ""}
    assert of_change.new == {"nama_kim": "KIM Suara", "bidang_lain": "kopi"}
    for change in ("DELETE FROM audit", "UPDATE audit SET who = 'x'"):
        with pytest.raises(DBAPIError, match="append-only"), registry.writing() as connection:
            connection.exec_driver_sql(change)


def test_postgresql_writes_every_table_anew(new_url):
    registry = open_registry(new_url("postgresql"))
    plant(registry)

    def files() -> dict[str, str]:
        asked = "SELECT relname, pg_relation_filepath(oid) FROM pg_class WHERE relkind = 'r'"
        with registry.reading() as connection:
            rows = connection.exec_driver_sql(asked).all()
        return {name: path for name, path in rows if name in metadata.tables}

    before = files()
    assert forgetting.erase(registry, ErasingTarget("kim", 1), who=WHO, why=WHY)[1]
    after = files()
    assert before.keys() == after.keys() == metadata.tables.keys()
    assert not [name for name, path in before.items() if after[name] == path]


def test_the_personal_data_of_others_stay(registry):
    plant(registry)
    forgetting.erase(registry, ErasingTarget("kim", 1), who=WHO, why=WHY)
    rows = read_staged_rows(registry, 1, with_personal=True)
    assert rows["personal"].tolist() == [{}, OTHER, {}, {}]
    assert rows["raw"].tolist()[1] == {"Catatan": "lain"}


def test_undo_redo_and_history_go_on(registry):
    plant(registry)
    forgetting.erase(registry, ErasingTarget("kim", 1), who=WHO, why=WHY)
    after = published(registry)
    undo(registry, 2, who=WHO)
    assert latest_snapshot(registry).kim["status"].tolist() == ["aktif", "aktif"]
    redo(registry, 2, who=WHO)
    assert published(registry)[-1] == after[-1]
    actions = [event.action for event in kim_history(registry, "A")]
    assert actions == ["masuk", "masuk", "batal", "ulang"]
    changes = kim_history(registry, "A")[1].changes
    assert changes["status"] == ("aktif", "tidak_aktif")
    assert "nama_kim" not in changes


def test_what_was_remembered_of_it_is_forgotten(registry):
    plant(registry)
    assert len(list_aliases(registry)) == 1
    forgetting.erase(registry, ErasingTarget("batch", 1), who=WHO, why=WHY)
    assert len(list_aliases(registry)) == 0
    assert aliases_for(registry, "Diskominfo Malang") == {}
    assert mapping_of(registry, "Diskominfo Malang") == {"NAMA KIM": "nama_kim"}
    assert find_batch(registry, 1).file_name == "data .xlsx"


def test_a_sheet_that_is_named_for_a_person_gets_another_name(registry):
    twin = {"nama_kim": "KIM Dua", "sheet": CHAIR, "kembar": [{"with": f"{CHAIR}!2", "why": "x"}]}
    bring(registry, {"sheet": CHAIR, "personal": OF_PERSON}, in_review(**twin))
    forgetting.erase(registry, ErasingTarget("kim", 1), who=WHO, why=WHY)
    rows = read_staged_rows(registry, 1)
    assert rows["sheet"].tolist() == ["(1)", "(1)"]
    assert rows["kembar"].tolist() == [[], [{"with": "(1)!2", "why": "x"}]]
    assert left_in(registry) == []


def test_a_sheet_without_a_person_s_name_is_told_from_those_there_are(registry):
    sheets = (f"Data {CHAIR}", "Data (1)", "Data (2)")
    rows = [{"sheet": sheet, "nama_kim": f"KIM di {sheet[:8]}"} for sheet in sheets]
    rows[0] |= {"personal": OF_PERSON}
    bring(registry, *rows)
    forgetting.erase(registry, ErasingTarget("batch", 1), who=WHO, why=WHY)
    assert read_staged_rows(registry, 1)["sheet"].tolist() == ["Data (3)", "Data (1)", "Data (2)"]


def test_pages_that_kept_the_registry_read_it_again(registry):
    plant(registry)
    kept = latest_snapshot(registry)
    forgetting.erase(registry, ErasingTarget("kim", 1), who=WHO, why=WHY)
    now = latest_snapshot(registry)
    assert CHAIR in kept.kim["nama_kim"].iloc[0]
    assert CHAIR not in now.kim["nama_kim"].iloc[0]
    assert now.version != kept.version, "what a browser kept is asked for by another address"


def test_the_log_says_who_why_and_how_much_and_never_what(registry):
    plant(registry)
    told, _ = forgetting.erase(registry, ErasingTarget("kim", 1), who=WHO, why=WHY)
    [entry] = list_erasures(registry).to_dict("records")
    assert (entry["who"], entry["why"], entry["target"]) == (WHO, WHY, "KIM #1")
    assert entry["at"] <= entry["done"]
    assert f"personal: {told.counts['personal']}" in entry["counts"]
    assert not any(words in str(entry) for words in PLANTED)
    for nothing in ("", "  "):
        with pytest.raises(RegistryError, match="Say with --why"):
            forgetting.erase(registry, ErasingTarget("kim", 1), who=WHO, why=nothing)


def test_a_preview_counts_the_same_and_takes_nothing_out(registry):
    plant(registry)
    before = every_text(registry)
    preview = forgetting.preview(registry, ErasingTarget("kim", 1))
    assert every_text(registry) == before
    erased, _ = forgetting.erase(registry, ErasingTarget("kim", 1), who=WHO, why=WHY)
    assert preview.counts == erased.counts
    again, _ = forgetting.erase(registry, ErasingTarget("kim", 1), who=WHO, why=WHY)
    assert not any(again.counts.values())


def test_waiting_files_go_that_tell_of_the_person(registry, own_uploads):
    plant(registry)
    sender = "Diskominfo Malang"
    with_number = uploads.keep(io.BytesIO(f"NAMA KIM;HP\nX;{PHONE}\n".encode()), "a.csv", "lain")
    with_name = uploads.keep(io.BytesIO(f"NAMA KIM;Ketua\nX;{CHAIR}\n".encode()), "b.csv", sender)
    of_others = uploads.keep(io.BytesIO(b"NAMA KIM;Ketua\nX;Siti\n"), "c.csv", sender)
    namesake = uploads.keep(io.BytesIO(f"NAMA KIM;Ketua\nY;{CHAIR}\n".encode()), "d.csv", "lain")
    assert forgetting.preview(registry, ErasingTarget("kim", 1)).counts["files"] == 2
    forgetting.erase(registry, ErasingTarget("kim", 1), who=WHO, why=WHY)
    assert {upload.key for upload in uploads.waiting()} == {of_others.key, namesake.key}
    assert not with_number.path.exists()
    assert not with_name.path.exists()


def test_nothing_is_erased_while_waiting_files_cannot_be_read(registry, monkeypatch):
    plant(registry)
    waiting = uploads.keep(io.BytesIO(f"NAMA KIM;HP\nX;{PHONE}\n".encode()), "a.csv", "lain")
    before = every_text(registry)

    def full(*_args, **_kwargs):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as broken:
        broken.setattr(tempfile, "mkdtemp", full)
        with pytest.raises(PetaKimError, match=r"a\.csv cannot be read at the moment: No space"):
            forgetting.erase(registry, ErasingTarget("kim", 1), who=WHO, why=WHY)
    assert every_text(registry) == before
    forgetting.erase(registry, ErasingTarget("kim", 1), who=WHO, why=WHY)
    assert not waiting.path.exists()


def test_a_waiting_file_that_is_no_table_does_not_keep_an_erasing_from_its_end(registry):
    plant(registry)
    uploads.keep(io.BytesIO(b"%PDF-1.7"), "a.pdf", "lain")
    assert forgetting.erase(registry, ErasingTarget("kim", 1), who=WHO, why=WHY)[1]


def test_the_file_of_a_batch_goes_with_it_if_it_waits_again(registry):
    data = b"NAMA KIM;Desa\nKIM A;Wajak\n"
    waiting = uploads.keep(io.BytesIO(data), "a.csv", "")
    rows = staged({"personal": OF_PERSON})
    made = stage(
        registry, type(rows)("a.csv", waiting.sha256, "", rows.rows), load_gazetteer(), who=WHO
    )
    forgetting.erase(registry, ErasingTarget("batch", made.id), who=WHO, why=WHY)
    assert uploads.waiting() == []


def test_another_kim_with_the_same_number_is_named_and_left_alone(registry):
    bring(registry, {"nomor_induk": "A", "personal": OF_PERSON})
    bring(registry, {"nomor_induk": "B", "nama_kim": "KIM Dua",
                     "personal": {"HP": PHONE}})  # fmt: skip
    erased, _ = forgetting.erase(registry, ErasingTarget("kim", 1), who=WHO, why=WHY)
    assert erased.others == (2,)
    assert read_staged_rows(registry, 2, with_personal=True)["personal"].tolist() == [{"HP": PHONE}]


@pytest.mark.parametrize(
    ("name", "chair", "left"),
    [
        ("KIM Rahmat Hidayatullah", "Rahmat Hidayatullah", "KIM Rahmat Hidayatullah"),
        ("KIM Sari Mulya", "Sari", "KIM Sari Mulya"),
        ("KIM Wajak", "Pak Wajak", "KIM Wajak"),
    ],
)
def test_a_name_that_may_be_the_kims_own_is_left_and_told_of(registry, name, chair, left):
    bring(registry, {"nama_kim": name, "desa": "Wajak", "personal": {"ketua": chair}})
    erased, _ = forgetting.erase(registry, ErasingTarget("kim", 1), who=WHO, why=WHY)
    assert latest_snapshot(registry).kim["nama_kim"].tolist() == [left]
    assert erased.names == (chair in name)


def test_rows_that_are_merged_with_a_row_that_goes_go_too_in_whatever_order(registry):
    elsewhere = {"sender": "lain", "file_name": "lain.csv"}
    bring(registry, {"nomor_induk": "A", "personal": OF_PERSON}, file_name="satu.csv")
    doubtful = [
        in_review(nama_kim=name, nomor_induk=number, personal={"ketua": f"Lastri {name}"})
        for name, number in (("KIM Satu", ""), ("KIM Dua", ""), ("KIM Tiga", "A"))
    ]
    bring(registry, *doubtful, **elsewhere)
    first, second, third = read_staged_rows(registry, 2).index
    merged = {
        first: Decision(Choice.GABUNG, row_id=second),
        second: Decision(Choice.GABUNG, row_id=third),
    }
    decide(registry, merged, load_gazetteer(), who=WHO)
    forgetting.erase(registry, ErasingTarget("kim", 1), who=WHO, why=WHY)
    assert read_staged_rows(registry, 2, with_personal=True)["personal"].tolist() == [{}, {}, {}]


def test_words_that_are_insisted_on_go_from_every_version(registry):
    plant(registry)
    forgetting.erase(registry, ErasingTarget("kim", 1), who=WHO, why=WHY, insisted=["suara warga"])
    assert latest_snapshot(registry).kim["nama_kim"].tolist() == ["KIM", "KIM Dua"]
    assert "Suara Warga" not in str(kim_history(registry, "A"))


def test_places_and_occupations_are_not_taken_for_a_person(registry):
    fields = {"alamat": "Desa Wajak", "Pekerjaan": "petani", "Kelamin": "L", "ketua": "-"}
    row = {"nama_kim": "KIM Petani Wajak", "desa": "Wajak", "bidang_lain": "petani",
           "personal": fields}  # fmt: skip
    bring(registry, row)
    forgetting.erase(registry, ErasingTarget("batch", 1), who=WHO, why=WHY)
    row = read_staged_rows(registry, 1, with_personal=True).iloc[0]
    assert (row["nama_kim"], row["desa"], row["bidang_lain"]) == (
        "KIM Petani Wajak", "Wajak", "petani",
    )  # fmt: skip
    assert row["personal"] == {}


@pytest.mark.parametrize(
    ("written", "target"),
    [("A", "KIM #1"), ("#1", "KIM #1"), ("kim:A", "KIM #1"), ("1", "batch 1"),
     ("batch:1", "batch 1"), ("kim:2", "KIM #2")],
)  # fmt: skip
def test_a_kim_or_a_batch_is_named(registry, written, target):
    bring(registry, {"nomor_induk": "A"}, {"nomor_induk": "2", "nama_kim": "KIM Dua"})
    assert str(find_target(registry, written)) == target


def test_a_number_that_means_two_things_is_asked_about(registry):
    bring(registry, {"nomor_induk": "1"})
    with pytest.raises(RegistryError, match="batch:1 or kim:1"):
        find_target(registry, "1")
    for missing, told in (("9", "no batch 9"), ("batch:x", "no batch x"), ("C", "no KIM")):
        with pytest.raises(RegistryError, match=told):
            find_target(registry, missing)


# Columns that were not recognised.

CELLS = {"raw": {"NAMA KIM": "KIM A", "Catatan": NOTE}, "personal": {"ketua": CHAIR, "NIK": NIK}}
MAPPING = {"NAMA KIM": "nama_kim"}


def test_columns_that_were_not_recognised_are_not_kept_unless_asked_for(registry):
    bring(registry, CELLS, keep=False, mapping=MAPPING)
    row = read_staged_rows(registry, 1, with_personal=True).iloc[0]
    assert (row["raw"], row["personal"]) == ({"NAMA KIM": "KIM A"}, {"ketua": CHAIR})
    assert left_in(registry) == [CHAIR, "Hidayatullah"]
    bring(registry, {**CELLS, "nama_kim": "KIM Dua"}, keep=True, mapping=MAPPING)
    assert read_staged_rows(registry, 2)["raw"].tolist() == [CELLS["raw"]]


def test_a_row_that_is_not_in_comes_back_whole_and_loses_them_once_it_is_in(registry):
    bring(registry, in_review(**CELLS), rejected(**CELLS), keep=False, mapping=MAPPING)
    mended = rows_to_mend(registry, 1, "id")
    assert mended[["NAMA KIM", "Catatan"]].to_numpy().tolist() == [["KIM A", NOTE]]
    (doubtful,) = read_staged_rows(registry, 1, "ditinjau").index
    decide(registry, {doubtful: Decision(Choice.TERIMA, WAJAK)}, load_gazetteer(), who=WHO)
    commit(registry, 1, who=WHO)
    rows = read_staged_rows(registry, 1, with_personal=True)
    assert rows["raw"].tolist() == [{"NAMA KIM": "KIM A"}, CELLS["raw"]]
    assert rows["personal"].tolist() == [{"ketua": CHAIR}, CELLS["personal"]]


# Stopped in between: that rows go all or none is in test_killed.


def test_what_a_stop_left_to_be_done_is_done_by_the_next(registry, monkeypatch):
    plant(registry)
    waiting = uploads.keep(io.BytesIO(f"NAMA KIM;HP\nX;{PHONE}\n".encode()), "a.csv", "lain")
    with monkeypatch.context() as stopped:
        stopped.setattr(forgetting, "complete", lambda _: False)
        assert forgetting.erase(registry, ErasingTarget("kim", 1), who=WHO, why=WHY)[1] is False
    assert waiting.path.exists()
    assert list_erasures(registry)["done"].tolist() == [""]
    forgetting.expire(registry, who=WHO)
    assert not waiting.path.exists()
    assert list_erasures(registry)["done"].tolist() != [""]
    assert left_in(registry) == []
