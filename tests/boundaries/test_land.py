import geopandas as gpd
import shapely

from geodata.boundaries.land import EQUAL_AREA, LAKE_KM2, LAND_FILE, fill_inland_waters, load_land
from geodata.provenance import read_sidecar
from geodata.text import in_language


def test_the_land_is_2246_valid_polygons_that_do_not_overlap():
    parts = load_land().geometry.to_numpy()
    assert len(parts) == 2246
    assert shapely.is_valid(parts).all()
    assert shapely.multipolygons(parts).is_valid


def test_the_land_lies_in_indonesia():
    land = load_land()
    assert land.crs == "EPSG:4326"
    assert shapely.box(94.9, -11.1, 141.1, 6.2).covers(shapely.box(*land.total_bounds))


def test_the_file_is_small_and_says_where_it_is_from():
    sidecar = read_sidecar(LAND_FILE)
    assert LAND_FILE.stat().st_size < 1_000_000
    assert sidecar.licence == "ODbL-1.0"
    assert sidecar.rows == 2246
    assert in_language(sidecar.sources[0].producer, "en") == "OpenStreetMap contributors"


def test_small_inland_waters_are_filled_and_lakes_and_their_islands_stay():
    lake, pond, island = (
        shapely.box(1, 1, 2, 2),
        shapely.box(3, 3, 3.01, 3.01),
        shapely.Point(1.5, 1.5),
    )
    shore = shapely.box(0, 0, 4, 4).difference(lake).difference(pond)
    land = gpd.GeoDataFrame(geometry=[shore, island.buffer(0.1)], crs="EPSG:4326")
    filled = fill_inland_waters(land).union_all()
    assert filled.covers(pond)
    assert not filled.intersects(shapely.Point(1.1, 1.1))
    assert filled.covers(island)


def test_of_indonesias_inland_waters_only_large_lakes_stay_open():
    filled = fill_inland_waters(load_land())
    lakes = gpd.GeoSeries(
        [shapely.Polygon(ring) for rings in filled.geometry.interiors for ring in rings],
        crs=filled.crs,
    ).to_crs(EQUAL_AREA)
    assert 5 < len(lakes) < 40
    assert (lakes.area / 1e6 >= LAKE_KM2).all()
