"""Import of a registry file: from the file to its rows in the registry, as the command does it.

The list is made up as a ministry would hold it: KIM of every desa, sorted by nobody, 16 columns, a
twentieth of the rows with a name written otherwise, a hundredth twice. Time is that of the whole
command, its start included; memory is that of all its processes together.
"""

import csv
import random
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.noise import otherwise, slip
from benchmarks.results import Result, Row
from benchmarks.watched import Watched, watched
from geodata.gazetteer import load_gazetteer
from geodata.regions import LEVELS, Level
from tests.registry import postgres

if TYPE_CHECKING:
    from benchmarks.__main__ import Options

_SIZES, _SMALL_SIZES = (100_000, 1_000_000), (1_000,)
_MOST_SECONDS_A_ROW = 1 / 6_000
_MOST_MEMORY = 1.5e9
HEADER = (
    "No", "Nomor Induk", "Nama KIM", "Provinsi", "Kabupaten/Kota", "Kecamatan", "Desa/Kelurahan",
    "Bidang", "Status", "Tanggal Terdaftar", "Ketua", "No HP", "Jumlah Anggota", "Domain",
    "Latitude", "Longitude",
)  # fmt: skip
_WORDS = (
    "Suara", "Warga", "Maju", "Jaya", "Bina", "Karya", "Sinar", "Mekar", "Tunas", "Harapan",
    "Cipta", "Media", "Lestari",
)  # fmt: skip
_BIDANG = ("UMKM", "Pariwisata", "Pertanian", "Kesehatan", "umkm, wisata", "Perikanan")


def run(options: "Options") -> Result:
    rows: list[Row] = []
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        cluster = stack.enter_context(postgres.cluster()) if postgres.binaries() else None
        for size in _SMALL_SIZES if options.small else _SIZES:
            path = folder / f"{size}.csv"
            with path.open("w", encoding="utf-8", newline="") as file:
                csv.writer(file).writerows([HEADER, *made_up(size)])
            addresses = {"SQLite": f"sqlite:///{folder}/{size}.db"}
            if cluster:
                addresses["PostgreSQL"] = cluster.make_database(f"kim{size}")
            for name, address in addresses.items():
                rows += _rows_of(imported(path, address), f"{size:,} rows into {name}", size)
    return Result("registry-import", "from the file to the registry", rows)


def imported(path: Path, address: str) -> Watched:
    """Import a file with the command into the registry at ``address``."""
    command = [sys.executable, "-m", "geodata", "registry", "import", str(path)]
    return watched(command, {"KIM_DATABASE_URL": address})


def _rows_of(seen: Watched, what: str, size: int) -> Iterator[Row]:
    lasting = size in _SIZES  # of few rows the start takes longer than they do
    yield Row(what, "s", [seen.seconds])
    yield Row(
        "  a row",
        "s/row",
        [seen.seconds / size],
        at_most=_MOST_SECONDS_A_ROW if lasting else None,
    )
    yield Row("  memory, with the processes it starts", "byte", [seen.peak], at_most=_MOST_MEMORY)


def made_up(size: int) -> Iterator[list[object]]:
    """Yield rows of a list of KIM, below :data:`HEADER`."""
    chance = random.Random(7)
    gazetteer = load_gazetteer()
    desa = gazetteer.tables[Level.DESA]
    codes, lats, lngs = (desa[name].tolist() for name in ("kode", "lat", "lng"))
    row: list[object] = []
    for number in range(size):
        if row and chance.random() < 0.01:
            yield [number + 1, *row[1:]]
            continue
        at = chance.randrange(len(codes))
        names = gazetteer.lineage_names(codes[at])
        if chance.random() < 0.05:
            depth = chance.randrange(len(names))
            names = [*names]
            names[depth] = slip(otherwise(names[depth], LEVELS[depth], chance), chance)
        row = [
            number + 1,
            f"KIM-{codes[at][:5]}-{number:07d}",
            f"KIM {' '.join(chance.sample(_WORDS, 2))} {number % 97}",
            *names,
            chance.choice(_BIDANG),
            chance.choice(("Aktif", "aktif", "Tidak aktif", "")),
            f"{chance.randrange(1, 29)}/{chance.randrange(1, 13)}/{chance.randrange(2011, 2025)}",
            f"Nama {chance.choice(_WORDS)}",
            f"08{chance.randrange(10**9, 10**10)}",
            chance.randrange(5, 40),
            f"kim{number}.kim.id" if chance.random() < 0.3 else "",
            *((f"{lats[at]:.6f}", f"{lngs[at]:.6f}") if chance.random() < 0.5 else ("", "")),
        ]
        yield row
