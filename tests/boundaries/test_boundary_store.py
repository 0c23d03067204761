"""The store: whatever happens to a build, the active set stays whole and in use."""

import errno
import fcntl
import json
import os
import shutil
import signal
import subprocess
import sys

import geopandas as gpd
import pytest

from geodata.boundaries import store
from geodata.boundaries.boundary_error import BuildError
from geodata.boundaries.set_manifest import MANIFEST_FILE, tiles_file
from geodata.errors import DataFileError, RegionError
from geodata.regions import LEVELS, Level
from tests.boundaries.conftest import description, silent

KILLED = """
import os, signal
from geodata.boundaries.store import unfinished_folder, store_root
with unfinished_folder(store_root()) as folder:
    (folder / "desa.parquet").write_text("half")
    os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.fixture
def bali_copy(bali_store, tmp_path, monkeypatch):
    """A store of our own, with one set that is active."""
    root = tmp_path / "copy"
    shutil.copytree(bali_store, root)
    monkeypatch.setenv("KIM_STORE", str(root))
    return root


def visible(root):
    return sorted(path.name for path in root.iterdir() if not path.name.startswith("."))


def test_a_set_holds_polygons_and_a_tileset_a_level_and_its_manifest(bali_set):
    names = {path.name for path in bali_set.path.iterdir()}
    levels = {f"{level}.{ending}" for level in LEVELS for ending in ("parquet", "pmtiles")}
    assert names == levels | {"bounds.parquet", "manifest.json"}


def test_the_manifest_says_what_is_drawn_and_what_is_missing(bali_set, bali):
    manifest = bali_set.manifest
    for level in LEVELS:
        assert manifest.counts[level] == len(bali_set.drawn(level))
        assert manifest.counts[level] + manifest.missing[level] == len(bali.codes(level))
        tiles = bali_set.path / tiles_file(level)
        assert manifest.files[tiles.name]["bytes"] == tiles.stat().st_size


def test_polygons_come_back_as_they_were_written(bali_set, bali_polygons):
    for level in LEVELS:
        assert bali_set.polygons(level).equals(bali_polygons[level])
        assert bali_set.polygons(level).crs == "EPSG:4326"


def test_a_written_set_is_in_use_once_it_is_activated(bali_copy, bali_polygons, bali):
    newer = store.write(description(version="2"), bali_polygons, bali, silent)
    assert store.active_set().version == "1"
    store.activate(newer)
    assert store.active_set() is newer
    assert store.active_set().version == "2"


def test_a_set_is_never_replaced_even_by_one_of_the_same_version(bali_copy, bali_polygons, bali):
    before = (bali_copy / "bali-1" / MANIFEST_FILE).stat()
    again = store.write(description(), bali_polygons, bali, silent)
    assert again.path.name == "bali-1.2"
    assert (bali_copy / "bali-1" / MANIFEST_FILE).stat() == before


@pytest.mark.parametrize("stop", [KeyboardInterrupt, RuntimeError])
def test_a_build_that_is_stopped_leaves_nothing_behind(bali_copy, bali_polygons, bali, stop):
    def report(step, share):
        raise stop

    with pytest.raises(stop):
        store.write(description(version="2"), bali_polygons, bali, report)
    assert visible(bali_copy) == ["active", "bali-1"]
    assert not (bali_copy / ".building").exists()
    assert store.active_set().version == "1"


def test_a_build_that_is_killed_is_cleared_away_by_the_next(bali_copy, bali_polygons, bali):
    child = subprocess.run([sys.executable, "-c", KILLED], check=False)
    assert child.returncode == -signal.SIGKILL
    assert (bali_copy / ".building" / "desa.parquet").exists()
    assert store.active_set().version == "1"

    store.write(description(version="2"), bali_polygons, bali, silent)
    assert visible(bali_copy) == ["active", "bali-1", "bali-2"]
    assert not (bali_copy / ".building").exists()


def test_a_full_disk_is_told_and_leaves_the_active_set_in_use(
    bali_copy, bali_polygons, bali, monkeypatch
):
    def full(*args, **kwargs):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(gpd.GeoDataFrame, "to_parquet", full)
    with pytest.raises(BuildError, match="No space left on device"):
        store.write(description(version="2"), bali_polygons, bali, silent)
    assert visible(bali_copy) == ["active", "bali-1"]
    assert store.active_set().version == "1"


def test_activation_that_fails_keeps_the_former_set(bali_copy, bali_polygons, bali, monkeypatch):
    newer = store.write(description(version="2"), bali_polygons, bali, silent)

    def full(descriptor):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(BuildError, match="No space left on device"):
        store.activate(newer)
    assert store.active_set().version == "1"


def test_two_builds_at_once_are_refused(bali_copy, bali_polygons, bali):
    with (bali_copy / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(BuildError, match="Another process"):
            store.write(description(version="2"), bali_polygons, bali, silent)


def test_nothing_is_activated_or_removed_while_somebody_writes(bali_copy, bali_polygons, bali):
    newer = store.write(description(version="2"), bali_polygons, bali, silent)
    with (bali_copy / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(BuildError, match="Another process"):
            store.activate(newer)
        with pytest.raises(BuildError, match="Another process"):
            store.remove("bali-2")
    assert visible(bali_copy) == ["active", "bali-1", "bali-2"]
    assert store.active_set().version == "1"


def test_what_a_removal_that_was_killed_has_left_goes(bali_copy, bali_polygons, bali):
    store.write(description(version="2"), bali_polygons, bali, silent)
    (bali_copy / ".removed-bali-2").mkdir()
    (bali_copy / ".removed-bali-2" / "desa.parquet").write_text("left")
    (bali_copy / ".removed-bali-9").mkdir()
    store.remove("bali-2")
    assert visible(bali_copy) == ["active", "bali-1"]
    assert not list(bali_copy.glob(".removed-*"))


def test_a_version_is_looked_for_only_where_it_can_be(bali_copy, bali_polygons, bali, monkeypatch):
    store.write(description(version="2"), bali_polygons, bali, silent)
    again = store.write(description(version="2"), bali_polygons, bali, silent)
    opened = []
    open_set = store.open_set
    monkeypatch.setattr(store, "open_set", lambda path: opened.append(path.name) or open_set(path))
    assert store.set_of_version("2") == again
    assert sorted(opened) == ["bali-2", "bali-2.2"]
    assert store.set_of_version("3") is None
    assert store.set_of_version("../bali-2") is None
    assert len(opened) == 2


def test_a_polygon_of_an_unknown_code_is_refused(empty_store, bali_polygons, bali):
    desa = bali_polygons[Level.DESA]
    wrong = desa.assign(kode=desa["kode"].replace(desa["kode"].iloc[3], "51.99.99.2001"))
    with pytest.raises(RegionError, match=r"51\.99\.99\.2001"):
        store.write(description(), {**bali_polygons, Level.DESA: wrong}, bali, silent)


def test_an_empty_store_says_how_to_fill_it(empty_store):
    with pytest.raises(DataFileError, match="make setup"):
        store.active_set()


@pytest.mark.parametrize("name", ["desa.pmtiles", "desa.parquet", "bounds.parquet", MANIFEST_FILE])
def test_a_set_that_lacks_a_file_says_which(bali_copy, name):
    (bali_copy / "bali-1" / name).unlink()
    with pytest.raises(DataFileError, match=rf"bali-1 are damaged.*{name}.*make setup"):
        store.active_set()


def test_a_set_with_a_damaged_file_says_which(bali_copy):
    with (bali_copy / "bali-1" / "desa.pmtiles").open("r+b") as file:
        file.seek(5000)
        file.write(b"\0\1\2\3")
    with pytest.raises(DataFileError, match=r"desa\.pmtiles"):
        store.active_set()


def test_a_manifest_that_is_no_manifest_is_told(bali_copy):
    (bali_copy / "bali-1" / MANIFEST_FILE).write_text('["half a')
    with pytest.raises(DataFileError, match=MANIFEST_FILE):
        store.active_set()


def test_a_set_of_another_layout_asks_to_be_built_again(bali_copy):
    path = bali_copy / "bali-1" / MANIFEST_FILE
    manifest = json.loads(path.read_text())
    path.write_text(json.dumps({"layout": manifest["layout"] + 1}))
    with pytest.raises(DataFileError, match=r"another version.*make setup"):
        store.active_set()


@pytest.mark.parametrize(
    "written",
    [b"", b"\n", b"bali-9\n", b"..\n", b".\n", b".building", b"../bali-1", b"/etc",
     b"bali-1/desa.parquet", b"bali-1\nbali-2\n", b"bali-1\x00", b"\xff\xfe\x00b", b"x" * 5000,
     "bali-1\u202e".encode()],
)  # fmt: skip
def test_an_active_file_that_names_no_set_is_told_and_another_can_be_activated(bali_copy, written):
    (bali_copy / "active").write_bytes(written)
    with pytest.raises(DataFileError, match=r"active names no boundaries.*activate") as told:
        store.active_set()
    assert all(char.isprintable() for char in str(told.value))
    assert [listed.path.name for listed in store.list_sets()] == ["bali-1"]
    store.activate(store.find("bali"))
    assert store.active_set().version == "1"


def test_an_active_file_that_is_none_is_told(bali_copy):
    (bali_copy / "active").unlink()
    (bali_copy / "active").mkdir()
    with pytest.raises(DataFileError, match=r"active cannot be read: Is a directory"):
        store.active_set()


def test_with_a_broken_active_file_a_set_can_be_removed(bali_copy, bali_polygons, bali):
    store.write(description(version="2"), bali_polygons, bali, silent)
    (bali_copy / "active").write_text("gone\n")
    store.remove("bali-2")
    assert visible(bali_copy) == ["active", "bali-1"]


def test_of_sets_made_at_once_the_last_is_the_latest(bali_copy, bali_polygons, bali, monkeypatch):
    monkeypatch.setattr(store, "write_tilesets", lambda *given: 0)
    for version in "23456":
        made = store.write(description(version=version), bali_polygons, bali, silent)
        assert store.find("bali") is made
