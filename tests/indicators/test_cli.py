"""The command line of indicators, from a file to a figure and out again."""

import sys

import pytest

from geodata.cli import run
from geodata.indicators.current import figures, held_figures
from geodata.indicators.shipped import KEYS
from geodata.regions import Level


@pytest.fixture
def geodata(tmp_path, monkeypatch, capsys):
    """Runs a command on a registry of its own; returns what it prints, and how it ends."""
    monkeypatch.setenv("KIM_DATABASE_URL", f"sqlite:///{tmp_path}/registry.db")

    def command(*words: str) -> tuple[str, int]:
        monkeypatch.setattr(sys, "argv", ["geodata", "indicators", *words])
        with pytest.raises(SystemExit) as ended:
            run()
        said = capsys.readouterr()
        return said.out + said.err, ended.value.code or 0

    return command


def test_a_table_is_brought_in_listed_reported_and_taken_out(geodata, tmp_path):
    path = tmp_path / "miskin.csv"
    path.write_text("Kode;Persen miskin\n35.07;9,5\n35.05;banyak\n", encoding="utf-8")
    about = ["--key", "miskin", "--level", "kabupaten_kota", "--year", "2024", "--producer", "BPS"]
    new = ["--name", "Penduduk miskin", "--kind", "share", "--weight", "penduduk", "--good", "low"]

    said, code = geodata("import", str(path), *about)
    assert (code, "give its name" in said) == (2, True)
    said, _ = geodata("import", str(path), *about, *new, "--percent", "--dry-run")
    assert "2 rows: 1 give a value" in said
    assert "Nothing was kept" in said
    said, code = geodata("import", str(path), *about, *new, "--percent")
    assert (code, "Import 1 counts" in said) == (0, True)

    listed, _ = geodata("list")
    assert "Penduduk miskin,miskin" in listed
    assert "Village development index" in listed
    report, _ = geodata("report", "1")
    assert "35.07,Kabupaten Malang,0.095" in report
    assert "not a number" in report
    assert "is out" in geodata("remove", "1")[0]
    assert "taken out" in geodata("list")[0]
    assert "counts again" in geodata("restore", "1")[0]
    assert geodata("remove", "7") == (geodata("remove", "7")[0], 2)


def test_figures_in_use_follow_the_registry_and_are_held_while_a_page_is_drawn(geodata, tmp_path):
    path = tmp_path / "keluarga.csv"
    path.write_text("Kode,Keluarga\n35.07,12\n", encoding="utf-8")
    words = ["--key", "keluarga", "--level", "kabupaten_kota", "--year", "2024"]
    with held_figures():
        before = figures()
        geodata("import", str(path), *words, "--producer", "BPS", "--name", "K", "--kind", "count")
        assert figures() is before
    assert figures().version != before.version
    assert figures().values("keluarga", Level.PROVINSI)[0] != 12
    assert 12 in figures().values("keluarga", Level.PROVINSI)


def test_without_a_registry_that_can_be_read_they_are_those_that_ship(tmp_path, monkeypatch):
    (tmp_path / "registry.db").write_bytes(b"no database at all, but a file of that name")
    monkeypatch.setenv("KIM_DATABASE_URL", f"sqlite:///{tmp_path}/registry.db")
    assert {it.key for it in figures().indicators} == {*KEYS}
