"""The small map beside a doubtful row."""

from types import SimpleNamespace

import numpy as np
import pytest
import shapely

from dashboard import data
from dashboard.map import desa_map


def test_the_name_of_a_candidate_is_text_in_the_map_whatever_it_holds(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    hostile = "<img src=x onerror=alert(1)>`+alert(2)+`${alert(3)}"
    monkeypatch.setattr(data, "gazetteer", lambda: SimpleNamespace(name=lambda _: hostile))
    land = np.array([shapely.box(112, -9, 114, -7)])
    boundaries = SimpleNamespace(polygons_of=lambda *_: land, in_sight=lambda *_: np.array(["35"]))
    shapes = {"35.07.08.2001": shapely.box(112.5, -8.2, 112.6, -8.1)}
    drawn = desa_map._map(boundaries, shapes, list(shapes), None, "id")  # type: ignore[arg-type]
    script = drawn.get_root().render()
    told = script.partition("bindTooltip(")[2].partition(");")[0]
    assert '"zoomInTitle": "Perbesar"' in script
    assert "&lt;img src=x onerror=alert(1)&gt;" in told
    assert "<img" not in script
    assert told.count("`") == 2, "those around the text"
    assert "${" not in told
