"""Files that can be read and are wrong, or hold what is no region: said first, counted, named."""

import geopandas as gpd
import pytest
import shapely

from geodata.boundaries.boundary_error import ImportFailed
from geodata.boundaries.import_report import REPORT_FILE, read_report
from geodata.boundaries.resolving import Reason
from geodata.cli.boundaries import report_lines
from geodata.errors import DataFileError
from geodata.regions import Level
from tests.importing import schemas
from tests.importing.conftest import imported


def failure(path, **options) -> ImportFailed:
    with pytest.raises(ImportFailed) as caught:  # noqa: PT011 (its callers compare the key)
        imported(path, **options)
    assert caught.value.message("id") != caught.value.message("en")
    return caught.value


def shifted(names):
    return [*names[1:], names[0]]


# Rows that are no region, and rows that are one whatever else their fields say.


def test_placeholders_and_undefined_areas_are_told_apart_and_counted(desa, root, tmp_path):
    rows = schemas.big(desa).assign(TIPADM=[0, 4, 999] * (len(desa) // 3))
    rows.loc[0, "KDEPUM"] = "34.71.--.----"
    rows.loc[1, ["KDEPUM", "WADMKD"]] = ["91.15.--.----", "Antah Berantah"]
    rows.loc[2, ["KDEPUM", "WADMKD", "NAMOBJ"]] = ["12.--.--.----", "", ""]
    rows.loc[3, ["KDEPUM", "WADMKD", "NAMOBJ"]] = ["", "", "Area Tidak Terdefinisi"]
    rows.loc[4, ["KDEPUM", "WADMKD", "NAMOBJ"]] = ["00.00.00.0000", "", "Wilayah belum terdefinisi"]
    rows.to_file(tmp_path / "big.gpkg")
    boundaries, report = imported(tmp_path / "big.gpkg")
    assert {row["baris"]: row["alasan"] for row in report.rejected} == {
        2: Reason.PLACEHOLDER,
        3: Reason.PLACEHOLDER,
        4: Reason.UNDEFINED,
        5: Reason.UNDEFINED,
    }
    assert report.methods == {"kode": len(desa) - 5, "nama": 1}, "no row is left out by TIPADM"
    assert desa["kode"][0] in boundaries.drawn(Level.DESA)
    told = "\n".join(report_lines(report))
    assert "an undefined area (lake, forest or dispute), no village: 2" in told


def test_a_file_of_which_nothing_can_be_placed_says_why_in_words(desa, root, tmp_path):
    nowhere = schemas.kim(desa.iloc[:3]).assign(kode="99.99.99.9999", nama="")
    nowhere.to_parquet(tmp_path / "x.parquet")
    error = failure(tmp_path / "x.parquet")
    assert error.key == "import_no_rows"
    assert "3 baris dapat ditempatkan (kode tidak dikenal: 3)" in error.message("id")
    assert "3 rows can be placed (unknown code: 3)" in error.message("en")


# What is doubtful as a whole is said before anything else.


def test_a_file_that_is_right_has_no_warning(desa, root, tmp_path):
    schemas.big(desa).to_file(tmp_path / "benar.gpkg")
    assert imported(tmp_path / "benar.gpkg")[1].warnings("id") == []


def test_names_that_are_shifted_by_a_row_are_said_first(desa, root, tmp_path):
    rows = schemas.big(desa)
    rows["WADMKD"] = shifted(rows["WADMKD"].tolist())
    rows.to_file(tmp_path / "geser.gpkg")
    _, report = imported(tmp_path / "geser.gpkg")
    first = next(iter(report_lines(report)))
    assert f"WARNING: {len(desa)} of {len(desa)} regions have another name" in first
    assert f"{len(desa)} dari {len(desa)} wilayah bernama lain" in report.warnings("id")[0]


def test_codes_and_names_that_are_shifted_against_the_polygons_are_said_first(desa, root, tmp_path):
    schemas.big(desa).set_geometry(shifted(desa.geometry.tolist()), crs="EPSG:4326").to_file(
        tmp_path / "geser.gpkg"
    )
    _, report = imported(tmp_path / "geser.gpkg")
    assert "village points lie outside their polygon" in next(iter(report_lines(report)))


def test_a_wrong_zone_of_utm_that_stays_in_indonesia_is_said_first(desa, root, tmp_path):
    metres = schemas.big(desa).to_crs("EPSG:32749")
    metres.set_crs("EPSG:32751", allow_override=True).to_file(tmp_path / "zona.gpkg")
    _, report = imported(tmp_path / "zona.gpkg")
    assert f"{len(desa)} dari {len(desa)} titik desa berada di luar" in report.warnings("id")[0]


# Polygons of another level than their fields.


@pytest.mark.parametrize(("length", "level"), [(5, "kabupaten_kota"), (8, "kecamatan")])
def test_fields_of_one_desa_on_the_polygon_of_a_region_above_are_refused(
    length, level, desa, root, tmp_path
):
    united = schemas.big(desa).dissolve(desa["kode"].str[:length], aggfunc="first")
    united.to_file(tmp_path / "gabung.gpkg")
    error = failure(tmp_path / "gabung.gpkg")
    assert (error.key, error.values["said"], error.values["level"]) == (
        "import_coarser", "desa", level,
    )  # fmt: skip
    boundaries, report = imported(tmp_path / "gabung.gpkg", level=Level(level))
    assert (report.level, report.polygons) == (level, len(united))
    assert boundaries.drawn(Level(level)).tolist() == united.index.tolist()


# Lines.


def borders(desa: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Each side of a border once, as files of borders have it; with the fields of borders."""
    drawn = shapely.union_all(desa.boundary.to_numpy())
    pieces = shapely.get_parts([shapely.line_merge(drawn)])
    return gpd.GeoDataFrame({"klbadm": [8] * len(pieces)}, geometry=pieces, crs="EPSG:4326")


def test_lines_are_called_lines_and_areas_are_made_of_them_only_when_asked(desa, root, tmp_path):
    kelurahan = desa.set_geometry(shapely.set_precision(desa.geometry.to_numpy(), 1e-6))
    path = tmp_path / "garis.shp"
    lines = borders(kelurahan)
    lines.to_file(path)
    error = failure(path)
    assert error.key == "import_lines"
    assert f"garis.shp berisi {len(lines)} garis, bukan luasan" in error.message("id")
    assert failure(path, polygonise=True).key == "import_lines_level"
    boundaries, report = imported(path, polygonise=True, level=Level.DESA)
    assert report.methods == {"titik": report.rows - len(report.rejected)}
    assert report.polygons > 0.8 * len(desa), "some village points stand beyond a border"
    assert report.lines["garis.shp"]["lines"] == len(lines)
    assert report.lines["garis.shp"]["areas"] == report.rows
    assert f"areas were made of the {len(lines)} lines" in next(iter(report_lines(report)))
    inside = kelurahan.set_index("kode").geometry.representative_point()
    for code in boundaries.drawn(Level.DESA):
        assert boundaries.locate(inside[code].y, inside[code].x, Level.DESA) == code


def test_lines_that_enclose_nothing_are_no_areas(desa, root, tmp_path):
    open_end = shapely.LineString([(110.3, -7.8), (110.4, -7.8), (110.4, -7.9)])
    gpd.GeoDataFrame({"a": [1]}, geometry=[open_end], crs="EPSG:4326").to_file(tmp_path / "g.gpkg")
    error = failure(tmp_path / "g.gpkg", polygonise=True, level=Level.DESA)
    assert error.key == "import_lines_open"


def test_a_report_of_another_version_is_said_to_be_one(desa, root, tmp_path):
    schemas.kim(desa.iloc[:2]).to_parquet(tmp_path / "a.parquet")
    boundaries, _ = imported(tmp_path / "a.parquet")
    path = boundaries.path / REPORT_FILE
    path.write_text(path.read_text().replace('"lines"', '"garis"'))
    with pytest.raises(DataFileError, match="written by another version"):
        read_report(boundaries)
