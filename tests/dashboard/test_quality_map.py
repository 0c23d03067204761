"""The classes of the map of doubtful placements."""

import numpy as np
import pandas as pd

from dashboard.mutu.doubt_map import _CLASSES, _painted, class_of
from geodata.view.payload import Texts


def test_a_share_on_a_bound_belongs_to_the_class_below_and_no_rows_to_none() -> None:
    shares = np.array([np.nan, 0.0, 0.001, 0.1, 0.1001, 0.3, 0.31, 1.0])
    assert class_of(shares).tolist() == [-1, 0, 1, 1, 2, 2, 3, 3]


def test_the_more_doubt_the_denser_the_lines() -> None:
    gaps = [gap for *_, gap in _CLASSES if gap]
    assert gaps == sorted(gaps, reverse=True)
    assert len(gaps) == 2


def test_the_browser_is_told_of_each_region_with_rows_and_its_figures() -> None:
    quality = pd.DataFrame(
        {
            "kode": ["11", "12", "13"],
            "bagian_ragu": [0.5, np.nan, 0.0],
            "ragu": [1, 0, 0],
            "baris_dinilai": [2, 0, 4],
        }
    )
    texts = Texts()
    sure, many = _painted(quality, texts, "id")
    assert sure["ids"] == [13]
    assert "hatch" not in sure
    assert many["ids"] == [11]
    assert many["hatch"] > 0
    (line,), listed = many["say"], list(texts)
    assert line.format(*(listed[number] for (number,) in many["figures"])) == (
        "50,0% meragukan (1 dari 2)"
    )
