"""Small valid files of every format, spoilt at random, and what reading each of them comes to.

The files are read in one confined process, by a fork each: the same readers under the same limits,
without starting Python two thousand times.
"""

import os
import random
import resource
import shutil
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import geopandas as gpd
import pyogrio
import shapely
import xlsxwriter

from geodata.boundaries.reading.options import Options
from geodata.boundaries.reading.rows import read_polygons
from geodata.confinement.confined import Limits, confined
from geodata.errors import PetaKimError
from geodata.progress import Done
from geodata.registry.intake.files.reading import read_here
from tests import messy

SECRET = b"0812-3456-7890"
MEMORY = 3_000_000_000
_SECONDS = 20  # of the processor, a file
_BOUNDARIES = ("gpkg", "geojson", "fgb", "kml", "parquet", "shp.zip", "gdb.zip")
_BEYOND = 9  # exit status of a mistake of ours


@dataclass(frozen=True)
class Outcome:
    """What reading a file came to.

    Attributes
    ----------
    end
        ``read``, the key of an error that we foresaw, ``signal 11`` and the like, or ``mistake:``
        with what went wrong: an error that nobody foresaw.
    memory
        Most that the reader took, in bytes.
    leaked
        Whether the secret of another file stood in the answer.
    """

    file: str
    end: str
    memory: int
    leaked: bool


def valid_files(folder: Path) -> dict[str, bytes]:
    """Return a small valid file of each format, by the ending of its name."""
    files = {"csv": messy.csv_bytes()}
    book = BytesIO()
    with xlsxwriter.Workbook(book) as written:
        sheet = written.add_worksheet("KIM")
        for line, row in enumerate([messy.HEADER, *messy.ROWS]):
            sheet.write_row(line, 0, row)
    files["xlsx"] = book.getvalue()
    samples = Path(__file__).parent / "intake" / "files"
    files |= {kind: (samples / f"kim.{kind}").read_bytes() for kind in ("xls", "ods")}
    polygons = [shapely.box(110 + x / 10, -7.1, 110.1 + x / 10, -7) for x in range(4)]
    codes = [f"34.71.01.100{number}" for number in range(1, 5)]
    frame = gpd.GeoDataFrame(
        {"KDEPUM": codes, "WADMKD": ["Kricak"] * 4}, geometry=polygons, crs="EPSG:4326"
    )
    for kind in _BOUNDARIES:
        inner, _, zipped = kind.partition(".")
        path = folder / kind / f"batas.{inner}"
        path.parent.mkdir()
        if inner == "parquet":
            frame.rename(columns={"KDEPUM": "kode", "WADMKD": "nama"}).to_parquet(path)
        else:
            pyogrio.write_dataframe(frame, path)
        if zipped:
            shutil.make_archive(str(path.with_suffix("")), "zip", path.parent)
            path = path.with_suffix(".zip")
        files[kind] = path.read_bytes()
    return files


def _flipped(data: bytes, chance: random.Random, _other: bytes, _planted: bytes) -> bytes:
    spoilt = bytearray(data)
    for _ in range(chance.choice((1, 2, 8, 64))):
        spoilt[chance.randrange(len(spoilt))] ^= 1 << chance.randrange(8)
    return bytes(spoilt)


def _cut(data: bytes, chance: random.Random, _other: bytes, _planted: bytes) -> bytes:
    return data[: chance.randrange(len(data))]


def _other_header(data: bytes, chance: random.Random, other: bytes, _planted: bytes) -> bytes:
    length = chance.choice((4, 16, 100, 512))
    return other[:length] + data[length:]


def _spliced(data: bytes, chance: random.Random, other: bytes, _planted: bytes) -> bytes:
    at, start = chance.randrange(len(data)), chance.randrange(len(other))
    return data[:at] + other[start : start + chance.randrange(2000)] + data[at:]


def _planted(data: bytes, chance: random.Random, _other: bytes, planted: bytes) -> bytes:
    """Write an address or a path over what stands somewhere."""
    at = chance.randrange(len(data))
    return data[:at] + planted + data[at + chance.choice((0, len(planted))) :]


