"""The commands on targets, as they are typed."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from geodata.cli import app
from geodata.errors import SelectionError
from geodata.registry.database.batches import stage
from geodata.registry.database.committing import commit
from geodata.registry.database.connection import open_registry
from tests.registry.rows import staged
from tests.targets.test_target_file import LIST


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, gazetteer):
    """Runs a command on a registry in which Kabupaten Malang has one KIM of 2026."""
    monkeypatch.setenv("KIM_DATABASE_URL", f"sqlite:///{tmp_path}/registry.db")
    registry = open_registry()
    rows = staged({"nomor_induk": "A", "tanggal_terdaftar": "2026-01-15"})
    commit(registry, stage(registry, rows, gazetteer, who="siti").id, who="siti")

    def run(*arguments: str) -> str:
        return CliRunner().invoke(app, ["targets", *arguments], catch_exceptions=False).output

    return run


def test_a_target_is_set_judged_taken_back_and_remembered(run):
    assert run("set", "35.07", "2026", "kim_baru", "53") == "Set.\n"
    assert run("set", "3507", "2026", "kim_baru", "53") == "It was so before.\n"
    assert run("set", "indonesia", "2026", "bagian_kecamatan", "80") == "Set.\n"
    header, country, malang = run("standing", "2026").splitlines()
    assert header.startswith("kode,nama,sasaran_untuk,tahun,sasaran,tercapai,kurang")
    assert country.startswith(",,bagian_kecamatan,2026,")
    assert malang.startswith("35.07,Kabupaten Malang,kim_baru,2026,53,1,52,")
    assert run("standing", "2026", "--within", "33").splitlines() == [header]
    assert run("withdraw", "35.07", "2026", "kim_baru") == "Taken back.\n"
    assert run("withdraw", "35.07", "2026", "kim_baru") == "There was none.\n"
    assert len(run("standing", "2026").splitlines()) == 2
    assert len(run("history", "35.07").splitlines()) == 3


def test_a_file_sets_what_is_sure_and_says_of_each_row_what_became_of_it(run, tmp_path):
    file = tmp_path / "sasaran.csv"
    file.write_text(LIST, encoding="utf-8")
    told = run("import", str(file))
    assert "11 rows: 3 targets, 3 of them new or changed." in told
    assert told.count("diterima") == 3
    assert len(run("standing", "2026").splitlines()) == 4
    assert "sasaran.csv" in run("history")


def test_what_cannot_be_a_target_is_refused(run):
    with pytest.raises(SelectionError, match="5300%"):
        run("set", "35.07", "2026", "bagian_desa", "5300")
