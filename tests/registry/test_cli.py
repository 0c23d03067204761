"""``python -m geodata registry``; what reads the file is stood in for by rows made here."""

import io
import sys
from types import ModuleType

import pandas as pd
import pytest

from geodata import cli
from geodata.registry import forgetting
from geodata.registry.current import load_snapshot
from geodata.registry.database.connection import open_registry
from geodata.registry.database.registry_error import RegistryEmpty
from geodata.registry.notice import Notice, counted
from tests.registry.rows import in_review, rejected, staged

ROWS = ({"nomor_induk": "A"}, {"nomor_induk": "B"}, in_review(), rejected(raw={"Nama": "?"}))


@pytest.fixture
def run(url, monkeypatch, capsys, tmp_path):
    """Run a command on an empty registry: exit status, standard output, standard error."""
    monkeypatch.setenv("KIM_DATABASE_URL", url)
    monkeypatch.setenv("KIM_UPLOADS", str(tmp_path / "uploads"))

    def run(*arguments: str, rows=ROWS) -> tuple[int, str, str]:
        reader = ModuleType("geodata.registry.intake.preparing")
        reader.asked = []

        def prepare(path, *, sender, gazetteer, progress, **known):
            reader.asked.append(known)
            return staged(
                *rows,
                file_name=path.name,
                sender=sender,
                mapping={"Nama": "nama_kim"},
                notices=(Notice("null_bytes", counted(range(3, 20))),),
            )

        reader.prepare = prepare
        run.reader = reader
        monkeypatch.setitem(sys.modules, reader.__name__, reader)
        monkeypatch.setattr(sys, "argv", ["geodata", "registry", *arguments])
        with pytest.raises(SystemExit) as ended:
            cli.run()
        said = capsys.readouterr()
        return ended.value.code or 0, said.out, said.err

    return run


def test_an_import_counts_every_row_and_can_be_undone_and_redone(run):
    code, out, err = run("import", "malang.csv", "--sender", "Malang")
    assert code == 0
    assert "it is made now" in err
    assert "17 rows (rows 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, …) hold NUL bytes" in err
    assert "Batch 1, masuk: malang.csv of Malang" in out
    assert "4 rows = 2 diterima + 1 ditinjau + 1 ditolak" in out
    assert "new KIM: 2" in out
    assert len(load_snapshot().kim) == 2
    assert "version 2" in run("undo", "1")[2]
    with pytest.raises(RegistryEmpty, match="holds no KIM"):
        load_snapshot()
    assert "version 3" in run("redo", "1")[2]
    assert load_snapshot().kim["nomor_induk"].tolist() == ["A", "B"]
    assert run("status")[1].splitlines()[0].endswith("version 3, 2 KIM")


def test_a_dry_run_counts_and_keeps_nothing(run):
    code, out, err = run("import", "malang.csv", "--dry-run")
    assert (code, out) == (0, "4 rows = 2 diterima + 1 ditinjau + 1 ditolak\n")
    assert "dry run" in err
    assert "compared with nothing" in err
    code, out, err = run("status")
    assert (code, out) == (2, "")
    assert "There is no registry" in err


def test_a_held_import_waits_as_a_draft_until_it_is_committed(run):
    assert "accepted, not in the registry yet: 2" in run("import", "malang.csv", "--hold")[1]
    with pytest.raises(RegistryEmpty, match="holds no KIM"):
        load_snapshot()
    assert "masuk" in run("commit", "1")[1]
    assert len(load_snapshot().kim) == 2


def test_a_file_that_is_in_the_registry_is_said_to_be_and_changes_nothing(run):
    run("import", "malang.csv", "--sender", "Malang")
    before = load_snapshot().kim
    code, out, err = run("import", "malang.csv", "--sender", "Malang")
    assert code == 0
    assert "in the registry already, as batch 1" in err
    assert "new KIM: 0, KIM changed: 0, nothing new: 2" in out
    pd.testing.assert_frame_equal(load_snapshot().kim, before)
    assert run.reader.asked[0]["mapping"] == {"Nama": "nama_kim"}
    existing = run.reader.asked[0]["existing"]
    assert [kim["nomor_induk"] for kim in existing] == ["A", "B"]


def test_an_update_is_made_when_it_is_chosen(run):
    run("import", "satu.csv")
    changed = ({"nomor_induk": "A", "status": "tidak_aktif"},)
    assert "1 ditinjau" in run("import", "dua.csv", rows=changed)[1]
    assert "KIM changed: 1" in run("import", "dua.csv", "--update", rows=changed)[1]
    _, out, _ = run("history", "A")
    assert "came in with batch 1 (satu.csv, KIM, line 2)" in out
    assert "  status: aktif -> tidak_aktif" in out
    assert run("history", "#1")[1] == out


def test_the_registry_is_exported_as_it_was_at_any_version(run, tmp_path):
    run("import", "satu.csv")
    run("undo", "1")
    now, then = run("export")[1], run("export", "--version", "1")[1]
    assert pd.read_csv(io.StringIO(now)).empty
    assert pd.read_csv(io.StringIO(then))["nomor_induk"].tolist() == ["A", "B"]
    out = tmp_path / "kim.csv"
    assert run("export", "--out", str(out), "--version", "1")[0] == 0
    assert pd.read_csv(out)["nomor_induk"].tolist() == ["A", "B"]
    code, _, err = run("export", "--out", str(tmp_path / "tidak-ada" / "kim.csv"))
    assert (code, "cannot be written" in err) == (2, True)