def _extreme(data: bytes, chance: random.Random, _other: bytes, _planted: bytes) -> bytes:
    """Write a number that is too large or negative over what may be a length."""
    at = chance.randrange(len(data))
    number = chance.choice((b"\xff" * 4, b"\x7f\xff\xff\xff", b"\0" * 4, b"\xff\xff\xff\x7f"))
    return data[:at] + number + data[at + 4 :]


_SPOIL: tuple[Callable[[bytes, random.Random, bytes, bytes], bytes], ...] = (
    _flipped, _cut, _other_header, _spliced, _planted, _extreme,
)  # fmt: skip


def _inside(data: bytes, spoil: Callable[[bytes], bytes], chance: random.Random) -> bytes:
    """Spoil a part of a zip archive and pack it again, so that its checksum is right."""
    packed = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as archive, zipfile.ZipFile(packed, "w") as written:
        names = archive.namelist()
        chosen = chance.choice([name for name in names if archive.getinfo(name).file_size])
        for name in names:
            content = archive.read(name)
            written.writestr(name, spoil(content) if name == chosen else content)
    return packed.getvalue()


def mutated(
    count: int, seed: int, files: dict[str, bytes], planted: list[bytes]
) -> Iterator[tuple[str, bytes]]:
    """Yield names and contents of spoilt files, the same ones for the same seed."""
    chance = random.Random(seed)
    kinds = list(files)
    for number in range(count):
        kind = kinds[number % len(kinds)]
        other, text = files[chance.choice(kinds)], chance.choice(planted)
        spoil = chance.choice(_SPOIL)

        def spoilt(data: bytes, spoil=spoil, other=other, text=text) -> bytes:
            return spoil(data, chance, other, text)

        data = files[kind]
        packed = data.startswith(b"PK") and chance.random() < 0.7
        data = _inside(data, spoilt, chance) if packed else spoilt(data)
        ending = kind if chance.random() < 0.9 else chance.choice(kinds)
        yield f"{number}.{ending}", data


def outcomes(
    count: int, seed: int, planted: list[bytes], done: Done | None = None
) -> list[Outcome]:
    """Read ``count`` spoilt files, and return what each came to.

    ``planted`` are addresses and paths that are written into some of them.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        files = valid_files(folder)
        given = folder / "given"
        given.mkdir()
        names = []
        for file_name, data in mutated(count, seed, files, planted):
            (given / file_name).write_bytes(data)
            names.append(file_name)
        limits = Limits(memory=MEMORY, seconds=count * _SECONDS, file_bytes=1_000_000_000)
        readable = [given, Path(__file__).parent]
        asked = [str(given / name) for name in names]
        with confined(read_all, asked, file="?", limits=limits, readable=readable, done=done) as (
            answer,
            _,
        ):
            return [Outcome(*told) for told in answer]


def read_all(paths: list[str], folder: Path, done: Done) -> list[list]:
    """Read each file by a process forked from this one."""
    outcomes = []
    for number, path in enumerate(paths):
        said = folder / "said"
        said.write_bytes(b"mistake: none told")
        child = os.fork()
        if child == 0:
            os._exit(_read(Path(path), said))
        _, status, used = os.wait4(child, 0)
        words = said.read_bytes()
        leaked = SECRET in words
        ended = os.waitstatus_to_exitcode(status)
        end = f"signal {-ended}" if ended < 0 else words.split(b"\n")[0].decode()
        outcomes.append([Path(path).name, end, used.ru_maxrss * 1024, leaked])
        done((number + 1) / len(paths))
    return outcomes


def _read(path: Path, said: Path) -> int:
    resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS + 1))
    try:
        if path.suffix[1:] in ("csv", "xlsx", "xls", "ods"):
            answer = repr(read_here([str(path), path.name], said.parent, lambda _: None))
        else:
            answer = read_polygons([path], Options(), lambda *_: None).rows.to_csv()
    except PetaKimError as error:
        said.write_text(f"{error.key}\n{error.message('id')}\n{error.message('en')}")
    except MemoryError:
        said.write_text("MemoryError")
    except BaseException as error:  # noqa: BLE001 (whatever nobody foresaw is what is looked for)
        said.write_text(f"mistake: {type(error).__name__}: {error}".replace("\n", " "))
        return _BEYOND
    else:
        said.write_text(f"read\n{answer}")
    return 0
