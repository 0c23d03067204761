"""The diverging map: gains and losses alike, no change and not reported each of their own."""

import numpy as np
import pandas as pd

from geodata.view import palette
from geodata.view.change_map import change_classes

CODES = ["35.01", "35.02", "35.03", "35.04", "35.05", "35.06"]


def classes(*changes: tuple[int | None, int | None]) -> list[tuple[str, list[str]]]:
    table = pd.DataFrame(changes, columns=["awal", "akhir"], dtype="Int64")
    codes = np.array(CODES[: len(table)])
    made = change_classes(table, "id")
    assert np.sum([it.rows for it in made], axis=0).tolist() == [1] * len(table), "each in one"
    return [(it.legend.label, codes[it.rows].tolist()) for it in made]


def test_equal_gains_and_losses_have_the_same_bounds_and_zero_is_between() -> None:
    told = classes((10, 11), (10, 9), (4, 4), (0, 20), (30, 10), (0, 5))
    assert told == [
        ("+6 – +20", ["35.04"]),
        ("+2 – +5", ["35.06"]),
        ("+1", ["35.01"]),
        ("Tidak berubah", ["35.03"]),
        ("−1", ["35.02"]),
        ("−5 – −2", []),
        ("−20 – −6", ["35.05"]),
    ]


def test_who_reported_in_between_has_gained_nothing_that_is_known() -> None:
    told = classes((None, 12), (3, 3), (3, None), (1, 2))
    assert told[-1] == ("Belum melapor pada salah satu hari", ["35.01", "35.03"])
    assert told[0] == ("+1", ["35.04"])


def test_a_country_without_a_change_has_one_class() -> None:
    assert classes((1, 1), (0, 0)) == [("Tidak berubah", ["35.01", "35.02"])]


def test_either_side_grows_darker_and_the_middle_is_left_to_zero() -> None:
    for scheme in ("BrBG", "PuOr"):
        sides = palette.diverging(scheme, 3)
        colours = [colour for side in sides for colour in side]
        assert len(set(colours)) == 6
        assert palette.ZERO not in colours
        for side in sides:
            light = [sum(int(colour[i : i + 2], 16) for i in (1, 3, 5)) for colour in side]
            assert light == sorted(light, reverse=True)
        assert palette.diverging(scheme, 1) == tuple(side[-1:] for side in sides)
