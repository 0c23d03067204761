"""The commands ``export`` and ``briefing``, as they are typed."""

import pyogrio
import pytest
from typer.testing import CliRunner

from geodata.cli import app
from geodata.errors import SelectionError

TUBAN = ["--within", "35.23"]


def run(*arguments: str):
    return CliRunner().invoke(app, list(arguments), catch_exceptions=False)


def test_export_writes_figures_of_a_level_with_their_polygons(tmp_path):
    out = tmp_path / "tuban.gpkg"
    asked = ["--level", "kecamatan", "--format", "gpkg", "--columns", "kode,cakupan"]
    done = run("export", *TUBAN, *asked, "--out", str(out))
    assert done.output.split() == [str(out), str(tmp_path / "tuban-keterangan.csv")]
    layer = pyogrio.read_dataframe(out)
    assert list(layer.columns) == ["kode", "cakupan", "geometry"]
    assert layer["kode"].str.startswith("35.23.").all()


def test_export_refuses_a_column_that_does_not_exist(tmp_path):
    with pytest.raises(SelectionError, match="telepon"):
        run("export", "--columns", "telepon", "--out", str(tmp_path / "x.csv"))
    assert list(tmp_path.iterdir()) == []


def test_briefing_writes_the_pack_of_a_kecamatan(tmp_path):
    done = run("briefing", "--within", "35.23.11", "--out", str(tmp_path / "paket"))
    assert done.exit_code == 0
    endings = {path.suffix for path in (tmp_path / "paket").iterdir()}
    assert endings == {".html", ".pptx", ".pdf", ".png"}
