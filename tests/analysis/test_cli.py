import csv
import io
import sys

import pytest

from geodata.cli import run
from geodata.gazetteer import load_gazetteer
from geodata.indicators.current import figures
from geodata.regions import Level


@pytest.fixture
def geodata(monkeypatch, capsys):
    """Run a command; return exit status, rows of the table it printed, and what it said."""

    def call(*arguments: str):
        monkeypatch.setattr(sys, "argv", ["geodata", *arguments])
        with pytest.raises(SystemExit) as stopped:
            run()
        out, err = capsys.readouterr()
        return stopped.value.code or 0, list(csv.DictReader(io.StringIO(out))), err

    return call


@pytest.mark.parametrize(
    ("command", "rows"),
    [
        ("gaps --level kecamatan --within 35.07", 33),
        ("coverage --level kabupaten_kota --within 35", 38),
        ("distance --within 3507", 390),
        ("distance --level kecamatan --within 35.07", 33),
        ("fields --level provinsi --bidang umkm --bidang pariwisata", 76),
        ("inequality --within 34 --groups kabupaten_kota", 15),
        ("targets pace --unit kecamatan --year 2027", 38),
        ("targets pace --unit desa --share 20 --year 2027 --level kecamatan --within 35.08", 21),
        ("peers 35.07 --count 5", 6),
        ("quadrants idm jumlah_kim --level kecamatan --within 35.07", 33),
        ("potential pariwisata idm --level kecamatan --within 35.07", 11),
        ("clusters --level kabupaten_kota --within 35", 38),
        ("metrics --level kabupaten_kota --within 35 --metric cakupan_eb", 38),
        ("priority --level kecamatan --within 35.07 --criteria cakupan.rendah.2 --first 3", 33),
        ("siting --within 35.07 --add 4 --radius-km 10 --objective kecamatan", 4),
        ("siting --within 35.07 --add 4 --radius-km 10 --objective kecamatan --by-kecamatan", 4),
    ],
)
def test_a_command_prints_its_table(geodata, command, rows):
    status, table, _ = geodata(*command.split())
    assert status == 0
    assert len(table) == rows


def test_siting_counts_the_weights_of_a_file(geodata, tmp_path):
    weights = tmp_path / "penduduk.csv"
    weights.write_text("kode,bobot\n3507082001,5000\n35.07.28.2001,100\n", encoding="utf-8")
    command = "siting --within 35.07 --add 1 --radius-km 1 --weights"
    status, table, said = geodata(*command.split(), str(weights))
    assert status == 0
    assert table[0]["tambahan"] == "5000.0"
    assert "0 now, 5,000 with 1 more, of 5,100" in said
    assert "No other plan" in said


def test_siting_counts_the_people_of_a_provinsi(geodata):
    command = "siting --within 34 --add 2 --radius-km 3 --weigh-by penduduk"
    status, _, said = geodata(*command.split())
    assert status == 0
    provinsi = load_gazetteer().within(Level.PROVINSI, "34")
    (people,) = figures().values("penduduk", Level.PROVINSI)[provinsi]
    assert f"of {people:,.0f}." in said


@pytest.mark.parametrize(
    ("command", "named"),
    [
        ("siting --within 35.07 --add 1 --radius-km 5 --weigh-by penduduk", "“penduduk”"),
        ("siting --within 35.07 --add 1 --radius-km 400", "400.0 km"),
        ("siting --within 35.07 --add 1 --radius-km 5 --lock 35.08.01.2001", "35.08.01.2001"),
        ("siting --within 35.07 --add 1 --radius-km 5 --weights missing.csv", "missing.csv"),
        ("priority --level desa --criteria cakupan_eb.rendah.1", "cakupan_eb.rendah.1"),
        ("priority --level desa --criteria cakupan.rendah.0", "weight"),
        ("targets pace --unit desa --share 120 --year 2027", "120%"),
        ("clusters --level desa", "desa"),
        ("coverage --level desa", "above it"),
        ("metrics --level desa --metric cakupan_eb", "cakupan_eb"),
        ("export --level desa --metric cakupan_eb --out desa.csv", "cakupan_eb"),
    ],
)
def test_a_mistake_is_one_line_and_status_2(geodata, command, named):
    status, table, said = geodata(*command.split())
    assert status == 2
    assert table == []
    assert named in said
    assert said.count("\n") == 1


@pytest.mark.parametrize(("language", "word"), [("id", "punya"), ("en", "have at least one")])
def test_a_profile_is_told_in_the_language_asked_for(monkeypatch, capsys, language, word):
    monkeypatch.setattr(sys, "argv", ["geodata", "profile", "35.08", "--language", language])
    with pytest.raises(SystemExit):
        run()
    assert word in capsys.readouterr().out


def test_quadrants_write_counts_whole_and_say_how_many_are_left_out(geodata):
    command = "quadrants idm jumlah_kim --level desa --within 35.07"
    status, table, said = geodata(*command.split())
    assert status == 0
    assert (table[0]["jumlah_kim"], table[0]["kuadran"]) == ("0", "tinggi_rendah")
    assert "12 without data, 0 that have not reported" in said
