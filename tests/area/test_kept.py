"""Areas that are kept: found again by their key, for a while, and in bounded room."""

import os
import time

import pytest
import shapely

from geodata.area import kept
from geodata.area.area import Zone
from geodata.registry import uploads
from geodata.sphere import circle
from tests.area.conftest import refusing

FLOOD = (
    Zone("Banjir <b>1</b>", circle(-7, 110, 12)),
    Zone("Banjir 2", shapely.box(110, -7, 111, -6)),
)


@pytest.fixture(autouse=True)
def own_folder(tmp_path, monkeypatch):
    monkeypatch.setenv("KIM_UPLOADS", str(tmp_path / "uploads"))


def test_what_is_kept_comes_back_under_the_key_of_its_content():
    key = kept.keep(FLOOD)
    assert kept.keep(FLOOD) == key
    for before, after in zip(FLOOD, kept.kept(key), strict=True):
        assert after.name == before.name
        assert after.shape.is_valid
        assert after.shape.symmetric_difference(before.shape).area < 1e-5


@pytest.mark.parametrize("key", ["0123456789abcdef", "../../etc/passwd", ""])
def test_what_is_not_kept_is_told(key):
    with refusing("area_gone"):
        kept.kept(key)


def test_no_waiting_file_is_made_of_it_and_it_goes_when_its_time_is_over(monkeypatch):
    old = kept.keep(FLOOD)
    assert uploads.waiting() == []
    file = uploads.upload_folder() / uploads.AREAS_FOLDER / f"{old}.geojson"
    long_ago = time.time() - 40 * 86_400
    os.utime(file, (long_ago, long_ago))
    new = kept.keep(FLOOD[:1])
    assert not file.exists()
    monkeypatch.setattr(kept, "MOST_KEPT", 1)
    newest = kept.keep(FLOOD[1:])
    assert [path.stem for path in file.parent.glob("*")] == [newest]
    with refusing("area_gone"):
        kept.kept(new)


def test_more_than_an_area_is_not_kept(monkeypatch):
    monkeypatch.setattr(kept, "_MOST_BYTES", 100)
    with refusing("area_kept_size"):
        kept.keep(FLOOD)
