"""What Python sends to the map, written as a module that the scripts' own tests read.

``python -m tests.dashboard.views`` writes it anew.
"""

import json
import tempfile
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd

from dashboard.map import script
from dashboard.map.layer import configuration
from dashboard.mutu.doubt_map import quality_payload
from dashboard.potensi.square import square_payload
from geodata.gazetteer import load_gazetteer
from geodata.regions import Level
from geodata.registry.snapshot import KimFilter, Snapshot, registered_by
from geodata.view.choropleth import choropleth
from geodata.view.lapse import in_time, with_lapse
from geodata.view.palette import ZERO
from geodata.view.payload import Payload, choropleth_payload
from geodata.view.two_measures import two_measures
from geodata.view.view import View
from tests.registries import reported_only, snapshot_of, write_registry

FILE = script.SCRIPTS.parent / "tests" / "views.js"
HOSTILE = "<img src=x onerror=alert(1)> & \"'`${1}</script>"

_HEADER = """\
// Made by `python -m tests.dashboard.views`: what Python sends. tsc checks it against the contract.
/** @import { Config, View } from "../scripts/contract.js" */

"""
_BOUNDS = (-8.46, 112.28, -7.76, 112.95)


_KIM = {
    "35.07.07.2001": 2, "35.07.07.2002": 1,
    "35.07.08.2001": 1_031,
    "35.07.11.2001": 4, "35.07.11.2002": 1, "35.07.11.2003": 1,
    "35.07.11.2004": 1, "35.07.11.2005": 1,
}  # fmt: skip
_OLD = "35.07.11.2001"  # whose KIM are those of 2010


class _Boundaries:
    """Boundaries that draw every region."""

    def bounds(self, _: str | None) -> tuple[float, float, float, float]:
        return _BOUNDS

    def is_drawn(self, _: Level, codes: pd.Series) -> np.ndarray:
        return np.ones(len(codes), dtype=bool)


def _snapshot() -> Snapshot:
    rows = [
        {"kode_wilayah": desa, "tanggal_terdaftar": "2010-01-01" if desa == _OLD else "2020-01-01"}
        for desa, count in _KIM.items()
        for _ in range(count)
    ]
    with tempfile.TemporaryDirectory() as folder:
        return snapshot_of(write_registry(Path(folder) / "r.csv", *rows), load_gazetteer())


def _without_zero(payload: Payload) -> Payload:
    """Return a view from afar without the thousands of kecamatan of class zero."""
    payload["far"]["classes"] = [
        entry for entry in payload["far"]["classes"] if entry["fill"] != ZERO
    ]
    payload["texts"] = payload["texts"][:8]
    return payload


def views() -> dict[str, Payload]:
    """Return a view of each kind."""
    snapshot = _snapshot()
    old = KimFilter(tahun=(2010, 2010))

    def sent(view: View, of: Snapshot = snapshot, **more: Any) -> Payload:
        shown = choropleth(view, of, _Boundaries())  # type: ignore[arg-type]
        return choropleth_payload(shown, region=HOSTILE, attribution=HOSTILE, **more)

    doubt = pd.DataFrame(
        {
            "kode": ["11", "12", "13", "14"],
            "bagian_ragu": [0.05, 0.2, np.nan, 0.9],
            "ragu": [1, 2, 0, 9],
            "baris_dinilai": [20, 10, 0, 10],
        }
    )
    return {
        "counts": sent(View("35.07")),
        "countsAgain": sent(View("35.07", kim_filter=old)),
        "country": sent(View(lang="en")),
        "desa": sent(
            View("35.07.08.2001"),
            points="/titik/v.json?wilayah=35.07.08",
            plan=[
                (-8.1, 112.7, 1, "Sumberputih", "1.204 jiwa"),
                (-8.2, 112.8, 2, HOSTILE, HOSTILE),
            ],
        ),
        "distance": sent(View("35.07.08", metric="jarak_rata_km")),
        "nationalDesa": _without_zero(sent(View(level=Level.DESA, kim_filter=old))),
        "petak": sent(View("35.07", petak=True)),
        "petakDesa": sent(View("35.07", level=Level.DESA, petak=True)),
        "unreported": sent(View(lang="en"), reported_only(snapshot, "35.07")),
        "twoMeasures": square_payload(
            two_measures(View("35.07"), "idm", snapshot, _Boundaries()),  # type: ignore[arg-type]
            None,
            "35.07.08",
            bounds=_BOUNDS,
            region=HOSTILE,
            attribution=HOSTILE,
            about="",
        ),
        "inTime": _in_time(snapshot),
        "quality": quality_payload(View(lang="en"), doubt, None, _BOUNDS, HOSTILE),
    }


def _in_time(snapshot: Snapshot) -> Payload:
    """Return Kabupaten Malang on three days: it had not reported by the first."""
    days = (date(2009, 12, 31), date(2015, 12, 31))
    first, second = (registered_by(snapshot, day) for day in days)
    earlier = (reported_only(first, "35.08"), second)
    shown, moments = in_time(View("35.07"), snapshot, _Boundaries(), days, earlier)  # type: ignore[arg-type]
    return with_lapse(
        choropleth_payload(shown, region=HOSTILE, attribution=HOSTILE), shown, moments
    )


def source() -> str:
    """Return the module."""
    set_ = SimpleNamespace(
        version="v", manifest=SimpleNamespace(marks=1), bounds=_Boundaries().bounds
    )
    made = views()
    written = [
        "/** @type {Config} */\n" + _constant("config", configuration(set_, "/petak/v")),  # type: ignore[arg-type]
        *(f"/** @type {{View}} */\n{_constant(name, view)}" for name, view in made.items()),
        _constant("HOSTILE", HOSTILE),
    ]
    return _HEADER + "\n".join(written)


def _constant(name: str, value: Any) -> str:
    return f"export const {name} = {json.dumps(value, ensure_ascii=False, allow_nan=False)};\n"


if __name__ == "__main__":
    FILE.write_text(source(), encoding="utf-8")
    print(Path(FILE).relative_to(Path.cwd()))