def test_rejected_rows_are_written_with_their_reason(run):
    run("import", "satu.csv")
    table = pd.read_csv(io.StringIO(run("rejected", "1", "--language", "en")[1]))
    assert table[["line", "Nama"]].to_numpy().tolist() == [[5, "?"]]
    assert table["alasan"].notna().all()
    assert "line" in run("rejected", "1", "--outcome", "ditinjau")[1]
    assert run("aliases")[1].startswith("provinsi,kabupaten_kota,kecamatan,desa,kode")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["undo", "9"], "There is no batch 9"),
        (["redo", "9"], "There is no batch 9"),
        (["commit", "9"], "There is no batch 9"),
        (["rejected", "9"], "There is no batch 9"),
        (["history", "Z"], "There is no KIM “Z”"),
        (["history", "#" + "9" * 20], "There is no KIM"),
        (["history", "#²"], "There is no KIM"),
        (["erase", "#²", "--why", "surat"], "There is no KIM"),
        (["undo", "9" * 20], "less than or equal to 2147483647"),
        (["undo", "0"], "greater than or equal to 1"),
        (["export", "--version", "7"], "not come to version 7"),
        (["export", "--version", "9" * 20], "less than or equal to 2147483647"),
    ],
)
def test_a_mistake_is_one_line_and_exit_status_2(run, url, arguments, told):
    open_registry(url)
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    assert told in err
    assert len(err.splitlines()) == 1


OF_PERSON = {"ketua": "Siti Aminah", "telepon": "+6281311112222"}


def test_personal_data_are_erased_with_a_reason_that_is_kept(run):
    run("import", "satu.csv", rows=({"nomor_induk": "A", "personal": OF_PERSON}, {}))
    code, out, err = run("erase", "A", "--why", "surat 12 Mei", "--dry-run")
    assert (code, "1 of these with personal data stored apart" in out) == (0, True)
    assert "dry run" in err
    assert len(run("erasures")[1].splitlines()) == 1
    code, out, err = run("erase", "A", "--why", "surat 12 Mei")
    assert (code, "The personal data of KIM #1 are taken out" in err) == (0, True)
    assert "Siti" not in out + err
    assert "KIM #1,diterima: 1; personal: 1" in run("erasures")[1]
    assert "There are no personal data" in run("erase", "1", "--why", "surat")[1]


def test_expiry_says_what_went(run, monkeypatch):
    run("import", "satu.csv", "--hold")
    assert run("expire") == (0, "Nothing was kept too long.\n", "")
    monkeypatch.setattr(
        "geodata.registry.database.batches.now", lambda: "2020-01-01T00:00:00+00:00"
    )
    run("import", "dua.csv", "--hold")
    assert run("expire")[1] == "batch 2\n"


@pytest.mark.parametrize("arguments", [["expire"], ["erase", "A", "--why", "surat"]])
def test_what_may_be_left_is_told_and_how_to_mend_it(run, monkeypatch, arguments):
    run("import", "satu.csv", rows=({"nomor_induk": "A", "personal": OF_PERSON},))
    monkeypatch.setattr(forgetting, "complete", lambda _: False)
    code, out, err = run(*arguments)
    assert code == 1
    assert "Nothing" not in out
    assert "others were using the database all the while, or a file or the disk could not" in err
    assert "see the log" in err
    assert "run `registry expire`" in err


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["erase", "9", "--why", "surat"], "There is no batch 9"),
        (["erase", "Z", "--why", "surat"], "There is no KIM “Z”"),
        (["erase", "1"], "--why"),
        (["erase", "A", "--why", " "], "Say with --why"),
    ],
)
def test_an_erasing_that_cannot_be_is_refused_in_one_line(run, arguments, told):
    run("import", "satu.csv")
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    assert told in err
    assert len(err.splitlines()) == 1


@pytest.mark.parametrize(
    "arguments",
    [["undo", "1"], ["redo", "1"], ["commit", "1"], ["rejected", "1"], ["history", "A"], ["export"],
     ["aliases"], ["status"]],
    ids=lambda arguments: arguments[0],
)  # fmt: skip
def test_without_a_registry_a_command_says_so_and_makes_none(run, arguments):
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    assert "There is no registry" in err
    assert "KIM_DATABASE_URL" in err
    assert run(*arguments)[2] == err


def test_no_name_forges_a_line_or_recolours_the_terminal(run):
    name, forged = "a\r\nBatch 9, masuk: b\x1b[2K.csv", "\x9b31mx\u202e\nBatch 8"
    rows = ({"nomor_induk": "A", "nama_kim": f"=1+1{forged}"}, rejected(raw={forged: forged}))
    _, out, _ = run("import", name, "--sender", forged, rows=rows)
    for said in (out, run("status")[1], run("history", "A")[1]):
        assert said.replace("\n", "").isprintable()
        assert not any(line.startswith(("Batch 8", "Batch 9")) for line in said.splitlines())
    for table in (run("rejected", "1")[1], run("export")[1]):
        assert table.replace("\n", "").isprintable()
        assert len(table.splitlines()) == 2, "a header and a row"
    _, _, told = run("history", f"tidak ada{forged}")
    assert len(told.splitlines()) == 1
    assert told.strip().isprintable()
