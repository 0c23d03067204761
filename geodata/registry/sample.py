"""Makes the sample registry: made-up KIM whose totals by provinsi are the published ones.

Desa, names, fields and dates are illustrative. They are drawn with a fixed seed, clustered as real
programmes are: some kabupaten take part, in those a few neighbouring kecamatan, in those most desa
one KIM and some two. No row stands for a real community and no row holds personal data.
"""

import re
from pathlib import Path

import numpy as np
import pandas as pd

from geodata.data_files import write_shipped_sidecar
from geodata.folders import DATA_DIR
from geodata.gazetteer import Gazetteer
from geodata.regions import Level
from geodata.registry.fields import SEPARATOR
from geodata.registry.schema import COLUMNS, STATUSES
from geodata.registry.snapshot import SAMPLE_FILE

SEED = 4114
DATE = "2023-06-30"

# A KIM.ID figure quoted in 2025 has 3,244 desa in 997 kecamatan of 251 kabupaten/kota with a KIM.
_SHARE_OF_KABUPATEN = 0.62
_DESA_REACHED_PER_KIM = 2.5
_SHARE_OF_NEW_DESA = 0.79

# Of the bidang of 2023: one that came later is in no row of the sample, which stays as it was.
_FIELD_WEIGHTS = {
    "umkm": 18,
    "pariwisata": 14,
    "ekonomi_kreatif": 9,
    "pertanian": 13,
    "perikanan": 5,
    "pendidikan": 9,
    "kesehatan": 8,
    "lingkungan": 7,
    "kebencanaan": 5,
    "literasi_digital": 10,
    "seni_budaya": 8,
    "layanan_publik": 16,
}
_NUMBER_OF_FIELDS = (0.38, 0.37, 0.18, 0.07)
_STATUS_WEIGHTS = (0.70, 0.18, 0.12)
_FIRST_YEAR, _LAST_YEAR = 2009, 2023
_SHARE_WITH_DOMAIN = 0.55
_SHARE_WITH_POINT = 0.35
_POINT_SCATTER_DEGREES = 0.004

_FIRST_WORDS = (
    "Bina", "Cahaya", "Gema", "Karya", "Lentera", "Mitra", "Sinar", "Suara", "Sumber", "Warta",
)  # fmt: skip
_SECOND_WORDS = (
    "Bersama", "Desa", "Informasi", "Lestari", "Maju",
    "Makmur", "Mandiri", "Rakyat", "Sejahtera", "Warga",
)  # fmt: skip


def make_sample(gazetteer: Gazetteer, published: pd.DataFrame) -> pd.DataFrame:
    """Draw the sample registry.

    Parameters
    ----------
    published
        kode and jumlah_kim of each provinsi: the totals to be met exactly.

    Returns
    -------
    DataFrame of text with the columns of ``schema.COLUMNS``, sorted by nomor_induk. The same
    gazetteer and totals give the same table.
    """
    rng = np.random.default_rng(SEED)
    desa = gazetteer.tables[Level.DESA]
    chosen = np.concatenate(
        [
            _draw_desa(rng, gazetteer, kode, jumlah)
            for kode, jumlah in zip(published["kode"], published["jumlah_kim"], strict=True)
            if jumlah
        ]
    )
    dates = _draw_dates(rng, len(chosen))
    sample = pd.DataFrame({"kode_wilayah": desa["kode"].to_numpy()[chosen]})
    sample["tanggal_terdaftar"] = dates.strftime("%Y-%m-%d")
    sample["tanggal_diperbarui"] = _draw_updates(rng, dates).strftime("%Y-%m-%d")
    sample["nomor_induk"] = _numbers(sample["kode_wilayah"], dates)
    sample["nama_kim"] = _draw_names(rng, desa["nama"].to_numpy()[chosen])
    sample["bidang"] = [_draw_fields(rng) for _ in chosen]
    sample["status"] = rng.choice(STATUSES, size=len(chosen), p=_STATUS_WEIGHTS)
    sample["jumlah_anggota"] = (6 + rng.poisson(9, len(chosen))).astype(str)
    sample["domain"] = _draw_domains(rng, sample)
    sample["lat"], sample["lng"] = _draw_points(rng, desa.iloc[chosen])
    return sample.sort_values("nomor_induk", ignore_index=True)[list(COLUMNS)]


def _draw_desa(
    rng: np.random.Generator, gazetteer: Gazetteer, provinsi: str, jumlah: int
) -> list[int]:
    """Return positions of ``jumlah`` desa of ``provinsi``, some of them more than once."""
    scope = gazetteer.within(Level.KABUPATEN_KOTA, provinsi)
    size = scope.stop - scope.start
    taking_part = max(1, min(jumlah, round(_SHARE_OF_KABUPATEN * size)))
    positions = scope.start + np.sort(rng.choice(size, size=taking_part, replace=False))
    shares = 1 + _share_out(
        rng, jumlah - taking_part, gazetteer.desa_counts(Level.KABUPATEN_KOTA)[positions]
    )
    codes = gazetteer.codes(Level.KABUPATEN_KOTA)[positions]
    return [
        desa
        for code, share in zip(codes, shares, strict=True)
        for desa in _draw_programme(rng, gazetteer, code, int(share))
    ]


def _share_out(rng: np.random.Generator, jumlah: int, desa: np.ndarray) -> np.ndarray:
    """Divide ``jumlah`` among kabupaten unevenly, to none more than it has desa."""
    room = np.ceil(desa * np.minimum(1, rng.lognormal(-1.0, 0.9, len(desa)))).astype(int)
    while room.sum() < jumlah:
        room = np.minimum(2 * room, desa)
    return rng.multivariate_hypergeometric(room, jumlah)


