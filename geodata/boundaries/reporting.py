"""Makes the report of an import: compares what was read and built with the reference."""

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geodata.boundaries.import_report import ImportReport
from geodata.boundaries.reading.sources import Schema
from geodata.boundaries.resolving import BY_CODE, BY_OLD_CODE, holds_kemendagri_codes
from geodata.gazetteer import Gazetteer
from geodata.matching.names import keys
from geodata.regions import LEVELS, Level

_FIRST = 50
_FIRST_OF_PARTS = 10


def make_report(
    rows: pd.DataFrame,
    polygons: dict[Level, gpd.GeoDataFrame],
    schema: Schema,
    gazetteer: Gazetteer,
    *,
    files: dict[str, str],
    reading: dict,
    upper: dict[str, dict],
    repairs: dict,
    seams: dict,
) -> ImportReport:
    """Say what became of ``rows``: those with a kode are part of ``polygons``, others rejected.

    Parameters
    ----------
    rows
        As ``rows.read_polygons`` returns them, with the columns of ``resolving.resolve``.
    polygons
        As ``completeness.roll_up`` returns them.
    reading
        What ``rows.Reading`` says besides the rows: axes_swapped, passed_over, lines.
    """
    level = schema.level
    named = rows.rename(columns={level.value: "nama"}).assign(nama=rows.get(level.value, ""))
    kept = rows[rows["kode"] != ""]
    copies = _counts(kept["kode"])
    coded = holds_kemendagri_codes(rows["kode_asal"], level, schema.adapter.scheme)
    foreign = (rows["metode"] != BY_CODE) & (rows["kode_asal"] != "") & coded
    return ImportReport(
        source=schema.adapter.key,
        producer=schema.adapter.producer,
        level=level.value,
        files=files,
        fields={
            **{name: "kode" for names in schema.codes.values() for name in names},
            **{name: of.value for of, names in schema.names.items() for name in names},
        },
        **reading,
        rows=len(rows),
        polygons=len(polygons[level]),
        merged=len(kept) - len(copies),
        rejected=named.loc[
            rows["kode"] == "", ["berkas", "baris", "kode_asal", "nama", "alasan"]
        ].to_dict("records"),
        methods=_counts(kept["metode"]),
        levels=_by_level(polygons, gazetteer, level),
        unknown=named.loc[foreign, ["kode_asal", "nama", "kode", "metode", "skor"]].to_dict(
            "records"
        ),
        duplicated={code: rows for code, rows in copies.items() if rows > 1},
        names_differ=_names_that_differ(kept, level, gazetteer),
        repairs=repairs,
        seams=seams,
        points_outside=_points_outside(polygons[Level.DESA], gazetteer),
        area_km2=polygons[Level.PROVINSI].set_index("kode")["area_km2"].round(1).to_dict(),
        parts=_parts(polygons, gazetteer, level),
        upper=upper,
    )


def _counts(values: pd.Series) -> dict[str, int]:
    return {str(value): int(count) for value, count in values.value_counts().items()}


def _by_level(
    polygons: dict[Level, gpd.GeoDataFrame], gazetteer: Gazetteer, finest: Level
) -> dict[str, dict]:
    """Return how many regions of each level have a polygon, and which have none.

    Of the rest of the country a file of one kabupaten says nothing, so those whose own parent is
    not drawn are only counted.
    """
    answer = {}
    for level in LEVELS[: LEVELS.index(finest) + 1]:
        drawn = polygons[level]["kode"].to_numpy(dtype=str)
        named = missing = np.setdiff1d(gazetteer.codes(level), drawn)
        if level.parent:
            parents = missing.astype(f"U{level.parent.code_length}")
            named = missing[np.isin(parents, polygons[level.parent]["kode"].to_numpy(dtype=str))]
        answer[level.value] = {
            "present": len(drawn),
            "missing": len(missing),
            "named": named.tolist(),
        }
    return answer


def _parts(
    polygons: dict[Level, gpd.GeoDataFrame], gazetteer: Gazetteer, finest: Level
) -> dict[str, dict]:
    """Return the number of polygons that the regions of each level are made of."""
    answer = {}
    for level in LEVELS[: LEVELS.index(finest) + 1]:
        parts = polygons[level].set_index("kode")["parts"]
        most = parts[parts > 1].sort_values(ascending=False, kind="stable").head(_FIRST_OF_PARTS)
        answer[level.value] = {
            "total": int(parts.sum()),
            "most": [
                {"kode": code, "nama": gazetteer.name(code), "bagian": int(count)}
                for code, count in most.items()
            ],
        }
    return answer


def _names_that_differ(rows: pd.DataFrame, level: Level, gazetteer: Gazetteer) -> dict:
    """Compare the names in the file with those of the reference, for rows resolved by a code."""
    if level.value not in rows:
        return {"of": 0, "count": 0, "first": []}
    coded = rows[rows["metode"].isin([BY_CODE, BY_OLD_CODE]) & (rows[level.value] != "")]
    own = [gazetteer.name(code) for code in coded["kode"]]
    differ = [
        {"kode": code, "nama": name, "nama_acuan": known}
        for code, name, known in zip(coded["kode"], coded[level.value], own, strict=True)
        if keys(name, level).loose != keys(known, level).loose
    ]
    return {"of": len(coded), "count": len(differ), "first": differ[:_FIRST]}


def _points_outside(polygons: gpd.GeoDataFrame, gazetteer: Gazetteer) -> dict:
    """Count the village points of the reference that lie outside the polygon of their own code."""
    desa = gazetteer.tables[Level.DESA]
    desa = desa[desa["lat"].notna()].merge(polygons[["kode", "geometry"]], on="kode")
    points = shapely.points(desa["lng"].to_numpy(), desa["lat"].to_numpy())
    shapes = desa["geometry"].to_numpy()
    shapely.prepare(shapes)
    outside = desa.loc[~shapely.intersects(shapes, points), ["kode", "nama"]]
    return {
        "of": len(desa),
        "count": len(outside),
        "first": outside.head(_FIRST).to_dict("records"),
    }
