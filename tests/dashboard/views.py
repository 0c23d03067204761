"""What Python sends to the map, written as a module that the scripts' own tests read.

``python -m tests.dashboard.views`` writes it anew.
"""

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd

from dashboard.map import script
from dashboard.map_layer import configuration
from dashboard.map_view import classes_of, map_view, painted_classes
from dashboard.quality_map import quality_view
from dashboard.selection import Selection
from geodata.palette import fills
from geodata.regions import Level
from geodata.text import LANGUAGES, number, percent

FILE = script.SCRIPTS.parent / "tests" / "views.js"
HOSTILE = "<img src=x onerror=alert(1)> & \"'`${1}</script>"

_HEADER = """\
// Made by `python -m tests.dashboard.views`: what Python sends. tsc checks it against the contract.
/** @import { Config, View } from "../scripts/contract.js" */

/**
 * @typedef {object} Written  A figure, and how Python writes it.
 * @property {string} style
 * @property {number} value
 * @property {number} decimals
 * @property {string} lang
 * @property {string} text
 */

"""
_BOUNDS = (-8.46, 112.28, -7.76, 112.95)
_SHARES = (0, 1 / 83_762, 0.0004, 0.0005, 1 / 16, 3 / 16, 3 / 80, 0.0125, 1 / 3, 0.5, 0.9994, 1)
_SHARES += (83_761 / 83_762, 5 / 13, 0.9375)
_NUMBERS = ((0, 0), (7, 0), (1_031, 0), (1_234_567, 0), (12.0, 1), (12.3, 1), (1_031.25, 2))


def _table(codes: list[str], **columns: list) -> pd.DataFrame:
    kim = columns.pop("kim")
    served = columns.pop("served", [min(1, n) for n in kim])
    return pd.DataFrame({"kode": codes, "jumlah_kim": kim, "desa_terlayani": served} | columns)


def _painted(selection: Selection, metrics: pd.DataFrame, level: Level) -> list[dict[str, Any]]:
    metric = selection.shown_metrik
    made = classes_of(selection, metrics)
    return painted_classes(metrics, made, fills(metric, made), level, metric)


def _view(selection: Selection, metrics: pd.DataFrame, **more: Any) -> dict[str, Any]:
    ordinary = {
        "classes": _painted(selection, metrics, selection.shown_level),
        "level": selection.shown_level,
        "scope": selection.scope,
        "chosen": None,
        "bounds": _BOUNDS,
        "points": None,
        "attribution": HOSTILE,
        "metric": selection.shown_metrik,
        "lang": selection.bahasa,
    }
    return map_view(**(ordinary | more))


def views() -> dict[str, dict[str, Any]]:
    """Return a view of each kind."""
    malang = ["35.07.07", "35.07.08", "35.07.11", "35.07.28"]
    provinsi = ["11", "12", "13", "14"]
    national = Selection(level=Level.DESA)
    far = _table(["35.07.08"], kim=[2], served=[1])
    doubt = pd.DataFrame(
        {
            "kode": ["11", "12", "13", "14"],
            "bagian_ragu": [0.05, 0.2, np.nan, 0.9],
            "ragu": [1, 2, 0, 9],
            "baris_dinilai": [20, 10, 0, 10],
        }
    )
    return {
        "counts": _view(
            Selection(wilayah="35.07"), _table(malang, kim=[3, 0, 8, 1_031], served=[2, 0, 5, 12])
        ),
        "countsAgain": _view(
            Selection(wilayah="35.07"), _table(malang, kim=[0, 4, 8, 1], served=[0, 4, 5, 1])
        ),
        "desa": _view(
            Selection(wilayah="35.07.08"),
            _table(["35.07.08.2001", "35.07.08.2002"], kim=[2, 0]),
            chosen="35.07.08.2001",
            points="/titik/v.json?wilayah=35.07.08",
            plan=[
                (-8.1, 112.7, 1, "Sumberputih", "1.204 jiwa"),
                (-8.2, 112.8, 2, HOSTILE, HOSTILE),
            ],
        ),
        "estimate": _view(
            Selection(metrik="cakupan_eb", bahasa="en"),
            _table(
                provinsi, kim=[3, 0, 8, 0], served=[2, 0, 5, 0], cakupan_eb=[0.031, 0.0, 1, 0.5]
            ),
        ),
        "distance": _view(
            Selection(metrik="jarak_rata_km"),
            _table(provinsi, kim=[0, 4, 2, 0], jarak_rata_km=[1012.345, 0.0, 12.0, np.nan]),
        ),
        "clusters": _view(
            Selection(level=Level.KABUPATEN_KOTA, metrik="kelas"),
            _table(
                ["11.01", "11.02", "11.03"],
                kim=[0, 0, 1],
                kelas=["rendah_rendah", "tidak_tergambar", "tinggi_tinggi"],
            ),
        ),
        "nationalDesa": _view(
            national,
            _table(["35.07.08.2001"], kim=[2]),
            far=(Level.KECAMATAN, _painted(national, far, Level.KECAMATAN)),
        ),
        "quality": quality_view(Selection(bahasa="en"), doubt, None, _BOUNDS, HOSTILE),
    }


def numbers() -> list[dict[str, Any]]:
    """Return figures and how Python writes them."""
    return [
        {"style": style, "value": value, "decimals": decimals, "lang": lang, "text": written}
        for lang in LANGUAGES
        for style, value, decimals, written in (
            *(("percent", share, 1, percent(share, lang, 1)) for share in _SHARES),
            *(("percent", share, 2, percent(share, lang, 2)) for share in _SHARES),
            *(
                ("decimal", value, digits, number(value, lang, digits))
                for value, digits in _NUMBERS
            ),
        )
    ]


def source() -> str:
    """Return the module."""
    set_ = SimpleNamespace(version="v", manifest=SimpleNamespace(marks=1))
    made = views()
    written = [
        "/** @type {Config} */\n" + _constant("config", configuration(set_)),  # type: ignore[arg-type]
        *(f"/** @type {{View}} */\n{_constant(name, view)}" for name, view in made.items()),
        "/** @type {Written[]} */\n" + _constant("numbers", numbers()),
        _constant("HOSTILE", HOSTILE),
    ]
    return _HEADER + "\n".join(written)


def _constant(name: str, value: Any) -> str:
    return f"export const {name} = {json.dumps(value, ensure_ascii=False, allow_nan=False)};\n"


if __name__ == "__main__":
    FILE.write_text(source(), encoding="utf-8")
    print(Path(FILE).relative_to(Path.cwd()))
