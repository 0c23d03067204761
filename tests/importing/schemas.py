"""The same desa in the schema of each producer."""

import geopandas as gpd
import pandas as pd


def digits(codes: pd.Series) -> pd.Series:
    return codes.str.replace(".", "", regex=False)


def _frame(desa: gpd.GeoDataFrame, **columns: pd.Series) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(columns, geometry=desa.geometry, crs="EPSG:4326")


def bps_codes(kode: pd.Series) -> pd.Series:
    """As BPS numbers desa: three digits for the kecamatan, three for the desa within it."""
    code = digits(kode)
    return code.str[:4] + code.str[4:6] + "0" + code.str[7:]


def big(desa):
    kode = desa["kode"]
    return _frame(
        desa,
        NAMOBJ=desa["desa"],
        KDEPUM=kode,
        KDCPUM=kode.str[:8],
        KDPKAB=kode.str[:5],
        KDPPUM=kode.str[:2],
        WADMKD=desa["desa"],
        WADMKC=desa["kecamatan"],
        WADMKK=desa["kabupaten_kota"],
        WADMPR=desa["provinsi"],
    )


def hdx(desa):
    code = "ID" + digits(desa["kode"])
    return _frame(
        desa,
        ADM4_EN=desa["desa"],
        ADM4_PCODE=code,
        ADM3_EN=desa["kecamatan"],
        ADM3_PCODE=code.str[:8],
        ADM2_EN=desa["kabupaten_kota"],
        ADM2_PCODE=code.str[:6],
        ADM1_EN=desa["provinsi"],
        ADM1_PCODE=code.str[:4],
    )


def hdx_of_bps(desa):
    return hdx(desa).assign(ADM4_PCODE="ID" + bps_codes(desa["kode"]))


def bps(desa):
    code = bps_codes(desa["kode"])
    return _frame(
        desa,
        iddesa=code,
        kdprov=code.str[:2],
        nmprov=desa["provinsi"].str.upper(),
        nmkab=desa["kabupaten_kota"].str.removeprefix("Kota ").str.upper(),
        nmkec=desa["kecamatan"].str.upper(),
        nmdesa=desa["desa"].str.upper(),
    )


def gadm(desa):
    def joined(names: pd.Series) -> pd.Series:
        return names.str.replace(" ", "", regex=False)

    return _frame(
        desa,
        GID_4=[f"IDN.33.5.1.{number}_1" for number in range(1, len(desa) + 1)],
        NAME_1=joined(desa["provinsi"]),
        NAME_2=joined(desa["kabupaten_kota"]),
        NAME_3=joined(desa["kecamatan"]),
        NAME_4=joined(desa["desa"]),
        CC_4=bps_codes(desa["kode"]),
    )


def geoboundaries(desa):
    return _frame(
        desa,
        shapeName=desa["desa"],
        shapeISO="",
        shapeID=[f"1234B{number:08d}" for number in range(len(desa))],
        shapeGroup="IDN",
        shapeType="ADM4",
    )


def dukcapil(desa):
    return _frame(
        desa,
        KODE_DESA=digits(desa["kode"]),
        NAMA_DESA=desa["desa"].str.upper(),
        NAMA_KEC=desa["kecamatan"].str.upper(),
        NAMA_KAB=desa["kabupaten_kota"].str.upper(),
        NAMA_PROP=desa["provinsi"].str.upper(),
    )


def dukcapil_kel(desa):
    return _frame(desa, kode_kel=digits(desa["kode"]), nama=desa["desa"])


def kim(desa):
    return _frame(desa, kode=desa["kode"], nama=desa["desa"])


def own(desa):
    return _frame(desa, id_wilayah=digits(desa["kode"]), sebutan=desa["desa"])
