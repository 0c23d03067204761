"""Import of 100,000 rows into a new registry on SQLite: staged, committed, read as a snapshot.

The plain way of keeping rows in SQLAlchemy is an object of the ORM for each, added to a session and
flushed one by one, as a loop over a file does. It writes one table, we write what a review and a
history need.
"""

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from sqlalchemy import Column, Integer, Text, create_engine
from sqlalchemy.orm import Session, declarative_base

from benchmarks.results import Result, Row
from benchmarks.timing import seconds
from geodata.gazetteer import load_gazetteer
from geodata.regions import Level
from geodata.registry.database.batches import stage
from geodata.registry.database.committing import commit
from geodata.registry.database.connection import open_registry
from geodata.registry.database.snapshots import latest_snapshot
from geodata.registry.database.undoing import undo
from geodata.registry.staging import COLUMNS, PLACE_WRITTEN, VALUES, Staged

if TYPE_CHECKING:
    from benchmarks.__main__ import Options

_ROWS = 100_000
_PLAIN_ROWS = 5_000  # the plain way takes the same time a row, however many there are
_TARGET_SECONDS = 30
_TARGET_RATIO = 1
_RUNS = 2


def staged_rows(size: int) -> Staged:
    """Return rows as a file of the whole country would give them, with all that they can hold."""
    gazetteer = load_gazetteer()
    desa = gazetteer.tables[Level.DESA].iloc[np.arange(size) % 80_000]
    number = np.arange(size).astype(str)
    table = pd.DataFrame(index=range(size))
    for name in (*PLACE_WRITTEN, *VALUES):
        table[name] = ""
    table["nomor_induk"] = np.char.add("KIM-", number)
    table["nama_kim"] = np.char.add("KIM Suara Warga ", number)
    table["kode_wilayah"] = desa["kode"].to_numpy()
    table["desa"] = desa["nama"].to_numpy()
    table["bidang"], table["status"] = "umkm;pariwisata", "aktif"
    table["tanggal_terdaftar"] = table["tanggal_diperbarui"] = "2020-05-17"
    table["jumlah_anggota"], table["lat"], table["lng"] = "12", "-7.123456", "112.654321"
    table["sheet"], table["line"], table["metode"], table["skor"] = "KIM", range(size), "nama", 0.97
    table["raw"] = [
        {"NAMA KIM": name, "Desa/Kel.": desa, "No": nomor}
        for name, desa, nomor in zip(table["nama_kim"], table["desa"], number, strict=True)
    ]
    table["personal"] = [{"ketua": "Nama Orang", "telepon": f"08{nomor}"} for nomor in number]
    rival = {"nama": "Wajak", "wilayah": "Malang, Jawa Timur", "skor": 0.9, "metode": "nama"}
    table["kandidat"] = [[{"kode": kode, **rival}] for kode in table["kode_wilayah"]]
    table["alasan"], table["kembar"] = [[[] for _ in range(size)] for _ in range(2)]
    table["outcome"] = "diterima"
    return Staged("nasional.xlsx", "0" * 64, "Benchmark", table[list(COLUMNS)])


def run(options: "Options") -> Result:
    staged, gazetteer = staged_rows(_ROWS), load_gazetteer()
    steps: dict[str, list[float]] = {"staged": [], "committed": [], "snapshot": [], "undone": []}
    plain = []
    for _ in range(options.runs or _RUNS):
        with tempfile.TemporaryDirectory() as folder:
            registry = open_registry(f"sqlite:///{folder}/registry.db")
            for step, work in {
                "staged": lambda: stage(registry, staged, gazetteer, who="benchmark"),  # noqa: B023
                "committed": lambda: commit(registry, 1, who="benchmark"),  # noqa: B023
                "snapshot": lambda: latest_snapshot(registry),  # noqa: B023
                "undone": lambda: undo(registry, 1, who="benchmark"),  # noqa: B023
            }.items():
                steps[step].append(seconds(work))
            registry.engine.dispose()
            plain.append(_one_by_one(staged.rows.head(_PLAIN_ROWS), Path(folder)))
    pairs = zip(steps["staged"], steps["committed"], strict=True)
    whole = [sum(pair) for pair in pairs]
    rows = [
        Row("whole import", "s", whole, at_most=_TARGET_SECONDS),
        *(Row(f"  {step}", "s", taken) for step, taken in steps.items()),
        Row(
            "a row",
            "s/row",
            [seconds / _ROWS for seconds in whole],
            [seconds / _PLAIN_ROWS for seconds in plain],
            at_least=_TARGET_RATIO,
        ),
    ]
    return Result("registry-import", f"{_ROWS:,} rows into SQLite", rows)


def _one_by_one(rows: pd.DataFrame, folder: Path) -> float:
    base = declarative_base()
    columns = {name: Column(Text) for name in VALUES}
    kim = type("Kim", (base,), {"__tablename__": "kim", "id": Column(Integer, primary_key=True)}
               | columns)  # fmt: skip
    engine = create_engine(f"sqlite:///{folder}/plain.db")
    base.metadata.create_all(engine)
    records = rows[list(VALUES)].to_dict("records")

    def insert_each() -> None:
        with Session(engine) as session:
            for record in records:
                session.add(kim(**record))
                session.flush()
            session.commit()

    taken = seconds(insert_each)
    engine.dispose()
    return taken
