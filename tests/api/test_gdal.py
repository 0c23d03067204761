"""GDAL's driver of OGC API - Features, which QGIS has, too, in front of a real server."""

import json
import subprocess
import sys
from collections.abc import Iterator
from threading import Thread

import pytest
import uvicorn
from starlette.applications import Starlette

from dashboard.http.base_path import moved_below
from dashboard.http.routes import EXCEPTION_HANDLERS, ROUTES
from geodata.analysis.gaps import regions_without_kim
from geodata.exports.extracts import Extract
from geodata.features.collection import COLLECTIONS
from geodata.regions import Level
from geodata.registry.snapshot import KimFilter
from geodata.view.view import View
from tests.browser.conftest import free_port

# In a process of its own: GDAL lets nobody else of its process work while it waits for a server.
_READER = """
import ast, json, sys
import pyogrio

address, wanted = sys.argv[1], ast.literal_eval(sys.argv[2])
for layer, options in wanted:
    frame = pyogrio.read_dataframe(address, layer=layer, **options)
    kinds = sorted(set(frame.geometry.dropna().geom_type))
    counts = frame["jumlah_kim"].tolist() if "jumlah_kim" in frame else []
    print(json.dumps([frame["id"].tolist(), counts, kinds, frame.crs.to_string()]))
print(json.dumps(pyogrio.list_layers(address).tolist()))
"""


@pytest.fixture
def address(monkeypatch) -> Iterator[str]:
    """A server below a path."""
    monkeypatch.setattr("dashboard.addresses.base_path", lambda: "/kim")
    monkeypatch.setattr("dashboard.http.base_path.base_path", lambda: "/kim")
    app = Starlette(routes=moved_below(ROUTES), exception_handlers=EXCEPTION_HANDLERS)
    port = free_port()
    server = uvicorn.Server(uvicorn.Config(app, port=port, log_level="error"))
    thread = Thread(target=server.run)
    thread.start()
    yield f"http://127.0.0.1:{port}/kim/ogc"
    server.should_exit = True
    thread.join()


def test_all_pages_are_read_with_the_codes_and_counts_of_the_extracts(address, sample):
    asked = [
        ["kecamatan", {"where": "provinsi = 'Jawa Timur'"}],  # two pages
        ["kim", {}],
        ["desa", {"where": "kabupaten_kota = 'Kabupaten Malang'"}],
        ["tanpa_kim", {"bbox": (112.5, -8.2, 112.7, -8.0)}],
    ]
    command = [sys.executable, "-c", _READER, f"OAPIF:{address}", repr(asked)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=100)
    assert done.returncode == 0, done.stderr
    kecamatan, kim, desa, gaps, layers = map(json.loads, done.stdout.splitlines())
    assert [name for name, _ in layers] == list(COLLECTIONS)
    table = Extract(sample, View("35", Level.KECAMATAN), "wilayah").table()
    codes = table["kode"].tolist()
    assert kecamatan == [codes, table["jumlah_kim"].tolist(), ["MultiPolygon"], "OGC:CRS84"]
    assert kim == [Extract(sample, View()).ids.tolist(), [], ["Point"], "OGC:CRS84"]
    malang = Extract(sample, View("35.07", Level.DESA), "wilayah").table()
    assert desa[:2] == [malang["kode"].tolist(), malang["jumlah_kim"].tolist()]
    empty = regions_without_kim(sample, KimFilter(), Level.DESA)["kode"]
    assert len(gaps[0]) > 100
    assert set(gaps[0]) <= set(empty)
