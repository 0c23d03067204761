"""Imported sets in the store: listed, found, recognised again, never harmed by a broken import."""

import json
import os
import signal
import subprocess
import sys

import pytest
from typer.testing import CliRunner

from geodata.boundaries import build, store
from geodata.boundaries.boundary_error import BuildError
from geodata.boundaries.build import build_embedded
from geodata.boundaries.import_report import read_report
from geodata.boundaries.set_manifest import tiles_file
from geodata.cli.boundaries import boundaries_app
from geodata.errors import DataFileError
from geodata.regions import Level
from tests.importing import schemas
from tests.importing.conftest import imported, silent

KILLED = """
import os, signal, sys
from pathlib import Path
from geodata.boundaries import store
from geodata.boundaries.importing import import_boundaries
store.write_tilesets = lambda *given: os.kill(os.getpid(), signal.SIGKILL)
import_boundaries(Path(sys.argv[1]), lambda step, share: None)
"""

# What becomes of sets does not hang on whose polygons are in them.
pytestmark = pytest.mark.parametrize("desa", ["thiessen"], indirect=True)


@pytest.fixture
def path(desa, tmp_path):
    path = tmp_path / "Batas Desa.parquet"
    schemas.kim(desa).to_parquet(path)
    return path


def test_an_import_does_not_activate_itself(in_use, path):
    boundaries, _ = imported(path)
    assert store.active_set() is in_use
    assert {listed.name for listed in store.list_sets()} == {"lama", "batas-desa"}
    store.activate(boundaries)
    assert store.active_set() is boundaries


def test_the_same_file_is_recognised_by_its_checksum(root, path):
    first, report = imported(path)
    steps = []
    again, same = build_again(path, steps)
    assert again is first
    assert same == report
    assert steps == []
    assert imported(path, name="lain")[0].name == "lain"


def build_again(path, steps):
    from geodata.boundaries.importing import import_boundaries

    return import_boundaries(path, lambda step, share: steps.append(step))


def test_a_changed_file_is_another_version(root, path, desa):
    first, _ = imported(path)
    schemas.kim(desa.iloc[1:]).to_parquet(path)
    second, _ = imported(path)
    assert second.name == first.name
    assert second.version != first.version
    assert store.find("batas-desa") is second
    assert store.find(first.path.name) is first


def test_the_report_is_kept_with_its_set(root, path, desa):
    boundaries, report = imported(path)
    assert read_report(boundaries) == report
    assert "report.json" in boundaries.manifest.files
    levels = report.levels
    assert levels["desa"]["present"] == report.polygons
    assert levels["desa"]["present"] + levels["desa"]["missing"] == 83_762
    assert levels["provinsi"]["present"] == 1
    there = desa.to_crs("EPSG:6933").union_all().area / 1e6
    assert report.area_km2["34"] == pytest.approx(there, rel=0.01)
    assert report.points_outside["of"] <= report.polygons


def test_only_a_set_that_is_not_in_use_is_removed(in_use, path):
    imported(path)
    store.remove("batas-desa")
    assert [listed.name for listed in store.list_sets()] == ["lama"]
    with pytest.raises(BuildError, match=r"lama-.* in use"):
        store.remove("lama")
    with pytest.raises(DataFileError, match="named batas-desa") as unknown:
        store.remove("batas-desa")
    assert unknown.value.values["known"] == in_use.path.name


def test_an_import_that_is_killed_leaves_the_active_set_and_can_be_started_again(in_use, path):
    killed = subprocess.run([sys.executable, "-c", KILLED, str(path)], env={**os.environ})
    assert killed.returncode == -signal.SIGKILL
    assert store.active_set() is in_use
    assert [listed.name for listed in store.list_sets()] == ["lama"]
    assert (in_use.path.parent / ".building").is_dir()
    boundaries, report = imported(path)
    assert len(boundaries.polygons(Level.DESA)) == report.polygons
    assert not (in_use.path.parent / ".building").exists()


def test_the_embedded_set_does_not_push_an_imported_one_aside(in_use, monkeypatch):
    gazetteer = build.load_gazetteer()
    near = gazetteer.tables[Level.DESA]["kode"].str.startswith("34.71")
    points = gazetteer.tables[Level.DESA].loc[near, ["kode", "lat", "lng"]].dropna()
    monkeypatch.setattr(build, "village_points", lambda gazetteer: (points, 0))
    monkeypatch.setattr(build, "load_land", lambda: store_land(in_use))
    built = build_embedded(silent)
    assert built.name == "embedded"
    assert store.active_set() is in_use
    assert build_embedded(silent) is built
    store.activate(built)
    assert build_embedded(silent) is built
    assert store.active_set() is built


def store_land(boundaries):
    return boundaries.polygons(Level.PROVINSI)[["geometry"]]


def test_the_command_line(root, path, desa):
    run = CliRunner().invoke
    done = run(boundaries_app, ["import", str(path), "--name", "kota", "--vintage", "2025"])
    assert done.exit_code == 0, done.output
    assert f"Rows: {len(desa)} = {len(desa)} polygons + 0 merged + 0 rejected" in done.output
    with pytest.raises(DataFileError, match="No boundaries have been built"):
        store.active_set()
    listed = run(boundaries_app, ["list"]).output
    assert listed.startswith("  kota-")
    assert "2025, licence not stated" in listed
    assert run(boundaries_app, ["activate", "kota"]).exit_code == 0
    assert run(boundaries_app, ["list"]).output.startswith("* kota-")
    report = json.loads(run(boundaries_app, ["report", "kota", "--format", "json"]).output)
    assert report["polygons"] == len(desa)
    assert "provinsi 34" in run(boundaries_app, ["report", "kota"]).output
    refused = run(boundaries_app, ["remove", "kota"])
    assert isinstance(refused.exception, BuildError)


def test_a_real_tileset_is_made(desa, path, tmp_path, monkeypatch):
    monkeypatch.setenv("KIM_STORE", str(tmp_path / "store"))
    boundaries, _ = imported(path)
    assert boundaries.manifest.files[tiles_file(Level.DESA)]["bytes"] > 1000