def _draw_programme(
    rng: np.random.Generator, gazetteer: Gazetteer, kabupaten: str, jumlah: int
) -> list[int]:
    """Return the desa of one kabupaten's KIM, in a few kecamatan around a random one."""
    scope = gazetteer.within(Level.KECAMATAN, kabupaten)
    parts = [
        np.arange(part.start, part.stop)
        for part in (
            gazetteer.within(Level.DESA, code) for code in gazetteer.codes(Level.KECAMATAN)[scope]
        )
    ]
    points = gazetteer.tables[Level.DESA][["lat", "lng"]].to_numpy()
    centres = np.array([np.nan_to_num(points[part]).mean(axis=0) for part in parts])
    start = rng.integers(len(parts))
    nearest = np.argsort(np.hypot(*(centres - centres[start]).T), kind="stable")
    desa_reached = np.cumsum([len(parts[position]) for position in nearest])
    enough = 1 + int(np.searchsorted(desa_reached, _DESA_REACHED_PER_KIM * jumlah))
    reached = np.concatenate([parts[position] for position in nearest[:enough]])

    taken: list[int] = []
    for _ in range(jumlah):
        free = np.setdiff1d(reached, taken)
        again = len(taken) > 0 and rng.random() > _SHARE_OF_NEW_DESA
        taken.append(int(rng.choice(np.unique(taken) if again or not len(free) else free)))
    return taken


def _draw_dates(rng: np.random.Generator, size: int) -> pd.DatetimeIndex:
    """Registration days; each year brings about a tenth more than the one before."""
    years = np.arange(_FIRST_YEAR, _LAST_YEAR + 1)
    growth = 1.1 ** (years - _FIRST_YEAR)
    growth[-1] /= 2  # the sample ends in the middle of its last year
    year = rng.choice(years, size=size, p=growth / growth.sum())
    day = np.where(year == _LAST_YEAR, rng.integers(0, 181, size), rng.integers(0, 365, size))
    return pd.DatetimeIndex(pd.to_datetime(year.astype(str)) + pd.to_timedelta(day, unit="D"))


def _draw_updates(rng: np.random.Generator, dates: pd.DatetimeIndex) -> pd.DatetimeIndex:
    left = (pd.Timestamp(DATE) - dates).days.to_numpy()
    return dates + pd.to_timedelta((left * rng.beta(2, 1, len(dates))).astype(int), unit="D")


def _numbers(kode_wilayah: pd.Series, dates: pd.DatetimeIndex) -> pd.Series:
    """``KIM-3507-2019-0001``: kabupaten/kota, year, and a running number within the two."""
    stem = "KIM-" + kode_wilayah.str[:5].str.replace(".", "") + "-" + dates.year.astype(str)
    order = dates.to_series(index=kode_wilayah.index).groupby(stem).rank(method="first")
    return stem + "-" + order.astype(int).astype(str).str.zfill(4)


def _draw_names(rng: np.random.Generator, desa_names: np.ndarray) -> list[str]:
    first = rng.choice(_FIRST_WORDS, size=len(desa_names))
    second = rng.choice(_SECOND_WORDS, size=len(desa_names))
    with_desa = rng.random(len(desa_names)) < 0.5
    return [
        f"KIM {head} {nama}" if of_desa else f"KIM {head} {two}"
        for head, two, nama, of_desa in zip(first, second, desa_names, with_desa, strict=True)
    ]


def _draw_fields(rng: np.random.Generator) -> str:
    count = 1 + rng.choice(len(_NUMBER_OF_FIELDS), p=_NUMBER_OF_FIELDS)
    weights = np.array(list(_FIELD_WEIGHTS.values()), dtype=float)
    picked = rng.choice(len(weights), size=count, replace=False, p=weights / weights.sum())
    fields = tuple(_FIELD_WEIGHTS)
    return SEPARATOR.join(fields[position] for position in sorted(picked))


def _draw_domains(rng: np.random.Generator, sample: pd.DataFrame) -> list[str]:
    """Made-up names below ``contoh.kim.id``, so that none leads to a real community's site."""
    has_domain = rng.random(len(sample)) < _SHARE_WITH_DOMAIN
    slugs = [re.sub(r"[^a-z0-9]+", "-", nama.lower()).strip("-") for nama in sample["nama_kim"]]
    return [
        f"{slug}-{nomor[4:]}.contoh.kim.id" if given else ""
        for slug, nomor, given in zip(slugs, sample["nomor_induk"], has_domain, strict=True)
    ]


def _draw_points(rng: np.random.Generator, desa: pd.DataFrame) -> tuple[list[str], list[str]]:
    """Own coordinates for some KIM, within about 400 m of their desa's point; else empty."""
    given = (rng.random(len(desa)) < _SHARE_WITH_POINT) & desa["lat"].notna().to_numpy()
    offsets = rng.uniform(-_POINT_SCATTER_DEGREES, _POINT_SCATTER_DEGREES, (2, len(desa)))
    return tuple(  # type: ignore[return-value]
        [f"{value:.6f}" if has else "" for value, has in zip(values, given, strict=True)]
        for values in (desa["lat"] + offsets[0], desa["lng"] + offsets[1])
    )


def write_sample(
    gazetteer: Gazetteer, published: pd.DataFrame, out: Path = DATA_DIR
) -> pd.DataFrame:
    """Write the sample registry and its sidecar."""
    path = out / SAMPLE_FILE.name
    sample = make_sample(gazetteer, published)
    sample.to_csv(path, index=False, lineterminator="\n")
    write_shipped_sidecar(path, len(sample), DATE, seed=SEED)
    return sample
